"""Loudness and true peak, by EBU R 128 (ITU-R BS.1770): ffmpeg's `ebur128` measures, nothing is changed."""

from __future__ import annotations

import math
import re
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


SILENT = -120.0
"""LUFS and dBTP: the lowest value of a trace, which stands for silence."""

# The filter's own log has what its metadata lacks: the true peak of each 100 ms.
_ROW = re.compile(rb"M: *(\S+) *S: *(\S+) .*FTPK: *(.*?) dBFS")


@dataclass(frozen=True)
class Loudness:
    """`integrated` in LUFS and `true_peak` in dBTP; None for silence."""

    integrated: float | None
    true_peak: float | None

    def to_json(self) -> dict[str, float | None]:
        """The contract's shape."""
        return {"integrated": self.integrated, "true_peak": self.true_peak}


@dataclass(frozen=True)
class Trace:
    """A programme's loudness over time, a value every 100 ms: `momentary` (over 400 ms) and `short_term` (over 3 s) in LUFS,
    `peaks` the true peak of each 100 ms in dBTP; and the whole's.
    """

    loudness: Loudness
    momentary: tuple[float, ...]
    short_term: tuple[float, ...]
    peaks: tuple[float, ...]


def trace_file(path: Path) -> Trace:
    """Loudness over time of a file's first sound stream, decoded. Raises WorkFailed when it cannot be decoded."""
    command: list[str | Path] = [
        ffmpeg_path(),
        "-v",
        "info",
        "-hide_banner",
        "-nostats",
        "-nostdin",
        "-i",
        path,
        "-map",
        "0:a:0",
        "-vn",
    ]
    log = _FILTER.replace("metadata=1", "metadata=1:framelog=info")
    what = f"measure the loudness of {path.name}"
    with tempfile.TemporaryFile() as heard, tempfile.TemporaryFile() as said:
        with running([*command, "-af", log, "-f", "null", "-"], stdout=heard, stderr=said) as child:
            code = child.wait()
        said.seek(0)
        if code:
            raise failure(what, code, said.read())
        rows = [found for line in said if (found := _ROW.search(line))]
        heard.seek(0)
        facts = dict(_pairs(line) for line in heard if b"=" in line)
    momentary, short_term, peaks = (
        tuple(max(map(_number, found[column].split())) for found in rows) for column in (1, 2, 3)
    )
    return Trace(_loudness(facts), momentary, short_term, peaks)


def _number(text: bytes) -> float:
    value = float(text)
    return value if value > SILENT else SILENT


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
