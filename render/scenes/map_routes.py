"""The routes of a map scene: fine enough for its closest view, apart where they share their way, in colours of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from render.geography.camera import Camera
from render.geography.drawn import RouteLine
from render.geography.projection import Projection
from render.geography.routes import trace_route

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from render.geography.painting import MapPainting
    from render.scenes.map import MapScene
    from render.stage import Shot, Stage

    Points = NDArray[np.float64]

_FASTEST, _SLOWEST = 1.2, 2.5
"""Seconds of drawing a route (VISUAL.md, Maps)."""
_LEAD = 0.1
_SAMPLE = 3.0
"""Pixels from sample to sample of a curve in the closest view."""
_FLAT = 0.06
"""Pixels there by which a drawn line may leave the curve: no bend of it is seen as a corner."""
_AFLOAT = 4.0
"""Pixels over land in the closest view up to which a ship seems to be on the water."""
_COLOURS = ("accent", "second", "third", "ink", "muted")


def route_colours(scene: MapScene) -> tuple[str, ...]:
    """The theme's colour of every route: its own, else the first that fills no country and no other route has.

    Where none is left, the one that fewest routes have, of those that fill no country.
    """
    filled = {highlight.fill.removesuffix("-hatch").replace("hatch", "accent") for _, _, highlight in scene.highlights}
    used: Counter[str] = Counter(route.colour for _, route in scene.all_routes if route.colour)
    chosen: list[str] = []
    for _, route in scene.all_routes:
        if route.colour:
            chosen.append(route.colour)
            continue
        chosen.append(min((name for name in _COLOURS if name not in filled), key=lambda name: used[name]))
        used[chosen[-1]] += 1
    return tuple(chosen)


def shown_coarseness(painting: MapPainting, places: Points) -> NDArray[np.float64]:
    """Degrees from the water that look like none at each place: in the closest view that shows it; infinite where none does."""
    plane = painting.projection.forward(places)
    unit = painting.unit
    finest = np.full(len(plane), np.inf)
    for frame in range(0, painting.frames + 1, 5):
        view = painting.camera.at(frame)
        half = (view.width / 2, view.width / 2 * painting.size[1] / painting.size[0])
        seen = (np.abs(plane - (view.x, view.y)) <= half).all(axis=1)
        pixel = float(np.degrees(view.width / painting.size[0])) * unit
        finest[seen] = np.minimum(finest[seen], _AFLOAT * pixel)
    return finest


def _fine(points: Points, rough: Points, shared: Sequence[float], closest: float) -> tuple[Points, tuple[float, ...]]:
    """The curve with as few points as look smooth at `closest` pixels a unit, and for each how far it shares its way."""
    import shapely

    if not any(shared):
        line = shapely.simplify(shapely.linestrings(points), _FLAT / closest, preserve_topology=False)
        points = shapely.get_coordinates(line)
    along, coarse = _along(points), _along(rough)
    sides = np.interp(along, coarse, shared) if any(shared) else np.zeros(len(points))
    return points, tuple(round(float(value), 4) for value in sides)


def _along(points: Points) -> NDArray[np.float64]:
    """How far along a line each of its points is, from 0 to 1."""
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    return np.asarray(length / max(1e-12, float(length[-1])))


def route_lines(
    scene: MapScene, shot: Shot, stage: Stage, projection: Projection, camera: Camera
) -> tuple[RouteLine, ...]:
    """Every route in the plane, with its time and its colour."""
    pixels = stage.size[0] / camera.at(shot.frames).width
    closest = stage.size[0] / min(camera.at(frame).width for frame in range(0, shot.frames + 1, 5))
    rough = [_unbroken(trace_route(route.waypoints, route.mode), projection) for _, route in scene.all_routes]
    shared = _shared(rough, 10 * min(stage.size) / 1080 / pixels)
    colours = route_colours(scene)
    lines = []
    for order, (path, route) in enumerate(scene.all_routes):
        step = min(0.5, float(np.degrees(_SAMPLE / closest)))
        points, sides = _fine(
            _unbroken(trace_route(route.waypoints, route.mode, step), projection), rough[order], shared[order], closest
        )
        length = float(np.hypot(*np.diff(points, axis=0).T).sum()) * pixels
        seconds = min(_SLOWEST, max(_FASTEST, length / (0.42 * stage.size[0])))
        first = shot.at[path] if path in shot.at else stage.frames(0.5 + 0.4 * order)
        first = max(0, min(first - stage.frames(_LEAD), shot.frames - stage.frames(seconds)))
        lines.append(
            RouteLine(
                points=tuple((float(x), float(y)) for x, y in points),
                colour=stage.theme.colour(colours[order]),
                first=first,
                last=first + stage.frames(seconds),
                mode=route.mode,
                side=(-1.0 if order % 2 == 0 else 1.0) * 5.0 if any(sides) else 0.0,
                shared=sides,
            )
        )
    return tuple(lines)


def _unbroken(degrees: Points, projection: Projection) -> Points:
    """The route in the plane; in the world, up to where it leaves over the edge."""
    plane = projection.forward(degrees)
    jumps = np.flatnonzero(np.hypot(*np.diff(plane, axis=0).T) > 1.0)
    return plane[: jumps[0] + 1] if len(jumps) and jumps[0] > 0 else plane


def _shared(routes: Sequence[Points], reach: float) -> list[tuple[float, ...]]:
    """For every point of every route, from 0 to 1, whether it goes the same way as another; eased in over some points."""
    found = []
    for index, points in enumerate(routes):
        others = [other for number, other in enumerate(routes) if number != index]
        close = np.zeros(len(points))
        for other in others:
            away = np.hypot(points[:, None, 0] - other[None, :, 0], points[:, None, 1] - other[None, :, 1]).min(1)
            close = np.maximum(close, away < reach)
        kernel = np.ones(9) / 9
        eased = np.convolve(np.pad(close, 4, mode="edge"), kernel, mode="valid") if len(points) > 9 else close
        found.append(tuple(round(float(value), 4) for value in eased))
    return found
