"""The music bed: any sound file, played on and on, joined on bars where the file says how, else by a crossfade."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.timecode import SAMPLE_RATE
from render.loudness import measure_file
from render.pcm import PcmReader, decode_cached

CROSSFADE = 2.0
"""Seconds over which a bed without loop points gives way to itself."""


@dataclass(frozen=True)
class Bed:
    """A bed ready to play: `path` a 48 kHz stereo WAV in the cache, `loudness` in LUFS.

    `loop`: samples [start, end) to repeat, from a WAV's `smpl` chunk; None when the file does not say.
    """

    path: Path
    digest: str
    frames: int
    loudness: float
    loop: tuple[int, int] | None = None


def open_bed(file: Path, cache: Path) -> Bed:
    """Decode and measure a bed. Raises BadInput for a file that holds no sound, or none that can be heard."""
    pcm = decode_cached(file, cache, channels=2, what="the music")
    loudness = None if pcm.silent or pcm.seconds < 0.5 else measure_file(pcm.path).integrated
    if loudness is None:
        raise BadInput(f"the music {file.name} is silence", hint="choose another file, or leave `music:` out")
    loop = read_loop(file)
    if loop:
        first, last, rate = loop
        loop_frames = (first * SAMPLE_RATE // rate, min(last * SAMPLE_RATE // rate, pcm.frames))
        if loop_frames[1] - loop_frames[0] >= SAMPLE_RATE:
            return Bed(pcm.path, pcm.digest, pcm.frames, loudness, loop_frames)
    return Bed(pcm.path, pcm.digest, pcm.frames, loudness)


def read_loop(file: Path) -> tuple[int, int, int] | None:
    """First sample, sample after the last, and sample rate of a WAV's first loop; None where there is none.

    From the RIFF `smpl` chunk (Microsoft, Multiple Channel Audio Data and WAVE Files): 36 bytes of header, of which the
    loop count is at 28, then 24 bytes a loop with its start and its last sample at 8 and 12.
    """
    with file.open("rb") as stream:
        head = stream.read(12)
        if head[:4] != b"RIFF" or head[8:] != b"WAVE":
            return None
        rate, loop = 0, None
        while len(chunk := stream.read(8)) == 8:
            name, size = struct.unpack("<4sI", chunk)
            if name in (b"fmt ", b"smpl") and size < 4096:
                body = stream.read(size + size % 2)
                if name == b"fmt " and len(body) >= 8:
                    rate = struct.unpack_from("<I", body, 4)[0]
                elif name == b"smpl" and len(body) >= 60 and struct.unpack_from("<I", body, 28)[0]:
                    loop = struct.unpack_from("<II", body, 44)
            else:
                stream.seek(size + size % 2, 1)
    return (loop[0], loop[1] + 1, rate) if loop and rate and loop[1] > loop[0] else None


class BedPlayer:
    """Plays a bed from sample 0 for as long as it is asked."""

    def __init__(self, bed: Bed, reader: PcmReader) -> None:
        self.bed = bed
        self.reader = reader
        self.fade = min(int(CROSSFADE * SAMPLE_RATE), bed.frames // 4)

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """Samples [start, start + count) of the endless bed, float32 (count, 2)."""
        pieces, at, end = [], start, start + count
        while at < end:
            piece = self._looped(at, end - at) if self.bed.loop else self._crossfaded(at, end - at)
            pieces.append(piece)
            at += len(piece)
        return np.concatenate(pieces)

    def _looped(self, at: int, count: int) -> NDArray[np.float32]:
        assert self.bed.loop
        first, last = self.bed.loop
        place = at if at < last else first + (at - first) % (last - first)
        return self.reader.read(place, min(count, last - place))

    def _crossfaded(self, at: int, count: int) -> NDArray[np.float32]:
        """Every turn begins while the one before ends: equal power, because the two are not alike."""
        turn = self.bed.frames - self.fade
        place = at % turn
        if at >= turn and place < self.fade:
            count = min(count, self.fade - place)
            part = ((np.arange(place, place + count) + 0.5) / self.fade * (np.pi / 2))[:, None].astype(np.float32)
            return self.reader.read(place, count) * np.sin(part) + self.reader.read(turn + place, count) * np.cos(part)
        return self.reader.read(place, min(count, turn - place))
