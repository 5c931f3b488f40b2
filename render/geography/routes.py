"""Routes over the sphere: smooth through their waypoints, and a look at what a ship would run aground on. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from render.geography.atlas import load_atlas
from render.geography.names import country_name

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely import STRtree

    Points = NDArray[np.float64]

Mode = Literal["sea", "air", "land", "canal"]

CANALS: tuple[tuple[str, tuple[tuple[float, float], ...]], ...] = (
    ("Suez Canal", ((32.55, 29.9), (32.58, 30.1), (32.35, 30.5), (32.31, 30.85), (32.32, 31.3))),
    ("Panama Canal", ((-79.92, 9.4), (-79.9, 9.2), (-79.65, 9.1), (-79.53, 8.88))),
    ("Kiel Canal", ((9.14, 53.9), (9.35, 54.15), (9.65, 54.3), (10.15, 54.38))),
    ("Corinth Canal", ((22.95, 37.96), (23.02, 37.91))),
)
"""Ship canals, which the data has no water for."""

_CANAL_WIDTH = 0.35
"""Degrees from a canal's line within which a ship may seem to be on land: lines drawn for a wide view are coarse."""
_GRAZE = 0.08
"""Degrees (9 km) from the water up to which land is the coarseness of the line, not an error."""
_PORT = 0.35
"""Degrees about a route's ends in which it may be on land: ports lie up rivers."""
_STEP = 0.5
"""Degrees of arc from sample to sample, unless a close view asks for finer ones."""
_MOST_SAMPLES = 20000


@dataclass(frozen=True)
class Aground:
    """A stretch of a sea route over land: where it begins and ends (lon, lat), degrees at the deepest, the country."""

    start: tuple[float, float]
    end: tuple[float, float]
    depth: float
    country: str

    def __str__(self) -> str:
        where = f" ({country_name(self.country)})" if self.country else ""
        digits = 2 if self.depth < _GRAZE else 1
        return (
            f"from {self.start[0]:.{digits}f}, {self.start[1]:.{digits}f} to {self.end[0]:.{digits}f}, "
            f"{self.end[1]:.{digits}f}{where}, {self.depth * 111:.{1 if self.depth < _GRAZE else 0}f} km from the water"
        )


def trace_route(waypoints: Sequence[tuple[float, float]], mode: Mode, step: float = _STEP) -> Points:
    """Longitude and latitude, (n, 2), along a route: a great circle by air, else a smooth curve through the waypoints.

    `step` is the degrees of arc from sample to sample; a route is not given more than 20,000 of them.
    """
    vectors = _vectors(np.asarray(waypoints, dtype=np.float64))
    legs = list(pairwise(vectors))
    whole = sum(float(np.degrees(np.linalg.norm(b - a))) for a, b in legs)
    step = max(step, whole / _MOST_SAMPLES)
    if mode == "air":
        traced = [_great_circle(a, b, step) for a, b in legs]
    else:
        padded = [2 * vectors[0] - vectors[1], *vectors, 2 * vectors[-1] - vectors[-2]]
        traced = [_smooth_leg(padded[i : i + 4], step) for i in range(len(vectors) - 1)]
    joined = np.concatenate([traced[0], *(leg[1:] for leg in traced[1:])])
    joined /= np.linalg.norm(joined, axis=1, keepdims=True)
    return np.column_stack(
        [np.degrees(np.arctan2(joined[:, 1], joined[:, 0])), np.degrees(np.arcsin(np.clip(joined[:, 2], -1, 1)))]
    )


def _vectors(degrees: Points) -> Points:
    lam, phi = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def _steps(a: Points, b: Points, step: float) -> int:
    angle = np.degrees(np.arccos(np.clip(float(a @ b), -1, 1)))
    return max(16, int(np.ceil(angle / step)))


def _great_circle(a: Points, b: Points, step: float) -> Points:
    share = np.linspace(0, 1, _steps(a, b, step) + 1)[:, None]
    angle = np.arccos(np.clip(float(a @ b), -1, 1))
    if angle < 1e-9:
        return np.vstack([a, b])
    return np.asarray((np.sin((1 - share) * angle) * a + np.sin(share * angle) * b) / np.sin(angle))


