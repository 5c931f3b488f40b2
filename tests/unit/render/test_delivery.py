"""A film's address holds everything that can change it."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from render.composition import Composition, Key, Layer, Motion, Plate
from render.delivery import film_key
from render.plan import plan_segments

SIZE, FRAMES = (320, 180), 200


def plan(entrance: int) -> Any:
    """A scene in which one thing slides in from a frame on, over a ground that stands."""
    slide = Motion(x=(Key(entrance, 10), Key(entrance + 20, 0)))
    layers = (Layer("field", Plate("<svg/>")), Layer("mover", Plate("<svg id='m'/>"), motion=slide))
    shot = SimpleNamespace(scene=SimpleNamespace(id="one", kind="title", transition="cut"), frames=FRAMES)
    stage: Any = SimpleNamespace(size=SIZE, rate=Fraction(30))
    shots: Any = [shot]
    return SimpleNamespace(
        segments=plan_segments(shots, (Composition(SIZE, FRAMES, layers),), stage),
        timeline=SimpleNamespace(shots=shots),
        script=SimpleNamespace(front=SimpleNamespace(title="A film", slug="a-film", language="en")),
        scenes=[shot.scene],
        alignments=(),
    )


def test_what_enters_later_is_another_film_of_the_same_segments() -> None:
    early, late = plan(60), plan(90)
    assert [segment.key for segment in early.segments] == [segment.key for segment in late.segments]
    assert film_key(early, "sound", (), ()) == film_key(plan(60), "sound", (), ())
    assert film_key(early, "sound", (), ()) != film_key(late, "sound", (), ())
