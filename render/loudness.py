"""Loudness and true peak, by EBU R 128 (ITU-R BS.1770): ffmpeg's `ebur128` measures, nothing is changed."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE
from typing import IO

from core.errors import WorkFailed
from core.processes import failure, running
from core.timecode import SAMPLE_RATE
from render.ffmpeg import ffmpeg_path

TARGET = -14.0
"""LUFS of the whole programme (YouTube's reference level)."""
TOLERANCE = 0.5
PEAK_LIMIT = -1.0
"""dBTP (EBU R 128)."""
GATE = -70.0
"""LUFS: BS.1770's absolute gate. What never rises above it has no integrated loudness."""

_FILTER = "ebur128=peak=true:metadata=1,ametadata=mode=print:file=-"


@dataclass(frozen=True)
class Loudness:
    """`integrated` in LUFS and `true_peak` in dBTP; None for silence."""

    integrated: float | None
    true_peak: float | None

    def to_json(self) -> dict[str, float | None]:
        """The contract's shape."""
        return {"integrated": self.integrated, "true_peak": self.true_peak}


def measure_file(path: Path) -> Loudness:
    """Loudness of a file's first sound stream, decoded. Raises WorkFailed when it cannot be decoded."""
    return _measure(["-i", path, "-map", "0:a:0"], None, f"measure the loudness of {path.name}")


def measure_samples(blocks: Iterable[bytes]) -> Loudness:
    """Loudness of stereo samples at 48 kHz: blocks of float32, interleaved."""
    return _measure(
        ["-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "pipe:0"], blocks, "measure the loudness"
    )


def _measure(source: list[str | Path], blocks: Iterable[bytes] | None, what: str) -> Loudness:
    with tempfile.TemporaryFile() as heard, tempfile.TemporaryFile() as said:
        command = [ffmpeg_path(), "-v", "error", *source, "-vn", "-af", _FILTER, "-f", "null", "-"]
        with running(command, stdin=DEVNULL if blocks is None else PIPE, stdout=heard, stderr=said) as child:
            if blocks is not None:
                feed(child.stdin, blocks)
            code = child.wait()
        if code:
            said.seek(0)
            raise failure(what, code, said.read())
        heard.seek(0)
        facts = dict(_pairs(line) for line in heard if b"=" in line)
    return _loudness(facts)


def feed(pipe: IO[bytes] | None, blocks: Iterable[bytes]) -> None:
    """Write blocks to a child's standard input and close it; a child that has gone says why by its exit code."""
    assert pipe is not None
    try:
        for block in blocks:
            pipe.write(block)
        pipe.close()
    except BrokenPipeError:
        return


def _pairs(line: bytes) -> tuple[str, str]:
    key, _, value = line.decode().strip().partition("=")
    return key, value


def _loudness(facts: dict[str, str]) -> Loudness:
    try:
        integrated = float(facts["lavfi.r128.I"])
        peak = float(facts["lavfi.r128.true_peak"])
    except (KeyError, ValueError) as error:
        raise WorkFailed("the loudness could not be measured: the sound is shorter than a tenth of a second") from error
    if integrated <= GATE or not math.isfinite(integrated) or peak <= 0:
        return Loudness(None, None)
    return Loudness(round(integrated, 2), round(20 * math.log10(peak), 2))
