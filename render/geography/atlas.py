"""The world's countries at several levels of detail, simplified together from one file and kept ready in a cache."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.files import whole_file
from render.geography.natural_earth import find_worldview, read_countries, source_digest
from render.geography.topology import Topology, build_topology

if TYPE_CHECKING:
    from numpy.typing import NDArray

COAST, BORDER, CONTESTED = 0, 1, 2
"""Kinds of line. Contested: the edge of land that a worldview gives to nobody."""

UNCLAIMED = ""
"""The code of land that a worldview gives to nobody, such as the Golan in the German view."""

TOLERANCES = (0.0, 0.002, 0.005, 0.01, 0.02, 0.036, 0.06)
"""Degrees by which each level may leave the true line."""

_VERSION = 5
_SEA_GAP = 5.0
"""Square degrees: a larger gap between countries is a sea (the Caspian), a smaller one land that nobody is given."""
_SLIVER = 0.01
"""Square degrees: a smaller gap is where two drawings of one border differ."""


@dataclass(frozen=True)
class Detail:
    """One level. Points are float32 (n, 2) longitude and latitude; `*_starts` cut them into rings and lines.

    `ring_owner` indexes the atlas's codes; `line_kind` is COAST, BORDER or CONTESTED.
    """

    tolerance: float
    ring_points: NDArray[np.float32]
    ring_starts: NDArray[np.int32]
    ring_owner: NDArray[np.int16]
    line_points: NDArray[np.float32]
    line_starts: NDArray[np.int32]
    line_kind: NDArray[np.int8]

    def rings(self, owner: int) -> list[NDArray[np.float32]]:
        """The rings of a country, holes among them (fill them even-odd)."""
        found = np.flatnonzero(self.ring_owner == owner)
        return [self.ring_points[self.ring_starts[i] : self.ring_starts[i + 1]] for i in found]


@dataclass(frozen=True)
class Atlas:
    """Every country of one worldview; `details` from exact to coarse."""

    worldview: str
    codes: tuple[str, ...]
    details: tuple[Detail, ...]

    def index(self, code: str) -> int | None:
        """Where a country stands in `codes`, None when this worldview does not draw it."""
        return self.codes.index(code) if code in self.codes else None

    def level(self, tolerance: float) -> Detail:
        """The coarsest detail that stays within `tolerance` degrees."""
        return next(
            detail for detail in reversed(self.details) if detail.tolerance <= tolerance or detail.tolerance == 0
        )


@lru_cache(maxsize=2)
def load_atlas(worldview: str) -> Atlas:
    """The atlas of a worldview, from the cache when it was prepared before (0.02 s), else prepared and kept (3 s)."""
    path = _cache_folder() / f"atlas-{_VERSION}-{worldview}-{source_digest(worldview)[:16]}.npz"
    try:
        return _load(path, worldview)
    except (OSError, ValueError, KeyError):
        atlas = prepare_atlas(worldview)
    try:
        _save(path, atlas)
    except OSError:
        # A read-only home only costs the preparation every time.
        return atlas
    return atlas


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "slugline" / "geography"


_ARRAYS = ("ring_points", "ring_starts", "ring_owner", "line_points", "line_starts", "line_kind")


def _save(path: Path, atlas: Atlas) -> None:
    arrays = {f"{name}{n}": getattr(detail, name) for n, detail in enumerate(atlas.details) for name in _ARRAYS}
    with whole_file(path) as temporary:
        np.savez(temporary, allow_pickle=False, codes=np.array(atlas.codes), **arrays)


def _load(path: Path, worldview: str) -> Atlas:
    with np.load(path, allow_pickle=False) as stored:
        codes = tuple(str(code) for code in stored["codes"])
        details = tuple(
            Detail(tolerance, *(stored[f"{name}{n}"] for name in _ARRAYS)) for n, tolerance in enumerate(TOLERANCES)
        )
    return Atlas(worldview, codes, details)


def prepare_atlas(worldview: str) -> Atlas:
    """Read a worldview's file and simplify it to every level, shared borders once."""
    view = find_worldview(worldview)
    countries = read_countries(view)
    codes = (UNCLAIMED, *dict.fromkeys(code for code, _ in countries))
    rings = [ring for _, parts in countries for ring in parts]
    owners = [codes.index(code) for code, parts in countries for _ in parts]
    sliver = len(codes)
    for gap, area in _gaps([parts for _, parts in countries]) if view.gaps else ():
        rings.append(gap)
        owners.append(0 if area > _SLIVER else sliver)
    topology = build_topology(rings, owners)
    kinds = [COAST if len(sides) < 2 else CONTESTED if 0 in sides else BORDER for sides in topology.owners]
    whole = Topology(
        topology.arcs,
        tuple((0 if owner == sliver else owner, numbers) for owner, numbers in topology.rings),
        topology.owners,
    )
    return Atlas(worldview, codes, tuple(_simplify(whole, kinds, tolerance) for tolerance in TOLERANCES))


