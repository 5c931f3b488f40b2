"""Blocks of text: wrapped, balanced, shrunk to fit, and given to SVG as outlines.

SVG does not wrap, and its renderers choose fallback fonts for a whole run; so text is laid out here and drawn as paths.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from unicodedata import bidirectional, normalize

from render.bidi_runs import reads_right_to_left
from render.line_breaks import break_lines
from render.punctuation import curl_quotes
from render.shaping import Line, TextStyle, main_font, shape_line

__all__ = ["Line", "TextBlock", "TextStyle", "layout_heading", "layout_row", "layout_text"]

Anchor = Literal["start", "middle", "end"]
MAX_CHARACTERS = 32
"""The longest line of display type (VISUAL.md, Type)."""
_STEP = 0.96
"""Each size that is tried is this share of the one before."""
_SMALLER = 0.76
"""How much of its size a text may lose so that no word stands alone on its last line."""
_ARABIC_LEADING = 1.32
"""Arabic reaches further below its line and above it than Latin does: set as close, a line's tails touch the next one's marks."""
_BLANK = re.compile(r"[\t\r\f\v]+")


@dataclass(frozen=True)
class TextBlock:
    """Text laid out at `size` pixels. `width` and `height` are the block's own, in pixels; y runs down from its top.

    `overflow` is true when it does not fit even at the smallest size allowed; `missing` are characters without a glyph.
    """

    lines: tuple[Line, ...]
    style: TextStyle
    width: float
    height: float
    overflow: bool
    missing: tuple[str, ...]
    right_to_left: bool

    @property
    def size(self) -> float:
        """The size of type in pixels that was arrived at."""
        return self.style.size

    @property
    def text(self) -> str:
        """What it says, line by line."""
        return "\n".join(line.text for line in self.lines)

    @property
    def line_height(self) -> float:
        """Distance from baseline to baseline."""
        return self.style.size * self.style.leading

    @property
    def cap_height(self) -> float:
        """Height of a capital H."""
        font = main_font(self.style)
        return font.cap_height / font.units * self.style.size

    def baseline(self, index: int = 0) -> float:
        """The baseline of a line, from the top of the block; -1 is the last line's."""
        font = main_font(self.style)
        scale = self.style.size / font.units
        ascender, descender = font.ascender * scale, font.descender * scale
        number = index if index >= 0 else len(self.lines) + index
        return (self.line_height - ascender - descender) / 2 + ascender + number * self.line_height

    @property
    def cap_top(self) -> float:
        """The top of the first line's capitals, from the top of the block: what the eye aligns to."""
        return self.baseline() - self.cap_height

    def left(self, index: int, x: float, anchor: Anchor = "start") -> float:
        """Where a line begins when the block is anchored at `x`."""
        return x - self.lines[index].width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]

    def box(self, x: float, y: float, anchor: Anchor = "start") -> tuple[float, float, float, float]:
        """(left, top, right, bottom) of what is drawn when the block's top is at `y`."""
        boxes = []
        for index, line in enumerate(self.lines):
            left, base = self.left(index, x, anchor), y + self.baseline(index)
            boxes.append((left + line.ink[0], base + line.ink[1], left + line.ink[2], base + line.ink[3]))
        if not boxes:
            return (x, y, x, y)
        return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))

    def svg(
        self,
        x: float,
        y: float,
        anchor: Anchor = "start",
        fill: str = "#ffffff",
        *,
        halo: str | None = None,
        halo_width: float = 4.0,
        lines: Sequence[int] | None = None,
    ) -> str:
        """SVG paths with the block's top at `y`; `halo` puts an outline of that colour, `halo_width` pixels wide, behind.

        `lines` draws only those lines, in their places.
        """
        stroke = (
            f' stroke="{halo}" stroke-width="{2 * halo_width:g}" stroke-linejoin="round" paint-order="stroke"'
            if halo
            else ""
        )
        shown = range(len(self.lines)) if lines is None else lines
        return "".join(
            f'<path transform="translate({self.left(index, x, anchor):.2f} {y + self.baseline(index):.2f})"'
            f' fill="{fill}"{stroke} d="{self.lines[index].path}"/>'
            for index in shown
            if self.lines[index].path
        )


def layout_text(
    text: str,
    style: TextStyle,
    width: float = float("inf"),
    max_lines: int = 1,
    min_size: float | None = None,
    *,
    max_characters: int | None = MAX_CHARACTERS,
    height: float = float("inf"),
) -> TextBlock:
    """Lay text out within `width` × `height` pixels in at most `max_lines`, at the style's size or smaller down to `min_size`.

    Lines are balanced and broken where the sense allows, not inside a name where it can be avoided, and hold at most
    `max_characters` where more than one line is allowed and that can be done (None: as many as fit). A newline in the text always breaks.
    Straight quotation marks and apostrophes become typographic ones.
    What cannot fit comes back at the smallest size with `overflow` set. Left and right follow the first strong character.
    """
    room = _Room(width, height, max_lines, max_characters)
    composed = normalize("NFC", _BLANK.sub(" ", text))
    if style.leading < _ARABIC_LEADING and any(bidirectional(char) == "AL" for char in composed):
        style = replace(style, leading=_ARABIC_LEADING)
    return _layout(curl_quotes(composed), style, room, min_size or style.size)


