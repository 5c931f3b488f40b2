"""The ground under every card: it fills the frame, and it moves without a jolt."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.composition import Composition
from render.motion import sample
from render.picture import still
from render.scenes.background import drift
from render.scenes.depths import depth_path
from render.scenes.drawn import DrawnScene
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


def test_neighbouring_kinds_stand_on_different_grounds(stage: Stage, make: Make, shoot: Shoot) -> None:
    """One family: the same light and the same grey lines; but a film of cards is not one picture seven times."""
    motifs = {
        kind: scene.lay_out(shoot(scene), stage).motif
        for kind in KINDS
        if isinstance(scene := make(kind), DrawnScene) and kind != "photo"
    }
    assert set(motifs.values()) == {"globe", "horizon", "depths"}
    assert max(list(motifs.values()).count(motif) for motif in motifs.values()) <= 3


@given(st.integers(0, 2**32 - 1))
def test_lines_of_depth_never_cross(seed: int) -> None:
    rings = [
        [tuple(map(float, point.split(","))) for point in ring.strip("MZ").split("L")]
        for ring in depth_path(0, 0, 1000, seed=seed).split("Z")[:-1]
    ]
    reaches = np.array([[np.hypot(x, y) for x, y in ring] for ring in rings])
    assert (np.diff(reaches, axis=0) > 0).all()


@pytest.mark.parametrize("hold", [0.4, 2.0])
def test_the_drift_comes_to_rest_before_a_hold(hold: float, stage: Stage, make: Make, shoot: Shoot) -> None:
    shot = shoot(make("title", hold=hold), 8)
    begins = 240 - round(hold * 30)
    sizes = sample(drift(stage, shot), np.arange(240.0), 1.0)
    speeds = np.diff(sizes)
    assert (speeds[begins:] == 0).all()
    assert (speeds[: begins - 1] > 0).all()
    steady = speeds[0]
    assert speeds[: begins - 30] == pytest.approx(steady)
    assert np.abs(np.diff(speeds)).max() <= steady / 25


def test_without_a_hold_the_drift_never_rests(stage: Stage, make: Make, shoot: Shoot) -> None:
    speeds = np.diff(sample(drift(stage, shoot(make("title"), 8)), np.arange(240.0), 1.0))
    assert speeds == pytest.approx(speeds[0])
