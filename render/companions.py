"""What stands beside a film: the pictures that stand for it, the contact sheet, the HLS ladder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from core.digest import digest
from core.progress import Reporter
from core.settings import Settings
from core.timecode import clock_text, frame_to_seconds
from render.bundle import Bundle, Kind, keep_bundle
from render.film import FilmPlan
from render.ladder import keep_ladder
from render.picture import still
from render.sheet import SHEET_VERSION, SheetEntry, contact_sheet, thumbnail
from render.soundtrack import Soundtrack
from transcripts.words import Cue


def make_companions(
    plan: FilmPlan,
    soundtrack: Soundtrack,
    cues: Sequence[Cue],
    settings: Settings,
    reporter: Reporter,
    *,
    renditions: Sequence[int] = (),
) -> tuple[Bundle, ...]:
    """Make what stands beside the film of a plan, or find it made; each bundle by its own key.

    `renditions`: the shorter sides in pixels of what the ladder has below the master; without any there is no ladder.
    """
    cache = settings.cache
    makers: tuple[Callable[[FilmPlan, Path], Bundle], ...] = (_keep_pictures, _keep_sheet)
    made = []
    with reporter.step("what stands beside it", len(makers)) as step:
        for make in makers:
            made.append(make(plan, cache))
            step.advance()
    if renditions:
        workers = settings.worker_count
        made.append(keep_ladder(plan, soundtrack, cues, renditions, cache=cache, workers=workers, reporter=reporter))
    return tuple(made)


def _looks(plan: FilmPlan) -> str:
    """Address of the film's picture, frame for frame."""
    return digest([(segment.key, segment.frames) for segment in plan.segments])


def _keep_pictures(plan: FilmPlan, cache: Path) -> Bundle:
    face = _face(plan)
    shot, composition = plan.timeline.shots[face], plan.compositions[face]

    def fill(bundle: Bundle) -> None:
        thumbnail(still(composition, shot.peak, cache, float(plan.timeline.rate)), bundle.file(".jpg"))

    key = digest("pictures", SHEET_VERSION, _looks(plan), face, shot.peak)
    return keep_bundle(cache, key, (Kind("thumbnail", "", ".jpg"),), fill)


def _keep_sheet(plan: FilmPlan, cache: Path) -> Bundle:
    timeline = plan.timeline
    captions = [
        (
            clock_text(float(frame_to_seconds(shot.start, timeline.rate))),
            shot.scene.id,
            plan.script.scene(shot.scene.id).narration.text,
        )
        for shot in timeline.shots
    ]

    def fill(bundle: Bundle) -> None:
        entries = [
            SheetEntry(still(composition, shot.peak, cache, float(timeline.rate)), *caption)
            for shot, composition, caption in zip(timeline.shots, plan.compositions, captions, strict=True)
        ]
        contact_sheet(entries, bundle.file(".sheet.png"))

    key = digest("sheet", SHEET_VERSION, _looks(plan), captions, [shot.peak for shot in timeline.shots])
    return keep_bundle(cache, key, (Kind("sheet", "", ".sheet.png"),), fill)


def _face(plan: FilmPlan) -> int:
    """The scene that stands for the film in a list, where its title is written beside it: a picture rather than type."""
    kinds = [scene.kind for scene in plan.scenes]
    return next((kinds.index(kind) for kind in ("photo", "map", "title") if kind in kinds), 0)
