"""Captions stand on no words of the picture: over a credit and a lower third while these are there, at the foot where nothing is."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from render.raised_captions import place_cue, raise_cues
from render.scenes.base import Scene
from render.scenes.overlays import overlay_texts
from render.stage import Stage
from render.timeline import plan_timeline
from tests.unit.render.conftest import Make
from transcripts.words import Cue

FOOT = (0.05, 0.93, 0.6, 0.96)
LOW = (0.3, 0.86, 0.7, 0.9)
MIDDLE = (0.1, 0.3, 0.9, 0.8)
HEAD = (0.3, 0.04, 0.7, 0.1)


@pytest.mark.parametrize(
    ("words", "top"),
    [
        ([], None),
        ([(0.0, 0.93, 0.2, 0.96)], None),  # beside it
        ([(0.3, 0.4, 0.7, 0.6)], None),  # above it
        ([FOOT], 0.93),
        ([FOOT, LOW], 0.86),
        ([LOW, FOOT], 0.86),
    ],
)
def test_a_cue_stands_right_over_what_is_at_the_foot(
    words: list[tuple[float, float, float, float]], top: float
) -> None:
    placed = place_cue(2, 0.5, words)
    assert placed == (None if top is None else pytest.approx(top - 2 * 0.065, abs=0.02))
    if placed is not None:
        assert placed + 2 * 0.065 < top


def test_without_room_there_it_goes_to_the_head_and_under_what_is_there() -> None:
    assert place_cue(2, 0.5, [MIDDLE, FOOT]) == 0.05
    placed = place_cue(2, 0.5, [MIDDLE, FOOT, HEAD])
    assert placed is not None
    assert HEAD[3] < placed < 0.3 - 2 * 0.065


def test_where_words_are_everywhere_it_stays() -> None:
    assert place_cue(2, 0.5, [(0.0, 0.0, 1.0, 1.0)]) is None


def test_a_film_s_cues_move_only_while_words_are_there(stage: Stage, make: Make, tmp_path: Path) -> None:
    third = {"name": "Somebody with a very long name indeed", "role": "who was there"}
    credit = "Drawing: Slugline, and a long line of others who helped to draw it"
    scenes: list[Scene] = [
        make("title", id="a", duration=12, lower_third=third, credit=credit),
        make("title", id="b", duration=4),
        make("title", id="c", duration=4, credit=credit),
    ]
    timeline = plan_timeline(scenes, [0, 0, 0], [""], {}, {}, Fraction(30))
    compositions = [shot.scene.compose(shot, stage) for shot in timeline.shots]
    lines = ("In the summer the canal was taken", "by the people who had dug it.")
    cues = [Cue(2, 4, lines), Cue(10, 11.9, lines), Cue(12.5, 15, lines), Cue(16.5, 19, lines), Cue(14, 17, lines)]
    raised = raise_cues(cues, timeline, compositions, stage, tmp_path)
    assert [replace(cue, settings=()) for cue in raised] == cues
    lines_of = [dict(cue.settings).get("line") for cue in raised]
    assert lines_of[2] is None
    assert lines_of[1] == lines_of[3] == lines_of[4]
    assert all(lines_of[index] for index in (0, 1, 3, 4))
    for cue, line in zip(raised, lines_of, strict=True):
        top = float((line or "85.5%").rstrip("%")) / 100
        for shot in timeline.shots:
            for text in (*shot.scene.own_texts(shot, stage), *overlay_texts(shot.scene, shot, stage)):
                shown = shot.start + text.first < cue.end * 30 and shot.start + text.last > cue.start * 30
                assert not (shown and text.box[1] / 1080 < top + 2 * 0.065 and text.box[3] / 1080 > top)
    assert raise_cues((), timeline, compositions, stage) == ()


@pytest.mark.slow
def test_a_name_on_a_map_is_not_stood_on_and_is_looked_for_once(stage: Stage, make: Make, tmp_path: Path) -> None:
    scene: Scene = make("map", duration=5)
    timeline = plan_timeline([scene], [0], [""], {}, {}, Fraction(30))
    compositions = [scene.compose(timeline.shots[0], stage)]
    cues = [Cue(1, 4, ("In the summer the canal was taken", "by the people who had dug it."))]
    first = raise_cues(cues, timeline, compositions, stage, tmp_path)
    (note,) = (tmp_path / "written").iterdir()
    note.write_text("[[0, 150, [0.3, 0.9, 0.7, 0.95]]]")
    again = raise_cues(cues, timeline, compositions, stage, tmp_path)
    assert dict(again[0].settings)["line"].startswith("75.")
    note.write_text("damaged")
    assert raise_cues(cues, timeline, compositions, stage, tmp_path) == first
