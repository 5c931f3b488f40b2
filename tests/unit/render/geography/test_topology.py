"""Neighbours share their border, whatever is cut from it."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from render.geography.atlas import BORDER, COAST, prepare_atlas
from render.geography.topology import build_topology


def ring(*points: tuple[float, float]) -> NDArray[np.float64]:
    return np.array([*points, points[0]], dtype=float)


def test_two_squares_share_one_arc() -> None:
    topology = build_topology([ring((0, 0), (0, 1), (1, 1), (1, 0)), ring((1, 0), (1, 1), (2, 1), (2, 0))], [1, 2])
    shared = [number for number, owners in enumerate(topology.owners) if owners == {1, 2}]
    assert len(topology.arcs) == 3
    assert [topology.arcs[number].tolist() for number in shared] == [[[1, 1], [1, 0]]]


def test_an_enclave_and_the_hole_that_it_fills_are_one_arc() -> None:
    outer = ring((0, 0), (0, 9), (9, 9), (9, 0))
    hole = ring((3, 3), (6, 3), (6, 6), (3, 6))
    enclave = ring((6, 6), (6, 3), (3, 3), (3, 6))
    topology = build_topology([outer, hole, enclave], [1, 1, 2])
    assert [owners for owners in topology.owners if len(owners) == 2] == [{1, 2}]
    assert len(topology.arcs) == 2


def test_three_countries_meet_in_a_point() -> None:
    rings = [ring((0, 0), (0, 2), (1, 1)), ring((0, 2), (2, 2), (1, 1)), ring((2, 2), (2, 0), (0, 0), (1, 1))]
    topology = build_topology(rings, [1, 2, 3])
    assert sum(len(owners) == 2 for owners in topology.owners) == 3
    assert all(owners for owners in topology.owners)


def test_simplified_neighbours_neither_part_nor_overlap() -> None:
    """Every stretch of border is the same points in both countries' rings, at every level."""
    atlas = prepare_atlas("natural-earth")
    for detail in atlas.details[2:]:
        france, spain = (atlas.index(code) for code in ("FRA", "ESP"))
        edges = []
        for owner in (france, spain):
            assert owner is not None
            points = [np.round(part, 6) for part in detail.rings(owner)]
            pairs = {frozenset((tuple(a), tuple(b))) for part in points for a, b in pairwise(part)}
            edges.append(pairs)
        assert len(edges[0] & edges[1]) > 3
        kinds = set(np.unique(detail.line_kind).tolist())
        assert {COAST, BORDER} <= kinds
    sizes = [len(detail.ring_points) for detail in atlas.details]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 10 * sizes[-1]
