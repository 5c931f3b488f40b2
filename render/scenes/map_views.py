"""What a map scene sees: the projection that suits it, and the camera's way from view to view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from render.geography.camera import Camera, Move, Rest, View, path_length, steady_share
from render.geography.contested import find_contested
from render.geography.extents import WORLD, country_outline, fit_view, rectangle, together
from render.geography.geojson import read_areas
from render.geography.natural_earth import Worldview
from render.geography.projection import Projection, centre_of, choose_projection
from render.geography.routes import trace_route
from render.scenes.places import field_place
from script.assets import require_asset

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from render.scenes.map import MapScene
    from render.scenes.map_elements import Extent
    from render.stage import Shot, Stage

    Points = NDArray[np.float64]

_NARROWEST = 0.6
"""The share of a rectangle's width that a tall frame shows at least."""
_RIM = 0.5
"""Degrees beyond its parallel to which a cap about a pole is drawn."""
_BESIDE, _NEAR = 1.3, 4.0
"""How much further than what is named countries are seen to the sides of a tall frame; degrees below which this says nothing."""
SCALE_CHANGE = 1.5
"""How much larger or smaller a view may become for names to stay on through the move (VISUAL.md, Maps)."""
_GROWTH = 0.07
"""How much a resting view grows at most (VISUAL.md, Motion: 4 to 12 % in all)."""
_FASTEST, _SLOWEST = 1.2, 2.5
"""Seconds of a camera move and of drawing a route (VISUAL.md, Maps)."""
_LEAST_OF_LARGE = 1.6
"""Seconds of a move that changes the scale by more than `SCALE_CHANGE`."""
_REST = 0.7
_BEFORE_MOVE = 1.0
_LEAD = 0.1


@dataclass(frozen=True)
class Views:
    """The projection and the camera of a scene."""

    projection: Projection
    camera: Camera


def plan_views(scene: MapScene, shot: Shot, stage: Stage, worldview: Worldview) -> Views:
    """Projection and camera: one projection for all that is seen."""
    aspect = stage.size[0] / stage.size[1]
    target = _target(scene, stage, worldview.name, tall=aspect < 1)
    start = extent_points(scene.camera.start, worldview.name) if scene.camera else None
    if aspect < 1:
        target = _narrowed(target, scene) if _is_rectangle(scene) and not _round(target) else target
    projection = choose_projection(target if start is None else together([target, start]), target)
    if start is None and _is_rectangle(scene) and _round(target) and abs(projection.latitude) == 90:
        # A cap about the pole ends at its own parallel: nothing beyond it was asked for.
        projection = replace(projection, reach=float(projection.distance(target).max()) + _RIM)
    margins = (0.09, 0.1, 0.09, 0.13) if aspect > 1 else (0.08, 0.17, 0.14, 0.27)
    end = fit_view(projection, target, aspect, margins)
    if scene.camera is None or start is None:
        return Views(projection, Camera((_push(end, 0, shot.frames - 1, _speed(shot.frames, stage), (True, True)),)))
    begin = fit_view(projection, start, aspect, margins)
    return Views(projection, Camera(_steps(shot, stage, begin, end)))


def _steps(shot: Shot, stage: Stage, begin: View, end: View) -> tuple[Move | Rest, ...]:
    change = max(begin.width / end.width, end.width / begin.width)
    least = _LEAST_OF_LARGE if change > SCALE_CHANGE else _FASTEST
    seconds = min(_SLOWEST, max(least, 0.95 * path_length(begin, end)))
    length = stage.frames(seconds)
    latest = max(1, shot.frames - stage.frames(_REST) - length)
    path = ("camera",)
    wanted = shot.at[path] - stage.frames(_LEAD) if path in shot.at else stage.frames(_BEFORE_MOVE)
    leaves = min(max(0, wanted), latest)
    arrives = min(shot.frames - 1, leaves + length)
    # One slow push goes on from the cut to the end, through the move: the picture never stops dead.
    speed = _speed(shot.frames, stage)
    before = _push(begin, 0, leaves, speed, (True, False))
    after = _push(end, arrives, max(arrives, shot.frames - 1), speed, (False, True))
    return (before, Move(before.end, after.start, leaves, arrives, speed * (arrives - leaves)), after)


def _speed(frames: int, stage: Stage) -> float:
    """Growth a frame, as a logarithm, of a push that lasts for all these frames."""
    seconds = max(1, frames) / float(stage.rate)
    return float(np.log1p(min(_GROWTH, stage.theme.motion.drift * seconds))) / max(1, frames)


def _push(view: View, first: int, last: int, speed: float, eased: tuple[bool, bool]) -> Rest:
    """A slow push that ends on the view, so that what had to fit fits to the end."""
    growth = float(np.exp(speed * (last - first) * steady_share(eased)))
    return Rest(view.zoomed(1 / growth), view, first, last, eased)


def _target(scene: MapScene, stage: Stage, worldview: str, *, tall: bool) -> Points:
    """What the scene is about: the camera's goal, its extent, or all that it names."""
    if scene.camera and scene.camera.to is not None:
        return extent_points(scene.camera.to, worldview)
    if scene.extent is not None:
        return extent_points(scene.extent, worldview)
    outlines = [_outline(code, worldview) for code in scene.focus or [code for _, code, _ in scene.highlights]]
    parts = [np.array([place.position]) for place in scene.places]
    for index, area in enumerate(scene.areas):
        place = field_place(stage, scene.id, "areas", index, "file")
        parts += [np.array(ring) for ring in read_areas(require_asset(stage.script, stage.studio, area.file, place))]
    parts += [trace_route(route.waypoints, route.mode) for _, route in scene.all_routes]
    return together([*(_about(outlines, parts) if tall else outlines), *parts])


def _about(outlines: Sequence[Points], named: Sequence[Points]) -> list[Points]:
    """For a tall frame: countries without what lies far east or west of all that is named in them."""
    if len(named) < 2:
        return list(outlines)
    points = together(named)
    middle, _ = centre_of(points)
    reach = _BESIDE * float(np.abs((points[:, 0] - middle + 180) % 360 - 180).max())
    kept = [outline[np.abs((outline[:, 0] - middle + 180) % 360 - 180) <= reach] for outline in outlines]
    return [outline for outline in kept if len(outline)] if reach > _NEAR else list(outlines)


def _is_rectangle(scene: MapScene) -> bool:
    goal = scene.camera.to if scene.camera and scene.camera.to is not None else scene.extent
    return isinstance(goal, tuple)


def _round(target: Points) -> bool:
    """Whether an extent goes all round the earth."""
    return bool(np.ptp(target[:, 0]) >= 359)


def _narrowed(target: Points, scene: MapScene) -> Points:
    """A rectangle for a tall frame: as narrow as what is named in it allows, and `_NARROWEST` of its width at least.

    A rectangle is written for a wide frame, where its height decides; a tall one would show it small between empty halves.
    """
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


def extent_points(extent: Extent, worldview: str) -> Points:
    """Points around an extent, in degrees."""
    if isinstance(extent, str):
        return WORLD
    if isinstance(extent, tuple):
        return rectangle(*extent)
    return together([_outline(code, worldview) for code in extent])


def _outline(code: str, worldview: str) -> Points:
    return np.array(country_outline(worldview, code))
