"""Rivers with their names along them, and the small map in a corner."""

from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

from render.scenes.map_layout import lay_out_map
from render.scenes.map_times import label_box
from render.stage import Stage
from tests.unit.render.conftest import Shoot
from tests.unit.render.maps.scripts import MakeMap

NILE = "focus: [EGY, SDN]\nworldview: german\nplaces: [{name: Cairo}]\nrivers: [nile, {name: Blue Nile, at: x}]\n"


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_a_river_has_its_name_along_it(size: tuple[int, int], stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    stage = replace(stage, size=size)
    scene = make("map", NILE)
    painting = lay_out_map(scene, shoot(scene, 8, {("rivers", 1): 4.0}), stage).painting
    assert [river.first for river in painting.rivers] == [None, 120 - 4]
    label = next(label for label in painting.labels if label.key == "river 0")
    assert label.lines[0][0] == "Nile"
    view = painting.camera.steps[-1].end
    scale = size[0] / painting.unit / view.width
    plane = painting.projection.forward(list(painting.rivers[0].way))
    left, top, right, bottom = label_box(label, 0, 0)
    assert right - left < 400
    assert bottom - top < 400
    assert np.hypot(*(plane - label.at).T).min() * scale < 700
    other = lay_out_map(make("map", NILE.replace("nile, ", "")), shoot(scene), stage).painting
    small = (size[0] // 4, size[1] // 4)
    assert np.abs(painting.painter(small)(60).astype(int) - other.painter(small)(60)).max() > 60


def test_all_rivers_have_no_names(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", "focus: [FRA, DEU]\nrivers: all\nworldview: german")
    painting = lay_out_map(scene, shoot(scene), stage).painting
    assert len(painting.rivers) == 1
    assert not any(label.key.startswith("river") for label in painting.labels)


def test_a_river_that_there_is_not(make: MakeMap) -> None:
    with pytest.raises(ValidationError, match="no river 'Danub'"):
        make("map", "focus: [AUT]\nrivers: [Danub]")


def test_a_close_view_says_where_it_is(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    close = "extent: [42, 11.5, 45, 13.5]\nplaces: [{name: Bab el-Mandeb, lon: 43.33, lat: 12.58, kind: strait}]"
    for fields, there in ((close, True), (close + "\ninset: false", False), ("focus: [EGY]", False)):
        scene = make("map", fields)
        painting = lay_out_map(scene, shoot(scene), stage).painting
        assert (painting.inset is not None) is there
    scene = make("map", "focus: [EGY]\ninset: true")
    assert lay_out_map(scene, shoot(scene), stage).painting.inset is not None


def test_the_small_map_comes_after_the_move_and_covers_no_name(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    fields = (
        "camera: {from: [EGY, SAU, YEM], to: [42, 11.5, 45, 13.5], at: x}\nplaces: [{name: Djibouti}, {name: Aden}]"
    )
    for size in ((1920, 1080), (1080, 1920)):
        scene = make("map", fields)
        painting = lay_out_map(scene, shoot(scene, 10, {("camera",): 3}), replace(stage, size=size)).painting
        inset = painting.inset
        assert inset is not None
        assert inset.first == painting.camera.steps[-1].first + 9
        assert any(first <= inset.first < last for first, last in painting.busy)
        view = painting.camera.steps[-1].end
        scale = size[0] / view.width
        for label in painting.labels:
            if label.shown[1] < painting.frames:
                continue
            x, y = ((label.at[i] - (view.x, view.y)[i]) * scale + size[i] / 2 for i in (0, 1))
            left, top, right, bottom = label_box(label, x, y)
            x0, y0, wide, high = inset.box
            assert right < x0 or left > x0 + wide or bottom < y0 or top > y0 + high
        before, after = (painting.painter((size[0] // 4, size[1] // 4))(frame) for frame in (60, 280))
        corner = tuple(round(value / 4) for value in (inset.box[1] + 4, inset.box[0] + 4))
        assert not np.array_equal(before[corner], after[corner])
