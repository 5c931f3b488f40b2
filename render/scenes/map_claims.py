"""Which contested areas a map scene shows: those of the committed table that are in view, and the studio's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from render.geography.atlas import load_atlas
from render.geography.camera import Camera, Rest, View
from render.geography.contested import CONTESTED, UNDRAWN, Contested, Undrawn, find_contested
from render.geography.coverage import land_share, seen_area
from render.geography.drawn import Area
from render.geography.extents import rectangle
from render.geography.geojson import read_areas
from render.geography.projection import Projection
from render.scenes.entrances import entrance
from render.scenes.places import field_place
from script.assets import require_asset

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from render.scenes.map import MapScene
    from render.stage import Shot, Stage

    Points = NDArray[np.float64]

_AFTER = 0.3
"""Seconds after the cut, or the camera's arrival, until a legend enters."""

SEEN = 14.0
"""Pixels of the design from which on an area can be seen at all, so that whose borders are drawn matters."""
_EXPLAINED, _EXPLAINED_LINE = 44.0, 110.0
"""... from which on it is hatched and explained unasked; a border without an area of its own."""
_HATCHED = 400.0
"""Square pixels of the design from which on stripes can be told from a line."""
_WITHIN = 0.86
"""The share of the frame, about its middle, in which an area has to lie to be explained unasked."""
_WITHIN_UPRIGHT = 0.66
"""... of the height of an upright frame."""
_ASKEW = 70.0
"""Degrees from the centre of a globe from which on nothing is explained unasked."""
_MISSED = 110.0
"""Pixels of the design across from which on an area that no source draws is missed."""
LEGEND_SECONDS = 3.0
"""The least time that a legend is on screen (VISUAL.md, Maps)."""


@dataclass(frozen=True)
class Shown:
    """An area in a legend: `hatched`, or a dashed border only; `afloat` where most of it is sea."""

    name: str
    claimants: tuple[str, ...]
    hatched: bool
    afloat: bool = False


@dataclass(frozen=True)
class Explained:
    """What a legend explains over frames [first, last), while the camera sees `view`."""

    shown: tuple[Shown, ...]
    first: int
    last: int
    view: View


def plan_claims(
    scene: MapScene, shot: Shot, stage: Stage, projection: Projection, camera: Camera, worldview: str
) -> tuple[tuple[Area, ...], tuple[Explained, ...]]:
    """What is hatched, and the legends that explain it: one for the camera's goal, and one for what it comes from where that
    stays for long enough. Raises BadInput for a file that is no GeoJSON."""
    rests = [step for step in camera.steps if isinstance(step, Rest)]
    begin, end = rests[0], rests[-1]
    goal = _explained(scene, end.end, projection, worldview, stage.size)
    before = _explained(scene, begin.start, projection, worldview, stage.size) if begin is not end else goal
    own, first = _own_areas(scene, shot, stage)
    named = tuple(
        Shown(area.name, tuple(area.claimants), hatched=True, afloat=land_share(mine.rings, worldview) < 0.5)
        for area, mine in zip(scene.areas, own, strict=True)
    )
    after = 0 if begin is end or before == goal else end.first
    legends = []
    if goal or named:
        first = after if goal or after else first
        legends.append(Explained((*_rows(goal), *named), first + stage.frames(_AFTER), shot.frames, end.end))
    if before and before != goal and begin.last - stage.frames(_AFTER) >= LEGEND_SECONDS * stage.rate:
        legends.append(Explained(_rows(before), stage.frames(_AFTER), begin.last, begin.end))
    else:
        before = goal
    hatched = [name for name in dict.fromkeys((*goal, *before)) if not find_contested(name).line]
    return (*(Area(name) for name in hatched), *own), tuple(legends)


def _explained(
    scene: MapScene, view: View, projection: Projection, worldview: str, size: tuple[int, int]
) -> tuple[str, ...]:
    """The ids of what is hatched and explained in a view, largest first."""
    found: dict[str, float] = {}
    # In a tall frame what lies high up or far down is under what phones draw over it.
    middle = size if size[0] > size[1] else (size[0], round(_WITHIN_UPRIGHT / _WITHIN * size[1]))
    for table in CONTESTED:
        points = _points(worldview, projection, table.id)
        if scene.contested is None:
            aside = table.asked or _on_the_rim(table, projection) or _beyond_the_cap(table, scene)
            across = 0.0 if aside else _across(points, view.zoomed(1 / _WITHIN), middle) / _WITHIN
            least = _EXPLAINED_LINE if table.line else _EXPLAINED
        else:
            across, least = (_across(points, view, size), SEEN) if table.id in scene.contested else (0.0, SEEN)
        if across >= least and (table.line or _covered(table.id, view, projection, worldview, size) >= _HATCHED):
            found[table.id] = across
    return tuple(sorted(found, key=lambda name: -found[name]))


def _on_the_rim(area: Contested, projection: Projection) -> bool:
    """Whether an area lies so far round a globe that it is seen askew."""
    west, south, east, north = area.box
    middle = [((west + east) / 2, (south + north) / 2)]
    return projection.kind == "azimuthal" and float(projection.distance(middle)[0]) > _ASKEW


