"""The camera's path: its ends, its smoothness, the slow push."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.geography.camera import Camera, Move, Rest, View, path_length, steady_share, travel

VIEWS = st.builds(View, st.floats(-2, 2), st.floats(-1, 1), st.floats(0.01, 4))


@given(VIEWS, VIEWS)
def test_a_path_begins_and_ends_where_it_should(start: View, end: View) -> None:
    for share, view in ((0.0, start), (1.0, end)):
        reached = travel(start, end, share)
        assert (reached.x, reached.y, reached.width) == pytest.approx((view.x, view.y, view.width), rel=1e-6, abs=1e-6)


@given(VIEWS, VIEWS)
def test_it_never_jumps(start: View, end: View) -> None:
    """Van Wijk and Nuij's measure is the visual speed: every step of the path is as long as every other."""
    length = path_length(start, end)
    if length < 0.05:
        return
    points = [travel(start, end, share) for share in np.linspace(0, 1, 41)]
    steps = [path_length(a, b) for a, b in pairwise(points)]
    assert max(steps) < 1.3 * length / 40 + 1e-6


def test_a_long_pan_zooms_out_on_its_way() -> None:
    assert travel(View(0, 0, 0.1), View(2, 0, 0.1), 0.5).width > 1


def test_a_pure_zoom_keeps_its_centre() -> None:
    middle = travel(View(1, 1, 4), View(1, 1, 1), 0.5)
    assert (middle.x, middle.y, middle.width) == pytest.approx((1, 1, 2))


def test_rests_push_in_by_less_than_a_pixel_a_frame_and_moves_follow_on() -> None:
    wide, close = View(0, 0, 2), View(0.5, 0.2, 0.5)
    camera = Camera((Rest(wide.zoomed(0.96), wide, 0, 90), Move(wide, close, 90, 150), Rest(close, close, 150, 240)))
    widths = [camera.at(frame).width for frame in range(241)]
    assert widths[0] == pytest.approx(2 / 0.96)
    assert widths[90] == pytest.approx(2)
    assert widths[150:] == [0.5] * 91
    assert max(abs(a / b - 1) for a, b in pairwise(widths[:91])) < 0.001
    # The move starts and stops gently: its first and last steps are the smallest.
    steps = np.abs(np.diff(np.log(widths[90:151])))
    assert steps[0] < 0.1 * steps.max()
    assert steps[-1] < 0.1 * steps.max()


def test_the_push_goes_on_through_a_move_so_that_the_picture_never_stops() -> None:
    wide, close, speed = View(0, 0, 2), View(0.5, 0.2, 0.5), 0.0004
    growth = math.exp(speed * 90 * steady_share((True, False)))
    camera = Camera(
        (
            Rest(wide.zoomed(1 / growth), wide, 0, 90, (True, False)),
            Move(wide, close, 90, 150, speed * 60),
            Rest(close, close.zoomed(growth), 150, 240, (False, True)),
        )
    )
    views = [camera.at(frame) for frame in range(241)]
    assert (views[150].x, views[150].width) == pytest.approx((close.x, close.width))
    steps = -np.diff(np.log([view.width for view in views]))
    # Neither where the move begins nor where it ends is any step slower than the push, or much faster all at once.
    assert steps[30:210].min() > 0.9 * speed
    assert np.abs(np.diff(steps[85:155])).max() < 0.1 * steps.max()
