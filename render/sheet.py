"""The contact sheet: a film at a glance."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.files import whole_file
from render.planes import Bytes, as_bytes
from render.plates import draw_svg
from render.png_strips import write_png

if TYPE_CHECKING:
    from render.text import TextBlock

SHEET_VERSION = 3
"""Raise when the same film would give another sheet."""

COLUMNS = 3
"""At least so many stills beside each other; twice as many of an upright film's."""
SLENDER = 4.0
"""How many times as high as wide a sheet may be: beyond that there are more columns. Browsers show no picture of 78,000 lines."""
CELL = 480
"""Width of a still on the sheet: as wide as a phone shows a film."""
GAP = 32
HEAD = 44
"""Room over the stills for what concerns them all."""
SPACE = 6
"""A word space of that line."""
LINES = 3
"""Lines of narration under a still; of warnings as many, two a warning at most."""
PAPER, INK, QUIET, WARN = "#14181d", "#f2efe8", "#9aa4ae", "#f0b429"


@dataclass(frozen=True)
class SheetEntry:
    """One still with its time as text, its scene's id, what is said over it, and what is wrong with it.

    `still` gives uint8 (height, width, 3), all of one size. It is asked when the sheet comes to it: hundreds would fill the memory.
    """

    still: Callable[[], Bytes]
    time: str
    scene: str
    text: str = ""
    warnings: tuple[str, ...] = ()


def _reduced(picture: Bytes) -> Bytes:
    """A frame as large as the sheet shows it."""
    import cv2

    high, wide = picture.shape[:2]
    cell = CELL * 9 // 16 if high > wide else CELL
    return as_bytes(cv2.resize(picture, (cell, round(cell * high / wide)), interpolation=cv2.INTER_AREA))


def _columns(count: int, still: tuple[int, int], captions: float) -> int:
    """How many stills stand beside each other; `still`: height and width of one, `captions`: the height of all that stands under them."""
    tall, cell = still
    least = 2 * COLUMNS if tall > cell else COLUMNS
    broad = math.ceil(math.sqrt((count * (tall + GAP) + captions) / (cell + GAP) / SLENDER))
    return min(count, max(least, broad))


def _words(text: str, size: float, weight: int, width: float, lines: int) -> TextBlock:
    """As many whole words as `lines` lines hold, with an ellipsis where some are left out.

    Each word is shaped once and lines are filled in order: balancing them, as film text is, would cost more than the stills.
    """
    from render.shaping import shape_line
    from render.text import TextStyle, layout_text

    style = TextStyle("Inter", weight=weight, size=size, leading=1.35)

    def measure(piece: str) -> float:
        return shape_line(piece, style).width

    space = measure("n n") - 2 * measure("n")
    filled: list[str] = []
    words = text.split()
    while words and len(filled) < lines:
        row = [_shortened(words.pop(0), measure, width)]
        used = measure(row[0])
        while words and used + space + measure(words[0]) <= width:
            used += space + measure(words[0])
            row.append(words.pop(0))
        if words and len(filled) == lines - 1:
            while len(row) > 1 and measure(_cut(row)) > width:
                row.pop()
            row = [_cut(row)]
        filled.append(" ".join(row))
    return layout_text("\n".join(filled), style, float("inf"), lines, max_characters=None)


def _cut(words: Sequence[str]) -> str:
    """Words with an ellipsis, no comma or stop before it."""
    return " ".join(words).rstrip(",.;:–—") + " …"


def _shortened(word: str, measure: Callable[[str], float], width: float) -> str:
    """A word that is wider than a line, cut to it."""
    if measure(word) <= width:
        return word
    while word and measure(word + "…") > width:
        word = word[:-1]
    return word + "…"


@dataclass(frozen=True)
class _Caption:
    """Blocks of text under a still, each with its place from the still's lower left corner; `height` is the whole's."""

    blocks: tuple[tuple[TextBlock, float, float, str], ...]
    height: float

    def svg(self, left: float, top: float) -> str:
        """All of it, with its upper left corner there."""
        return "".join(block.svg(left + x, top + y, fill=fill) for block, x, y, fill in self.blocks)


def _caption(entry: SheetEntry, cell: int) -> _Caption:
    """What stands under a still: time and scene, what is said, what is wrong."""
    time = _words(entry.time, 20, 600, 120, 1)
    scene = _words(entry.scene, 20, 400, cell - time.width - 16, 1)
    blocks = [(time, 0.0, 12.0, INK), (scene, time.width + 14, 12.0, QUIET)]
    y = 44.0
    if entry.text.strip():
        said = _words(entry.text, 18, 400, cell, LINES)
        blocks.append((said, 0.0, y, INK))
        y += said.height + 6
    left = LINES
    for number, warning in enumerate(entry.warnings):
        more = len(entry.warnings) - number
        last = left == 1 and more > 1
        block = _words(f"and {more} more" if last else warning, 18, 400, cell, min(2, left - (more > 1)) or 1)
        blocks.append((block, 0.0, y, WARN))
        y += block.height + 4
        left -= len(block.lines)
        if left <= 0:
            break
    return _Caption(tuple(blocks), y + 8)


def contact_sheet(entries: Sequence[SheetEntry], path: Path, title: str = "", facts: str = "") -> None:
    """Write the sheet as a PNG: stills in rows of three, each with time, scene, what is said and what is wrong; whole or not at all.

    `title` and `facts` stand in a line over them all, each read in its own direction.
    """
    first = _reduced(entries[0].still())
    tall, cell = first.shape[:2]
    captions = [_caption(entry, cell) for entry in entries]
    columns = _columns(len(entries), (tall, cell), sum(caption.height for caption in captions))
    width = GAP + columns * (cell + GAP)
    rows = [range(start, min(start + columns, len(entries))) for start in range(0, len(entries), columns)]
    heights = [tall + round(max(captions[number].height for number in row)) + GAP for row in rows]
    heights[-1] -= GAP // 2
    head = _band(_title(title, facts, width) if title else "", (width, GAP + (HEAD if title else 0)))

    def strips() -> Iterator[Bytes]:
        yield head
        for row, high in zip(rows, heights, strict=True):
            places = [(GAP + at * (cell + GAP), number) for at, number in enumerate(row)]
            band = _band("".join(captions[number].svg(left, tall) for left, number in places), (width, high))
            for left, number in places:
                band[:tall, left : left + cell] = _reduced(entries[number].still()) if number else first
            yield band

    with whole_file(path) as temporary, temporary.open("wb") as stream:
        write_png(stream, (width, len(head) + sum(heights)), strips())


def _title(title: str, facts: str, width: int) -> str:
    said = _words(f"· {facts}" if facts else "", 20, 400, width - 2 * GAP, 1)
    name = _words(title, 20, 400, width - 2 * GAP - said.width - SPACE, 1)
    return name.svg(GAP, GAP - 4, fill=QUIET) + said.svg(GAP + name.width + SPACE, GAP - 4, fill=QUIET)


def _band(body: str, size: tuple[int, int]) -> Bytes:
    """A strip of the sheet: uint8 (height, width, 3)."""
    page = f'<rect width="{size[0]}" height="{size[1]}" fill="{PAPER}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}">{page}{body}</svg>'
    return np.ascontiguousarray(draw_svg(svg, size)[..., :3])
