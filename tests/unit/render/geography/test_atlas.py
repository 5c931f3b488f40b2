"""Whose borders are drawn, and how quickly they are there."""

import time
from pathlib import Path

import numpy as np
import pytest
import shapely

from core.errors import BadInput
from render.geography.atlas import CONTESTED, UNCLAIMED, load_atlas
from render.geography.extents import country_outline, rectangle
from render.geography.natural_earth import WORLDVIEWS, find_worldview


def owner_at(worldview: str, lon: float, lat: float) -> str | None:
    atlas = load_atlas(worldview)
    for owner, code in enumerate(atlas.codes):
        rings = atlas.details[1].rings(owner)
        inside = sum(
            shapely.contains_xy(shapely.polygons(ring.astype(float)), lon, lat) for ring in rings if len(ring) > 3
        )
        if inside % 2:
            return code
    return None


@pytest.mark.parametrize(
    ("place", "german", "default"),
    [
        ((34.2, 45.2), "UKR", "RUS"),  # Crimea
        ((20.9, 42.6), "XKX", "XKX"),  # Kosovo
        ((44.1, 9.5), "SOM", "SOL"),  # Hargeisa
        ((33.6, 35.3), "CYP", "CYN"),  # the north of Cyprus
        ((35.8, 33.0), UNCLAIMED, "ISR"),  # the Golan
        ((31.2, 30.0), "EGY", "EGY"),
        ((50.0, 41.5), None, None),  # the Caspian is a sea, not land that nobody claims
        ((28.2, -29.5), "LSO", "LSO"),
        ((0.0, 0.0), None, None),
    ],
)
def test_who_has_what_by_worldview(place: tuple[float, float], german: str | None, default: str | None) -> None:
    assert owner_at("german", *place) == german
    assert owner_at("natural-earth", *place) == default


def test_land_of_nobody_has_a_contested_edge() -> None:
    for detail in load_atlas("german").details:
        assert (detail.line_kind == CONTESTED).any()


def test_no_line_runs_along_the_180th_meridian() -> None:
    for worldview in WORLDVIEWS:
        detail = load_atlas(worldview).details[0]
        for start, end in zip(detail.line_starts, detail.line_starts[1:], strict=False):
            line = detail.line_points[start:end]
            assert not (np.abs(line[:, 0]) > 179.9999).all()


def test_it_is_there_at_once_in_every_process_but_the_first() -> None:
    load_atlas("german")
    load_atlas.cache_clear()
    begun = time.process_time()
    load_atlas("german")
    assert time.process_time() - begun < 0.3


def test_a_country_is_seen_without_its_far_islands() -> None:
    france = np.array(country_outline("german", "FRA"))
    assert france[:, 0].min() > -6
    assert france[:, 1].min() > 40
    assert np.ptp(np.array(country_outline("german", "RUS"))[:, 0]) < 175
    malaysia = np.array(country_outline("german", "MYS"))
    assert malaysia[:, 0].min() < 101
    assert malaysia[:, 0].max() > 119


def test_a_country_that_a_worldview_does_not_draw() -> None:
    with pytest.raises(BadInput, match=r"draws no Somaliland.*worldview: natural-earth"):
        country_outline("german", "SOL")


def test_worldviews_and_rectangles_are_checked() -> None:
    with pytest.raises(BadInput, match="use one of: german, natural-earth"):
        find_worldview("martian")
    with pytest.raises(BadInput, match="west, south, east, north"):
        rectangle(10, 50, 20, 40)
    assert rectangle(170, -10, -170, 10)[:, 0].max() == 190


@pytest.mark.parametrize("harm", ["cut", "bit"])
def test_a_damaged_atlas_is_prepared_again(harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = load_atlas("german")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("render.geography.atlas.prepare_atlas", lambda _worldview: whole)
    load_atlas.cache_clear()
    load_atlas("german")
    (file,) = (tmp_path / "slugline" / "geography").glob("atlas-german-*.npz")
    data = bytearray(file.read_bytes())
    if harm == "cut":
        data = data[: len(data) // 2]
    else:
        data[len(data) // 3] ^= 1
    file.write_bytes(data)
    load_atlas.cache_clear()
    assert load_atlas("german") is whole, "made anew, not read"
    load_atlas.cache_clear()
    assert load_atlas("german").codes == whole.codes, "and kept whole"
    load_atlas.cache_clear()
