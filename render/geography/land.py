"""Land under a camera: paths projected once, drawn for any view with lines of constant width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from render.geography.atlas import ASKED, BORDER, COAST, CONTESTED, Atlas, Detail
from render.geography.camera import View
from render.geography.drawn import Area, River
from render.geography.natural_earth import read_lakes
from render.geography.projection import Projection, turned
from render.geography.rivers import all_courses, river_course

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

_LEFT, _RIGHT, _ABOVE, _BELOW = (np.int8(1 << bit) for bit in range(4))
_REFERENCE = 1000.0
"""Path units across the narrowest view: skia works in 32-bit floats and strokes badly in very small ones."""


@dataclass(frozen=True)
class Frame:
    """What paths are made for: the plane's box that may be seen, and the path units a plane unit about an origin."""

    left: float
    top: float
    right: float
    bottom: float
    origin: tuple[float, float]
    scale: float

    def place(self, points: Points) -> Points:
        """Plane to path units."""
        return np.asarray((points - np.array(self.origin)) * self.scale)

    def matrix(self, view: View, size: tuple[int, int]) -> tuple[float, float, float]:
        """(scale, x, y) from path units to pixels."""
        pixels = size[0] / view.width
        scale = pixels / self.scale
        return (
            scale,
            (self.origin[0] - view.x) * pixels + size[0] / 2,
            (self.origin[1] - view.y) * pixels + size[1] / 2,
        )


@dataclass(frozen=True)
class LandPaths:
    """skia paths in path units: the fill of every country and of all together, each kind of line, lakes, and in the order in
    which they are drawn contested areas, their own edges, and rivers."""

    countries: dict[str, Any]
    land: Any
    lines: dict[int, Any]
    lakes: Any
    areas: tuple[Any, ...] = ()
    edges: tuple[Any, ...] = ()
    rivers: tuple[Any, ...] = ()


def make_frame(box: tuple[float, float, float, float], closest: View) -> Frame:
    """The frame for views inside `box` (left, top, right, bottom), the narrowest of which is `closest`."""
    left, top, right, bottom = box
    margin = 0.02 * (right - left)
    return Frame(
        left - margin,
        top - margin,
        right + margin,
        bottom + margin,
        (closest.x, closest.y),
        _REFERENCE / closest.width,
    )


def land_paths(
    atlas: Atlas,
    detail: Detail,
    projection: Projection,
    frame: Frame,
    lake_size: float,
    areas: Sequence[Area] = (),
    rivers: Sequence[River] = (),
) -> LandPaths:
    """Project and clip a level of the atlas. Lakes smaller than `lake_size` degrees are left out."""
    import skia

    countries: dict[str, Any] = {}
    rings = _pieces(detail.ring_points, detail.ring_starts, projection, frame, closed=True)
    for index, ring in rings:
        kept = _clipped(ring, frame)
        if len(kept) >= 3:
            code = atlas.codes[detail.ring_owner[index]]
            path = countries.setdefault(code, skia.Path())
            _add(path, frame.place(kept), closed=True)
    land = skia.Path()
    for path in countries.values():
        path.setFillType(skia.PathFillType.kEvenOdd)
        land.addPath(path)
    land.setFillType(skia.PathFillType.kEvenOdd)
    lines = {kind: skia.Path() for kind in (COAST, BORDER, CONTESTED, ASKED)}
    for index, line in _pieces(detail.line_points, detail.line_starts, projection, frame, closed=False):
        kept = _clipped(line, frame)
        if len(kept) >= 2:
            _add(lines[int(detail.line_kind[index])], frame.place(kept), closed=False)
    lakes = [_rounded(lake) for lake in read_lakes() if np.ptp(lake, axis=0).max() >= lake_size]
    return LandPaths(
        countries,
        land,
        lines,
        _path(lakes, projection, frame, closed=True),
        tuple(_path(_area_rings(area, atlas, detail), projection, frame, closed=True) for area in areas),
        tuple(_path(_area_edges(area, atlas, detail), projection, frame, closed=bool(area.rings)) for area in areas),
        tuple(_path(_courses(river), projection, frame, closed=False) for river in rivers),
    )


def _path(lines: Sequence[NDArray[Any]], projection: Projection, frame: Frame, *, closed: bool) -> Any:
    """Rings or lines in degrees as one path; rings are filled even-odd."""
    import skia

    path = skia.Path()
    if lines:
        starts = np.cumsum([0, *(len(line) for line in lines)])
        for _, piece in _pieces(np.concatenate(lines), starts, projection, frame, closed=closed):
            kept = _clipped(piece, frame)
            if len(kept) >= (3 if closed else 2):
                _add(path, frame.place(kept), closed=closed)
    path.setFillType(skia.PathFillType.kEvenOdd)
    return path


