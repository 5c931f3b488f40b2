"""Hover previews: small pictures of the whole film on a few sheets, and the WebVTT that says which part of which sheet shows when."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from core.files import write_text
from render.picture import still
from render.planes import Bytes, as_bytes
from render.poster import write_jpeg
from render.segments import Segment
from render.sights import SightBook
from render.viewing import reduced_size
from transcripts.clock import write_time

SPRITES_VERSION = 1
"""Raise when the same film would give other sheets."""

COLUMNS, ROWS = 10, 10
_STEPS = ((300, 2), (1800, 5))
"""Up to so many seconds of film, a tile every so many; of longer films every ten: a sheet or two for most, seven for an hour."""
_LONG_STEP = 10
_QUALITY = 74


@dataclass(frozen=True)
class Tile:
    """One small picture: the film's `frame` that it shows, while the pointer is at [start, end) seconds."""

    frame: int
    start: Fraction
    end: Fraction


def plan_tiles(frames: int, rate: Fraction) -> tuple[Tile, ...]:
    """The tiles of a film, each showing the middle of its stretch."""
    seconds = frames / rate
    step = next((step for length, step in _STEPS if seconds <= length), _LONG_STEP)
    tiles = []
    start = Fraction(0)
    while start < seconds:
        end = min(start + step, seconds)
        tiles.append(Tile(min(int((start + end) / 2 * rate), frames - 1), start, end))
        start = end
    return tuple(tiles)


def count_sheets(tiles: Sequence[Tile]) -> int:
    """How many sheets the tiles fill."""
    return -(-len(tiles) // (COLUMNS * ROWS))


def write_sprites(folder: Path, tiles: Sequence[Tile], segments: Sequence[Segment], cache: Path) -> None:
    """Write `tiles.vtt` and the sheets `1.jpg`, `2.jpg` … into a folder.

    The pictures are those that the gate took when it looked at the segments; one that is not kept any more is drawn again.
    """
    wide, high = reduced_size(segments[0].composition.size)
    each = COLUMNS * ROWS
    pictures = _pictures(tiles, segments, cache)
    lines = ["WEBVTT", ""]
    for sheet in range(count_sheets(tiles)):
        own = tiles[sheet * each : (sheet + 1) * each]
        rows = -(-len(own) // COLUMNS)
        canvas = np.zeros((rows * high, min(len(own), COLUMNS) * wide, 3), np.uint8)
        for number, tile in enumerate(own):
            x, y = number % COLUMNS * wide, number // COLUMNS * high
            canvas[y : y + high, x : x + wide] = next(pictures)
            times = f"{write_time(float(tile.start), '.')} --> {write_time(float(tile.end), '.')}"
            lines += [times, f"{sheet + 1}.jpg#xywh={x},{y},{wide},{high}", ""]
        write_jpeg(as_bytes(canvas), folder / f"{sheet + 1}.jpg", quality=_QUALITY)
    write_text(folder / "tiles.vtt", "\n".join(lines))


def _pictures(tiles: Sequence[Tile], segments: Sequence[Segment], cache: Path) -> Iterator[Bytes]:
    """Each tile's picture in order, uint8 (height, width, 3) at the reduced size."""
    book = SightBook(cache)
    ahead = iter(segments)
    segment, first = next(ahead), 0
    sight = book.recall(segment.key)
    for tile in tiles:
        while tile.frame >= first + segment.frames:
            first += segment.frames
            segment = next(ahead)
            sight = book.recall(segment.key)
        frame = 0 if segment.hold else tile.frame - first
        if sight and sight.thumbs:
            yield _decoded(sight.thumbs[min(sight.thumbs, key=lambda kept: abs(kept - frame))])
        else:
            yield _drawn(segment, frame, cache)


def _decoded(jpeg: bytes) -> Bytes:
    from PIL import Image

    with Image.open(io.BytesIO(jpeg)) as picture:
        return as_bytes(np.asarray(picture.convert("RGB")))


def _drawn(segment: Segment, frame: int, cache: Path) -> Bytes:
    import cv2

    picture = still(segment.composition, segment.first + frame, cache, float(segment.rate))
    return as_bytes(cv2.resize(picture, reduced_size(segment.composition.size), interpolation=cv2.INTER_AREA))
