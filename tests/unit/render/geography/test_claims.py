"""Where contested areas lie, in either worldview."""

import numpy as np
import pytest
import shapely

from render.geography.atlas import ASKED, BORDER, CONTESTED, load_atlas
from render.geography.contested import CONTESTED as TABLE
from render.geography.natural_earth import WORLDVIEWS

WORLDS = sorted(WORLDVIEWS)


def covers(worldview: str, claim: str, lon: float, lat: float) -> bool:
    atlas = load_atlas(worldview)
    detail = atlas.details[2]
    found = np.flatnonzero(detail.area_claim == atlas.claims.index(claim))
    rings = [detail.area_points[detail.area_starts[i] : detail.area_starts[i + 1]] for i in found]
    return bool(sum(shapely.contains_xy(shapely.polygons(ring.astype(float)), lon, lat) for ring in rings) % 2)


@pytest.mark.parametrize("worldview", WORLDS)
@pytest.mark.parametrize(
    ("claim", "inside", "outside"),
    [
        ("crimea", (34.1, 45.2), (33.4, 46.6)),
        ("golan", (35.8, 33.0), (36.2, 33.0)),
        ("western-sahara", (-13.0, 25.0), (-9.0, 29.0)),
        ("abyei", (28.4, 9.6), (28.4, 11.0)),
        ("somaliland", (44.1, 9.6), (50.0, 10.5)),
        ("northern-cyprus", (33.4, 35.27), (33.0, 34.8)),
        ("kosovo", (20.9, 42.6), (21.4, 43.6)),
        ("kurils", (145.9, 44.15), (142.5, 43.3)),
    ],
)
def test_an_area_lies_in_the_same_place_whoever_is_given_it(
    worldview: str, claim: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    assert covers(worldview, claim, *inside)
    assert not covers(worldview, claim, *outside)


@pytest.mark.parametrize("worldview", WORLDS)
def test_every_area_of_the_table_has_something_to_draw_at_every_level(worldview: str) -> None:
    atlas = load_atlas(worldview)
    assert atlas.claims == tuple(area.id for area in TABLE)
    for index, area in enumerate(TABLE):
        for detail in atlas.details:
            assert len(detail.claim_points(index)) > 1, area.id
            kinds = set(detail.line_kind[detail.line_claim == index].tolist())
            assert kinds <= {ASKED if area.asked else CONTESTED}


def test_only_the_quarrelled_stretch_of_a_border_is_dashed() -> None:
    """India and China far from Kashmir and Arunachal Pradesh, Western Sahara and Mauritania: a border like any other."""
    for worldview in WORLDS:
        atlas = load_atlas(worldview)
        detail = atlas.details[2]
        for place in ((79.9, 30.9), (-12.0, 23.43)):
            lines = [
                (shapely.distance(shapely.Point(place), shapely.linestrings(detail.line_points[a:b])), kind)
                for a, b, kind in zip(detail.line_starts[:-1], detail.line_starts[1:], detail.line_kind, strict=True)
                if b - a > 1
            ]
            assert min(lines)[1] == BORDER


def test_names_and_claimants_are_there() -> None:
    assert len({area.id for area in TABLE}) == len(TABLE)
    for area in TABLE:
        assert area.name
        assert area.note
        assert area.claimants
