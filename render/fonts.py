"""Fonts by family, weight and size, ready for HarfBuzz; and glyphs as outlines.

The families are the `fontpkg-*` packages (Open Font Licence). Variable fonts are instanced by HarfBuzz itself: weight, and
optical size where the font has it.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from core.digest import digest, file_digest
from core.errors import BadInput, MissingPart

_NAMES = ("Thin", "ExtraLight", "Light", "Regular", "Medium", "SemiBold", "Bold", "ExtraBold", "Black")
_WEIGHTS = {100 * number: name for number, name in enumerate(_NAMES, 1)}
_VARIABLE = {
    "Inter": ("fontpkg_inter", "Inter[opsz,wght].ttf", "Inter-Italic[opsz,wght].ttf"),
    "Source Serif 4": ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", "SourceSerif4-Italic[opsz,wght].ttf"),
    "Noto Sans Arabic": ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf", ""),
    "Heebo": ("fontpkg_heebo", "Heebo[wght].ttf", ""),
}
_STATIC = {"Fira Sans Condensed": ("fontpkg_fira_sans_condensed", "FiraSansCondensed-{}.ttf")}

FAMILIES = (*_VARIABLE, *_STATIC)
"""Every family that comes with Slugline, in the order in which a missing glyph is looked for."""

Segment = tuple[str, tuple[tuple[float, float], ...]]
"""A pen command (`moveTo`, `lineTo`, `qCurveTo`, `curveTo`, `closePath`) and its points."""


@dataclass(frozen=True, eq=False)
class Font:
    """A font at one weight and optical size. Its own units are `units` an em; y points up."""

    family: str
    font: Any
    units: int
    ascender: float
    descender: float
    cap_height: float
    x_height: float

    def has(self, char: str) -> bool:
        """True when the font maps the character to a glyph."""
        return self.font.get_nominal_glyph(ord(char)) is not None

    @lru_cache(maxsize=4096)  # noqa: B019 - fonts are themselves cached for the life of the process
    def outline(self, glyph: int) -> tuple[Segment, ...]:
        """The outline of a glyph, in the font's units; empty for a space."""
        from fontTools.pens.recordingPen import RecordingPen

        pen = RecordingPen()
        self.font.draw_glyph_with_pen(glyph, pen)
        return tuple((command, tuple(points)) for command, points in pen.value)


def load_font(family: str, weight: int = 400, *, italic: bool = False, size: float = 60) -> Font:
    """The font of a family name, or of a font file's path. Raises BadInput for an unknown one.

    `size` is in pixels at 1080 lines and chooses the optical size: large type gets the finer cut. A family without italics stays upright.
    """
    return _load(family, weight, italic, min(60, max(8, round(size * 0.75 / 4) * 4)))


@cache
def _load(family: str, weight: int, italic: bool, optical: int) -> Font:
    # Kept for good, and so one object each: characters are set together where their fonts are the same object, and a font
    # that was loaded again in between would break a word in two.
    import uharfbuzz as hb

    face = _face(_file(family, weight, italic))
    font = hb.Font(face)
    axes = {axis.tag: axis for axis in face.axis_infos}
    chosen = {"wght": float(weight), "opsz": float(optical)}
    variations = {
        tag: min(max(value, axes[tag].min_value), axes[tag].max_value) for tag, value in chosen.items() if tag in axes
    }
    if variations:
        font.set_variations(variations)
    extents = font.get_font_extents("ltr")
    return Font(
        family=family,
        font=font,
        units=face.upem,
        ascender=extents.ascender,
        descender=-extents.descender,
        cap_height=_height(font, "H"),
        x_height=_height(font, "x"),
    )


@lru_cache(maxsize=32)
def font_digest(family: str) -> str:
    """A digest of the files that a family, or a font file's path, is set from: part of the address of what is drawn with it."""
    files = {_file(family, weight, italic) for weight in range(100, 1000, 100) for italic in (False, True)}
    return digest([file_digest(file) for file in sorted(files) if file.is_file()])


def faces_digest(*families: str) -> str:
    """The same for what is set while it is drawn: of those families, and of all that a missing glyph is looked for in."""
    return digest([font_digest(family) for family in dict.fromkeys((*families, *FAMILIES))])


def _height(font: Any, char: str) -> float:
    glyph = font.get_nominal_glyph(ord(char))
    extents = font.get_glyph_extents(glyph) if glyph is not None else None
    return float(extents.y_bearing) if extents else 0.7 * float(font.face.upem)


@lru_cache(maxsize=32)
def _face(file: Path) -> Any:
    import uharfbuzz as hb

    try:
        blob = hb.Blob.from_file_path(str(file))
        face = hb.Face(blob)
    except Exception as error:
        raise BadInput(f"cannot read the font {file.name}: {error}") from error
    if face.glyph_count == 0:
        raise BadInput(f"{file.name} is not a font")
    return face


@lru_cache(maxsize=64)
def _file(family: str, weight: int, italic: bool) -> Path:
    if family in _VARIABLE:
        package, upright, slanted = _VARIABLE[family]
        return _package_file(package, slanted if italic and slanted else upright)
    if family in _STATIC:
        package, pattern = _STATIC[family]
        name = _WEIGHTS[min(_WEIGHTS, key=lambda known: (abs(known - weight), known))]
        slant = "Italic" if italic else ""
        return _package_file(package, pattern.format("Italic" if italic and name == "Regular" else name + slant))
    file = Path(family)
    if file.suffix in {".ttf", ".otf"}:
        if not file.is_file():
            raise BadInput(f"no font file {family}", hint="font files are looked for beside the theme")
        return file
    raise BadInput(f"no font {family!r}", hint=f"use a font file's path, or one of: {', '.join(FAMILIES)}")


def _package_file(package: str, name: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise MissingPart(
            f"the font package {package.replace('_', '-')} is not installed", hint="install Slugline again"
        )
    return Path(spec.origin).parent / "files" / name
