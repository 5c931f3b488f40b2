"""What a map scene sees: the projection that suits it, and the camera's way from view to view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from render.geography.camera import Camera, Move, Rest, View, path_length, steady_share
from render.geography.extents import WORLD, country_outline, fit_view, rectangle, together
from render.geography.geojson import read_areas
from render.geography.natural_earth import Worldview
from render.geography.projection import FARTHEST, WIDE, Projection, choose_projection
from render.geography.routes import trace_route
from render.scenes.map_upright import WIDE_UPRIGHT, about_named, upright_rectangle, upright_world
from render.scenes.places import field_place
from script.assets import require_asset

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from render.scenes.map import MapScene
    from render.scenes.map_elements import Extent
    from render.stage import Shot, Stage

    Points = NDArray[np.float64]

_RIM = 0.5
"""Degrees beyond its parallel to which a cap about a pole is drawn."""
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
    seen = _Seen(scene, stage, worldview.name, upright=aspect < 1)
    target = seen.target()
    start = seen.extent(scene.camera.start) if scene.camera else None
    places = target if start is None else together([target, start])
    projection = choose_projection(places, target, wide=WIDE_UPRIGHT if aspect < 1 else WIDE)
    if start is None and aspect > 1 and _is_rectangle(scene) and _round(target) and abs(projection.latitude) == 90:
        # A cap about the pole ends at its own parallel: nothing beyond it was asked for. An upright frame is filled.
        projection = replace(projection, reach=float(projection.distance(target).max()) + _RIM)
    if aspect < 1 and projection.kind == "azimuthal":
        projection = replace(projection, reach=FARTHEST)
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


@dataclass(frozen=True)
class _Seen:
    """What a scene shows, in degrees."""

    scene: MapScene
    stage: Stage
    worldview: str
    upright: bool

    def target(self) -> Points:
        """What the scene is about: the camera's goal, its extent, or all that it names."""
        goal = self.scene.goal
        if goal is not None:
            return self.extent(goal)
        outlines, parts = self._outlines(), self._parts()
        return together([*(about_named(outlines, parts) if self.upright else outlines), *parts])

    def extent(self, extent: Extent) -> Points:
        """Points around an extent; in an upright frame around what of it fills that."""
        if isinstance(extent, list):
            return together([_outline(code, self.worldview) for code in extent])
        if not self.upright:
            return WORLD if extent == "world" else rectangle(*extent)
        parts = [*self._outlines(), *self._parts()]
        named = together(parts) if parts else None
        return upright_world(named) if isinstance(extent, str) else upright_rectangle(extent, self.scene, named)

    def _outlines(self) -> list[Points]:
        """The countries in focus, else those that are highlighted."""
        scene = self.scene
        codes = scene.focus or [code for _, code, _ in scene.highlights]
        return [_outline(code, self.worldview) for code in codes]

    def _parts(self) -> list[Points]:
        """Places, areas and routes."""
        scene, stage = self.scene, self.stage
        parts = [np.array([place.position]) for place in scene.places]
        for index, area in enumerate(scene.areas):
            place = field_place(stage, scene.id, "areas", index, "file")
            file = require_asset(stage.script, stage.studio, area.file, place)
            parts += [np.array(ring) for ring in read_areas(file)]
        return parts + [trace_route(route.waypoints, route.mode) for _, route in scene.all_routes]


def _is_rectangle(scene: MapScene) -> bool:
    return isinstance(scene.goal, tuple)


def _round(target: Points) -> bool:
    """Whether an extent goes all round the earth."""
    return bool(np.ptp(target[:, 0]) >= 359)


def _outline(code: str, worldview: str) -> Points:
    return np.array(country_outline(worldview, code))
