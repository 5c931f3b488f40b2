"""An encoded file decoded once, frame by frame, into what the gate's checks need of each frame: small, and the same on every run."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from core.processes import running
from render.ffmpeg import ffmpeg_path

Rgb = NDArray[np.uint8]

LONG, SHORT = 240, 135
"""Sides of the reduced picture that every frame is looked at in; 1/8 of 1920×1080."""
CELL = 5
"""Pixels of the reduced picture on one side of a cell: the mean of 40×40 pixels of a full frame, in which an encoder's noise is
far below a level."""

BLACK_LEVEL = 10
"""Of 255: the themes' darkest background is 11 and more, video's black with its noise below."""
BLACK_SHARE = 0.995


@dataclass(frozen=True)
class Seen:
    """One decoded frame: `check` is a checksum of all its full-size pixels, `cells` uint8 (27, 48, 3), or (48, 27, 3) where it is
    upright, full range sRGB; `black` where nothing can be seen in it.
    """

    check: int
    cells: Rgb
    black: bool


@dataclass
class Viewing:
    """A decoding under way: `frames` given so far, and `complaints` of the decoder, there once it has ended."""

    frames: int = 0
    complaints: list[str] = field(default_factory=list)


def reduced_size(size: tuple[int, int]) -> tuple[int, int]:
    """Width and height of the reduced picture of frames of `size`."""
    return (SHORT, LONG) if size[1] > size[0] else (LONG, SHORT)


def to_cells(picture: Rgb) -> Rgb:
    """Means of a reduced picture's cells."""
    import cv2

    height, width = picture.shape[:2]
    return np.asarray(cv2.resize(picture, (width // CELL, height // CELL), interpolation=cv2.INTER_AREA), np.uint8)


def look(file: Path, size: tuple[int, int], viewing: Viewing) -> Iterator[tuple[Seen, Rgb]]:
    """Decode the first picture stream of a file whose frames are of `size`, as its own tags say, whole; gives every frame with its
    reduced picture, uint8 (height, width, 3).
    """
    width, height = reduced_size(size)
    scale = f"scale={width}:{height}:flags=area+accurate_rnd+full_chroma_int:out_range=pc,format=rgb24"
    length = width * height * 3
    with tempfile.NamedTemporaryFile(suffix=".crc") as checks, tempfile.TemporaryFile() as said:
        command: list[str | Path] = [ffmpeg_path(), "-v", "error", "-nostdin", "-y", "-i", file]
        command += ["-map", "0:v:0", "-fps_mode", "passthrough", "-flush_packets", "1", "-f", "framecrc", checks.name]
        command += ["-map", "0:v:0", "-vf", scale, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
        waiting: deque[Rgb] = deque()
        with running(command, stderr=said) as child, Path(checks.name).open("rb") as told:
            sums = _Checksums(told)
            assert child.stdout is not None
            while len(data := child.stdout.read(length)) == length:
                waiting.append(np.frombuffer(data, np.uint8).reshape(height, width, 3))
                # The checksums come by a file of their own, a little earlier or later than the pictures.
                while waiting and (check := sums.next()) is not None:
                    viewing.frames += 1
                    yield _see(check, waiting[0]), waiting.popleft()
            code = child.wait()
            while waiting and (check := sums.next()) is not None:
                viewing.frames += 1
                yield _see(check, waiting[0]), waiting.popleft()
        said.seek(0)
        lines = (line.strip() for line in said.read(20_000).decode(errors="replace").splitlines())
        viewing.complaints += [line for line in lines if line]
    if code and not viewing.complaints:
        viewing.complaints.append(f"the decoder ended with code {code}")


def _see(check: int, picture: Rgb) -> Seen:
    cells = to_cells(picture)
    # A cell is a mean: where many are lighter than black, many pixels are.
    black = float(cells.mean()) <= 2 * BLACK_LEVEL and float((picture.max(axis=2) <= BLACK_LEVEL).mean()) >= BLACK_SHARE
    return Seen(check, cells, black)


class _Checksums:
    """Reads a growing file of ffmpeg's `framecrc`: a line a frame, its checksum the last word."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._rest = b""

    def next(self) -> int | None:
        """The next frame's, or None while it is not written."""
        while True:
            line = self._rest + self._stream.readline()
            if not line.endswith(b"\n"):
                self._rest = line
                return None
            self._rest = b""
            if not line.startswith(b"#"):
                return int(line.rsplit(b",", 1)[1], 16)
