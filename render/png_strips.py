"""A PNG written strip by strip, so that a picture may be larger than the memory (PNG, Third Edition, sections 5, 9 and 10)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

import numpy as np

from render.planes import Bytes

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BIT_RGB = (8, 2, 0, 0, 0)
_SUB = 1
"""The filter by which every sample is less the one of the pixel to its left."""


def write_png(stream: IO[bytes], size: tuple[int, int], strips: Iterable[Bytes]) -> None:
    """Write strips, uint8 (height, width, 3), one under the other; together they are as high as `size` (width, height) says."""
    stream.write(_SIGNATURE + _chunk(b"IHDR", struct.pack(">IIBBBBB", *size, *_EIGHT_BIT_RGB)))
    for data in _packed(strips):
        stream.write(_chunk(b"IDAT", data))
    stream.write(_chunk(b"IEND", b""))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _packed(strips: Iterable[Bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj()
    for strip in strips:
        samples = strip.reshape(len(strip), -1)
        rows = np.empty((len(strip), 1 + samples.shape[1]), np.uint8)
        rows[:, 0] = _SUB
        rows[:, 1:4] = samples[:, :3]
        np.subtract(samples[:, 3:], samples[:, :-3], out=rows[:, 4:])
        if data := packer.compress(rows.tobytes()):
            yield data
    yield packer.flush()
