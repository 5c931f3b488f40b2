"""A line of text shaped by HarfBuzz: measured and drawn from the same glyphs, so that what is measured is what is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from unicodedata import category, combining

from render.bidi_runs import Run, reads_right_to_left, visual_runs
from render.fonts import FAMILIES, Font, load_font

_ARABIC_SCRIPTS = {"Arab", "Syrc", "Thaa"}
_TURKISH = frozenset("ığİĞ")
"""Letters that tell a Turkish or Azerbaijani word in a text of another language."""
_ARABIC_SIZE = 1.1
"""Arabic is drawn a tenth larger: its bowls are smaller than Latin's at the same size (VISUAL.md, Type)."""


@dataclass(frozen=True)
class TextStyle:
    """How text looks. `size` in pixels, `tracking` in em, `leading` as a factor of the size, `unit` the pixels of the
    frame to one of a 1080-line picture: the cut of the letters follows the size at 1080 lines, so that a small frame
    shows the same letters, only smaller.

    `arabic` and `hebrew` name the families of those scripts, whatever `family` is.
    """

    family: str
    size: float
    weight: int = 400
    italic: bool = False
    tracking: float = 0.0
    leading: float = 1.2
    capitals: bool = False
    tabular: bool = False
    language: str = "en"
    arabic: str = "Noto Sans Arabic"
    hebrew: str = "Heebo"
    unit: float = 1.0

    @property
    def optical(self) -> float:
        """The size at 1080 lines; rounded, so that no step of the optical size hangs on a division's last digit."""
        return round(self.size / self.unit, 3)

    def at(self, size: float) -> TextStyle:
        """The same at another size."""
        return replace(self, size=size)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a font, by its number there, at (`x`, `y`) in pixels, y down; `scale` is pixels to a unit of the font."""

    font: Font
    number: int
    x: float
    y: float
    scale: float

    def outline(self) -> Iterator[tuple[str, list[tuple[float, float]]]]:
        """What a pen is told to draw it: commands with their points, in pixels."""
        for command, points in self.font.outline(self.number):
            yield command, [(self.x + px * self.scale, self.y - py * self.scale) for px, py in points]


@dataclass(frozen=True)
class Line:
    """One line, shaped, the pen starting at (0, 0) on the baseline; `missing` are the characters that no font has.

    Most lines are only measured, to find where to break a text: a line is drawn when its path or its ink is asked for.
    """

    text: str
    width: float
    glyphs: tuple[Glyph, ...]
    missing: tuple[str, ...]

    @cached_property
    def path(self) -> str:
        """SVG path data, in pixels, y down."""
        letters = {"moveTo": "M", "lineTo": "L", "qCurveTo": "Q", "curveTo": "C"}
        return "".join(
            letters.get(command, "Z") + " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
            for glyph in self.glyphs
            for command, points in glyph.outline()
        )

    @cached_property
    def ink(self) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) of what is drawn."""
        points = [point for glyph in self.glyphs for _, placed in glyph.outline() for point in placed]
        if not points:
            return (0.0, 0.0, 0.0, 0.0)
        across, down = zip(*points, strict=True)
        return (min(across), min(down), max(across), max(down))


def main_font(style: TextStyle) -> Font:
    """The font that sets a style's line height."""
    return load_font(style.family, style.weight, italic=style.italic, size=style.optical)


@lru_cache(maxsize=8192)
def shape_line(text: str, style: TextStyle, right_to_left: bool | None = None) -> Line:
    """Shape one line. `right_to_left` is the paragraph's direction; None takes it from the text."""
    text = _capitals(text, style) if style.capitals else text
    base = reads_right_to_left(text) if right_to_left is None else right_to_left
    pen = _Pen()
    missing: list[str] = []
    for run in visual_runs(text, right_to_left=base):
        pieces = _by_font(run, style)
        for piece, font in reversed(pieces) if run.right_to_left else pieces:
            lacking = _shape(Run(piece, run.script, run.right_to_left), font, style, pen)
            missing += [char for char in lacking if char not in missing]
    width = max(0.0, pen.x - (style.tracking * style.size if pen.tracked else 0.0))
    return Line(text, width, tuple(pen.glyphs), tuple(missing))


