"""What counts as something happening: a viewer sees it come, go, move, grow, count or play."""

from dataclasses import replace
from pathlib import Path

import pytest

from render.happenings import find_happenings
from render.scenes.base import Scene
from render.spans import longest_gaps, merge_spans
from render.stage import ShotCue, Stage
from tests.golden_studio import make_golden_studio
from tests.unit.render.conftest import RATE, At, Make, Shoot

MAP = "focus: [EGY]\nworldview: german\n"
LINE = """\
type: line
title: Ships
unit: a year
data: [{label: "2000", value: 3}, {label: "2010", value: 5, at: a}, {label: "2020", value: 4, at: b}]
"""


def gaps(scene: Scene, seconds: float, at: At | None, stage: Stage, shoot: Shoot) -> list[tuple[float, float]]:
    """The stretches of more than 20 s without anything, in seconds from the cut."""
    shot = shoot(scene, seconds, at)
    found = longest_gaps(find_happenings(scene.compose(shot, stage), float(RATE)), shot.frames, 20 * float(RATE))
    return [(round(float(first / RATE), 1), round(float(last / RATE), 1)) for first, last in found]


def test_a_camera_that_moves_is_something_and_its_slow_push_is_not(stage: Stage, make: Make, shoot: Shoot) -> None:
    still = make("map", MAP)
    ((first, last),) = gaps(still, 30, None, stage, shoot)
    assert first < 1, "names have come by then"
    assert last == 30
    moves = make("map", MAP + "camera: {from: [EGY, SAU], at: there}")
    assert gaps(moves, 30, {("camera",): 15}, stage, shoot) == []
    late = gaps(moves, 50, {("camera",): 15}, stage, shoot)
    assert len(late) == 1
    assert 16 < late[0][0] < 18, "from its arrival on"


def test_a_route_that_is_drawn_is_something(stage: Stage, make: Make, shoot: Shoot) -> None:
    route = make("map", MAP + "route: {mode: air, from: Cairo, to: Aswan, at: there}")
    ((first, last),) = gaps(route, 45, {("route",): 20}, stage, shoot)
    assert first > 21, "counted from its end"
    assert last == 45


def test_a_line_that_goes_on_from_word_to_word_is_something_all_along(stage: Stage, make: Make, shoot: Shoot) -> None:
    chart = make("chart", LINE)
    assert gaps(chart, 40, {("data", 1): 2, ("data", 2): 35}, stage, shoot) == []
    assert len(gaps(chart, 60, {("data", 1): 2, ("data", 2): 35}, stage, shoot)) == 1


def test_a_counter_runs_until_it_has_landed(stage: Stage, make: Make, shoot: Shoot) -> None:
    ((first, _),) = gaps(make("number"), 30, {(): 5}, stage, shoot)
    assert first == pytest.approx(5, abs=0.3)


def test_a_clip_plays_until_its_last_picture_stays(tmp_path: Path, stage: Stage, make: Make, shoot: Shoot) -> None:
    here = replace(stage, studio=make_golden_studio(tmp_path / "studio"))
    clip = make("clip", "file: harbour.mp4")
    assert gaps(clip, 20, None, here, shoot) == []
    assert gaps(clip, 30, None, here, shoot) == [(3.0, 30.0)]


def test_captions_are_nothing_new(stage: Stage, make: Make, shoot: Shoot) -> None:
    quote = make("quote")
    shot = shoot(quote, 30, cues=(ShotCue(400, 460, ("Said.",)),))
    made = quote.compose(shot, stage)
    assert any(layer.name == "caption-1" for layer in made.layers)
    found = longest_gaps(find_happenings(made, float(RATE)), shot.frames, 20 * float(RATE))
    assert len(found) == 1


def test_stretches_that_touch_are_one() -> None:
    assert merge_spans([(5, 9), (0, 5), (20, 90), (12, 12)], 50) == ((0, 9), (20, 50))
    assert longest_gaps(((0, 9), (20, 50)), 60, 10) == [(9, 20)]
    assert longest_gaps((), 60, 59) == [(0, 60)]
