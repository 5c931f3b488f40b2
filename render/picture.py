"""A plan of render segments becomes the film's picture: what the cache has is reused, the rest is made in parallel, all is joined."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from core.errors import WorkFailed
from core.files import disk_full
from core.locks import in_turn
from core.progress import Reporter
from render.composition import Composition, Plate
from render.encode import encoder
from render.explain import keep_plan, note_costs
from render.join import Piece, count_packets, join
from render.plates import load_plate, plate_file
from render.segment_cache import SegmentCache
from render.segments import Engine, Segment, frames_of
from render.workers import open_workers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


ATTEMPTS = 2
"""How often a picture is made when the cache is emptied under way."""


@dataclass(frozen=True)
class Outcome:
    """What became of one segment of the plan."""

    id: str
    scene: str
    frames: int
    engine: Engine
    state: Literal["reused", "rendered"]
    repeated_frames: int


@dataclass(frozen=True)
class Picture:
    """The film's picture: a video-only MP4 at `path`."""

    path: Path
    frames: int
    segments: tuple[Outcome, ...]
    seconds: float

    @property
    def counts(self) -> dict[str, int]:
        """`total`, `rendered`, `reused`, `repeated_frames`, as the contract has them."""
        rendered = sum(outcome.state == "rendered" for outcome in self.segments)
        return {
            "total": len(self.segments),
            "rendered": rendered,
            "reused": len(self.segments) - rendered,
            "repeated_frames": sum(outcome.repeated_frames for outcome in self.segments),
        }

    @property
    def engines(self) -> dict[str, int]:
        """Segments of the plan by the engine that makes them."""
        return {name: sum(o.engine == name for o in self.segments) for name in ("ffmpeg", "frames", "moviepy")}


def render_segment(segment: Segment, cache: Path) -> bool:
    """Make one segment and put it into the cache; False when another render was making it, and has made it.

    Raises WorkFailed when the encoder did not give every frame.
    """
    store = SegmentCache(cache)
    with in_turn(store.lock(segment.key)):
        if store.find(segment.key, segment.encoded):
            return False
        _make(segment, store, cache)
        return True


def _make(segment: Segment, store: SegmentCache, cache: Path) -> None:
    from render.graph import encode_graph
    from render.holds import encode_hold

    what, size = f"encode {segment.id}", segment.composition.size
    try:
        with store.make(segment.key, segment.encoded, segment.engine) as target:
            if segment.hold:
                encode_hold(next(frames_of(segment, cache)), segment.rate, segment.encoding, target, cache, what)
            elif segment.engine == "ffmpeg":
                encode_graph(segment, target, cache, segment.encoding, what)
            else:
                with encoder(target, size, segment.rate, segment.encoding, what) as film:
                    for frame in frames_of(segment, cache):
                        film.write(frame.data)
            made = count_packets(target)
            if made != segment.encoded:
                raise WorkFailed(
                    f"could not {what}: {made} frames came out of {segment.encoded}", hint="run the command again"
                )
    except OSError as error:
        if error.errno in (28, 122):
            raise disk_full(store.file(segment.key)) from error
        raise


def _rasterise(svg: str, size: tuple[int, int], cache: Path) -> None:
    load_plate(svg, size, cache)


def _drawings(segments: Sequence[Segment], cache: Path) -> list[tuple[str, tuple[int, int], Path]]:
    """Plates of these segments that are not in the cache, each once."""
    jobs = {}
    for segment in segments:
        scenes = [segment.composition]
        if segment.transition and segment.transition.before:
            scenes.append(segment.transition.before)
        for composition in scenes:
            for layer in composition.layers:
                if isinstance(layer.content, Plate):
                    file = plate_file(layer.content.svg, composition.size, cache)
                    jobs[file] = (layer.content.svg, composition.size, cache)
    return [job for file, job in jobs.items() if not file.is_file()]


def render_picture(
    segments: Sequence[Segment],
    *,
    cache: Path,
    workers: int,
    reporter: Reporter,
    target: Path,
    limit: int | None = None,
    film: str = "",
    narrations: Mapping[str, str] | None = None,
) -> Picture:
    """Make or reuse every segment and join them into `target`.

    The bytes do not depend on `workers`. `limit`: bytes of segments to keep in the cache afterwards; `film`: its slug, by which
    the plan is remembered, with `narrations`, as `keep_plan` takes them.

    Raises WorkFailed, NoSpace, or BadInput for a picture, drawing or clip that cannot be drawn;
    finished segments are kept.
    """
    began = time.monotonic()
    store = SegmentCache(cache)
    made: set[str] = set()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            made |= _make_missing(segments, store, cache, workers, reporter)
            pieces = [Piece(store.file(segment.key), list(segment.packets)) for segment in segments]
            frames = join(pieces, segments[0].rate, target)
            break
        except FileNotFoundError:
            # Somebody emptied the cache meanwhile: what has gone is made again.
            if attempt == ATTEMPTS:
                raise
    planned = sum(segment.frames for segment in segments)
    if frames != planned:
        raise WorkFailed(f"the picture has {frames} frames, the plan {planned}")
    keep_plan(segments, cache, film, narrations)
    if limit is not None:
        store.evict(limit, {segment.key for segment in segments})
    outcomes = tuple(
        Outcome(s.id, s.scene, s.frames, s.engine, "rendered" if s.key in made else "reused", s.repeated)
        for s in segments
    )
    return Picture(target, frames, outcomes, time.monotonic() - began)


def _make_missing(
    segments: Sequence[Segment], store: SegmentCache, cache: Path, workers: int, reporter: Reporter
) -> set[str]:
    """Make the segments that the cache does not have; gives the keys of those that were made here."""
    missing = {segment.key: segment for segment in segments if store.find(segment.key, segment.encoded) is None}
    if not missing:
        return set()
    # The longest first, so that no core waits for one at the end.
    dirty = sorted(missing.values(), key=lambda segment: (segment.engine == "moviepy", segment.drawn), reverse=True)
    made = []
    with open_workers(min(workers, len(dirty))) as pool:
        drawings = _drawings(dirty, cache)
        if drawings:
            with reporter.step("draw plates", len(drawings)) as step:
                for _ in pool.map(_rasterise, drawings):
                    step.advance()
        with reporter.step("render segments", sum(segment.drawn for segment in dirty)) as step:
            for index, own in pool.map(render_segment, [(segment, cache) for segment in dirty]):
                step.advance(dirty[index].drawn)
                made += [dirty[index]] if own else []
    note_costs(made, cache)
    return {segment.key for segment in made}


def still(composition: Composition, frame: int, cache: Path | None, rate: float = 30.0) -> NDArray[np.uint8]:
    """One frame as a viewer sees it, from the same compositor and colour as the film: uint8 (height, width, 3)."""
    from render.frames import Compositor

    with Compositor(composition, rate, cache, frame, 1) as compositor:
        return compositor.draw(frame).rgb()
