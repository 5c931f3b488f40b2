"""How much of an area is land, and how much of it a view shows. Pure, but for the atlas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from render.geography.atlas import load_atlas

if TYPE_CHECKING:
    from numpy.typing import NDArray

_COARSE = 0.05
"""Degrees that a coast may be off here."""
_SAMPLES = 16
"""Places along each side of an area's box at which it is asked for land."""


def land_share(rings: Sequence[Sequence[tuple[float, float]]], worldview: str) -> float:
    """The share of some closed rings (longitude, latitude; even-odd) that is land, from 0 to 1."""
    import shapely

    area: Any = shapely.Polygon()
    for ring in rings:
        area = shapely.symmetric_difference(area, shapely.make_valid(shapely.Polygon(ring)))
    west, south, east, north = shapely.bounds(area).tolist()
    steps = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    across, up = np.meshgrid(west + (east - west) * steps, south + (north - south) * steps)
    places: Any = shapely.points(across.ravel(), up.ravel())
    places = places[shapely.contains(area, places)]
    if not len(places):
        return 1.0
    on_land = np.zeros(len(places), dtype=bool)
    atlas = load_atlas(worldview)
    detail = atlas.level(_COARSE)
    for coast in (coast for owner in range(len(atlas.codes)) for coast in detail.rings(owner)):
        low, high = coast.min(0), coast.max(0)
        if len(coast) >= 4 and low[0] < east and high[0] > west and low[1] < north and high[1] > south:
            on_land |= shapely.contains(shapely.make_valid(shapely.polygons(coast.astype(np.float64))), places)
    return float(on_land.mean())


def seen_area(rings: Iterable[NDArray[np.float64]], box: tuple[float, float, float, float]) -> float:
    """The area of what lies of some rings (n, 2) in a box (left, top, right, bottom), in the square of their unit."""
    import shapely

    shapes = [shapely.make_valid(shapely.polygons(ring)) for ring in rings if len(ring) >= 4]
    return float(sum(shapely.area(shapely.intersection(shape, shapely.box(*box))) for shape in shapes))
