"""A map scene laid out: what is seen, when the camera moves, when everything comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from render.composition import Composition, Layer
from render.geography.camera import Camera, Move, Rest, View, path_length, steady_share
from render.geography.drawn import Fill, Mark, Palette
from render.geography.extents import WORLD, country_outline, fit_view, rectangle, together
from render.geography.natural_earth import Worldview, find_worldview, source_digest
from render.geography.painting import MapPainting
from render.geography.paints import mixed
from render.geography.projection import Projection, choose_projection
from render.geography.routes import trace_route
from render.scenes.entrances import entrance
from render.scenes.map_labels import SCALE_CHANGE, place_labels
from render.scenes.map_routes import route_lines
from render.scenes.overlays import overlays
from render.theme import Theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from render.scenes.map import Extent, MapScene
    from render.stage import Shot, Stage

    Points = NDArray[np.float64]

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


def compose_map(scene: MapScene, shot: Shot, stage: Stage) -> Composition:
    """The map as one painting, the overlays over it."""
    painting, _ = lay_out_map(scene, shot, stage)
    credited = scene.model_copy(update={"credit": scene.credit or credit_line(scene, stage)})
    layers = (Layer("map", painting), *overlays(credited, shot, stage))
    return Composition(stage.size, shot.frames, layers, stage.theme.colours.sea)


def lay_out_map(scene: MapScene, shot: Shot, stage: Stage) -> tuple[MapPainting, tuple[str, ...]]:
    """The painting, and the names that found no room."""
    worldview = film_worldview(scene, stage)
    views = plan_views(scene, shot, stage, worldview)
    unit = min(stage.size) / 1080
    palette = map_palette(stage.theme)
    fills = _fills(scene, shot, stage, palette)
    routes = route_lines(scene, shot, stage, views.projection, views.camera)
    bare = MapPainting(
        size=stage.size,
        frames=shot.frames,
        rate=float(stage.rate),
        unit=unit,
        worldview=worldview.name,
        source=source_digest(worldview.name),
        projection=views.projection,
        camera=views.camera,
        palette=palette,
        fills=fills,
        marks=_marks(scene, shot, stage, views.projection),
        routes=routes,
        grid=_grid(views.camera),
    )
    return place_labels(scene, shot, stage, bare)


def film_worldview(scene: MapScene, stage: Stage) -> Worldview:
    """The scene's worldview, else the film's, else the default one. Raises BadInput."""
    return find_worldview(scene.worldview or stage.script.front.worldview)


def credit_line(scene: MapScene, stage: Stage) -> str:
    """Whose borders, of which year; and the scene's own source where it says more."""
    worldview = film_worldview(scene, stage)
    line = f"Borders: {worldview.title}, {worldview.date}"
    return line if not scene.source or scene.source in line else f"{line}. Source: {scene.source}"


def map_palette(theme: Theme) -> Palette:
    """The theme's colours for maps; coasts and waters' names between two of them."""
    colours = theme.colours
    return Palette(
        sea=colours.sea,
        land=colours.land,
        focus=colours.land_focus,
        border=colours.border,
        coast=mixed(colours.land_focus, colours.second, 0.3),
        ink=colours.ink,
        water=mixed(colours.ink, colours.second, 0.45),
        halo=colours.background,
    )


def plan_views(scene: MapScene, shot: Shot, stage: Stage, worldview: Worldview) -> Views:
    """Projection and camera: one projection for all that is seen."""
    aspect = stage.size[0] / stage.size[1]
    target = _target(scene, worldview.name)
    start = extent_points(scene.camera.start, worldview.name) if scene.camera else None
    projection = choose_projection(target if start is None else together([target, start]), target)
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


def _target(scene: MapScene, worldview: str) -> Points:
    """What the scene is about: the camera's goal, its extent, or all that it names."""
    if scene.camera and scene.camera.to is not None:
        return extent_points(scene.camera.to, worldview)
    if scene.extent is not None:
        return extent_points(scene.extent, worldview)
    parts = [_outline(code, worldview) for code in scene.focus or [code for _, code, _ in scene.highlights]]
    parts += [np.array([place.position]) for place in scene.places]
    parts += [trace_route(route.waypoints, route.mode) for _, route in scene.all_routes]
    return together(parts)


def extent_points(extent: Extent, worldview: str) -> Points:
    """Points around an extent, in degrees."""
    if isinstance(extent, str):
        return WORLD
    if isinstance(extent, tuple):
        return rectangle(*extent)
    return together([_outline(code, worldview) for code in extent])


def _outline(code: str, worldview: str) -> Points:
    return np.array(country_outline(worldview, code))


def _grid(camera: Camera) -> float:
    """Degrees between meridians: a few in the narrowest view, none in small ones, where they say nothing."""
    width = float(np.degrees(min(step.end.width for step in camera.steps)))
    return 15.0 if width > 90 else 10.0 if width > 45 else 5.0 if width > 20 else 0.0


def _fills(scene: MapScene, shot: Shot, stage: Stage, palette: Palette) -> tuple[Fill, ...]:
    fills = [Fill(code, palette.focus) for code in dict.fromkeys(scene.focus)]
    for path, code, highlight in scene.highlights:
        name, _, hatch = highlight.fill.partition("-")
        hatched = name == "hatch" or hatch == "hatch"
        colour = palette.focus if name == "focus" else stage.theme.colour("accent" if name == "hatch" else name)
        if hatched and code not in scene.focus:
            fills.append(Fill(code, palette.focus))
        fills.append(Fill(code, colour, hatched, _first(shot, stage, path)))
    return tuple(fills)


def _first(shot: Shot, stage: Stage, path: tuple[str | int, ...]) -> int | None:
    return entrance(stage, shot, path) if path in shot.at else None


def _marks(scene: MapScene, shot: Shot, stage: Stage, projection: Projection) -> tuple[Mark, ...]:
    marks = []
    for index, place in enumerate(scene.places):
        kind: Any = place.drawn_as
        if kind in {"town", "capital", "strait", "cape"}:
            x, y = projection.forward([place.position])[0]
            first = entrance(stage, shot, ("places", index), order=index)
            marks.append(Mark(kind, (float(x), float(y)), first))
    return tuple(marks)
