"""Rivers by name: which way each takes, and its course through the lines that the data has without names."""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from core.errors import BadInput
from core.nearest import nearest
from render.geography.names import fold
from render.geography.natural_earth import read_rivers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

Way = tuple[tuple[float, float], ...]
"""Places (longitude, latitude) that a river passes, from its source to its mouth; a place a reach is enough."""

RIVERS: dict[str, Way] = {
    "Nile": ((33.2, 0.4), (31.6, 4.8), (32.5, 15.6), (31.2, 30.1), (30.4, 31.46)),
    "White Nile": ((33.2, 0.4), (31.6, 4.8), (32.5, 15.6)),
    "Blue Nile": ((37.3, 11.6), (32.5, 15.6)),
    "Congo": ((26.0, -11.0), (25.2, 0.5), (15.3, -4.3), (12.4, -6.0)),
    "Niger": ((-10.7, 9.3), (-3.0, 16.8), (2.1, 13.5), (6.7, 6.2), (6.1, 4.4)),
    "Senegal": ((-10.8, 13.8), (-16.5, 16.0)),
    "Zambezi": ((23.0, -14.5), (25.8, -17.9), (33.6, -16.2), (36.2, -18.7)),
    "Orange": ((28.5, -29.5), (16.5, -28.6)),
    "Danube": ((8.5, 48.0), (16.4, 48.2), (19.0, 47.5), (20.5, 44.8), (28.0, 45.4), (29.6, 45.2)),
    "Rhine": ((9.5, 47.4), (7.6, 47.6), (8.3, 50.0), (4.3, 51.9)),
    "Elbe": ((15.7, 50.6), (13.7, 51.05), (9.0, 53.9)),
    "Oder": ((17.9, 50.7), (14.5, 53.4)),
    "Vistula": ((19.9, 50.0), (21.0, 52.2), (18.9, 54.3)),
    "Dnieper": ((33.5, 55.5), (30.5, 50.4), (35.1, 48.5), (32.3, 46.5)),
    "Dniester": ((23.5, 49.4), (29.4, 46.9), (30.4, 46.1)),
    "Don": ((38.5, 53.5), (43.7, 48.7), (39.3, 47.1)),
    "Volga": ((34.5, 56.9), (44.0, 56.3), (49.1, 55.8), (44.5, 48.7), (47.9, 45.9)),
    "Rhône": ((7.9, 46.3), (4.8, 45.7), (4.7, 43.4)),
    "Loire": ((4.0, 45.0), (1.9, 47.9), (-2.1, 47.3)),
    "Po": ((7.7, 45.1), (12.4, 45.0)),
    "Tigris": ((40.2, 37.9), (43.1, 36.3), (44.4, 33.3), (47.4, 31.0)),
    "Euphrates": ((39.0, 38.7), (38.3, 36.5), (44.2, 32.6), (47.4, 31.0)),
    "Jordan": ((35.6, 33.1), (35.55, 31.8)),
    "Indus": ((81.0, 31.5), (74.6, 35.5), (71.5, 33.0), (68.3, 25.4), (67.6, 24.0)),
    "Ganges": ((78.9, 30.2), (82.0, 25.4), (87.5, 25.0), (90.5, 23.3)),
    "Brahmaputra": ((82.5, 30.3), (91.0, 29.3), (95.2, 28.1), (89.7, 25.0), (90.5, 23.3)),
    "Amu Darya": ((71.5, 37.2), (65.0, 37.7), (60.0, 42.2)),
    "Syr Darya": ((72.0, 41.0), (65.5, 44.8), (61.0, 46.1)),
    "Mekong": ((95.0, 32.5), (100.1, 20.3), (102.6, 17.9), (105.0, 11.6), (106.6, 9.9)),
    "Irrawaddy": ((97.4, 25.4), (96.0, 21.9), (95.0, 16.2)),
    "Yangtze": ((92.5, 34.0), (102.0, 26.0), (106.6, 29.6), (114.3, 30.6), (121.3, 31.6)),
    "Yellow River": ((97.0, 34.9), (103.8, 36.1), (109.8, 40.6), (110.3, 34.6), (118.9, 37.7)),
    "Amur": ((121.5, 53.3), (127.5, 50.2), (135.0, 48.5), (141.1, 53.0)),
    "Ob": ((85.0, 52.5), (83.0, 55.0), (69.0, 61.0), (69.0, 66.7)),
    "Yenisei": ((94.4, 51.7), (92.9, 56.0), (89.0, 63.0), (83.0, 70.5)),
    "Lena": ((107.0, 54.5), (115.0, 60.5), (129.7, 62.0), (126.5, 72.0)),
    "Mississippi": ((-95.0, 47.3), (-93.1, 44.9), (-90.2, 38.6), (-91.2, 30.4), (-89.4, 29.1)),
    "Missouri": ((-111.5, 46.0), (-100.8, 46.8), (-96.0, 41.3), (-90.2, 38.8)),
    "Colorado": ((-106.0, 40.2), (-112.1, 36.1), (-114.7, 32.4)),
    "Rio Grande": ((-106.8, 37.7), (-106.4, 31.8), (-97.2, 25.9)),
    "Mackenzie": ((-117.0, 61.2), (-134.8, 68.8)),
    "Yukon": ((-135.0, 60.9), (-150.0, 65.3), (-163.5, 62.7)),
    "Amazon": ((-73.4, -4.4), (-60.0, -3.2), (-52.5, -1.6)),
    "Orinoco": ((-67.4, 5.5), (-62.0, 8.6)),
    "Paraná": ((-48.8, -20.0), (-54.6, -25.5), (-58.9, -27.4), (-58.5, -34.0)),
    "Murray": ((147.5, -36.0), (142.0, -34.2), (139.3, -35.3)),
}  # fmt: skip
"""Our own list of places; the courses between them are Natural Earth's."""

