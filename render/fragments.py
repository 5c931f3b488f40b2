"""Fragmented MP4: what a player can fetch piece by piece, found by the file's boxes (ISO/IEC 14496-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from core.errors import WorkFailed


@dataclass(frozen=True)
class Fragment:
    """A `moof` and its `mdat`: the exact second at which it begins, its place in the file and its bytes."""

    start: Fraction
    offset: int
    size: int


def read_fragments(path: Path) -> tuple[Fragment, ...]:
    """Find the fragments of a file with one track. Raises WorkFailed for a file that has none."""
    pieces: list[Fragment] = []
    scale = 0
    with path.open("rb") as stream:
        for kind, offset, size in _boxes(stream, 0, path.stat().st_size):
            if kind == b"moov":
                scale = _time_scale(stream, offset, size)
            elif kind == b"moof":
                pieces.append(Fragment(Fraction(_decode_time(stream, offset, size), scale), offset, size))
            elif kind == b"mdat" and pieces:
                last = pieces[-1]
                pieces[-1] = Fragment(last.start, last.offset, offset + size - last.offset)
    if not pieces:
        raise WorkFailed(f"{path.name} has no fragments", hint="run the command again")
    return tuple(pieces)


def _boxes(stream: BinaryIO, place: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(type, offset, size) of the boxes in [place, end)."""
    while place + 8 <= end:
        stream.seek(place)
        size, kind = struct.unpack(">I4s", stream.read(8))
        if size == 1:
            size = struct.unpack(">Q", stream.read(8))[0]
        if size < 8:
            return
        yield kind, place, size
        place += size


def _find(stream: BinaryIO, offset: int, size: int, *path: bytes) -> tuple[int, int]:
    """(offset, size) of the first box along a path of types inside a box. Raises WorkFailed."""
    for kind, place, length in _boxes(stream, offset + 8, offset + size):
        if kind == path[0]:
            return (place, length) if len(path) == 1 else _find(stream, place, length, *path[1:])
    raise WorkFailed(f"an MP4 box {path[0].decode()} is missing", hint="run the command again")


def _time_scale(stream: BinaryIO, offset: int, size: int) -> int:
    place, _ = _find(stream, offset, size, b"trak", b"mdia", b"mdhd")
    stream.seek(place + 8)
    # Version 1 has moments of eight bytes before the scale, version 0 of four.
    stream.seek(place + 12 + (16 if stream.read(1)[0] else 8))
    return int(struct.unpack(">I", stream.read(4))[0])


def _decode_time(stream: BinaryIO, offset: int, size: int) -> int:
    place, _ = _find(stream, offset, size, b"traf", b"tfdt")
    stream.seek(place + 8)
    version = stream.read(4)[0]
    return int(struct.unpack(">Q" if version else ">I", stream.read(8 if version else 4))[0])
