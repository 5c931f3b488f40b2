"""What a map shows in an upright frame. Extents are written for wide ones; taken as they are, they would leave half of a tall one empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from render.geography.contested import find_contested
from render.geography.extents import rectangle, together
from render.geography.projection import Projection, centre_of, choose_projection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from render.geography.camera import View
    from render.scenes.map import MapScene

    Points = NDArray[np.float64]

WIDE_UPRIGHT = 100.0
"""Degrees from the centre to the edge up to which an upright view is a globe seen from above: the world on a flat sheet is a band in it."""
_GLOBE, _TILT = 50.0, 25.0
"""Degrees from its centre to either side that an upright view of the world shows at least, and how far north or south that lies at most."""
_MIDDLE = (15.0, 20.0)
"""The middle of an upright view of the world that is about nothing in it."""
_NARROWEST = 0.6
"""The share of a rectangle's width that a tall frame shows at least."""
_BESIDE, _NEAR = 1.3, 4.0
"""How much further than what is named countries are seen to the sides of a tall frame; degrees below which this says nothing."""
_LEAST_FILLED = 0.5
"""The share of an upright frame below which a map in it is a band."""


def upright_world(named: Points | None) -> Points:
    """The world in a tall frame: the globe about what is named on it, as wide as that allows, from pole to pole.

    `named` are degrees, (n, 2), all of which are seen.
    """
    longitude, latitude = _MIDDLE if named is None else centre_of(named)
    globe = Projection("azimuthal", longitude, min(_TILT, max(-_TILT, latitude)))
    turns = np.radians(np.arange(0.0, 360.0, 10.0))
    rim = 2 * np.sin(np.radians(_GLOBE) / 2) * np.column_stack([np.cos(turns), np.sin(turns)])
    circle = globe.back(rim)
    return circle if named is None else together([circle, named])


def upright_rectangle(extent: tuple[float, float, float, float], scene: MapScene, named: Points | None) -> Points:
    """A rectangle in a tall frame: as narrow as what is named in it allows, and `_NARROWEST` of its width at least.

    A rectangle is written for a wide frame, where its height decides. One that is most of the world is shown as the world;
    one about a pole goes all round it.
    """
    whole = rectangle(*extent)
    projection = choose_projection(whole, wide=WIDE_UPRIGHT)
    if projection.kind == "world":
        low, high = whole.min(0), whole.max(0)
        middle = np.array([(low + high) / 2]) if named is None else named
        return upright_world(middle)
    return whole if abs(projection.latitude) == 90 else _narrowed(whole, scene)


def _narrowed(target: Points, scene: MapScene) -> Points:
    low, high = target.min(0), target.max(0)
    named = [place.position for place in scene.places]
    named += [(float(lon), float(lat)) for _, route in scene.all_routes for lon, lat in route.waypoints]
    for name in scene.contested or ():
        west, south, east, north = find_contested(name).box
        named += [
            (max(west, float(low[0])), max(south, float(low[1]))),
            (min(east, float(high[0])), min(north, float(high[1]))),
        ]
    turned = [(lon + 360 if lon < low[0] else lon, lat) for lon, lat in named]
    inside = np.array([place for place in turned if (low <= place).all() and (place <= high).all()])
    middle = float((low[0] + high[0]) / 2)
    half = _NARROWEST * float(high[0] - low[0]) / 2
    if not len(inside):
        return rectangle(middle - half, float(low[1]), middle + half, float(high[1]))
    west, east = float(inside[:, 0].min()), float(inside[:, 0].max())
    middle = min(max((west + east) / 2, low[0] + half), high[0] - half)
    return rectangle(min(west, middle - half), float(low[1]), max(east, middle + half), float(high[1]))


def about_named(outlines: Sequence[Points], named: Sequence[Points]) -> list[Points]:
    """Countries without what lies far east or west of all that is named in them."""
    if len(named) < 2:
        return list(outlines)
    points = together(named)
    middle, _ = centre_of(points)
    reach = _BESIDE * float(np.abs((points[:, 0] - middle + 180) % 360 - 180).max())
    kept = [outline[np.abs((outline[:, 0] - middle + 180) % 360 - 180) <= reach] for outline in outlines]
    return [outline for outline in kept if len(outline)] if reach > _NEAR else list(outlines)


def leaves_empty(projection: Projection, view: View, aspect: float) -> bool:
    """Whether a view shows so little map above and below that it stands as a band in its frame."""
    steps = (np.arange(40) + 0.5) / 40 - 0.5
    across, down = np.meshgrid(view.x + view.width * steps, view.y + view.width / aspect * steps)
    places = projection.back(np.column_stack([across.ravel(), down.ravel()]))
    places = places[np.isfinite(places).all(axis=1)]
    if projection.kind == "azimuthal":
        places = places[projection.distance(places) <= projection.reach]
    return len(places) < _LEAST_FILLED * across.size
