from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from render.composition import Clip, Composition, Ease, Key, Layer, Motion, Photograph, Plate, Region
from render.encode import Encoding
from render.plan import LONGEST, SHORTEST_HOLD, STEP, cut_moving, find_changes, find_stretches, plan_segments
from render.segments import Segment

RATE = Fraction(30)
SIZE = (320, 180)
FIELD = Layer("field", Plate("<svg/>"))


def moving(first: int, last: int, ease: Ease = "linear") -> Layer:
    return Layer("mover", Plate("<svg id='m'/>"), motion=Motion(x=(Key(first, 10), Key(last, 0, ease))))


def fading(first: int, last: int) -> Layer:
    return Layer("fader", Plate("<svg id='f'/>"), motion=Motion(opacity=(Key(first, 0), Key(last, 1))))


def composition(frames: int, *layers: Layer) -> Composition:
    return Composition(SIZE, frames, (FIELD, *layers))


def plan(*compositions: Composition, transitions: dict[int, str] | None = None, **options: Any) -> tuple[Segment, ...]:
    shots: Any = [
        SimpleNamespace(
            scene=SimpleNamespace(id=f"s{n}", transition=(transitions or {}).get(n, "cut")), frames=c.frames
        )
        for n, c in enumerate(compositions)
    ]
    stage: Any = SimpleNamespace(size=SIZE, rate=RATE)
    return plan_segments(shots, compositions, stage, **options)


def shape(segments: tuple[Segment, ...]) -> list[tuple[int, int, bool, str]]:
    return [(s.first, s.frames, s.hold, s.engine) for s in segments]


def test_entrance_hold_and_exit() -> None:
    leaving = Layer("mover", Plate("<svg/>"), motion=Motion(x=(Key(0, 9), Key(12, 0), Key(80, 0), Key(90, 9))))
    assert shape(plan(composition(100, leaving))) == [
        (0, 12, False, "frames"),
        (12, 69, True, "ffmpeg"),
        (81, 9, False, "frames"),
        (90, 10, True, "ffmpeg"),
    ]


def test_a_fade_is_a_graph() -> None:
    assert shape(plan(composition(60, fading(10, 20)))) == [
        (0, 11, True, "ffmpeg"),
        (11, 9, False, "ffmpeg"),
        (20, 40, True, "ffmpeg"),
    ]


def test_a_clip_is_moviepys_even_under_a_plate() -> None:
    clip = Layer("clip", Clip(Path("f.py"), "0" * 64, "go"))
    assert {s.engine for s in plan(Composition(SIZE, 20, (clip, FIELD)))} == {"moviepy"}


def test_a_photograph_moves_from_first_to_last() -> None:
    photo = Photograph(Path("p.jpg"), "0" * 64, Region(0.5, 0.5, 1), Region(0.5, 0.5, 0.9), 10, 40)
    assert shape(plan(Composition(SIZE, 60, (Layer("photo", photo),)))) == [
        (0, 11, True, "ffmpeg"),
        (11, 29, False, "frames"),
        (40, 20, True, "ffmpeg"),
    ]


@dataclass(frozen=True)
class Drawn:
    busy: tuple[tuple[int, int], ...]
    happens: tuple[tuple[int, int], ...] = ()

    def painter(self, size: tuple[int, int]) -> Any:
        raise AssertionError("planning draws nothing")


def test_a_painting_moves_while_it_is_busy() -> None:
    segments = plan(Composition(SIZE, 80, (Layer("map", Drawn(((10, 30),))),)))
    assert shape(segments) == [(0, 10, True, "ffmpeg"), (10, 20, False, "frames"), (30, 50, True, "ffmpeg")]


@given(st.integers(2, 2000))
def test_long_motion_is_cut_at_places_that_its_end_does_not_move(frames: int) -> None:
    pieces = list(cut_moving(7, 7 + frames))
    assert pieces[0][0] == 7
    assert pieces[-1][1] == 7 + frames
    assert all(a[1] == b[0] for a, b in itertools.pairwise(pieces))
    assert all(2 <= end - first <= LONGEST for first, end in pieces)
    assert pieces[:-1] == list(cut_moving(7, 7 + frames + STEP))[: len(pieces) - 1]


def test_a_longer_scene_keeps_the_segments_before_its_end() -> None:
    drift = Layer("drift", Plate("<svg/>"), motion=Motion(x=(Key(0, 0), Key(1000, 50))))
    short, long = plan(composition(400, drift)), plan(composition(460, drift))
    assert [s.key for s in short[:2]] == [s.key for s in long[:2]]


