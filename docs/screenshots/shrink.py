"""Writes the PNG files of one folder to another with 255 colours each, those far apart kept apart."""

import pathlib
import sys

from PIL import Image

source, target = map(pathlib.Path, sys.argv[1:])
for file in sorted(source.glob("*.png")):
    picture = Image.open(file).convert("RGB")
    few = picture.quantize(255, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(target / file.name, optimize=True)