def _beyond_the_cap(area: Contested, scene: MapScene) -> bool:
    """Whether the map is about all that lies round a pole, and the area beyond that: an upright frame shows it, but nobody asked for it."""
    goal = scene.goal
    if not isinstance(goal, tuple) or goal[2] - goal[0] < 360 or max(abs(goal[1]), abs(goal[3])) < 90:
        return False
    return area.box[3] < goal[1] or area.box[1] > goal[3]


def unseen_claims(
    scene: MapScene, projection: Projection, camera: Camera, worldview: str, size: tuple[int, int]
) -> list[tuple[str, bool]]:
    """(name, whether any of it is in view) of every area that the scene asks for and that cannot be seen where the camera rests."""
    views = _rests(camera)
    shown = {name for view in views for name in _explained(scene, view, projection, worldview, size)}
    return [
        (
            find_contested(name).name,
            any(_across(_points(worldview, projection, name), view, size) > 0 for view in views),
        )
        for name in dict.fromkeys(scene.contested or ())
        if name not in shown
    ]


def undrawn_claims(scene: MapScene, projection: Projection, camera: Camera, size: tuple[int, int]) -> list[Undrawn]:
    """The areas that no source draws and a reader looks for: large where the camera rests at the end, in a country that the map is about.

    None where the script says which contested areas it shows.
    """
    if scene.contested is not None or scene.areas:
        return []
    about = {*scene.focus, *(code for _, code, _ in scene.highlights)}
    end = _rests(camera)[-1]
    return [
        area for area in UNDRAWN
        if about.intersection(area.countries)
        and _across(projection.forward(rectangle(*area.box)), end.zoomed(1 / _WITHIN), size) >= _MISSED
    ]  # fmt: skip


def _rows(names: Sequence[str]) -> tuple[Shown, ...]:
    tables = [find_contested(name) for name in names]
    return tuple(Shown(table.name, table.claimants, not table.line) for table in tables)


def _own_areas(scene: MapScene, shot: Shot, stage: Stage) -> tuple[list[Area], int]:
    """The studio's areas, and the frame on which the first of them comes."""
    areas = []
    for index, own in enumerate(scene.areas):
        path = require_asset(stage.script, stage.studio, own.file, field_place(stage, scene.id, "areas", index, "file"))
        first = entrance(stage, shot, ("areas", index)) if ("areas", index) in shot.at else None
        areas.append(Area("", read_areas(path), first))
    return areas, min((area.first or 0 for area in areas), default=0)


def seen_claims(worldview: str, projection: Projection, camera: Camera, size: tuple[int, int]) -> dict[str, float]:
    """The contested areas that can be seen where the camera rests: by id, how many pixels of the design each is across."""
    found: dict[str, float] = {}
    for view in _rests(camera):
        for table in CONTESTED:
            across = _across(_points(worldview, projection, table.id), view, size)
            if across >= SEEN:
                found[table.id] = max(across, found.get(table.id, 0.0))
    return found


def claim_outlines(areas: Sequence[Area], worldview: str, projection: Projection) -> list[Points]:
    """Points of the plane about each area."""
    own = [projection.forward([point for ring in area.rings for point in ring]) for area in areas if area.rings]
    return [*own, *(_points(worldview, projection, area.claim) for area in areas if not area.rings)]


def _rests(camera: Camera) -> tuple[View, ...]:
    return tuple(view for step in camera.steps if isinstance(step, Rest) for view in (step.start, step.end))


def _across(points: Points, view: View, size: tuple[int, int]) -> float:
    """Pixels of the design across what is seen of some points of the plane."""
    half = np.array((view.width / 2, view.width / 2 * size[1] / size[0]))
    inside = points[(np.abs(points - (view.x, view.y)) <= half).all(axis=1)]
    if len(inside) < 2:
        return 0.0
    return float(np.ptp(inside, axis=0).max()) * size[0] / view.width / (min(size) / 1080)


def _covered(name: str, view: View, projection: Projection, worldview: str, size: tuple[int, int]) -> float:
    """Square pixels of the design that a view shows of an area."""
    across, down = view.width / 2, view.width / 2 * size[1] / size[0]
    box = (view.x - across, view.y - down, view.x + across, view.y + down)
    pixel = view.width / size[0] * (min(size) / 1080)
    return seen_area(_rings(worldview, projection, name), box) / pixel**2


@lru_cache(maxsize=256)
def _rings(worldview: str, projection: Projection, name: str) -> tuple[Points, ...]:
    """The rings of an area in the plane."""
    atlas = load_atlas(worldview)
    detail = atlas.level(0.01)
    found = np.flatnonzero(detail.area_claim == atlas.claims.index(name))
    rings = [detail.area_points[detail.area_starts[i] : detail.area_starts[i + 1]].astype(np.float64) for i in found]
    return tuple(projection.forward(ring) for ring in rings)


@lru_cache(maxsize=256)
def _points(worldview: str, projection: Projection, name: str) -> Points:
    atlas = load_atlas(worldview)
    degrees = atlas.level(0.01).claim_points(atlas.claims.index(name)).astype(np.float64)
    near = (
        degrees[projection.distance(degrees) < projection.reach * 0.98] if projection.kind == "azimuthal" else degrees
    )
    return projection.forward(near)
