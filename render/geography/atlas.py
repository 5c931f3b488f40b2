"""The world's countries at several levels of detail, simplified together from one file and kept ready in a cache."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.cache import DAMAGED
from core.digest import digest
from core.files import whole_file
from render.geography.claims import Claim, find_claims
from render.geography.natural_earth import WORLDVIEWS, Worldview, find_worldview, read_countries, source_digest
from render.geography.topology import Topology, build_topology

if TYPE_CHECKING:
    from numpy.typing import NDArray

COAST, BORDER, CONTESTED, ASKED = 0, 1, 2, 3
"""Kinds of line. Contested: the edge of land that a worldview gives to nobody, or of an area of the committed table; asked: the edge
of one that is drawn only where a script names it."""

UNCLAIMED = ""
"""The code of land that a worldview gives to nobody, such as the Golan in the German view."""

TOLERANCES = (0.0, 0.002, 0.005, 0.01, 0.02, 0.036, 0.06, 0.085, 0.115, 0.16)
"""Degrees by which each level may leave the true line."""

ATLAS_VERSION = 10
"""Raise when the same files would give other geometry."""

_SEA_GAP = 5.0
"""Square degrees: a larger gap between countries is a sea (the Caspian), a smaller one land that nobody is given."""
_SLIVER = 0.01
"""Square degrees: a smaller gap is where two drawings of one border differ."""


@dataclass(frozen=True)
class Detail:
    """One level. Points are float32 (n, 2) longitude and latitude; `*_starts` cut them into rings and lines.

    `ring_owner` indexes the atlas's codes; `line_kind` is COAST, BORDER or CONTESTED. `area_*` are the rings of contested areas
    and `line_claim` says which of them a line belongs to, both as an index of the atlas's claims (-1 for none).
    """

    tolerance: float
    ring_points: NDArray[np.float32]
    ring_starts: NDArray[np.int32]
    ring_owner: NDArray[np.int16]
    line_points: NDArray[np.float32]
    line_starts: NDArray[np.int32]
    line_kind: NDArray[np.int8]
    line_claim: NDArray[np.int16]
    area_points: NDArray[np.float32]
    area_starts: NDArray[np.int32]
    area_claim: NDArray[np.int16]

    def rings(self, owner: int) -> list[NDArray[np.float32]]:
        """The rings of a country, holes among them (fill them even-odd)."""
        found = np.flatnonzero(self.ring_owner == owner)
        return [self.ring_points[self.ring_starts[i] : self.ring_starts[i + 1]] for i in found]

    def claim_points(self, claim: int) -> NDArray[np.float32]:
        """All the points of a contested area's rings and lines."""
        rings, lines = np.flatnonzero(self.area_claim == claim), np.flatnonzero(self.line_claim == claim)
        found = [self.area_points[self.area_starts[i] : self.area_starts[i + 1]] for i in rings]
        found += [self.line_points[self.line_starts[i] : self.line_starts[i + 1]] for i in lines]
        return np.concatenate(found) if found else np.empty((0, 2), dtype=np.float32)


@dataclass(frozen=True)
class Atlas:
    """Every country of one worldview, and the ids of its contested areas; `details` from exact to coarse."""

    worldview: str
    codes: tuple[str, ...]
    claims: tuple[str, ...]
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
    path = _atlas_file(worldview)
    try:
        return _load(path, worldview)
    except DAMAGED:
        atlas = prepare_atlas(worldview)
    try:
        _save(path, atlas)
    except OSError:
        # A read-only home only costs the preparation every time.
        return atlas
    return atlas


def _atlas_file(worldview: str) -> Path:
    """Where an atlas is kept. What is contested is the difference of two views, so that both files are in its name, and simplifying
    is shapely's."""
    sources = [source_digest(name) for name in WORLDVIEWS]
    return _cache_folder() / f"atlas-{worldview}-{digest(ATLAS_VERSION, sources, version('shapely'))[:16]}.npz"


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "slugline" / "geography"


_ARRAYS = (
    "ring_points", "ring_starts", "ring_owner", "line_points", "line_starts", "line_kind", "line_claim",
    "area_points", "area_starts", "area_claim",
)  # fmt: skip


def _save(path: Path, atlas: Atlas) -> None:
    arrays = {f"{name}{n}": getattr(detail, name) for n, detail in enumerate(atlas.details) for name in _ARRAYS}
    with whole_file(path) as temporary:
        np.savez(temporary, allow_pickle=False, codes=np.array(atlas.codes), claims=np.array(atlas.claims), **arrays)


