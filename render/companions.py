"""What stands beside a film: the pictures that stand for it, the contact sheet, hover previews, the HLS ladder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from core.digest import digest
from core.progress import Reporter
from core.settings import Settings
from core.timecode import clock_text, frame_to_seconds
from render.bundle import Bundle, Kind, keep_bundle
from render.composition import Composition
from render.film import FilmPlan
from render.fullest import fullest_frame
from render.ladder import keep_ladder
from render.picture import still
from render.planes import Bytes
from render.poster import CARD, POSTER_VERSION, shrink, without_overlays, write_jpeg
from render.segments import made_with, picture_parts
from render.sheet import SHEET_VERSION, SheetEntry, contact_sheet
from render.soundtrack import Soundtrack
from render.sprites import SPRITES_VERSION, count_sheets, plan_tiles, write_sprites
from render.stage import Shot
from render.thumbnail import SIZE, compose_thumbnail, face
from transcripts.words import Cue


def make_companions(
    plan: FilmPlan,
    soundtrack: Soundtrack,
    cues: Sequence[Cue],
    settings: Settings,
    reporter: Reporter,
    *,
    renditions: Sequence[int] = (),
    alone: bool = False,
) -> tuple[Bundle, ...]:
    """Make what stands beside the film of a plan, or find it made; each bundle by its own key.

    `renditions`: the shorter sides in pixels of what the ladder has below the master; without any there is no ladder. `alone`:
    a poster and nothing else.
    """
    cache = settings.cache
    makers: tuple[Callable[[FilmPlan, Path], Bundle], ...] = (_keep_poster,)
    if not alone:
        makers = (_keep_thumbnail, _keep_poster, _keep_sheet, _keep_sprites)
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


def _face(plan: FilmPlan) -> tuple[Shot, Composition]:
    chosen = face(plan.script, plan.timeline.shots)
    return plan.timeline.shots[chosen], plan.compositions[chosen]


def _seen(plan: FilmPlan, shot: Shot, *pictures: Composition) -> str:
    """Address of what is to be seen in some pictures at a shot's peak."""
    rate = plan.timeline.rate
    return digest(made_with(), [(picture.size, picture_parts(picture, rate, shot.peak, 1)) for picture in pictures])


def _keep_thumbnail(plan: FilmPlan, cache: Path) -> Bundle:
    shot, _ = _face(plan)
    picture = compose_thumbnail(shot, plan.stage)

    def fill(bundle: Bundle) -> None:
        write_jpeg(still(picture, shot.peak, cache, float(plan.timeline.rate)), bundle.file(".jpg"), quality=92)

    key = digest("thumbnail", POSTER_VERSION, _seen(plan, shot, picture))
    return keep_bundle(cache, key, (Kind("thumbnail", "", ".jpg"),), fill)


def _keep_poster(plan: FilmPlan, cache: Path) -> Bundle:
    """A frame of the film without what lies over its scene; the same smaller, and wide whatever the film's format, for lists."""
    shot, composition = _face(plan)
    poster = wide = without_overlays(composition)
    if poster.size[0] < poster.size[1]:
        wide = without_overlays(shot.scene.compose(shot, replace(plan.stage, size=SIZE)))

    def draw(composition: Composition) -> Bytes:
        return still(composition, shot.peak, cache, float(plan.timeline.rate))

    def fill(bundle: Bundle) -> None:
        picture = draw(poster)
        write_jpeg(picture, bundle.file(".poster.jpg"))
        write_jpeg(shrink(picture if wide is poster else draw(wide), CARD), bundle.file(".card.jpg"), quality=84)

    key = digest("poster", POSTER_VERSION, _seen(plan, shot, poster, wide))
    return keep_bundle(cache, key, (Kind("poster", "", ".poster.jpg"), Kind("card", "", ".card.jpg")), fill)


def _keep_sheet(plan: FilmPlan, cache: Path) -> Bundle:
    timeline = plan.timeline
    frames = [fullest_frame(shot, plan.stage) for shot in timeline.shots]
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
            SheetEntry(partial(still, composition, frame, cache, float(timeline.rate)), *caption)
            for frame, composition, caption in zip(frames, plan.compositions, captions, strict=True)
        ]
        contact_sheet(entries, bundle.file(".sheet.png"))

    key = digest("sheet", SHEET_VERSION, _looks(plan), captions, frames)
    return keep_bundle(cache, key, (Kind("sheet", "", ".sheet.png"),), fill)


def _keep_sprites(plan: FilmPlan, cache: Path) -> Bundle:
    tiles = plan_tiles(plan.timeline.frames, plan.timeline.rate)

    def fill(bundle: Bundle) -> None:
        folder = bundle.file(".sprites")
        folder.mkdir()
        write_sprites(folder, tiles, plan.segments, cache)

    kinds = [Kind("sprites", "", ".sprites/tiles.vtt")]
    kinds += [Kind(f"sprites-{number}", "", f".sprites/{number}.jpg") for number in range(1, count_sheets(tiles) + 1)]
    return keep_bundle(cache, digest("sprites", SPRITES_VERSION, _looks(plan)), kinds, fill)
