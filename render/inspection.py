"""A finished film taken through its gate by its plan: its render segments are looked at where that was not done before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from core.cache import touch
from core.progress import Reporter
from core.settings import Settings
from render.evidence import Expectation, SeenPiece
from render.expectation import in_scene
from render.film import FilmPlan
from render.gate import Examined, examine
from render.legibility import review_contrast
from render.segment_cache import SegmentCache
from render.segments import Segment
from render.sights import Sight, SightBook, see
from render.viewing import Rgb
from render.workers import open_workers

FEW = 400
"""Frames that are looked at in this process: others take longer to start."""
FULL = 1080
"""The shorter side of a film that is no preview."""


def inspect_film(
    film: Path, plan: FilmPlan, expectation: Expectation, settings: Settings, reporter: Reporter
) -> Examined:
    """What the gate finds in the film of a plan, whose render segments lie in the cache; each finding with its scene. What is
    written is measured against what lies behind it at the film's own times, which `check` only estimates; not in a preview."""
    sampled = _sampled(plan.segments)
    cache = settings.cache
    pieces = _see_pieces(plan.segments, sampled, cache, settings.worker_count, reporter)
    stills = {}
    frame = 0
    for segment in plan.segments:
        if segment.id in sampled:
            stills[frame + _moment(segment)] = _drawing(segment, cache)
        frame += segment.frames
    examined = examine(film, replace(expectation, stills=stills), pieces)
    found = [in_scene(plan, finding) for finding in examined.findings]
    if min(plan.stage.size) >= FULL:
        # A report goes with the film: where the script lies on the machine that made it concerns nobody who gets it.
        found += [
            replace(one, place=None) for shot in plan.timeline.shots for one in review_contrast(shot, plan.stage, cache)
        ]
    return replace(examined, findings=tuple(found))


def _sampled(segments: Sequence[Segment]) -> set[str]:
    """The ids of segments of which a frame is drawn again and compared: of each scene the longest that is no transition.

    None of what a studio's own function draws: nobody promised that it draws the same twice.
    """
    longest: dict[str, Segment] = {}
    for segment in segments:
        known = longest.get(segment.scene)
        if segment.transition or segment.engine == "moviepy":
            continue
        if known is None or segment.encoded > known.encoded:
            longest[segment.scene] = segment
    return {segment.id for segment in longest.values()}


def _moment(segment: Segment) -> int:
    """The frame that is compared, by its packet; of a hold the first, which it always has."""
    return 0 if segment.hold else segment.frames // 2


def _drawing(segment: Segment, cache: Path) -> Callable[[], Rgb]:
    def draw() -> Rgb:
        from render.picture import still

        return still(segment.composition, segment.first + _moment(segment), cache, float(segment.rate))

    return draw


def _see_segment(segment: Segment, sampled: bool, cache: Path) -> None:
    """Look at one segment and keep what was seen."""
    planned = {_moment(segment): _drawing(segment, cache)} if sampled else {}
    sight = see(SegmentCache(cache).file(segment.key), segment.composition.size, planned)
    SightBook(cache).keep(segment.key, sight)


def _see_pieces(
    segments: Sequence[Segment], sampled: set[str], cache: Path, workers: int, reporter: Reporter
) -> list[SeenPiece]:
    """What is seen of every segment, those that were not looked at before first."""
    book = SightBook(cache)
    unseen: dict[str, tuple[Segment, bool, Path]] = {}
    for segment in segments:
        compared = segment.id in sampled
        job = unseen.get(segment.key)
        if job or not book.seen(segment.key, _moment(segment) if compared else None):
            unseen[segment.key] = (segment, compared or bool(job and job[1]), cache)
    jobs = sorted(unseen.values(), key=lambda job: job[0].encoded, reverse=True)
    total = sum(segment.encoded for segment, *_ in jobs)
    with reporter.step("look at the picture", max(1, total)) as step:
        if workers > 1 and total > FEW:
            with open_workers(min(workers, len(jobs))) as pool:
                for index, _ in pool.map(_see_segment, jobs):
                    step.advance(jobs[index][0].encoded)
        else:
            for job in jobs:
                _see_segment(*job)
                step.advance(job[0].encoded)
    for segment in segments:
        touch(book.file(segment.key))
    return [SeenPiece(list(segment.packets), _recalling(book, segment.key)) for segment in segments]


def _recalling(book: SightBook, key: str) -> Callable[[], Sight | None]:
    return lambda: book.recall(key)
