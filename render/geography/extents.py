"""What a map has to show: countries without their far islands, rectangles, places; as points and as camera views. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from core.errors import BadInput
from render.geography.atlas import load_atlas
from render.geography.camera import View
from render.geography.names import country_name
from render.geography.natural_earth import find_worldview

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from render.geography.projection import Projection

    Points = NDArray[np.float64]

WORLD = np.array([(lon, lat) for lon in np.arange(-149.0, 172.0, 20.0) for lat in (-55.0, 77.0)])
"""The inhabited world: what `world` shows."""

_NEAR = 0.25
"""A part of a country counts when it is nearer to the main part than this share of that part's size."""
_LARGE = 0.02
"""... and larger than this share of its area: rocks do not widen a view."""
_TWIN = 0.25
"""A part as large as this is half of a country, as in Malaysia: it may lie as far away as the main part is long."""


@lru_cache(maxsize=256)
def country_outline(worldview: str, code: str) -> tuple[tuple[float, float], ...]:
    """Points around a country's main part, in degrees; longitudes may run past 180. Raises BadInput: not on this map."""
    atlas = load_atlas(worldview)
    owner = atlas.index(code)
    if owner is None:
        others = [name for name in ("natural-earth", "german") if name != worldview]
        drawn = next((name for name in others if load_atlas(name).index(code) is not None), None)
        title = find_worldview(worldview).title
        hint = f"write `worldview: {drawn}`, whose borders do" if drawn else "name a country that is drawn on maps"
        raise BadInput(f"{title} draws no {country_name(code)}", hint=hint)
    rings = [ring.astype(np.float64) for ring in atlas.level(0.01).rings(owner)]
    rings = _across_the_seam(rings)
    areas = [abs(_area(ring)) for ring in rings]
    main = int(np.argmax(areas))
    low, high = rings[main].min(0), rings[main].max(0)
    kept = [rings[main]]
    reach = _NEAR * float((high - low).max())
    for ring, area in sorted(zip(rings, areas, strict=True), key=lambda pair: -pair[1]):
        apart = np.maximum(0, np.maximum(low - ring.max(0), ring.min(0) - high)).max()
        twin = area >= _TWIN * areas[main]
        if area >= _LARGE * areas[main] and apart <= (reach / _NEAR if twin else reach):
            kept.append(ring)
    points = np.concatenate(kept)
    step = max(1, len(points) // 400)
    extremes = points[[*points.argmin(0), *points.argmax(0)]]
    return tuple((float(x), float(y)) for x, y in np.concatenate([points[::step], extremes]))


def _across_the_seam(rings: list[Points]) -> list[Points]:
    """A country cut by the 180th meridian, such as Russia or Fiji, put together again."""
    west = min(float(ring[:, 0].min()) for ring in rings)
    east = max(float(ring[:, 0].max()) for ring in rings)
    if west > -179 or east < 179:
        return rings
    turn = np.array([360.0, 0.0])
    return [ring + turn if ring[:, 0].max() < 0 else ring for ring in rings]


def _area(ring: Points) -> float:
    x, y = ring[:, 0] * np.cos(np.radians(ring[:, 1].mean())), ring[:, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def rectangle(west: float, south: float, east: float, north: float) -> Points:
    """Points around a rectangle in degrees; `east` below `west` crosses the 180th meridian. Raises BadInput: empty or upside down."""
    if not (-90 <= south < north <= 90) or not all(-360 <= value <= 360 for value in (west, east)):
        raise BadInput("an extent is [west, south, east, north] in degrees", hint="such as [32, 10, 60, 32]")
    if east <= west:
        east += 360
    across, up = np.linspace(west, east, 13), np.linspace(south, north, 13)
    edges = [*((x, y) for y in (south, north) for x in across), *((x, y) for x in (west, east) for y in up)]
    return np.array(edges)


def fit_view(
    projection: Projection,
    places: Points,
    aspect: float,
    margins: tuple[float, float, float, float],
    smallest: float = 0.004,
) -> View:
    """The view of a frame, `aspect` wide for 1 high, that shows all places inside its margins.

    `margins` are (left, top, right, bottom) shares of the frame; `smallest` is the least width, in radii (0.004 is 25 km).
    """
    points = projection.forward(places)
    low, high = points.min(0), points.max(0)
    left, top, right, bottom = margins
    width = max((high[0] - low[0]) / (1 - left - right), (high[1] - low[1]) / (1 - top - bottom) * aspect, smallest)
    x = (low[0] + high[0]) / 2 + (right - left) / 2 * width
    y = (low[1] + high[1]) / 2 + (bottom - top) / 2 * width / aspect
    return View(float(x), float(y), float(width))


def together(parts: Sequence[Points]) -> Points:
    """All the points of several extents."""
    return np.concatenate(list(parts)) if parts else WORLD
