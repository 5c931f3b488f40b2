"""The arithmetic of charts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.charts import bar_scale, bars, line_scale, nice_ticks, spread_labels

FIGURES = st.floats(-1e9, 1e9).map(lambda value: round(value, 3))


@given(st.lists(FIGURES, min_size=1, max_size=20))
def test_bars_start_at_zero_and_stay_in_the_plot(values: list[float]) -> None:
    scale = bar_scale(values, 100, 500)
    zero = scale(0)
    for value, bar in zip(values, bars(values, scale, 0, 1000, widest=200), strict=True):
        assert bar.y >= 99
        assert bar.y + bar.height <= 503
        assert bar.down == (value < 0)
        edge = bar.y if value < 0 else bar.y + bar.height
        assert abs(edge - zero) <= 2.1


@given(FIGURES, FIGURES)
def test_ticks_cover_the_values_with_few_round_steps(one: float, other: float) -> None:
    low, high = sorted((one, other))
    ticks = nice_ticks(low, high)
    assert 2 <= len(ticks) <= 8
    slack = 1e-6 * max(1, abs(low), abs(high))
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack


def test_zero_is_taken_in_when_it_is_near() -> None:
    assert line_scale([5, 24], 0, 100)[1][0] == 0
    assert line_scale([92, 100], 0, 100)[1][0] > 0
    assert line_scale([59, 100], 0, 100)[1][0] == 0
    assert line_scale([61, 100], 0, 100)[1][0] > 0


@given(st.lists(st.floats(0, 400), min_size=1, max_size=5))
def test_labels_do_not_overlap(wanted: list[float]) -> None:
    tops = sorted(spread_labels(wanted, 60, 0, 460))
    assert all(later - earlier >= 59.999 for earlier, later in pairwise(tops))
    assert tops[0] >= -0.001
    assert tops[-1] <= 400.001


@pytest.mark.parametrize("values", [[1e-12, 2e-12], [3e-11, 4e-11], [1e15, 1.2e15]])
def test_very_small_and_very_large_values_have_an_axis(values: list[float]) -> None:
    scale, ticks = line_scale(values, 0, 100)
    assert len(set(ticks)) == len(ticks) > 2
    assert ticks[0] <= min(values) <= max(values) <= ticks[-1]
    assert 0 <= scale(max(values)) < scale(min(values)) <= 100
