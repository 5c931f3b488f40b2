"""Whose borders a film shows, and that it says so."""

from dataclasses import replace

import pytest

from core.errors import BadInput, Place
from render.scenes.map_layout import credit_line
from render.stage import Stage
from script.document import Narration, SceneBlock
from tests.unit.render.conftest import Shoot
from tests.unit.render.maps.scripts import MakeMap


def test_a_film_shows_one_border_policy(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    places: dict[tuple[str | int, ...], Place] = {(): Place("script.md", 3)}
    other = SceneBlock("other", "map", {"worldview": "natural-earth"}, Narration((), "", None), 0, places)
    stage = replace(stage, script=replace(stage.script, scenes=(other,)))
    scene = make("map", "focus: [EGY]\nworldview: german")
    assert [finding.rule for finding in scene.review(shoot(scene), stage)] == ["two-worldviews"]


def test_a_film_s_worldview_has_to_exist(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    stage = replace(stage, script=replace(stage.script, front=replace(stage.script.front, worldview="martian")))
    scene = make("map", "focus: [UKR]")
    assert [finding.rule for finding in scene.review(shoot(scene), stage)] == ["unknown-worldview"]


def test_a_country_that_the_worldview_does_not_draw(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", "focus: [Somaliland]")
    (finding,) = scene.review(shoot(scene), stage)
    assert (finding.rule, finding.severity) == ("unknown-country", "error")
    assert "worldview: natural-earth" in finding.hint
    with pytest.raises(BadInput):
        scene.compose(shoot(scene), stage)
    assert make("map", "focus: [Somaliland]\nworldview: natural-earth").compose(shoot(scene), stage).layers


def test_whose_borders_is_said(stage: Stage, make: MakeMap) -> None:
    assert (
        credit_line(make("map", "focus: [EGY]\nsource: Natural Earth"), stage)
        == "Borders: Natural Earth, German view, 2022"
    )
    said = credit_line(make("map", "focus: [EGY]\nsource: Lloyd's List\nworldview: natural-earth"), stage)
    assert said == "Borders: Natural Earth, default view, 2018. Source: Lloyd's List"