def _area_rings(area: Area, atlas: Atlas, detail: Detail) -> list[NDArray[Any]]:
    if area.rings:
        return [np.array(ring) for ring in area.rings]
    found = np.flatnonzero(detail.area_claim == atlas.claims.index(area.claim))
    return [detail.area_points[detail.area_starts[i] : detail.area_starts[i + 1]] for i in found]


def _area_edges(area: Area, atlas: Atlas, detail: Detail) -> list[NDArray[Any]]:
    """What is dashed for an area alone: the studio's own, and what is drawn only where it is asked for."""
    if area.rings:
        return [np.array(ring) for ring in area.rings]
    asked = (detail.line_claim == atlas.claims.index(area.claim)) & (detail.line_kind == ASKED)
    return [detail.line_points[detail.line_starts[i] : detail.line_starts[i + 1]] for i in np.flatnonzero(asked)]


def _courses(river: River) -> list[Points]:
    return [np.array(river_course(river.way))] if river.way else list(all_courses())


def _rounded(ring: Points) -> Points:
    """Corners cut twice (Chaikin): the lakes come on a coarse grid."""
    for _ in range(2):
        ahead = np.vstack([ring[1:], ring[:1]])
        ring = np.stack([0.75 * ring + 0.25 * ahead, 0.25 * ring + 0.75 * ahead], axis=1).reshape(-1, 2)
    return ring


def _pieces(
    points: NDArray[Any], starts: NDArray[Any], projection: Projection, frame: Frame, *, closed: bool
) -> list[tuple[int, Points]]:
    """(index, plane points) of every ring or line that may be seen in the frame; in the world, what crosses its edge comes as two."""
    degrees = points.astype(np.float64)
    bounds = list(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True))
    if projection.kind == "azimuthal":
        plane = projection.forward(degrees)
        far = np.hypot(plane[:, 0], plane[:, 1]) >= 0.9999 * projection.rim
        near = [(index, *bounds[index]) for index in np.flatnonzero(_beyond(plane, starts, frame) == 0).tolist()]
        if closed:
            return [(index, plane[a:b]) for index, a, b in near if not far[a:b].all()]
        # A line ends at the rim; along it there is none.
        return [(index, plane[a + c : a + d]) for index, a, b in near for c, d in _near_runs(far[a:b])]
    relative = np.column_stack([turned(degrees[:, 0], projection.longitude), degrees[:, 1]])
    plane = projection.meridian_forward(relative)
    jumps = np.flatnonzero(np.abs(np.diff(relative[:, 0])) > 180)
    crossing = set((np.searchsorted(starts, jumps, side="right") - 1).tolist()) if len(jumps) else set()
    beyond = _beyond(plane, starts, frame)
    # Of what crosses the edge, points lie on both sides of the world: only above and below mean something.
    beyond[list(crossing)] &= _ABOVE | _BELOW
    found: list[tuple[int, Points]] = []
    for index in np.flatnonzero(beyond == 0).tolist():
        a, b = bounds[index]
        if index not in crossing:
            found.append((index, plane[a:b]))
            continue
        cut = _cut_at_edge(relative[a:b], closed=closed)
        found += [(index, projection.meridian_forward(piece)) for piece in cut]
    return found


def _beyond(plane: Points, starts: NDArray[Any], frame: Frame) -> NDArray[np.int8]:
    """Of every ring or line the sides of the frame beyond which all of its points lie: most of the world's hundred thousand have one."""
    sides = np.full(len(starts) - 1, _LEFT, np.int8)
    full = np.flatnonzero(np.diff(starts))
    if len(full):
        sides[full] = np.bitwise_and.reduceat(_sides(plane, frame), starts[full])
    return sides


