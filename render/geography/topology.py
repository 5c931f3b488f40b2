"""Shared borders: polygons cut into arcs, so that neighbours are simplified together and never part. Pure.

An arc is a stretch of boundary between two points where the set of neighbours changes, as in TopoJSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GRID = 1e-7
"""Degrees (a centimetre) within which two vertices are the same."""


@dataclass(frozen=True)
class Topology:
    """`arcs` are float64 arrays (n, 2) of longitude and latitude. `rings` are (owner, arcs in order); ~a is arc a backwards.

    `owners` gives, for every arc, the owners on its sides: two for a border, one for a coast.
    """

    arcs: tuple[NDArray[np.float64], ...]
    rings: tuple[tuple[int, tuple[int, ...]], ...]
    owners: tuple[frozenset[int], ...]


def build_topology(rings: Sequence[NDArray[np.float64]], owners: Sequence[int]) -> Topology:
    """Cut closed rings, arrays (n, 2) whose last point repeats the first, where their neighbours change.

    `owners[i]` is whose ring `rings[i]` is. Rings that share no border stay whole.
    """
    open_rings = [ring[:-1] for ring in rings]
    starts = np.cumsum([0, *(len(ring) for ring in open_rings)])
    points = np.concatenate(open_rings)
    vertex = _vertices(points)
    junction = _junctions(vertex, starts)
    arcs: list[NDArray[np.float64]] = []
    known: dict[bytes, int] = {}
    sides: list[set[int]] = []
    made: list[tuple[int, tuple[int, ...]]] = []
    for owner, first, last in zip(owners, starts, starts[1:], strict=False):
        ids, where = vertex[first:last], points[first:last]
        cuts = np.flatnonzero(junction[ids])
        # An island has no junction: it starts at its lowest vertex, so that a hole that it fills is cut the same way.
        turn = int(cuts[0]) if len(cuts) else int(np.argmin(ids))
        ids, where = np.roll(ids, -turn), np.roll(where, -turn, axis=0)
        ids, where = np.append(ids, ids[0]), np.vstack([where, where[:1]])
        stops = [*(int(cut) - turn for cut in cuts[1:]), len(ids) - 1]
        begin, numbers = 0, []
        for stop in stops:
            number = _arc(ids[begin : stop + 1], where[begin : stop + 1], known, arcs, sides)
            sides[number if number >= 0 else ~number].add(owner)
            numbers.append(number)
            begin = stop
        made.append((owner, tuple(numbers)))
    return Topology(tuple(arcs), tuple(made), tuple(frozenset(side) for side in sides))


def _vertices(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """A number for every place: the same for equal coordinates."""
    grid = np.round(points / _GRID).astype(np.int64)
    _, vertex = np.unique(grid[:, 0] * 4_000_000_000 + grid[:, 1], return_inverse=True)
    return np.asarray(vertex, dtype=np.int64)


def _junctions(vertex: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True for every vertex whose neighbours differ from one ring to another."""
    count = len(vertex)
    before, after = np.arange(count) - 1, np.arange(count) + 1
    before[starts[:-1]] = starts[1:] - 1
    after[starts[1:] - 1] = starts[:-1]
    low = np.minimum(vertex[before], vertex[after])
    high = np.maximum(vertex[before], vertex[after])
    order = np.lexsort((high, low, vertex))
    place, low, high = vertex[order], low[order], high[order]
    differs = (place[1:] == place[:-1]) & ((low[1:] != low[:-1]) | (high[1:] != high[:-1]))
    found = np.zeros(int(vertex.max()) + 1, dtype=bool)
    found[place[1:][differs]] = True
    return found


def _arc(
    ids: NDArray[np.int64],
    points: NDArray[np.float64],
    known: dict[bytes, int],
    arcs: list[NDArray[np.float64]],
    sides: list[set[int]],
) -> int:
    """The number of an arc, made when it is new; ~number when it was met the other way round."""
    backwards = known.get(ids[::-1].tobytes())
    if backwards is not None:
        return ~backwards
    number = known.setdefault(ids.tobytes(), len(arcs))
    if number == len(arcs):
        arcs.append(points)
        sides.append(set())
    return number
