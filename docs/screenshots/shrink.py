"""Writes the PNG files of one folder to another with 255 colours each, those far apart kept apart, and the front picture."""

import pathlib
import sys

from PIL import Image

source, target = map(pathlib.Path, sys.argv[1:])
for file in sorted(source.glob("*.png")):
    picture = Image.open(file).convert("RGB")
    few = picture.quantize(255, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(target / file.name, optimize=True)

# What README shows: the campaign as far as a screen goes.
FRONT = "campaign-1440-light.png"
if (target / FRONT).exists():
    picture = Image.open(target / FRONT)
    picture.crop((0, 0, picture.width, min(picture.height, picture.width * 3 // 4))).save(target / "front.png", optimize=True)