def _capitals(text: str, style: TextStyle) -> str:
    """Capitals by the language of each word: Turkish has two letters i."""
    return "".join(_word_in_capitals(word, style.language) for word in re.split(r"(\s+)", text))


def _word_in_capitals(word: str, language: str) -> str:
    if language in {"tr", "az"} or _TURKISH & set(word) or word.casefold() == "türkiye":
        word = word.replace("i", "İ")
    return word.upper()


@dataclass
class _Pen:
    """Sets glyphs along the baseline; `x` is where the next one goes."""

    x: float = 0.0
    tracked: bool = False
    glyphs: list[Glyph] = field(default_factory=list)


def _shape(run: Run, font: Font, style: TextStyle, pen: _Pen) -> list[str]:
    """Set a run of one font; gives back the characters that it has no glyph for."""
    import uharfbuzz as hb

    arabic = run.script in _ARABIC_SCRIPTS
    size = style.size * (_ARABIC_SIZE if arabic else 1.0)
    tracking = 0.0 if arabic else style.tracking * style.size
    buffer = hb.Buffer()
    buffer.add_str(run.text)
    buffer.direction = "rtl" if run.right_to_left else "ltr"
    buffer.script = run.script
    buffer.language = {"Arab": "ar", "Hebr": "he"}.get(run.script, style.language)
    features: dict[str, bool] = {}
    if style.tabular:
        features |= {"tnum": True, "lnum": True}
    if style.capitals:
        features["case"] = True
    if tracking:
        features |= {"liga": False, "clig": False}
    hb.shape(font.font, buffer, features)
    scale = size / font.units
    lacking: list[str] = []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.codepoint == 0:
            lacking += _lacking(run.text, info.cluster, [other.cluster for other in buffer.glyph_infos], font)
        x, y = pen.x + position.x_offset * scale, -position.y_offset * scale
        pen.glyphs.append(Glyph(font, info.codepoint, x, y, scale))
        pen.x += position.x_advance * scale
        if tracking and position.x_advance:
            pen.x += tracking
            pen.tracked = True
    return lacking


def _lacking(text: str, start: int, starts: list[int], font: Font) -> list[str]:
    """The characters of the cluster that begins at `start` that a font does not have."""
    end = min((other for other in starts if other > start), default=len(text))
    cluster = text[start:end]
    return [char for char in cluster if not font.has(char) and category(char) != "Cf"] or [cluster[0]]


def _by_font(run: Run, style: TextStyle) -> list[tuple[str, Font]]:
    """Split a run where the font has to change; what no font has stays with the style's own."""
    if run.script in _ARABIC_SCRIPTS:
        first, italic = style.arabic, False
    elif run.script == "Hebr":
        first, italic = style.hebrew, False
    else:
        first, italic = style.family, style.italic
    families = tuple(dict.fromkeys((first, style.family, *FAMILIES)))
    pieces: list[tuple[str, Font]] = []
    for cluster in _clusters(run.text):
        font = _font_for(cluster, families, style.weight, italic, style.optical) or main_font(style)
        if pieces and pieces[-1][1] is font:
            pieces[-1] = (pieces[-1][0] + cluster, font)
        else:
            pieces.append((cluster, font))
    return pieces


def _clusters(text: str) -> list[str]:
    """Characters with the marks that stand on them."""
    out: list[str] = []
    for char in text:
        if out and (combining(char) or category(char) in {"Cf", "Mn", "Mc"}):
            out[-1] += char
        else:
            out.append(char)
    return out


@lru_cache(maxsize=8192)
def _font_for(cluster: str, families: tuple[str, ...], weight: int, italic: bool, size: float) -> Font | None:
    """The first family that has a character and its marks, else the first that has the character, else None."""
    fonts = [load_font(family, weight, italic=italic, size=size) for family in families]
    seen = [char for char in cluster if category(char) != "Cf"]
    whole = next((font for font in fonts if all(font.has(char) for char in seen)), None)
    return whole or next((font for font in fonts if seen and font.has(seen[0])), None)
