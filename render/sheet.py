"""The contact sheet, a film at a glance; and the thumbnail that stands for it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.files import write_bytes
from render.planes import Bytes, as_bytes
from render.plates import draw_svg

if TYPE_CHECKING:
    from render.text import TextBlock

SHEET_VERSION = 1
"""Raise when the same film would give another sheet or thumbnail."""

COLUMNS = 3
CELL = 480
"""Width of a still on the sheet: as wide as a phone shows a film."""
GAP = 32
CAPTION = 112
"""Room under a still: a line of facts, and two of narration."""
PAPER, INK, QUIET, WARN = "#14181d", "#f2efe8", "#9aa4ae", "#f0b429"

THUMBNAIL = (1280, 720)
THUMBNAIL_BYTES = 2_000_000
"""YouTube takes thumbnails of 1280×720 under 2 MB (YouTube Help, Add video thumbnails)."""


@dataclass(frozen=True)
class SheetEntry:
    """One still, uint8 (height, width, 3), with its time as text, its scene's id, what is said over it, and what is wrong with it."""

    still: Bytes
    time: str
    scene: str
    text: str = ""
    warnings: tuple[str, ...] = ()


def _cut(words: Sequence[str]) -> str:
    """Words with an ellipsis, no comma or stop before it."""
    return " ".join(words).rstrip(",.;:–—") + " …"


def _words(text: str, size: float, weight: int, width: float, lines: int) -> TextBlock:
    """As many whole words as `lines` lines hold, with an ellipsis where some are left out."""
    from render.text import TextStyle, layout_text

    style = TextStyle("Inter", weight=weight, size=size, leading=1.35)
    words = " ".join(text.split()).split(" ")
    low, high = 0, len(words)
    # The longest excerpt that fits, by halving: shaping is the costly part.
    block = layout_text(" ".join(words), style, width, lines, max_characters=None)
    if not block.overflow and not block.missing:
        return block
    while low < high - 1:
        middle = (low + high) // 2
        block = layout_text(_cut(words[:middle]), style, width, lines, max_characters=None)
        low, high = (middle, high) if not block.overflow else (low, middle)
    return layout_text(_cut(words[: max(1, low)]), style, width, lines, max_characters=None)


def _caption(entry: SheetEntry, left: int, top: int, cell: int) -> str:
    """SVG of what stands under a still."""
    time = _words(entry.time, 20, 600, 120, 1)
    scene = _words(entry.scene, 20, 400, cell - time.width - 16, 1)
    base = top + 12
    parts = [time.svg(left, base, fill=INK), scene.svg(left + time.width + 14, base, fill=QUIET)]
    said = "; ".join(entry.warnings) or entry.text
    if said.strip():
        excerpt = _words(said, 18, 400, cell, 2)
        parts.append(excerpt.svg(left, base + 32, fill=WARN if entry.warnings else INK))
    return "".join(parts)


def contact_sheet(entries: Sequence[SheetEntry], path: Path) -> None:
    """Write the sheet as a PNG: stills in rows of three, each with time, scene and what is said; whole or not at all."""
    import cv2

    shape = entries[0].still.shape
    upright = shape[0] > shape[1]
    cell = CELL * 9 // 16 if upright else CELL
    columns = min(2 * COLUMNS if upright else COLUMNS, len(entries))
    tall = round(cell * shape[0] / shape[1])
    rows = -(-len(entries) // columns)
    size = (GAP + columns * (cell + GAP), GAP + rows * (tall + CAPTION + GAP) - GAP // 2)
    body = []
    spots = []
    for number, entry in enumerate(entries):
        left = GAP + number % columns * (cell + GAP)
        top = GAP + number // columns * (tall + CAPTION + GAP)
        body.append(_caption(entry, left, top + tall, cell))
        spots.append((left, top, entry.still))
    page = f'<rect width="{size[0]}" height="{size[1]}" fill="{PAPER}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}">{page}{"".join(body)}</svg>'
    sheet = np.ascontiguousarray(draw_svg(svg, size)[..., :3])
    for left, top, still in spots:
        sheet[top : top + tall, left : left + cell] = cv2.resize(still, (cell, tall), interpolation=cv2.INTER_AREA)
    write_bytes(path, _png(sheet))


def _png(rgb: Bytes) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(rgb).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def thumbnail(still: Bytes, path: Path) -> None:
    """Write a still as a JPEG of 1280×720 under 2 MB, cut to that shape about its middle; whole or not at all."""
    import cv2

    height, width = still.shape[:2]
    scale = max(THUMBNAIL[0] / width, THUMBNAIL[1] / height)
    grown = (max(THUMBNAIL[0], round(width * scale)), max(THUMBNAIL[1], round(height * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    picture = as_bytes(cv2.resize(still, grown, interpolation=how))
    left, top = (grown[0] - THUMBNAIL[0]) // 2, (grown[1] - THUMBNAIL[1]) // 2
    cut = cv2.cvtColor(picture[top : top + THUMBNAIL[1], left : left + THUMBNAIL[0]], cv2.COLOR_RGB2BGR)
    for quality in range(92, 0, -6):
        # Full chroma: coloured titles are what thumbnails are made of.
        how_saved = (cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_PROGRESSIVE, 1, cv2.IMWRITE_JPEG_OPTIMIZE, 1)
        chroma = (cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444)
        data = cv2.imencode(".jpg", cut, (*how_saved, *chroma))[1].tobytes()
        if len(data) < THUMBNAIL_BYTES:
            break
    write_bytes(path, data)