def _load(path: Path, worldview: str) -> Atlas:
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        codes = tuple(str(code) for code in stored["codes"])
        claims = tuple(str(claim) for claim in stored["claims"])
        details = tuple(
            Detail(tolerance, *(stored[f"{name}{n}"] for name in _ARRAYS)) for n, tolerance in enumerate(TOLERANCES)
        )
    return Atlas(worldview, codes, claims, details)


def prepare_atlas(worldview: str) -> Atlas:
    """Read a worldview's file and simplify it to every level, shared borders once."""
    view = find_worldview(worldview)
    countries = read_countries(view)
    codes = (UNCLAIMED, *dict.fromkeys(code for code, _ in countries))
    rings = [ring for _, parts in countries for ring in parts]
    owners = [codes.index(code) for code, parts in countries for _ in parts]
    sliver = len(codes)
    gaps = _gaps([parts for _, parts in countries]) if view.gaps else []
    for gap, area in gaps:
        rings.append(gap)
        owners.append(0 if area > _SLIVER else sliver)
    topology = build_topology(rings, owners)
    nobody = [gap for gap, area in gaps if area > _SLIVER]
    claims = find_claims([*countries, (UNCLAIMED, nobody)], read_countries(_other(view)), topology.arcs)
    whole = Topology(
        topology.arcs,
        tuple((0 if owner == sliver else owner, numbers) for owner, numbers in topology.rings),
        topology.owners,
    )
    names = tuple(claim.area.id for claim in claims)
    return Atlas(worldview, codes, names, tuple(_simplify(whole, codes, claims, tolerance) for tolerance in TOLERANCES))


def _other(view: Worldview) -> Worldview:
    """The worldview that this one is compared with, to see where they differ."""
    return next(other for other in WORLDVIEWS.values() if other.name != view.name)


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


def _simplify(topology: Topology, codes: Sequence[str], claims: Sequence[Claim], tolerance: float) -> Detail:
    arcs = _simplified(topology.arcs, tolerance)
    kept, owners = _kept_rings(topology, arcs, tolerance)
    shown = {number if number >= 0 else ~number for numbers in kept for number in numbers}
    rings = [_assemble(numbers, arcs) for numbers in kept]
    lines: list[tuple[NDArray[np.float64], int, int]] = []
    for number in sorted(shown):
        sides = topology.owners[number]
        parties = frozenset(codes[owner] if owner < len(codes) else UNCLAIMED for owner in sides)
        for line in _off_the_seam(arcs[number]):
            lines += _kinds_of_line(line, parties, 0 in sides, claims)
    for index, claim in enumerate(claims):
        kind = ASKED if claim.area.asked else CONTESTED
        lines += [(line, kind, index) for line in _simplified(claim.outlines, tolerance)]
    areas = [(ring, index) for index, claim in enumerate(claims) for ring in _simplified(claim.rings, tolerance)]
    return Detail(
        tolerance,
        *_packed(rings),
        np.array(owners, dtype=np.int16),
        *_packed([line for line, _, _ in lines]),
        np.array([kind for _, kind, _ in lines], dtype=np.int8),
        np.array([claim for _, _, claim in lines], dtype=np.int16),
        *_packed([ring for ring, _ in areas]),
        np.array([claim for _, claim in areas], dtype=np.int16),
    )


def _kinds_of_line(
    line: NDArray[np.float64], parties: frozenset[str], nobodys: bool, claims: Sequence[Claim]
) -> list[tuple[NDArray[np.float64], int, int]]:
    """(line, kind, claim) of a line's stretches, which have `parties` on their sides."""
    if len(parties) < 2:
        return [(line, COAST, -1)]
    for index, claim in enumerate(claims):
        cut = claim.divide(line, parties)
        if claim.area.asked and any(own for _, own in cut):
            return [(line, BORDER, -1), *((part, ASKED, index) for part, own in cut if own)]
        if any(own for _, own in cut):
            return [(part, CONTESTED if own or nobodys else BORDER, index if own else -1) for part, own in cut]
    return [(line, CONTESTED if nobodys else BORDER, -1)]


def _simplified(lines: Sequence[NDArray[np.float64]], tolerance: float) -> list[NDArray[np.float64]]:
    import shapely

    if tolerance == 0 or not lines:
        return list(lines)
    counts = [len(line) for line in lines]
    made = shapely.linestrings(np.concatenate(lines), indices=np.repeat(np.arange(len(counts)), counts))
    simple = np.asarray(shapely.simplify(made, tolerance, preserve_topology=False), dtype=object)
    return [shapely.get_coordinates(line) for line in simple]


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
