"""A PNG reduced without ever being whole in memory.

Its rows are cut into small PNGs, which a decoder in compiled code reads. A row is predicted from the one before it (PNG
specification, clause 9), so each small one begins with the last row of the one before.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BAND = 4_000_000
"""Pixels that are decoded at a time."""
_GREY, _RGB, _PALETTE, _GREY_ALPHA, _RGB_ALPHA = 0, 2, 3, 4, 6
_CHANNELS = {_GREY: 1, _RGB: 3, _PALETTE: 1, _GREY_ALPHA: 2, _RGB_ALPHA: 4}
_MODES = {_GREY: "L", _RGB: "RGB", _PALETTE: "P", _GREY_ALPHA: "LA", _RGB_ALPHA: "RGBA"}
_PLAIN = {1: _GREY, 2: _GREY_ALPHA, 3: _RGB, 4: _RGB_ALPHA}
"""Colour type of 8-bit pixels of as many bytes: filters know pixels by their bytes alone."""


@dataclass(frozen=True)
class _Head:
    wide: int
    high: int
    depth: int
    kind: int

    @property
    def row(self) -> int:
        """Bytes of a row of pixels."""
        return (self.wide * self.depth * _CHANNELS[self.kind] + 7) // 8

    @property
    def pixel(self) -> int:
        """Bytes of a pixel, as filters count them."""
        return max(1, self.depth * _CHANNELS[self.kind] // 8)


def can_stream(path: Path) -> bool:
    """True for a PNG of rows in order, 8 bits a channel or fewer."""
    with path.open("rb") as stream:
        head = stream.read(33)
    return head[:8] == _SIGNATURE and len(head) == 33 and head[24] <= 8 and head[28] == 0


def reduce_png(path: Path, reduction: int) -> Image:
    """The picture `reduction` times smaller, by means. Raises ValueError, zlib.error or struct.error for what is cut off or broken."""
    import numpy as np
    from PIL import Image

    palette, clear = b"", b""
    whole, filled = None, 0
    with path.open("rb") as stream:
        if stream.read(8) != _SIGNATURE:
            raise ValueError("not a PNG")
        head = _Head(0, 0, 0, 0)
        for name, size in _chunks(stream):
            if name == b"IDAT":
                break
            data = stream.read(size)
            stream.seek(4, io.SEEK_CUR)
            if name == b"IHDR":
                head = _Head(*struct.unpack(">IIBB", data[:10]))
            palette = data if name == b"PLTE" else palette
            clear = data if name == b"tRNS" else clear
        for rows in _bands(stream, size, head, reduction):
            piece = _as_picture(head, rows, palette, clear)
            small = np.asarray(piece.reduce(reduction))
            if whole is None:
                whole = np.empty((-(-head.high // reduction), *small.shape[1:]), np.uint8)
            whole[filled : filled + len(small)] = small
            filled += len(small)
    if whole is None:
        raise ValueError("cut off")
    return Image.fromarray(whole)


def _chunks(stream: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Name and size of every chunk; whoever takes one reads its data and its checksum."""
    while len(head := stream.read(8)) == 8:
        size, name = struct.unpack(">I4s", head)
        yield name, size
    raise ValueError("cut off")


def _inflated(stream: IO[bytes], size: int) -> Iterator[bytes]:
    """The filtered rows, a megabyte at a time; the stream stands at the first IDAT's data."""
    inflate = zlib.decompressobj()
    chunks = _chunks(stream)
    name = b"IDAT"
    while name == b"IDAT":
        while size:
            data = stream.read(min(size, 1 << 18))
            if not data:
                raise ValueError("cut off")
            size -= len(data)
            while data:
                yield inflate.decompress(data, 1 << 20)
                data = inflate.unconsumed_tail
        stream.seek(4, io.SEEK_CUR)
        name, size = next(chunks)
    yield inflate.flush()


def _bands(stream: IO[bytes], size: int, head: _Head, reduction: int) -> Iterator[bytes]:
    """The picture's rows without their filters, many at a time, in multiples of `reduction`."""
    from PIL import Image

    line = head.row + 1
    most = max(reduction, _BAND // head.wide // reduction * reduction)
    inflated = _inflated(stream, size)
    held = bytearray()
    before = bytes(line)
    first = 0
    while first < head.high:
        count = min(most, head.high - first)
        while len(held) < count * line:
            data = next(inflated, None)
            if data is None:
                raise ValueError("cut off")
            held += data
        small = _small_png(head, count + 1, before + bytes(held[: count * line]))
        del held[: count * line]
        with Image.open(io.BytesIO(small)) as piece:
            raw = piece.tobytes()
        yield raw[head.row :]
        before = b"\0" + raw[-head.row :]
        first += count


def _small_png(head: _Head, high: int, rows: bytes) -> bytes:
    """Filtered rows as a PNG of 8-bit channels with pixels of as many bytes."""
    facts = struct.pack(">IIBBBBB", head.row // head.pixel, high, 8, _PLAIN[head.pixel], 0, 0, 0)
    parts = ((b"IHDR", facts), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def _as_picture(head: _Head, rows: bytes, palette: bytes, clear: bytes) -> Image:
    """Unfiltered rows in their own colours."""
    from PIL import Image

    size = (head.wide, len(rows) // head.row)
    mode = _MODES[head.kind]
    packed = "" if head.depth == 8 else f";{head.depth}"
    raw = "1" if (mode, head.depth) == ("L", 1) else mode + packed
    picture = Image.frombytes("1" if raw == "1" else mode, size, rows, "raw", raw)
    if mode == "P":
        picture.putpalette(palette)
        if clear:
            picture.info["transparency"] = clear
        return picture.convert("RGBA" if clear else "RGB")
    return picture.convert("L") if raw == "1" else picture
