"""Scenes on frames: locked to the voice, and independent of their neighbours."""

from fractions import Fraction
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from core.timecode import SAMPLE_RATE, frame_to_sample
from render.composition import Composition
from render.scenes.base import Scene
from render.stage import Shot, Stage
from render.timeline import Spoken, Timeline, plan_timeline
from transcripts.words import Word


class Plain(Scene):
    kind: ClassVar[str] = "plain"
    example: ClassVar[str] = ""

    def compose(self, shot: Shot, stage: Stage) -> Composition:
        return Composition(stage.size, shot.frames, ())


def spoken(take: int, start: float, end: float, *, room: bool = False) -> Spoken:
    words = tuple(
        Word(f"w{index}", start + 0.1 + index * 0.5, start + 0.4 + index * 0.5, token=index)
        for index in range(int((end - start) / 0.5) or 1)
    )
    return Spoken(take, round(start * SAMPLE_RATE), round(end * SAMPLE_RATE), words, room=room)


def lay(lengths: list[float], rate: Fraction = Fraction(30), *, room: bool = False) -> Timeline:
    scenes = [Plain(id=f"plain-{index + 1}") for index in range(len(lengths))]
    voices, clock = {}, 0.0
    for index, length in enumerate(lengths):
        voices[index] = spoken(0, clock, clock + length, room=room)
        clock += length
    phrases: dict[int, dict[tuple[str | int, ...], int]] = {
        index: {("items", 0): 1} for index, length in enumerate(lengths) if length >= 1
    }
    return plan_timeline(scenes, [0] * len(lengths), ["One"], voices, phrases, rate)


rates = st.sampled_from([Fraction(25), Fraction(30), Fraction(30000, 1001)])


@given(st.lists(st.integers(500, 20_000), min_size=2, max_size=8), rates, st.booleans())
def test_a_longer_first_scene_changes_nothing_inside_the_others(millis: list[int], rate: Fraction, room: bool) -> None:
    before = lay([length / 1000 for length in millis], rate, room=room)
    after = lay([(millis[0] + 3217) / 1000, *(length / 1000 for length in millis[1:])], rate, room=room)
    for old, new in zip(before.shots[1:], after.shots[1:], strict=True):
        assert (old.frames, old.at) == (new.frames, new.at)


@given(st.lists(st.floats(0.5, 20), min_size=1, max_size=8), rates)
def test_sound_and_picture_stay_together(lengths: list[float], rate: Fraction) -> None:
    timeline = lay(lengths, rate)
    for shot, placement in zip(timeline.shots, timeline.placements, strict=True):
        start, end = frame_to_sample(shot.start, rate), frame_to_sample(shot.start + shot.frames, rate)
        assert start <= placement.at
        assert placement.at + placement.end - placement.start <= end
    assert timeline.samples == frame_to_sample(timeline.frames, rate)
    assert all(
        first.start + first.frames == second.start
        for first, second in zip(timeline.shots, timeline.shots[1:], strict=False)
    )


def test_an_element_waits_for_its_word() -> None:
    timeline = lay([5.0, 5.0])
    shot, placement = timeline.shots[1], timeline.placements[1]
    heard = placement.at / SAMPLE_RATE + 0.6
    assert abs((shot.start + shot.at[("items", 0)]) / 30 - heard) <= 1 / 60
    word = next(word for word in timeline.words if word.start and word.start > shot.start / 30 and word.text == "w1")
    assert word.start == pytest.approx(heard, abs=1e-6)


def test_chapters_begin_at_zero() -> None:
    scenes = [Plain(id="a"), Plain(id="b"), Plain(id="c")]
    timeline = plan_timeline(scenes, [0, 1, 1], ["", "A ditch"], {}, {}, Fraction(30))
    assert [(mark.frame, mark.title) for mark in timeline.chapters] == [
        (0, "Opening"),
        (timeline.shots[1].start, "A ditch"),
    ]
    assert [shot.opens_chapter for shot in timeline.shots] == [False, True, False]


def test_a_fixed_length_shorter_than_its_narration_is_refused() -> None:
    with pytest.raises(BadInput, match=r"fixed at 1 s, but its narration takes"):
        plan_timeline([Plain(id="a", duration=1)], [0], [""], {0: spoken(0, 0, 4)}, {}, Fraction(30))


def test_hold_adds_and_duration_fixes() -> None:
    free = plan_timeline([Plain(id="a")], [0], [""], {0: spoken(0, 0, 4)}, {}, Fraction(30)).frames
    held = plan_timeline([Plain(id="a", hold=2)], [0], [""], {0: spoken(0, 0, 4)}, {}, Fraction(30)).frames
    fixed = plan_timeline([Plain(id="a", duration=9)], [0], [""], {0: spoken(0, 0, 4)}, {}, Fraction(30)).frames
    assert (held - free, fixed) == (60, 270)
