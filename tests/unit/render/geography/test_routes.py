"""Ways over the sphere, and ships that run aground."""

import numpy as np
import pytest
from numpy.typing import NDArray

from render.geography.routes import Mode, find_aground, trace_route

GULF = [(48.81, 29.68), (51.5, 27.2), (54.6, 25.95), (56.3, 26.57), (56.9, 26.2), (57.2, 25.2), (72.5, 18.9)]


def spacing(route: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.hypot(np.diff(np.unwrap(np.radians(route[:, 0]))), np.diff(np.radians(route[:, 1])))


@pytest.mark.parametrize("mode", ["sea", "air", "land"])
def test_a_route_passes_through_its_waypoints(mode: Mode) -> None:
    route = trace_route(GULF, mode)
    for place in GULF:
        assert np.hypot(*(route - place).T).min() < 1e-6
    assert spacing(route).max() < np.radians(0.8)


def test_by_air_it_is_the_great_circle() -> None:
    route = trace_route([(-0.45, 51.47), (-118.4, 33.94)], "air")
    assert route[:, 1].max() > 60  # London to Los Angeles goes over Greenland's tip


def test_it_crosses_the_180th_meridian_without_going_round_the_world() -> None:
    route = trace_route([(174.8, -36.8), (-157.9, 21.3)], "sea")
    assert spacing(route).max() < np.radians(0.8)


def test_a_ship_in_the_gulf_stays_afloat() -> None:
    assert find_aground(GULF, "german") == []


def test_canals_are_water() -> None:
    suez = [(34.2, 27.5), (33.3, 28.6), (32.75, 29.5), (32.55, 29.9), (32.35, 30.6), (32.35, 31.3), (31, 32.5)]
    assert find_aground(suez, "german") == []


def test_a_ship_over_arabia_is_named_with_its_stretch() -> None:
    (stretch,) = find_aground([(38.5, 21), (50.5, 27)], "german")
    assert stretch.country == "SAU"
    assert stretch.depth > 3
    assert 38 < stretch.start[0] < stretch.end[0] < 51
    assert "Saudi Arabia" in str(stretch)


def test_close_by_a_curve_has_no_corners() -> None:
    """From sample to sample it turns by less than what is seen as a bend."""
    way = trace_route([(31.5, 42.3), (29.2, 41.3), (29.0, 41.0), (28, 40.8), (27, 40.5), (26.4, 40.15)], "sea", 0.01)
    ahead = np.diff(way, axis=0)
    turn = np.abs(np.diff(np.unwrap(np.arctan2(ahead[:, 1], ahead[:, 0]))))
    assert np.degrees(turn).max() < 6
    assert spacing(way).max() < np.radians(0.02)


def test_close_by_a_peninsula_is_land_that_a_wide_view_does_not_see() -> None:
    """Over the neck of Gallipoli, a few kilometres wide."""
    way = [(28, 40.8), (26.95, 40.6), (26.6, 40.45), (25.9, 40.1), (25.2, 39.9)]
    close = find_aground(way, "german", lambda places: np.full(len(places), 0.012))
    assert [stretch.country for stretch in close] == ["TUR"] * len(close) != []
    assert len(find_aground(way, "german")) < len(close) or max(s.depth for s in close) < 0.08