def layout_heading(text: str, style: TextStyle, width: float, max_lines: int, min_size: float) -> TextBlock:
    """A text on one line where that costs at most a quarter of its size, else on as many as `max_lines`."""
    one = layout_text(text, style, width, 1, min_size=max(min_size, _SMALLER * style.size))
    return layout_text(text, style, width, max_lines, min_size=min_size) if one.overflow else one


def layout_row(
    texts: Sequence[str], style: TextStyle, width: float, max_lines: int, min_size: float
) -> list[TextBlock]:
    """Each text within `width` pixels, all at the size at which the widest fits, so that a row of them looks like one."""
    blocks = [layout_text(text, style, width, max_lines, min_size=min_size, max_characters=None) for text in texts]
    size = min((block.size for block in blocks), default=style.size)
    return [layout_text(text, style.at(size), width, max_lines, min_size=size, max_characters=None) for text in texts]


@dataclass(frozen=True)
class _Room:
    """The space that a text has to fit."""

    width: float = float("inf")
    height: float = float("inf")
    lines: int = 1
    characters: int | None = None


@lru_cache(maxsize=2048)
def _layout(text: str, style: TextStyle, room: _Room, min_size: float) -> TextBlock:
    right_to_left = reads_right_to_left(text)
    sizes = _sizes(style.size, min_size)

    def fit(size: float, limit: _Room) -> list[Line] | None:
        lines = _fit(text, style.at(size), limit, right_to_left)
        return lines if lines is not None and len(lines) * size * style.leading <= room.height else None

    for limit in dict.fromkeys((room, replace(room, characters=None))):
        # Without a word alone on its last line, where that costs little size; else as large as it goes.
        index, lines = _largest(fit, sizes, limit)
        if lines is None:
            continue
        if _lonely(lines):
            least = next((at for at, size in enumerate(sizes) if size < _SMALLER * sizes[index]), len(sizes))
            for at in range(index + 1, least):
                company = fit(sizes[at], limit)
                if company is not None and not _lonely(company):
                    index, lines = at, company
                    break
        return _block(lines, style.at(sizes[index]), right_to_left, overflow=False)
    smallest = style.at(sizes[-1])
    lines = _fit(text, smallest, _Room(lines=text.count("\n") + 1), right_to_left) or []
    return _block(lines, smallest, right_to_left, overflow=True)


def _largest(
    fit: Callable[[float, _Room], list[Line] | None], sizes: Sequence[float], room: _Room
) -> tuple[int, list[Line] | None]:
    """The index of the largest size that fits, and its lines; None when not even the smallest does."""
    lines = fit(sizes[0], room)
    if lines is not None or len(sizes) == 1:
        return 0, lines
    low, high = 0, len(sizes) - 1
    lines = fit(sizes[high], room)
    # What fits at one size fits at every smaller one.
    while lines is not None and high - low > 1:
        middle = (low + high) // 2
        found = fit(sizes[middle], room)
        low, high, lines = (low, middle, found) if found is not None else (middle, high, lines)
    return high, lines


def _lonely(lines: Sequence[Line]) -> bool:
    """True when the last line is one word, though there are more words than lines."""
    return (
        len(lines) > 1
        and len(lines[-1].text.split()) == 1
        and sum(len(line.text.split()) for line in lines) > len(lines)
    )


def _sizes(largest: float, smallest: float) -> list[float]:
    """The sizes that are tried, from the largest down to the smallest."""
    out = [largest]
    while out[-1] > smallest:
        out.append(max(smallest, out[-1] * _STEP))
    return out


def _fit(text: str, style: TextStyle, room: _Room, right_to_left: bool) -> list[Line] | None:
    def measure(piece: str) -> float:
        return shape_line(piece, style, right_to_left).width

    paragraphs = [" ".join(part.split(" ")).strip() for part in text.split("\n")]
    limit = room.characters if room.lines > 1 else None
    out: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        left = room.lines - len(out) - (len(paragraphs) - number - 1)
        broken = break_lines(paragraph, measure, room.width, left, limit)
        if broken is None:
            return None
        out += broken
    lines = [shape_line(line, style, right_to_left) for line in out]
    return lines if all(line.width <= room.width + 0.5 * style.unit for line in lines) else None


def _block(lines: Sequence[Line], style: TextStyle, right_to_left: bool, *, overflow: bool) -> TextBlock:
    missing = tuple(dict.fromkeys(char for line in lines for char in line.missing))
    return TextBlock(
        lines=tuple(lines),
        style=style,
        width=max((line.width for line in lines), default=0.0),
        height=len(lines) * style.size * style.leading,
        overflow=overflow,
        missing=missing,
        right_to_left=right_to_left,
    )