def _smooth_leg(points: Sequence[Points], step: float) -> Points:
    """Centripetal Catmull-Rom between the middle two of four points on the sphere: it makes no loops, and hardly swings out."""
    p0, p1, p2, p3 = points
    knots = np.cumsum(
        [0.0, *(max(1e-6, float(np.linalg.norm(b - a))) ** 0.5 for a, b in ((p0, p1), (p1, p2), (p2, p3)))]
    )
    t0, t1, t2, t3 = knots
    t = np.linspace(t1, t2, _steps(p1, p2, step) + 1)[:, None]
    a1 = (t1 - t) / (t1 - t0) * p0 + (t - t0) / (t1 - t0) * p1
    a2 = (t2 - t) / (t2 - t1) * p1 + (t - t1) / (t2 - t1) * p2
    a3 = (t3 - t) / (t3 - t2) * p2 + (t - t2) / (t3 - t2) * p3
    b1 = (t2 - t) / (t2 - t0) * a1 + (t - t0) / (t2 - t0) * a2
    b2 = (t3 - t) / (t3 - t1) * a2 + (t - t1) / (t3 - t1) * a3
    return np.asarray((t2 - t) / (t2 - t1) * b1 + (t - t1) / (t2 - t1) * b2)


@lru_cache(maxsize=2)
def _land(worldview: str) -> tuple[STRtree, list[str], NDArray[np.object_]]:
    """Outer rings of all countries as polygons in a tree, and the code of each."""
    import shapely

    atlas = load_atlas(worldview)
    detail = atlas.level(0.002)
    polygons, codes = [], []
    for owner, code in enumerate(atlas.codes):
        for ring in detail.rings(owner):
            if len(ring) >= 4:
                polygons.append(shapely.polygons(ring.astype(np.float64)))
                codes.append(code)
    # A hole filled by a neighbour counts as land once more, which is no harm; a hole that is sea is none of these.
    made = np.array(polygons, dtype=object)
    return shapely.STRtree(made), codes, made


def find_aground(
    waypoints: Sequence[tuple[float, float]],
    worldview: str,
    coarseness: Callable[[Points], NDArray[np.float64]] | None = None,
) -> list[Aground]:
    """The stretches where a sea route through `waypoints` crosses land deeper than a line's coarseness, canals excepted.

    `coarseness` gives, for (n, 2) places, the degrees over land that look like none where they are shown; at most, and unless given,
    they are 0.08 degrees (9 km).
    """
    import shapely

    route = trace_route(waypoints, "sea")
    grazes = np.full(len(route), _GRAZE) if coarseness is None else np.minimum(coarseness(route), _GRAZE)
    step = max(0.004, float(grazes.min()) / 2)
    route = _finer(trace_route(waypoints, "sea", step), min(0.1, step))
    grazes = np.full(len(route), _GRAZE) if coarseness is None else np.minimum(coarseness(route), _GRAZE)
    tree, codes, polygons = _land(worldview)
    points = np.asarray(shapely.points(route), dtype=object)
    hits, owners = tree.query(points, predicate="within")
    depth = np.zeros(len(route))
    owner_of: dict[int, str] = {}
    for hit, owner in zip(hits.tolist(), owners.tolist(), strict=True):
        away = float(shapely.distance(points[hit], polygons[owner].exterior))
        # Inland borders are no water: what counts is the distance to where no country is.
        if away > depth[hit]:
            depth[hit], owner_of[hit] = away, codes[owner]
    allowed = shapely.union_all(
        [shapely.linestrings(line).buffer(_CANAL_WIDTH) for _, line in CANALS]
        + [shapely.points(waypoints[end]).buffer(_PORT) for end in (0, -1)]
    )
    depth[shapely.covers(allowed, points)] = 0.0
    return _stretches(route, depth, grazes, owner_of)


def _finer(route: Points, step: float) -> Points:
    """A sample at least every `step` degrees, without the jump over the 180th meridian."""
    longitude = np.degrees(np.unwrap(np.radians(route[:, 0])))
    along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(longitude), np.diff(route[:, 1])))])
    at = np.linspace(0, along[-1], max(2, min(_MOST_SAMPLES, int(along[-1] / step))))
    lon = (np.interp(at, along, longitude) + 180) % 360 - 180
    return np.column_stack([lon, np.interp(at, along, route[:, 1])])


def _stretches(
    route: Points, depth: NDArray[np.float64], grazes: NDArray[np.float64], owner_of: dict[int, str]
) -> list[Aground]:
    land = np.flatnonzero(depth > 0)
    found = []
    for run in np.split(land, np.flatnonzero(np.diff(land) > 1) + 1) if len(land) else []:
        deepest = int(run[np.argmax(depth[run] / grazes[run])])
        if depth[deepest] > grazes[deepest]:
            start, end = (route[run[0]].tolist(), route[run[-1]].tolist())
            found.append(
                Aground((start[0], start[1]), (end[0], end[1]), float(depth[deepest]), owner_of.get(deepest, ""))
            )
    return found
