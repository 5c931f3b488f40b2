"""Projections against PROJ, there and back, and which one is chosen."""

from typing import Literal

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from render.geography.projection import Projection, centre_of, choose_projection

PLACES = np.column_stack([np.linspace(-179, 179, 61), 80 * np.sin(np.linspace(0, 9, 61))])
DEGREES = st.tuples(st.floats(-179.9, 179.9), st.floats(-84, 84))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Projection("world", 37), {"proj": "natearth", "lon_0": 37}),
        (Projection("azimuthal", 56, 26), {"proj": "laea", "lon_0": 56, "lat_0": 26}),
        (Projection("azimuthal", -175, -40), {"proj": "laea", "lon_0": -175, "lat_0": -40}),
    ],
)
def test_it_agrees_with_proj(ours: Projection, theirs: dict[str, str | float]) -> None:
    x, y = pyproj.Proj({"R": 1, **theirs})(*PLACES.T)
    assert np.allclose(ours.forward(PLACES), np.column_stack([x, -y]), atol=1e-9)


@given(DEGREES, DEGREES, st.sampled_from(["world", "azimuthal"]))
def test_there_and_back(
    place: tuple[float, float], centre: tuple[float, float], kind: Literal["world", "azimuthal"]
) -> None:
    projection = Projection(kind, *centre)
    if kind == "azimuthal" and projection.distance([place])[0] > 175:
        return  # near the far point the plane has no resolution left
    back = projection.back(projection.forward([place]))[0]
    assert abs((back[0] - place[0] + 180) % 360 - 180) < 1e-6 / np.cos(np.radians(place[1]))
    assert abs(back[1] - place[1]) < 1e-6


def test_a_region_is_centred_on_itself_and_the_world_on_a_meridian() -> None:
    gulf = choose_projection([(47, 22), (60, 22), (47, 31), (60, 31)])
    assert (gulf.kind, round(gulf.longitude, 1), round(gulf.latitude, 1)) == ("azimuthal", 53.5, 26.5)
    wide = choose_projection([(-70, 0), (110, 0)], [(50, 10), (60, 20)])
    assert (wide.kind, round(wide.longitude)) == ("world", 55)


def test_the_middle_of_the_pacific_is_in_the_pacific() -> None:
    longitude, _ = centre_of(np.array([(120.0, 0), (-110.0, 0), (175.0, 10)]))
    assert abs(longitude) > 170


def test_what_lies_beyond_reach_is_drawn_on_its_circle() -> None:
    near = Projection("azimuthal", 0, 0, reach=60)
    assert np.hypot(*near.forward([(150, 10)])[0]) == pytest.approx(2 * np.sin(np.radians(30)))


def test_north_is_up_where_the_camera_comes_to_rest() -> None:
    """From all of Russia to Ukraine, and from Arabia to a strait."""
    for wide, close in (([(22, 44), (190, 70)], [(26, 44), (42, 52)]), ([(25, 12), (60, 33)], [(40, 11), (47, 15)])):
        projection = choose_projection([*wide, *close], close)
        middle = np.array(close).mean(0)
        south, north = projection.forward(np.add(middle, [(0, -1), (0, 1)]))
        assert abs(np.degrees(np.arctan2(north[0] - south[0], south[1] - north[1]))) < 1


def test_what_lies_round_a_pole_is_drawn_about_it() -> None:
    arctic = np.array([(lon, lat) for lon in range(-180, 180, 30) for lat in (60.0, 85.0)])
    polar = choose_projection(arctic, arctic)
    assert (polar.kind, polar.longitude, polar.latitude) == ("azimuthal", 0.0, 90.0)
    assert np.allclose(polar.forward([(0, 90)]), 0, atol=1e-9)
    assert np.allclose(polar.distance(polar.back(polar.forward(arctic))), 90 - arctic[:, 1])
    assert choose_projection(arctic * (1, -1)).latitude == -90
    rim = polar.forward([(0, -60), (0, -90)])
    assert np.allclose(np.hypot(*rim.T), 2 * np.sin(np.radians(polar.reach) / 2))
    russia = arctic[(arctic[:, 0] >= 30) & (arctic[:, 0] <= 170)]
    assert choose_projection(russia).latitude != 90
    assert choose_projection([(-120, 40), (-70, 40), (100, 60), (40, 70)]).latitude != 90
