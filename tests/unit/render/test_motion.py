import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.composition import Key
from render.motion import eased, glide, sample


def at(*frames: float) -> np.ndarray:
    return np.array(frames, np.float64)


def test_a_track_without_keys_is_at_rest() -> None:
    assert sample((), at(0, 5), 1.0).tolist() == [1.0, 1.0]


def test_whole_numbers_as_values_do_not_round_the_motion() -> None:
    assert sample((Key(0, 0), Key(10, 1)), at(5), 0.0).tolist() == [0.5]


def test_the_ends_hold() -> None:
    track = (Key(10, 3.0), Key(20, 7.0))
    assert sample(track, at(0, 10, 15, 20, 99), 0.0).tolist() == [3, 3, 5, 7, 7]


def test_two_keys_on_a_frame_are_a_jump() -> None:
    track = (Key(0, 1.0), Key(10, 1.0), Key(10, 4.0), Key(20, 4.0))
    assert sample(track, at(9, 10, 11), 0.0).tolist() == [1, 4, 4]


@pytest.mark.parametrize(
    ("ease", "share", "value"),
    # Solved by hand from the Bézier: at s = ½, enter has time .1875·.. and so on.
    [
        ("enter", 3 * 0.5**3 * 0.05 + 3 * 0.5**3 * 0.1 + 0.5**3, 3 * 0.5**3 * 0.7 + 3 * 0.5**3 * 1 + 0.5**3),
        ("leave", 3 * 0.5**3 * 0.3 + 3 * 0.5**3 * 0.8 + 0.5**3, 3 * 0.5**3 * 0.15 + 0.5**3),
        ("both", 0.5, 0.5),
        ("settle", 0.5, 0.75),
        ("linear", 0.25, 0.25),
    ],
)
def test_easings_follow_their_curves(ease: str, share: float, value: float) -> None:
    assert eased(at(share), ease)[0] == pytest.approx(value, abs=1e-5)  # type: ignore[arg-type]


@given(st.sampled_from(["linear", "enter", "leave", "both", "settle"]))
def test_easings_run_from_end_to_end_and_never_back(ease: str) -> None:
    values = eased(np.linspace(0, 1, 501), ease)  # type: ignore[arg-type]
    assert values[0] == pytest.approx(0)
    assert values[-1] == pytest.approx(1)
    assert (np.diff(values) >= 0).all()


@given(st.integers(2, 900), st.floats(0, 60))
def test_a_camera_glides_evenly(span: int, ramp: float) -> None:
    frames = np.arange(0, span + 1, dtype=np.float64)
    share = glide(frames, 0, span, ramp)
    steps = np.diff(share)
    assert share[0] == pytest.approx(0)
    assert share[-1] == pytest.approx(1)
    assert (steps >= -1e-12).all()
    assert steps.max() <= 2.0 / span + 1e-9
    assert np.allclose(share, 1 - share[::-1])
