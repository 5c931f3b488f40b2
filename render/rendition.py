"""Renditions: every render segment scaled down and encoded once a rung, and kept by the segment's key and the rung's settings.

A word changed therefore encodes one segment a rung, and a hold's packets are repeated here as in the master. All rungs have a
key frame where the master has one, because all are cut where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from core.digest import digest
from core.errors import WorkFailed
from core.processes import run
from core.progress import Reporter
from render.encode import GLOBAL, Encoding
from render.ffmpeg import ffmpeg_path
from render.join import Piece, count_packets
from render.segment_cache import SegmentCache
from render.segments import Segment
from render.workers import open_workers

RENDITION_VERSION = 1
"""Raise when the same segment would give another rendition."""
FOLDER = "renditions"
"""The folder of the cache that keeps them."""

_ENCODING = Encoding(crf=22, preset="veryfast", refs=1)
_PEAK_720 = 3_200_000
"""Bits a second that 720 lines may take, over two seconds: between the 3 and 4.5 Mb/s of Apple's HLS authoring specification."""


@dataclass(frozen=True)
class Rung:
    """One step of the ladder: `short`, the shorter side in pixels, `size` (width, height), `peak` bits a second."""

    short: int
    size: tuple[int, int]
    peak: int
    encoding: Encoding = _ENCODING


def ladder(size: tuple[int, int], wanted: Iterable[int]) -> tuple[Rung, ...]:
    """Rungs under a master of `size`, the largest first, for the wanted shorter sides; none is as large as the master."""
    whole = min(size)
    rungs = []
    for short in sorted(set(wanted), reverse=True):
        if short < whole:
            wide, high = (2 * round(side * short / whole / 2) for side in size)
            # Small pictures take more bits a pixel.
            peak = round(_PEAK_720 * (short / 720) ** 1.5 / 10_000) * 10_000
            rungs.append(Rung(short, (wide, high), peak))
    return tuple(rungs)


def rendition_key(segment: Segment, rung: Rung) -> str:
    """Address of a segment at a rung."""
    return digest("rendition", RENDITION_VERSION, segment.key, rung)


def rendition_pieces(segments: Sequence[Segment], rung: Rung, cache: Path) -> Iterator[Piece]:
    """What to join into the whole film at a rung."""
    store = SegmentCache(cache, FOLDER)
    return (Piece(store.file(rendition_key(segment, rung)), list(segment.packets)) for segment in segments)


def make_renditions(
    segments: Sequence[Segment], rungs: Sequence[Rung], *, cache: Path, workers: int, reporter: Reporter
) -> int:
    """Make what the cache does not have of every segment at every rung, from the master's segments; gives how many were made.

    Raises WorkFailed, NoSpace; what is finished is kept.
    """
    store = SegmentCache(cache, FOLDER)
    jobs = []
    for segment in {segment.key: segment for segment in segments}.values():
        missing = [rung for rung in rungs if store.find(rendition_key(segment, rung), segment.encoded) is None]
        if missing:
            jobs.append(
                (segment.key, [rendition_key(segment, rung) for rung in missing], missing, segment.encoded, cache)
            )
    if not jobs:
        return 0
    jobs.sort(key=lambda job: job[3], reverse=True)
    with (
        open_workers(min(workers, len(jobs))) as pool,
        reporter.step("renditions", sum(job[3] for job in jobs)) as step,
    ):
        for index, _ in pool.map(encode_renditions, jobs):
            step.advance(jobs[index][3])
    return sum(len(job[1]) for job in jobs)


def encode_renditions(source: str, keys: Sequence[str], rungs: Sequence[Rung], frames: int, cache: Path) -> None:
    """Decode the master's segment `source` (a key) once, and put it at every rung into the cache, under `keys`."""
    store = SegmentCache(cache, FOLDER)
    what = f"encode {' and '.join(str(rung.short) for rung in rungs)} lines of a segment"
    with ExitStack() as files:
        targets = [files.enter_context(store.make(key, frames, "ffmpeg")) for key in keys]
        command: list[str | Path] = [ffmpeg_path(), *GLOBAL, "-nostdin", "-threads", "1"]
        command += ["-i", SegmentCache(cache).file(source), "-filter_complex", _scaling(rungs)]
        for number, (rung, target) in enumerate(zip(rungs, targets, strict=True)):
            command += ["-map", f"[out{number}]", "-fps_mode", "passthrough"]
            command += ["-maxrate", str(rung.peak), "-bufsize", str(2 * rung.peak), *_options(rung.encoding), target]
        run(command, what=what)
        for target in targets:
            if (made := count_packets(target)) != frames:
                raise WorkFailed(f"could not {what}: {made} frames came out of {frames}", hint="run the command again")


def _scaling(rungs: Sequence[Rung]) -> str:
    """A filter graph with an output `[outN]` a rung, each scaled from the master itself: a rung's bytes are its own matter."""
    copies = "".join(f"[in{number}]" for number in range(len(rungs)))
    chains = [f"[0:v]split={len(rungs)}{copies}"]
    for number, rung in enumerate(rungs):
        wide, high = rung.size
        chains.append(f"[in{number}]scale={wide}:{high}:flags=bicubic+accurate_rnd[out{number}]")
    return ";".join(chains)


def _options(encoding: Encoding) -> Iterator[str]:
    for name, value in encoding.words().items():
        yield f"-{name}"
        if value is not None:
            yield str(value)
