"""A chart that the program drew."""

from __future__ import annotations

from pathlib import Path
from typing import Mapping

from .program import PathLike


class Figure:
    """A chart as SVG, PDF and pgfplots. A notebook shows it where it is the last of a cell."""

    def __init__(self, name: str, files: Mapping[str, bytes]) -> None:
        """``files`` are its forms by the ends of their names: ``svg``, ``pdf``, ``tex``."""
        self.name = name
        self._files = dict(files)

    def save(self, path: PathLike) -> Path:
        """Writes it in the form that the path's end names, and returns the path."""
        file = Path(path)
        form = file.suffix[1:].lower()
        if form not in self._files:
            raise ValueError(f"{file.name} ends in no known form, expected .{', .'.join(self._files)}")
        file.write_bytes(self._files[form])
        return file

    def svg(self) -> str:
        """It as SVG."""
        return self._files["svg"].decode("utf-8")

    def _repr_svg_(self) -> str:
        return self.svg()

    def __repr__(self) -> str:
        return f"Figure({self.name!r})"
