"""The ground under every card: it fills the frame, and it moves without a jolt."""

from dataclasses import replace

import numpy as np
import pytest

from render.composition import Composition
from render.picture import still
from render.stage import Stage
from tests.unit.render.conftest import Make, Shoot

KINDS = ("title", "quote", "number", "list", "flags", "chart", "compare", "timeline", "slate", "photo")
SIZE = (480, 270)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_ground_fills_the_frame_from_first_to_last(kind: str, stage: Stage, make: Make, shoot: Shoot) -> None:
    """What lies behind the ground is seen nowhere, also at the edges, also when the drift has gone on for long."""
    for name in ("b", "c"):  # their motifs stand on the lower and beyond the right edge
        scene = make(kind).model_copy(update={"id": name})
        shot = shoot(scene, 10)
        ground = scene.compose(shot, replace(stage, size=SIZE)).layers[0]
        red, green = (Composition(SIZE, shot.frames, (ground,), colour) for colour in ("#ff0000", "#00ff00"))
        for frame in (0, shot.frames // 2, shot.frames - 1):
            one, other = still(red, frame, None), still(green, frame, None)
            assert np.array_equal(one, other), (name, frame)
            edges = (one[:, :1], one[:, -1:], one[:1], one[-1:])
            beside = (one[:, 8:9], one[:, -9:-8], one[8:9], one[-9:-8])
            if kind != "photo":
                steps = [abs(float(a.mean()) - float(b.mean())) for a, b in zip(edges, beside, strict=True)]
                assert max(steps) < 4, (name, frame, steps)
