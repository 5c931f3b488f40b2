"""A film through its gate by its plan: segments are looked at once, and what is seen of them is what the whole film shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from core.progress import Silent
from core.settings import Settings
from render.composition import Composition, Key, Layer, Motion, Plate
from render.encode import MASTER
from render.evidence import Expectation
from render.expectation import expect
from render.film import FilmPlan
from render.gate import Examined, examine
from render.inspection import inspect_film
from render.join import Piece, join
from render.loudness import measure_file
from render.mux import mux
from render.picture import render_picture, render_segment
from render.plan import plan_segments
from render.report_page import still_facts, write_page
from render.segment_cache import SegmentCache
from render.segments import make_segment
from render.staging import set_stage
from render.storyboard import plan_storyboard
from render.timeline import plan_timeline
from script.reader import open_script
from tests.integration.sound.films import make_sound

pytestmark = pytest.mark.slow

SIZE = (320, 180)
SCRIPT = """---
title: A film <of> two scenes
---

# First

```scene title
id: one
text: {title}
duration: 1.5
```

# Second

```scene number
id: two
value: 33
unit: kilometres
label: wide
duration: 2.5
transition: crossfade
```
"""


def plan_silently(folder: Path, title: str) -> FilmPlan:
    """A plan of scenes over which nobody speaks."""
    path = folder / "script.md"
    path.write_text(SCRIPT.format(title=title))
    script = open_script(path)
    scenes, _ = plan_storyboard(script)
    stage = set_stage(script, None, SIZE)
    timeline = plan_timeline(
        scenes,
        [block.chapter for block in script.scenes],
        [chapter.title for chapter in script.chapters],
        {},
        {},
        stage.rate,
    )
    compositions = tuple(shot.scene.compose(shot, stage) for shot in timeline.shots)
    segments = plan_segments(timeline.shots, compositions, stage)
    return FilmPlan(script, scenes, stage, timeline, (), (), compositions, segments, ())


def make_film(plan: FilmPlan, settings: Settings, sound: Path, film: Path) -> Path:
    picture = film.with_name("picture.mp4")
    render_picture(plan.segments, cache=settings.cache, workers=1, reporter=Silent(), target=picture)
    title, timeline = plan.script.front.title, plan.timeline
    mux(
        picture,
        sound,
        film,
        title=title,
        language="en",
        chapters=timeline.chapters,
        rate=timeline.rate,
        frames=timeline.frames,
    )
    return film


def seen(settings: Settings) -> dict[str, int]:
    return {file.name: file.stat().st_ino for file in (settings.cache / "sights").iterdir()}


def rules(examined: Examined) -> Sequence[str]:
    return [finding.rule for finding in examined.findings]


def test_segments_are_looked_at_once_and_a_film_of_which_one_changed_is_not_watched_again(tmp_path: Path) -> None:
    settings, sound = Settings(home=tmp_path, workers=1), make_sound(tmp_path)
    plan = plan_silently(tmp_path, "A film")
    film = make_film(plan, settings, sound, tmp_path / "film.mp4")
    expected = expect(plan, ())
    examined = inspect_film(film, plan, expected, settings, Silent())
    assert rules(examined) == []
    assert examined.watched
    assert len(examined.watched.likeness) == 2
    whole = examine(film, expected).watched
    assert whole
    assert replace(whole, likeness={}, thumbs=()) == replace(examined.watched, likeness={}, thumbs=())

    first = seen(settings)
    assert len(first) == len({segment.key for segment in plan.segments})
    inspect_film(film, plan, expected, settings, Silent())
    assert seen(settings) == first

    changed = plan_silently(tmp_path, "Another film")
    other = make_film(changed, settings, sound, tmp_path / "other.mp4")
    assert rules(inspect_film(other, changed, expect(changed, ()), settings, Silent())) == []
    second = seen(settings)
    assert {name: second[name] for name in first} == first
    # The first scene's, and the transition from it.
    assert {name.split("-")[0] for name in second.keys() - first.keys()} == {
        segment.key for segment in changed.segments if segment.scene == "one" or segment.transition
    }
    # The first film is not made of the second one's segments: that is found, and then the film itself is watched.
    assert rules(inspect_film(film, changed, expect(changed, ()), settings, Silent())) == ["as-planned", "packets"]


def test_the_report_is_one_page_with_everything_on_it(tmp_path: Path) -> None:
    settings, sound = Settings(home=tmp_path, workers=1), make_sound(tmp_path)
    plan = plan_silently(tmp_path, "A film")
    film = make_film(plan, settings, sound, tmp_path / "film.mp4")
    examined = inspect_film(film, plan, replace(expect(plan, ()), size=(640, 360)), settings, Silent())
    facts = still_facts(examined, Fraction(30))
    assert facts["share"] == pytest.approx(sum(b - a for a, b in facts["stretches"]) / 4, abs=0.01)
    page = write_page(plan, examined, measure_file(film))
    assert "A film &lt;of&gt; two scenes" in page
    assert "Does not pass" in page
    assert "the picture is 320×180, planned was 640×360" in page
    assert page.count("data:image/jpeg;base64,") == 15
    assert all(f"<b>{name}</b>" in page for name in ("one", "two", "First", "Second"))
    assert not re.search(r"<script|<link|\bsrc=\"(?!data:)|url\(|https?:", page)
    assert re.search(r'class="short" d="M[\d. ]+L', page)


def drifting(frames: int, shift: float) -> Composition:
    """A quiet theme's ground: hairlines a few steps lighter than the dark they lie on, which drift by `shift` pixels in all."""
    lines = "".join(f'<path d="M{x} 0 L{x - 90} 180" stroke="#151b22" stroke-width="1"/>' for x in range(0, 420, 24))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180">{lines}</svg>'
    motion = Motion(x=(Key(0, 0), Key(frames - 1, shift))) if shift else Motion()
    return Composition(SIZE, frames, (Layer("ground", Plate(svg), motion=motion),), "#0f141a")


@pytest.mark.parametrize(("shift", "frozen"), [(3.0, []), (0.0, ["frozen"])])
def test_a_quiet_ground_that_drifts_is_no_frozen_picture_and_one_that_stands_is(
    tmp_path: Path, shift: float, frozen: list[str]
) -> None:
    rate, frames = Fraction(30), 120
    composition = drifting(frames, shift)
    pieces = [make_segment("quiet", composition, rate, MASTER, first, 60) for first in (0, 60)]
    picture, film = tmp_path / "picture.mp4", tmp_path / "film.mp4"
    for piece in pieces:
        # Drawn frame by frame also where nothing moves: a hold that nobody planned.
        render_segment(replace(piece, engine="frames"), tmp_path)
    join([Piece(SegmentCache(tmp_path).file(piece.key), range(60)) for piece in pieces], rate, picture)
    mux(picture, make_sound(tmp_path), film, title="Quiet", language="en", rate=rate, frames=frames)
    examined = examine(film, Expectation(SIZE, rate, frames, whole=False))
    assert rules(examined) == frozen