def _near_runs(far: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """[first, last) of the stretches of a line that are not on the rim, each with the point where it meets that."""
    if not far.any():
        return [(0, len(far))]
    steps = np.concatenate([[False], ~(far[1:] & far[:-1]), [False]]).astype(np.int8)
    changes = np.flatnonzero(np.diff(steps))
    return [(int(a), int(b) + 1) for a, b in zip(changes[::2], changes[1::2], strict=True)]


def _cut_at_edge(relative: Points, *, closed: bool) -> list[Points]:
    """A ring or line that crosses the world's edge, cut there. Longitudes are relative to the centre."""
    import shapely

    unwound = relative.copy()
    unwound[:, 0] = np.degrees(np.unwrap(np.radians(relative[:, 0])))
    if closed and abs(unwound[-1, 0] - unwound[0, 0]) > 180:
        # It goes round a pole: close it along the pole.
        pole = -90.0 if unwound[:, 1].mean() < 0 else 90.0
        unwound = np.vstack([unwound, [unwound[-1, 0], pole], [unwound[0, 0], pole]])
    if closed and len(unwound) < 4:
        return []
    shape = shapely.make_valid(shapely.polygons(unwound)) if closed else shapely.linestrings(unwound)
    pieces: list[Points] = []
    for turn in np.array([[-360.0, 0.0], [0.0, 0.0], [360.0, 0.0]]):
        moved = shapely.transform(shape, lambda p, turn=turn: p + turn)
        clipped = shapely.get_parts(shapely.clip_by_rect(moved, -180.0, -90.0, 180.0, 90.0))
        for part in shapely.get_parts(clipped):
            if part.geom_type == "Polygon" and not part.is_empty:
                # The world's edge is a curve in the plane: what is cut along it is bent with it.
                edge = shapely.linestrings(shapely.get_coordinates(part.exterior))
                pieces.append(shapely.get_coordinates(shapely.segmentize(edge, 2.0)))
            elif part.geom_type == "LineString":
                pieces.append(shapely.get_coordinates(part))
    return pieces


def _clipped(points: Points, frame: Frame) -> Points:
    """Points without those that cannot matter: they and their neighbours lie in the same region outside the frame.

    The region must be the same one: a run past a corner has to keep its bend, or a chord would cut into the frame.
    """
    code = _sides(points, frame)
    if not code.any():
        return points
    if np.bitwise_and.reduce(code):
        return points[:0]
    needed = np.ones(len(points), dtype=bool)
    needed[1:-1] = (code[1:-1] == 0) | (code[:-2] != code[1:-1]) | (code[1:-1] != code[2:])
    return points[needed]


def _sides(points: Points, frame: Frame) -> NDArray[np.int8]:
    """Beyond which sides of the frame each point lies."""
    x, y = points[:, 0], points[:, 1]
    code: NDArray[np.int8] = (
        (x < frame.left) * _LEFT | (x > frame.right) * _RIGHT | (y < frame.top) * _ABOVE | (y > frame.bottom) * _BELOW
    )
    return code


def _add(path: Any, points: Points, *, closed: bool) -> None:
    import skia

    path.addPoly([skia.Point(x, y) for x, y in points.tolist()], closed)


class Land:
    """Land ready for every view of a scene: each level of detail is made when it is first needed."""

    def __init__(
        self,
        atlas: Atlas,
        projection: Projection,
        views: Sequence[View],
        size: tuple[int, int],
        areas: Sequence[Area] = (),
        rivers: Sequence[River] = (),
    ) -> None:
        self._atlas, self._projection, self._size = atlas, projection, size
        self._views, self._areas, self._rivers = views, areas, rivers
        self._made: dict[float, tuple[Frame, LandPaths]] = {}

    def tolerance(self, view: View) -> float:
        """Degrees that a line may be off without being seen: three quarters of a pixel."""
        return 0.75 * float(np.degrees(view.width)) / self._size[0]

    def at(self, view: View) -> tuple[LandPaths, tuple[float, float, float]]:
        """The paths for a view, and (scale, x, y) that take them to pixels."""
        detail = self._atlas.level(self.tolerance(view))
        if detail.tolerance not in self._made:
            self._made[detail.tolerance] = self._make(detail, view)
        frame, paths = self._made[detail.tolerance]
        return paths, frame.matrix(view, self._size)

    def _make(self, detail: Detail, asked: View) -> tuple[Frame, LandPaths]:
        from render.geography.camera import union

        mine = [view for view in self._views if self._atlas.level(self.tolerance(view)) is detail]
        # A quick camera may pass a level between two of the views.
        mine = mine or [asked]
        closest = min(mine, key=lambda view: view.width)
        frame = make_frame(union(mine, self._size[0] / self._size[1]), closest)
        degree = self._size[0] / float(np.degrees(closest.width))
        lake_size = 6 / degree if degree < 150 else float("inf")
        return frame, land_paths(self._atlas, detail, self._projection, frame, lake_size, self._areas, self._rivers)


@lru_cache(maxsize=8)
def graticule(projection: Projection, step: float) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Meridians and parallels every `step` degrees, as polylines in the plane."""
    lines: list[tuple[tuple[float, float], ...]] = []

    def add(degrees: Points) -> None:
        if projection.kind == "azimuthal":
            degrees = degrees[projection.distance(degrees) < projection.reach * 0.98]
            if len(degrees) < 2:
                return
            plane = projection.forward(degrees)
        else:
            plane = projection.meridian_forward(degrees)
        gaps = np.flatnonzero(np.hypot(*np.diff(plane, axis=0).T) > 0.25) + 1
        lines.extend(tuple((float(x), float(y)) for x, y in piece) for piece in np.split(plane, gaps) if len(piece) > 1)

    for longitude in np.arange(-180, 180.1, step):
        up = np.arange(-80, 80.1, 2.0)
        add(np.column_stack([np.full(len(up), longitude), up]))
    for latitude in np.arange(-80 + 80 % step, 80.1, step):
        across = np.arange(-180, 180.1, 2.0)
        add(np.column_stack([across, np.full(len(across), latitude)]))
    return tuple(lines)