def test_what_cannot_be_seen_is_no_change() -> None:
    hidden = Layer("h", Plate("<svg/>"), motion=Motion(x=(Key(0, 0), Key(60, 9)), opacity=(Key(0, 0),)))
    assert shape(plan(composition(60, hidden))) == [(0, 60, True, "ffmpeg")]


@given(st.lists(st.booleans(), min_size=2, max_size=200))
def test_stretches_tile_the_scene_and_holds_hold(marks: list[bool]) -> None:
    changes = np.array(marks)
    changes[0] = True
    stretches = list(find_stretches(changes))
    assert stretches[0][0] == 0
    assert stretches[-1][1] == len(marks)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(stretches))
    for first, end, hold in stretches:
        assert end - first >= 2
        if hold:
            assert not changes[first + 1 : end].any()
            assert end - first >= SHORTEST_HOLD - 2


def test_a_neighbour_and_a_place_in_the_film_change_no_key() -> None:
    scene = composition(50, moving(0, 12))
    alone = plan(scene)
    moved = plan(composition(77), scene)
    assert [s.key for s in alone] == [s.key for s in moved if s.scene == "s1"]


def test_a_longer_hold_has_the_same_keys() -> None:
    assert [s.key for s in plan(composition(50, moving(0, 12)))] == [
        s.key for s in plan(composition(95, moving(0, 12)))
    ]


def test_whatever_can_change_pixels_changes_the_key() -> None:
    layer = moving(0, 40)
    keys = {plan(composition(40, layer))[0].key}
    others = [
        plan(composition(40, Layer("m", Plate("<svg id='n'/>"), motion=layer.motion))),
        plan(composition(40, moving(0, 41))),
        plan(composition(40, moving(0, 40, "both"))),
        plan(Composition(SIZE, 40, (FIELD, layer), "#ffffff")),
        plan(Composition(SIZE, 40, (layer, FIELD))),
        plan(composition(40, layer), encoding=Encoding(crf=26)),
    ]
    for other in others:
        keys.add(other[0].key)
    assert len(keys) == len(others) + 1


def test_a_layers_name_changes_no_key() -> None:
    layer = moving(0, 40)
    renamed = Layer("other", layer.content, motion=layer.motion)
    assert plan(composition(40, layer))[0].key == plan(composition(40, renamed))[0].key


def test_a_transition_is_a_segment_of_its_own() -> None:
    one, two = composition(40), composition(60, moving(0, 30))
    segments = [s for s in plan(one, two, transitions={1: "crossfade"}) if s.scene == "s1"]
    assert shape(tuple(segments)) == [(0, 12, False, "frames"), (12, 18, False, "frames"), (30, 30, True, "ffmpeg")]
    other = [s for s in plan(composition(40, fading(0, 9)), two, transitions={1: "crossfade"}) if s.scene == "s1"]
    assert segments[0].key != other[0].key
    assert [s.key for s in segments[1:]] == [s.key for s in other[1:]]


@given(st.integers(8, 200))
def test_a_holds_packets_make_its_length_and_never_end_on_one_alone(frames: int) -> None:
    (segment,) = plan(composition(frames))
    packets = list(segment.packets)
    assert len(packets) == frames
    starts = [n for n, index in enumerate(packets) if index == 0]
    assert all(b - a >= 2 for a, b in zip(starts, [*starts[1:], frames], strict=True))
    assert all(b == a + 1 or b == 0 for a, b in itertools.pairwise(packets))


@given(st.integers(2, 30))
def test_a_transition_leaves_no_frame_alone(frames: int) -> None:
    """A key picture right before another one of the same number would be taken for the same picture."""
    segments = plan(composition(30), composition(frames), composition(30), transitions={1: "crossfade"})
    assert sum(segment.frames for segment in segments) == 60 + frames
    assert min(segment.frames for segment in segments) > 1


def test_odd_sizes_are_refused() -> None:
    stage: Any = SimpleNamespace(size=(321, 180), rate=RATE)
    with pytest.raises(BadInput, match="321×180"):
        plan_segments([], [], stage)


def test_planning_needs_no_pictures() -> None:
    assert find_changes(composition(10, moving(0, 5)), RATE).tolist() == [True] * 6 + [False] * 4
