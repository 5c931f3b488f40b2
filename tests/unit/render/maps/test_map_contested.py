"""Contested areas: hatched, dashed and explained; and no map that says nothing of whose borders it draws."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from core.digest import digest
from core.errors import BadInput
from render.geography.contested import AS_OF, CONTESTED, UNDRAWN, Contested, Undrawn
from render.geography.coverage import land_share
from render.geography.drawn import Area
from render.geography.names import country_name
from render.geography.rivers import RIVERS
from render.picture import still
from render.scenes.map_collisions import find_collisions
from render.scenes.map_layout import credit_line, lay_out_map
from render.scenes.overlays import overlay_texts
from render.scenes.placing import overlap
from render.stage import Stage
from tests.unit.render.conftest import Shoot
from tests.unit.render.maps.scripts import MakeMap

UKRAINE = "focus: [UKR]\nextent: [26, 43.5, 42, 52]\n"
SQUARE = {"type": "Polygon", "coordinates": [[[36, 47], [38, 47], [38, 49], [36, 49], [36, 47]]]}
OWN = "areas: [{file: line.geojson, name: The line, date: 2024-05-01, source: The institute, claimants: [RUS, UKR], at: x}]\n"


def rules(scene: object, shoot: Shoot, stage: Stage, seconds: float = 8) -> list[tuple[str, str]]:
    """What is said, but of areas that no source draws: they have a test of their own."""
    found = scene.review(shoot(scene, seconds), stage)  # type: ignore[attr-defined]
    return [(finding.rule, finding.severity) for finding in found if finding.rule != "contested-undrawn"]


def test_a_map_that_shows_contested_borders_has_to_say_whose_it_draws(
    stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    bare = make("map", UKRAINE)
    assert rules(bare, shoot, stage) == [("contested-borders", "error")]
    finding = bare.review(shoot(bare), stage)[0]
    assert "Crimea" in finding.message
    assert "worldview: german" in finding.hint
    assert rules(make("map", UKRAINE + "worldview: natural-earth"), shoot, stage) == []
    film = replace(stage, script=replace(stage.script, front=replace(stage.script.front, worldview="german")))
    assert rules(bare, shoot, film) == []
    assert rules(make("map", "focus: [AUS]"), shoot, stage) == []


@pytest.mark.parametrize("worldview", ["german", "natural-earth"])
def test_crimea_is_hatched_and_explained_whoever_has_it(
    worldview: str, stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    scene = make("map", f"{UKRAINE}worldview: {worldview}")
    made = lay_out_map(scene, shoot(scene), stage)
    assert made.painting.areas == (Area("crimea"),)
    (legend,) = made.legends
    assert [row.name.block.text for row in legend.rows] == ["Crimea"]
    assert len(legend.rows[0].flags) == 2
    assert legend.last - legend.first >= 3 * 30
    x, y = made.painting.projection.forward([(34.2, 45.3)])[0]
    bare = make("map", f"{UKRAINE}worldview: {worldview}\ncontested: []")
    plain = lay_out_map(bare, shoot(bare), stage)
    assert plain.legends == ()
    small = (480, 270)
    hatched, other = (one.painting.painter(small)(100)[..., :3].astype(int) for one in (made, plain))
    view = made.painting.camera.at(100)
    column, row = (round((v - c) * small[0] / view.width + s / 2) for v, c, s in ((x, view.x, 480), (y, view.y, 270)))
    part = np.s_[row - 4 : row + 5, column - 4 : column + 5]
    assert np.abs(hatched[part] - other[part]).mean() > 10
    assert np.abs(hatched[:60] - other[:60]).max() == 0


def test_a_state_that_is_denied_is_hatched_only_where_it_is_asked_for(
    stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    for asked in (False, True):
        scene = make("map", "focus: [SRB, XKX]\nworldview: german" + ("\ncontested: [kosovo]" if asked else ""))
        made = lay_out_map(scene, shoot(scene), stage)
        assert [area.claim for area in made.painting.areas] == (["kosovo"] if asked else [])


def test_a_border_without_an_area_is_dashed_and_explained(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", "extent: [66, 26, 84, 38]\nworldview: natural-earth")
    made = lay_out_map(scene, shoot(scene), stage)
    assert made.painting.areas == ()
    assert [(row.name.block.text, row.hatched) for row in made.legends[0].rows] == [("Kashmir", False)]


def test_what_the_camera_leaves_is_explained_while_it_is_there(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    fields = "worldview: german\ncamera: {from: [-19, 20, 0, 36], to: [-12, 33, -4, 36.5], at: x}\nfocus: [MAR]"
    scene = make("map", fields)
    made = lay_out_map(scene, shoot(scene, 12, {("camera",): 6}), stage)
    (legend,) = made.legends
    assert legend.last == made.painting.camera.steps[0].last
    hasty = lay_out_map(scene, shoot(scene, 12, {("camera",): 2}), stage)
    assert hasty.legends == ()
    assert hasty.painting.areas == ()


def test_a_legend_that_comes_too_late_is_a_warning(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", f"{UKRAINE}worldview: german")
    assert ("map-legend", "warning") in rules(scene, shoot, stage, 2.5)
    assert ("map-legend", "warning") not in rules(scene, shoot, stage, 4)


def test_a_legend_lies_on_no_overlay(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", f"{UKRAINE}worldview: german\nlower_third: {{name: Crimea, role: since 2014}}")
    for size in ((1920, 1080), (1080, 1920)):
        there = replace(stage, size=size)
        shot = shoot(scene, 8, opens_chapter=True, chapter=1)
        (legend,) = lay_out_map(scene, shot, there).legends
        assert [text.block.text for text in overlay_texts(scene, shot, there) if overlap(text.box, legend.box)] == []


def test_what_is_asked_for_and_cannot_be_seen_is_a_warning_and_has_no_legend(
    stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    """The South Kurils from afar are a few pixels wide; Kashmir is elsewhere; close up they are hatched and explained."""
    for extent, said in (
        ("[60, 20, 180, 70]", "South Kuril Islands is too small to be seen here"),
        ("[0, 40, 20, 50]", "South Kuril Islands is not in view"),
        ("[143, 42, 150, 47]", ""),
    ):
        scene = make("map", f"extent: {extent}\nworldview: german\ncontested: [kurils]")
        found = [item.message for item in scene.review(shoot(scene), stage) if item.rule == "contested-unseen"]
        assert found == ([said] if said else [])
        assert len(lay_out_map(scene, shoot(scene), stage).legends) == (0 if said else 1)


@pytest.mark.parametrize(("size", "reach"), [((1920, 1080), 30.5), ((1080, 1920), 125.0)])
def test_a_cap_about_the_pole_ends_at_its_parallel_and_explains_nothing_beyond(
    size: tuple[int, int], reach: float, stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    """In an upright frame the map goes on, so that it fills that, but explains no more."""
    scene = make("map", "extent: [-180, 60, 180, 90]\nworldview: natural-earth\nlabels: []")
    made = lay_out_map(scene, shoot(scene), replace(stage, size=size))
    projection, view = made.painting.projection, made.painting.camera.at(239)
    assert (projection.latitude, round(projection.reach, 3)) == (90.0, reach)
    assert made.legends == ()
    small = (size[0] // 4, size[1] // 4)
    picture = made.painting.painter(small)(239)[..., :3].astype(int)

    def colour(lon: float, lat: float) -> list[int]:
        x, y = replace(projection, reach=125.0).forward([(lon, lat)])[0]
        column, row = (
            (v - c) * small[0] / view.width + side / 2
            for v, c, side in zip((x, y), (view.x, view.y), small, strict=True)
        )
        return list(picture[round(row), round(column)])

    ends = max(colour(100, 64)) - max(colour(100, 55)) > 12
    assert ends == (reach < 60)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_a_long_credit_a_legend_and_names_keep_clear_of_one_another(
    size: tuple[int, int], tmp_path: Path, stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    """And where they do not, it is said: a legend moved onto the credit."""
    there = replace(stage, studio=tmp_path, size=size)
    (tmp_path / "line.geojson").write_text(json.dumps(SQUARE))
    long = OWN.replace("The institute", "The institute of lines and of where they were drawn").replace(", at: x", "")
    scene = make("map", f"{UKRAINE}worldview: german\n{long}places: [{{name: Kyiv}}]")
    shot = shoot(scene, 8)
    made = lay_out_map(scene, shot, there)
    assert list(find_collisions(scene, shot, there, made)) == []
    (credit,) = [text for text in overlay_texts(scene, shot, there) if text.block.text.startswith("Borders")]
    assert not credit.block.overflow
    (legend,) = made.legends
    moved = replace(made, legends=(replace(legend, box=credit.box),))
    assert [finding.rule for finding in find_collisions(scene, shot, there, moved)] == ["collision"]


def test_more_areas_than_can_be_read_are_said_together(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    every = ", ".join(area.id for area in CONTESTED)
    for size, most, seen in (((1920, 1080), 4, "world"), ((1080, 1920), 3, "[28, 5, 98, 46]")):
        scene = make("map", f"extent: {seen}\nworldview: german\ncontested: [{every}]")
        made = lay_out_map(scene, shoot(scene), replace(stage, size=size))
        assert len(made.legends[0].rows) == most
        assert made.legends[0].rows[-1].name.block.text == "and others"


def test_a_studio_s_own_area(tmp_path: Path, stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    stage = replace(stage, studio=tmp_path)
    scene = make("map", f"{UKRAINE}worldview: german\n{OWN}contested: []")
    with pytest.raises(BadInput, match=r"there is no file line\.geojson"):
        lay_out_map(scene, shoot(scene), stage)
    file = tmp_path / "line.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": SQUARE}]}))
    made = lay_out_map(scene, shoot(scene, 8, {("areas", 0): 3.0}), stage)
    (area,) = made.painting.areas
    assert area.rings[0][0] == (36.0, 47.0)
    assert area.first == 90 - 4
    assert [(row.name.block.text, row.afloat) for row in made.legends[0].rows] == [("The line", False)]
    assert land_share([[(30.0, 42.5), (34.0, 42.5), (34.0, 43.5), (30.0, 43.5)]], "german") == 0
    assert made.legends[0].first >= area.first
    assert credit_line(scene, stage) == "Borders: Natural Earth, German view, 2022. The line: The institute, 1 May 2024"
    moved = {**SQUARE, "coordinates": [[[36, 47], [39, 47], [39, 49], [36, 49], [36, 47]]]}
    (tmp_path / "moved").mkdir()
    (tmp_path / "moved" / "line.geojson").write_text(json.dumps(moved))
    other = lay_out_map(scene, shoot(scene, 8, {("areas", 0): 3.0}), replace(stage, studio=tmp_path / "moved"))
    assert digest(other.painting) != digest(made.painting)


def test_a_composition_with_a_legend_is_drawn(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    stage = replace(stage, size=(480, 270))
    scene = make("map", f"{UKRAINE}worldview: german")
    composition = scene.compose(shoot(scene), stage)
    assert "legend 1" in [layer.name for layer in composition.layers]
    with_legend = still(composition, 100, None).astype(int)
    without = replace(composition, layers=tuple(layer for layer in composition.layers if layer.name != "legend 1"))
    assert np.abs(with_legend - still(without, 100, None)).max() > 60


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ("focus: [UKR]", {"Donetsk and Luhansk", "Kherson and Zaporizhzhia"}),
        ("focus: [GEO]", {"Abkhazia", "South Ossetia"}),
        ("highlight: {MDA: accent}", {"Transnistria"}),
        ("focus: [TUR]", set()),
        ("focus: [UKR]\nextent: world", set()),
        ("focus: [GEO]\ncontested: []", set()),
        ("focus: [GEO]\ncontested: [crimea]", set()),
    ],
)
def test_what_no_source_draws_is_said_with_what_to_do(
    fields: str, named: set[str], stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    """In a country that the map is about, where it is large enough to be looked for, until the script says what it shows."""
    scene = make("map", f"{fields}\nworldview: german")
    found = [one for one in scene.review(shoot(scene), stage) if one.rule == "contested-undrawn"]
    assert {one.message.split(" is contested")[0] for one in found} == named
    assert all(one.severity == "warning" and "areas: [{file: " in (one.hint or "") for one in found)


def test_a_border_without_an_area_that_is_asked_for_says_so(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    fields = "extent: [68, 26, 84, 38]\nfocus: [IND, PAK]\nworldview: german\n"
    for asked, said in (("", []), ("contested: [kashmir]", ["Kashmir"]), ("contested: [golan]", [])):
        scene = make("map", fields + asked)
        found = [one for one in scene.review(shoot(scene), stage) if one.rule == "contested-outline"]
        assert [one.message.split(": its")[0].rsplit(" ", 1)[1] for one in found] == said
        assert all("claimants: [IND, PAK, CHN]" in (one.hint or "") for one in found)


def test_an_area_that_there_is_not(make: MakeMap) -> None:
    with pytest.raises(ValidationError, match="no contested area 'krimea'"):
        make("map", "focus: [UKR]\ncontested: [krimea]")
    with pytest.raises(ValidationError, match="no border source draws an outline of Abkhazia"):
        make("map", "focus: [GEO]\ncontested: [abkhazia]")
    with pytest.raises(ValidationError, match="is no day"):
        make("map", "areas: [{file: a.json, name: A, date: May, source: B}]")


def test_the_table_and_the_rivers_stand_in_the_documentation() -> None:
    """Notes and claimants word for word: an editor reads the page."""
    page = (Path(__file__).parents[4] / "docs" / "maps.md").read_text(encoding="utf-8")
    table: tuple[Contested | Undrawn, ...] = (*CONTESTED, *UNDRAWN)
    rows = [f"| `{area.id}` | {area.name} | {_claimed(area.claimants)} | {area.note}" for area in table]
    assert [row for row in rows if row not in page] == []
    assert f"as of {AS_OF}" in page
    flat = page.replace("\n", " ")
    assert [name for name in RIVERS if name not in flat] == []


def _claimed(codes: tuple[str, ...]) -> str:
    return ", ".join(country_name(code) for code in codes)
