"""Where contested areas lie in a worldview: the difference of two views, whole countries, or stretches of a border."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from render.geography.contested import CONTESTED, Box, Contested

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ring = NDArray[np.float64]
    Countries = Sequence[tuple[str, Sequence[Ring]]]

_APART = 0.02
"""Degrees: what differs between two views by less is two drawings of one line."""
_NEAR = 0.04
"""Degrees from an area within which a border is its own."""
_SPECK = 0.003
"""Square degrees below which a piece is none."""
_SHORTEST = 0.1
"""Degrees of an outline below which it is a leftover."""


@dataclass(frozen=True)
class Claim:
    """A contested area in one worldview: its `shape` as geometry and as closed `rings` (even-odd), and the stretches of its edge
    that no border follows."""

    area: Contested
    rings: tuple[Ring, ...]
    outlines: tuple[Ring, ...]
    shape: Any

    def divide(self, line: Ring, sides: frozenset[str]) -> list[tuple[Ring, bool]]:
        """A border between two countries cut into stretches that are contested and stretches that are not."""
        import shapely

        parties = {*self.area.claimants, *self.area.whole, *self.area.parts, *self.area.line}
        if len(sides) < 2 or not sides <= parties or not _within([line], self.area.box):
            return [(line, False)]
        if self.area.line:
            # A straight border has no points of its own where it enters the box.
            line = shapely.get_coordinates(shapely.segmentize(shapely.linestrings(line), 2 * _SHORTEST))
        west, south, east, north = self.area.box
        contested = (line[:, 0] > west) & (line[:, 0] < east) & (line[:, 1] > south) & (line[:, 1] < north)
        if not self.area.line:
            contested &= shapely.distance(shapely.points(line), self.shape) < _NEAR
        return [(line[a : b + 1], own) for a, b, own in _stretches(contested)]


def find_claims(mine: Countries, other: Countries, arcs: Sequence[Ring]) -> tuple[Claim, ...]:
    """The contested areas as one worldview draws them, `other` being the one that it is compared with.

    `mine` and `other` are (code, closed rings (n, 2) of degrees); `arcs` every line of `mine`, coasts included.
    """
    return tuple(_claim(area, mine, other, arcs) for area in CONTESTED)


def _claim(area: Contested, mine: Countries, other: Countries, arcs: Sequence[Ring]) -> Claim:
    import shapely

    if area.line:
        return Claim(area, (), (), shapely.Polygon())
    shape = _shape(area, _land_in(mine, area), _land_in(other, area))
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > _SPECK]
    rings = [shapely.get_coordinates(ring) for part in parts for ring in (part.exterior, *part.interiors)]
    boundaries: Any = [shapely.boundary(part) for part in parts]
    edge = shapely.union_all(boundaries)
    near: Any = [shapely.linestrings(arc) for arc in _within(arcs, area.box)]
    lines = shapely.union_all(near)
    free = shapely.line_merge(shapely.difference(edge, shapely.buffer(lines, _NEAR)))
    outlines = [shapely.get_coordinates(line) for line in shapely.get_parts(free) if line.length > _SHORTEST]
    return Claim(area, tuple(rings), tuple(outlines), shape)


def _shape(area: Contested, mine: Mapping[str, Any], other: Mapping[str, Any]) -> Any:
    import shapely

    pieces = [mine[code] for code in area.whole if code in mine]
    for code in area.parts:
        if code in mine:
            apart = shapely.difference(mine[code], other[code]) if code in other else mine[code]
            # Where the two drawings of one coast differ there are slivers; they are no one's claim.
            solid = shapely.buffer(shapely.buffer(apart, -_APART), 1.5 * _APART)
            pieces.append(shapely.intersection(apart, solid))
    pieces += [mine[code] for code in area.islands if code in mine]
    return shapely.make_valid(shapely.union_all(pieces))


def _land_in(countries: Countries, area: Contested) -> dict[str, Any]:
    """The land of each country that an area speaks of, in its box; of `islands` only the rings that lie in it whole."""
    import shapely

    found: dict[str, Any] = {}
    for code, rings in countries:
        if code not in (*area.whole, *area.parts, *area.islands):
            continue
        for ring in _within(rings, area.box):
            if code in area.islands and not _inside(ring, area.box):
                continue
            part = shapely.make_valid(shapely.clip_by_rect(shapely.polygons(ring), *area.box))
            found[code] = shapely.symmetric_difference(found[code], part) if code in found else part
    return found


def _within(rings: Iterable[Ring], box: Box) -> list[Ring]:
    """The rings or lines that come near the box."""
    west, south, east, north = box
    return [
        ring
        for ring in rings
        if ring[:, 0].max() > west and ring[:, 0].min() < east and ring[:, 1].max() > south and ring[:, 1].min() < north
    ]


def _inside(ring: Ring, box: Box) -> bool:
    west, south, east, north = box
    low, high = ring.min(0), ring.max(0)
    return bool(low[0] > west and low[1] > south and high[0] < east and high[1] < north)


def _stretches(contested: NDArray[np.bool_]) -> list[tuple[int, int, bool]]:
    """(first point, last point, contested) of a line's stretches; a step is contested where both of its ends are."""
    steps = contested[1:] & contested[:-1]
    cuts = [0, *(np.flatnonzero(np.diff(steps.astype(np.int8))) + 1).tolist(), len(steps)]
    return [(a, b, bool(steps[a])) for a, b in itertools.pairwise(cuts) if b > a]
