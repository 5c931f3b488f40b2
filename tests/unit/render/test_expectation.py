"""What the gate is told of a plan: where stillness and black are meant."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from render.composition import Composition, Footage, Layer
from render.expectation import expect
from tests.integration.picture.scenery import SIZE, backdrop, mark, plan, rises, scene


def test_what_a_video_shows_may_be_black_or_stand_still() -> None:
    footage = Footage(Path("a.mp4"), "f" * 64, Fraction(0), Fraction(3), Fraction(1), (0, 0, 320, 180), (0, 0, *SIZE))
    clip = Composition(SIZE, 60, (backdrop(), Layer("clip", footage)))
    drawn = scene(40, mark(motion=rises(0, 40)))
    segments = plan([drawn, clip], rate=Fraction(30))
    timeline = SimpleNamespace(rate=Fraction(30), frames=100, chapters=(), shots=())
    film: Any = SimpleNamespace(
        segments=segments,
        stage=SimpleNamespace(size=SIZE),
        timeline=timeline,
        script=SimpleNamespace(front=None),
        whole=True,
    )
    assert expect(film, ()).blacks == ((40, 100),)
