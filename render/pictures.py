"""Pictures that scenes are made of: how large they are, what stands out in them, and whether a drawing may be drawn."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

from core.errors import BadInput, Place
from render.bitmaps import bitmap_size, read_bitmap
from render.plates import draw_svg
from render.salience import SIDE, Weights, weigh

_LENGTH = re.compile(r"\s*([0-9.]+)\s*(px)?\s*")
_REFERENCE = re.compile(r"url\(\s*['\"]?([^)'\"]*)|@import\s+['\"]?([^;'\"]*)")


def picture_size(path: Path) -> tuple[float, float]:
    """(width, height) as the picture is seen, upright. Raises BadInput for what cannot be read or may not be drawn."""
    stat = path.stat()
    return _size(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=256)
def _size(path: Path, _changed: int, _bytes: int) -> tuple[float, float]:
    return _drawing_size(path) if is_drawing(path) else bitmap_size(path)


def is_drawing(path: Path) -> bool:
    """True for SVG, by its name."""
    return path.suffix.lower() == ".svg"


def kept_pictures(cache: Path | None) -> Path | None:
    """Where in a cache very large pictures are kept reduced."""
    return cache / "plates" if cache else None


def look_at(path: Path, grounds: tuple[str, str], cache: Path | None = None) -> Weights:
    """What stands out in a picture, which is read for it, small. Raises BadInput for what cannot be read."""
    stat = path.stat()
    return _weights(path, grounds, cache, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=128)
def _weights(path: Path, grounds: tuple[str, str], cache: Path | None, _changed: int, _bytes: int) -> Weights:
    wide, high = picture_size(path)
    if is_drawing(path):
        scale = SIDE / max(wide, high)
        return weigh(
            draw_svg(path.read_text("utf-8"), (max(2, round(wide * scale)), max(2, round(high * scale))))[..., :3]
        )
    return weigh(read_bitmap(path, grounds, max(1, int(max(wide, high) / SIDE)), kept_pictures(cache)))


def _drawing_size(path: Path) -> tuple[float, float]:
    """Size of an SVG, which may name nothing outside itself: no entities, no files, no addresses."""
    reader = _DrawingReader(path)
    root = reader.read()
    view = [float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if part]
    lengths = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if lengths[0] and lengths[1]:
        return float(lengths[0][1]), float(lengths[1][1])
    if len(view) == 4 and view[2] > 0 and view[3] > 0:
        return view[2], view[3]
    raise BadInput(f"{path.name} has no size", hint="give it a viewBox", place=Place(str(path)))


class _DrawingReader:
    """Walks an SVG with expat, which reports entities before it would follow them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root: dict[str, str] = {}
        self.elements: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.EntityDeclHandler = self._entity
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.buffer_text = True

    def read(self) -> dict[str, str]:
        """The root's attributes. Raises BadInput."""
        try:
            self.parser.Parse(self.path.read_bytes(), True)
        except expat.ExpatError as error:
            place = Place(str(self.path), error.lineno, error.offset + 1)
            raise BadInput(f"{self.path.name} is not well-formed SVG: {error}", place=place) from error
        return self.root

    def _refuse(self, message: str, hint: str) -> BadInput:
        return BadInput(
            f"{self.path.name} {message}", hint=hint, place=Place(str(self.path), self.parser.CurrentLineNumber)
        )

    def _entity(self, *_declaration: object) -> None:
        raise self._refuse("declares entities", "save it as plain SVG")

    def _instruction(self, target: str, data: str) -> None:
        if target == "xml-stylesheet":
            raise self._refuse(
                f"names something outside itself: {data.strip()[:80]}", "put the styles into the drawing"
            )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.elements:
            if name.rpartition(":")[2] != "svg":
                raise self._refuse("is not an SVG drawing", "a picture is JPEG, PNG, WebP, TIFF or SVG")
            self.root = attributes
        if name.rpartition(":")[2] == "text":
            hint = "turn text into paths before saving it: fonts differ from machine to machine"
            raise self._refuse("holds text that is not outlines", hint)
        self.elements.append(name.rpartition(":")[2])
        for key, value in attributes.items():
            whole = key.rpartition(":")[2] in {"href", "src"}
            self._check([value] if whole else [first or second for first, second in _REFERENCE.findall(value)])

    def _end(self, _name: str) -> None:
        self.elements.pop()

    def _text(self, text: str) -> None:
        if self.elements and self.elements[-1] == "style":
            self._check([first or second for first, second in _REFERENCE.findall(text)])

    def _check(self, references: list[str]) -> None:
        for reference in references:
            if reference.strip() and not reference.strip().startswith(("#", "data:")):
                message = f"names something outside itself: {reference.strip()[:80]}"
                raise self._refuse(message, "embed it in the drawing, or remove it")
