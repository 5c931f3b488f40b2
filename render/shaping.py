"""A line of text shaped by HarfBuzz: measured and drawn from the same glyphs, so that what is measured is what is seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
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


@dataclass(frozen=True)
class Line:
    """One line, shaped: `path` is SVG path data with the pen starting at (0, 0) on the baseline, y down, in pixels.

    `ink` is (left, top, right, bottom) of what is drawn; `missing` the characters that no font has.
    """

    text: str
    width: float
    path: str
    ink: tuple[float, float, float, float]
    missing: tuple[str, ...]


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
    return Line(text, width, "".join(pen.path), pen.ink(), tuple(missing))


def _capitals(text: str, style: TextStyle) -> str:
    """Capitals by the language of each word: Turkish has two letters i."""
    return "".join(_word_in_capitals(word, style.language) for word in re.split(r"(\s+)", text))


def _word_in_capitals(word: str, language: str) -> str:
    if language in {"tr", "az"} or _TURKISH & set(word) or word.casefold() == "türkiye":
        word = word.replace("i", "İ")
    return word.upper()


class _Pen:
    """Gathers outlines along the baseline."""

    def __init__(self) -> None:
        self.x = 0.0
        self.path: list[str] = []
        self.tracked = False
        self.left = self.top = float("inf")
        self.right = self.bottom = float("-inf")

    def ink(self) -> tuple[float, float, float, float]:
        return (self.left, self.top, self.right, self.bottom) if self.path else (0.0, 0.0, 0.0, 0.0)

    def draw(self, font: Font, glyph: int, x: float, y: float, scale: float) -> None:
        for command, points in font.outline(glyph):
            placed = [(x + px * scale, y - py * scale) for px, py in points]
            for px, py in placed:
                self.left, self.right = min(self.left, px), max(self.right, px)
                self.top, self.bottom = min(self.top, py), max(self.bottom, py)
            letter = {"moveTo": "M", "lineTo": "L", "qCurveTo": "Q", "curveTo": "C"}.get(command, "Z")
            self.path.append(letter + " ".join(f"{px:.2f},{py:.2f}" for px, py in placed))


def _shape(run: Run, font: Font, style: TextStyle, pen: _Pen) -> list[str]:
    """Draw a run of one font; gives back the characters that it has no glyph for."""
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
        pen.draw(font, info.codepoint, pen.x + position.x_offset * scale, -position.y_offset * scale, scale)
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