def _gaps(countries: Sequence[Sequence[NDArray[np.float64]]]) -> list[tuple[NDArray[np.float64], float]]:
    """(ring, square degrees) of every gap between countries that is land."""
    import shapely

    polygons = []
    for rings in countries:
        # Natural Earth's outer rings run clockwise, its holes the other way.
        holes = [ring for ring in rings if shapely.is_ccw(shapely.linearrings(ring))]
        for ring in rings:
            if any(ring is hole for hole in holes):
                continue
            inside = [
                hole for hole in holes if (hole.min(0) >= ring.min(0)).all() and (hole.max(0) <= ring.max(0)).all()
            ]
            polygons.append(shapely.Polygon(ring, inside))
    union = shapely.coverage_union_all(polygons)
    interiors = [hole for part in shapely.get_parts(union) for hole in part.interiors]
    areas = [float(shapely.area(shapely.polygons(hole))) for hole in interiors]
    found = zip(interiors, areas, strict=True)
    return [(shapely.get_coordinates(hole), area) for hole, area in found if area < _SEA_GAP]


def _simplify(topology: Topology, kinds: Sequence[int], tolerance: float) -> Detail:
    arcs = _simplified_arcs(topology, tolerance)
    kept, owners = _kept_rings(topology, arcs, tolerance)
    shown = {number if number >= 0 else ~number for numbers in kept for number in numbers}
    rings = [_assemble(numbers, arcs) for numbers in kept]
    lines: list[NDArray[np.float64]] = []
    line_kinds: list[int] = []
    for number in sorted(shown):
        for line in _off_the_seam(arcs[number]):
            lines.append(line)
            line_kinds.append(kinds[number])
    return Detail(
        tolerance,
        *_packed(rings),
        np.array(owners, dtype=np.int16),
        *_packed(lines),
        np.array(line_kinds, dtype=np.int8),
    )


def _simplified_arcs(topology: Topology, tolerance: float) -> list[NDArray[np.float64]]:
    import shapely

    if tolerance == 0:
        return list(topology.arcs)
    counts = [len(arc) for arc in topology.arcs]
    made = shapely.linestrings(np.concatenate(topology.arcs), indices=np.repeat(np.arange(len(counts)), counts))
    lines = np.asarray(shapely.simplify(made, tolerance, preserve_topology=False), dtype=object)
    return [shapely.get_coordinates(line) for line in lines]


def _kept_rings(
    topology: Topology, arcs: Sequence[NDArray[np.float64]], tolerance: float
) -> tuple[list[tuple[int, ...]], list[int]]:
    """Rings worth drawing: not those smaller than what the level can show, but always a country's largest."""
    extents = [float(np.ptp(_assemble(numbers, arcs), axis=0).max()) for _, numbers in topology.rings]
    largest: dict[int, int] = {}
    for index, (owner, _) in enumerate(topology.rings):
        if owner not in largest or extents[index] > extents[largest[owner]]:
            largest[owner] = index
    always = set(largest.values())
    kept = [
        (owner, numbers)
        for index, (owner, numbers) in enumerate(topology.rings)
        if extents[index] >= 3 * tolerance or index in always
    ]
    return [numbers for _, numbers in kept], [owner for owner, _ in kept]


def _assemble(numbers: Sequence[int], arcs: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _off_the_seam(line: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """A line without what runs along the 180th meridian or through the pole: that is where data was cut, not a coast."""
    edge = (np.abs(line[:, 0]) > 179.9999) | (line[:, 1] < -89.9)
    along = edge[1:] & edge[:-1]
    if not along.any():
        return [line]
    pieces = np.split(np.arange(len(line) - 1), np.flatnonzero(np.diff(along.astype(np.int8))) + 1)
    return [line[piece[0] : piece[-1] + 2] for piece in pieces if not along[piece[0]]]


def _packed(lines: Sequence[NDArray[np.float64]]) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    starts = np.cumsum([0, *(len(line) for line in lines)], dtype=np.int32)
    return np.concatenate(lines).astype(np.float32), starts
