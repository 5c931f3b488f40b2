"""Maps in an upright frame: laid out for it, so that none is a band with nothing above and below."""

from dataclasses import replace

import numpy as np
import pytest

from render.formats import frame_size
from render.geography.towns import find_town
from render.scenes.map_layout import lay_out_map
from render.scenes.map_upright import leaves_empty
from render.stage import Stage
from tests.unit.render.conftest import Shoot
from tests.unit.render.maps.scripts import MakeMap

ASPECT = 9 / 16


@pytest.fixture
def upright(stage: Stage) -> Stage:
    return replace(stage, size=frame_size("9:16"))


WIDE = {
    "the world": "extent: world",
    "the world about a route": "extent: world\nroute: {mode: air, from: London, to: Sydney}",
    "most of the world, in degrees": "extent: [-170, -50, 170, 75]\nhighlight: {BRA: accent}",
    "two countries across an ocean": "focus: [USA, CHN]",
    "an ocean": "extent: [140, -48, -120, 45]",
    "the widest country": "focus: [RUS]",
    "the Arctic": "extent: [-180, 62, 180, 90]",
    "the Antarctic": "extent: [-180, -90, 180, -62]",
    "from the world to a country": "focus: [EGY]\ncamera: {from: world}",
}


@pytest.mark.parametrize("fields", WIDE.values(), ids=WIDE)
def test_a_wide_map_fills_an_upright_frame(fields: str, upright: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", fields + "\nlabels: []\ncontested: []\nworldview: german")
    shot = shoot(scene)
    painting = lay_out_map(scene, shot, upright).painting
    for frame in (0, shot.frames - 1):
        assert not leaves_empty(painting.projection, painting.camera.at(frame), ASPECT)
    assert "map-band" not in {finding.rule for finding in scene.review(shot, upright)}


@pytest.mark.parametrize(
    ("extent", "far"), [("world", 50.0), ("[-170, -50, 170, 75]", 50.0), ("[80, -40, 200, 50]", 20.0)]
)
def test_what_a_wide_map_names_is_seen_in_an_upright_frame(
    extent: str, far: float, upright: Stage, make: MakeMap, shoot: Shoot
) -> None:
    """Both ends of a route half way round the earth, and as much of the world beside them as there is room for."""
    scene = make("map", f"extent: {extent}\nroute: {{mode: air, from: Tokyo, to: Sydney}}\nworldview: german")
    shot = shoot(scene)
    painting = lay_out_map(scene, shot, upright).painting
    view = painting.camera.at(shot.frames - 1)
    ends = painting.projection.forward([(town.lon, town.lat) for town in map(find_town, ("Tokyo", "Sydney"))])
    half = np.array([view.width / 2, view.width / 2 / ASPECT])
    assert (np.abs(ends - (view.x, view.y)) < 0.9 * half).all()
    left, right = painting.projection.back([(view.x - half[0], view.y), (view.x + half[0], view.y)])
    assert (right[0] - left[0]) % 360 > 2 * far


def test_a_map_of_all_that_lies_apart_is_a_band_and_said_to_be(upright: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", "focus: [USA, AUS, ZAF, CHN, BRA]\nlabels: []\nworldview: german")
    (band,) = (finding for finding in scene.review(shoot(scene), upright) if finding.rule == "map-band")
    assert band.severity == "warning"
    wide = replace(upright, size=frame_size("16:9"))
    assert "map-band" not in {finding.rule for finding in scene.review(shoot(scene), wide)}


def test_the_flat_world_stays_flat_in_a_wide_frame(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", "extent: world\nlabels: []\nworldview: german")
    assert lay_out_map(scene, shoot(scene), stage).painting.projection.kind == "world"


def test_nothing_askew_on_a_globes_rim_is_explained_unasked(upright: Stage, make: MakeMap, shoot: Shoot) -> None:
    """Western Sahara, seen past the pole from over the Pacific."""
    legends = {}
    for asked in ("", "contested: [western-sahara]"):
        scene = make("map", f"focus: [USA, CHN]\n{asked}\nworldview: german")
        legends[asked] = len(lay_out_map(scene, shoot(scene), upright).legends)
    assert list(legends.values()) == [0, 1]