_BRIDGE = 1.2
"""Degrees from the end of one line to another that a course may jump: where a river runs through a lake, or joins another."""
_DEAR = 3.0
"""How many times longer a jump counts than a river."""
_FAR = 1.5
"""Degrees from a place of the list within which its river must be."""


@dataclass(frozen=True)
class _Net:
    """All rivers as a graph: `points` (n, 2), and for each its neighbours with their lengths in degrees."""

    points: Points
    neighbours: tuple[tuple[tuple[int, float], ...], ...]


def find_river(written: str) -> str:
    """The river of that name as the list writes it. Raises BadInput with the nearest one."""
    known = {fold(name): name for name in RIVERS}
    found = known.get(fold(written))
    if found is None:
        near = nearest(fold(written), known)
        hint = f"did you mean {known[near]}?" if near else f"the rivers with names are {', '.join(RIVERS)}"
        raise BadInput(f"no river {written!r}", hint=hint)
    return found


@lru_cache(maxsize=64)
def river_course(way: Way) -> tuple[tuple[float, float], ...]:
    """A river's course through the places of `way`, smooth, in degrees."""
    net = _net()
    stops = [_nearest(net, place) for place in way]
    path = [stops[0]]
    for start, end in itertools.pairwise(stops):
        path += _shortest(net, start, end)[1:]
    return tuple((float(x), float(y)) for x, y in smoothed(net.points[path]))


@lru_cache(maxsize=1)
def all_courses() -> tuple[Points, ...]:
    """Every river of the data, smooth."""
    return tuple(smoothed(line) for line in read_rivers())


def smoothed(line: Points) -> Points:
    """An open line with its corners cut twice (Chaikin): the data comes on a coarse grid."""
    for _ in range(2):
        if len(line) < 3:
            return line
        ahead, behind = line[1:], line[:-1]
        cut = np.stack([0.75 * behind + 0.25 * ahead, 0.25 * behind + 0.75 * ahead], axis=1).reshape(-1, 2)
        line = np.vstack([line[:1], cut[1:-1], line[-1:]])
    return line


def _flat(points: Points) -> Points:
    """Places with degrees of longitude as long as they are there."""
    return np.column_stack([points[:, 0] * np.cos(np.radians(points[:, 1])), points[:, 1]])


@lru_cache(maxsize=1)
def _net() -> _Net:
    lines = read_rivers()
    whole = np.concatenate(lines)
    _, first, number = np.unique(np.round(whole, 4), axis=0, return_index=True, return_inverse=True)
    number = number.reshape(-1)
    points = whole[first]
    flat = _flat(points)
    found: list[list[tuple[int, float]]] = [[] for _ in points]

    def join(a: int, b: int, price: float = 1.0) -> None:
        length = price * float(np.hypot(*(flat[a] - flat[b])))
        found[a].append((b, length))
        found[b].append((a, length))

    at, ends = 0, []
    for line in lines:
        numbers = number[at : at + len(line)].tolist()
        for a, b in itertools.pairwise(numbers):
            join(a, b)
        ends += [(numbers[0], set(numbers)), (numbers[-1], set(numbers))]
        at += len(line)
    for end, own in ends:
        level = np.flatnonzero(np.abs(flat[:, 1] - flat[end, 1]) < _BRIDGE)
        away = np.hypot(*(flat[level] - flat[end]).T)
        for other, length in zip(level[np.argsort(away)[:12]].tolist(), np.sort(away)[:12], strict=True):
            if other not in own and length < _BRIDGE:
                join(end, other, _DEAR)
    return _Net(points, tuple(tuple(some) for some in found))


def _nearest(net: _Net, place: tuple[float, float]) -> int:
    away = np.hypot(*(_flat(net.points) - _flat(np.array([place]))).T)
    found = int(np.argmin(away))
    if away[found] > _FAR:
        raise BadInput(f"the data has no river near {place[0]}, {place[1]}")
    return found


def _shortest(net: _Net, start: int, end: int) -> list[int]:
    """Dijkstra's way; straight on where there is none."""
    known: dict[int, float] = {start: 0.0}
    before: dict[int, int] = {}
    queue = [(0.0, start)]
    while queue:
        far, here = heapq.heappop(queue)
        if here == end:
            break
        if far > known[here]:
            continue
        for other, length in net.neighbours[here]:
            if far + length < known.get(other, np.inf):
                known[other], before[other] = far + length, here
                heapq.heappush(queue, (far + length, other))
    path = [end]
    while path[-1] in before:
        path.append(before[path[-1]])
    return path[::-1] if path[-1] == start else [start, end]
