"""Names on maps: none over another, none cut, on water where the town is on the coast."""

from dataclasses import replace

import pytest

from render.geography.atlas import CONTESTED, load_atlas
from render.geography.camera import Move, Rest
from render.geography.drawn import Label
from render.scenes.map_layout import lay_out_map
from render.scenes.map_times import at_most, label_box
from render.shaping import TextStyle, shape_line
from render.stage import Stage
from tests.unit.render.conftest import Shoot
from tests.unit.render.maps.scripts import (
    FLEETS,
    FLEETS_AT,
    GATE,
    GATE_AT,
    HORMUZ,
    PACIFIC,
    WAY_OUT,
    WAY_OUT_AT,
    MakeMap,
)


@pytest.mark.parametrize("fields", [GATE, HORMUZ, PACIFIC])
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_no_two_names_collide_and_none_is_cut(
    fields: str, size: tuple[int, int], stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    stage = replace(stage, size=size)
    scene = make("map", fields)
    made = lay_out_map(scene, shoot(scene, 10, GATE_AT if fields is GATE else {}), stage)
    painting = made.painting
    rests = [step for step in painting.camera.steps if isinstance(step, Rest)]
    for rest in rests:
        for view in (rest.start, rest.end):
            shown = [
                label
                for label in painting.labels
                if label.shown[0] < rest.last - 10 and label.shown[1] > rest.first + 10
            ]
            for frame in range(rest.first, rest.last, 10):
                at_once = [label for label in shown if label.shown[0] <= frame < label.shown[1]]
                assert len(at_once) <= (8 if size[0] > size[1] else 5)
            boxes = []
            for label in shown:
                pixels = size[0] / view.width
                x = (label.at[0] - view.x) * pixels + size[0] / 2
                y = (label.at[1] - view.y) * pixels + size[1] / 2
                boxes.append(label_box(label, x, y))
            for index, (left, top, right, bottom) in enumerate(boxes):
                assert left > 0.035 * size[0]
                assert right < 0.965 * size[0]
                assert top > 0.035 * size[1]
                assert bottom < 0.965 * size[1]
                for other in boxes[index + 1 :]:
                    assert left >= other[2] or right <= other[0] or top >= other[3] or bottom <= other[1]


@pytest.mark.parametrize("fields", ["gate", "way out", "fleets"])
def test_names_are_gone_while_the_scale_changes_and_return_a_moment_later(
    fields: str, stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    written, at = {"gate": (GATE, GATE_AT), "way out": (WAY_OUT, WAY_OUT_AT), "fleets": (FLEETS, FLEETS_AT)}[fields]
    made = lay_out_map(make("map", written), shoot(make("map", written), 10, at), stage)
    painting = made.painting
    assert made.dropped == ()
    move = painting.camera.steps[1]
    assert isinstance(move, Move)
    assert move.start.width / move.end.width > 1.5
    assert max(label.shown[1] for label in painting.labels if label.shown[0] < move.first) == move.first
    coming = [label.shown[0] for label in painting.labels if label.shown[0] >= move.first]
    assert min(coming) == move.last + round(0.3 * 30)
    for frame in range(painting.frames):
        shown = [label for label in painting.labels if label.shown[0] <= frame < label.shown[1]]
        assert len(shown) <= 8
        assert len({label.key for label in shown}) == len(shown)
    assert painting.busy[0][0] == 0


def test_names_stay_on_through_a_move_that_keeps_the_scale(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    fields = "focus: [FRA, DEU, POL]\ncamera: {from: [-6, 42, 18, 54], to: [2, 44, 26, 56], at: x}\nworldview: german"
    scene = make("map", fields)
    painting = lay_out_map(scene, shoot(scene, 10, {("camera",): 4}), stage).painting
    move = painting.camera.steps[1]
    through = [label.key for label in painting.labels if label.shown[0] < move.first and label.shown[1] > move.last]
    assert "DEU" in through


def test_a_place_called_for_while_the_camera_moves_has_its_dot_at_its_word(
    stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    scene = make("map", FLEETS)
    painting = lay_out_map(scene, shoot(scene, 10, FLEETS_AT), stage).painting
    move = painting.camera.steps[1]
    first = painting.marks[2].first
    assert first is not None
    assert move.first - 3 <= first < move.last
    assert min(label.shown[0] for label in painting.labels if label.key == "place 2") == move.last + 9


def test_every_country_in_focus_that_is_large_enough_is_named_before_the_places_enter(
    stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    scene = make("map", WAY_OUT)
    made = lay_out_map(scene, shoot(scene, 10, WAY_OUT_AT), stage)
    painting = made.painting
    move = painting.camera.steps[1]
    early = {label.key for label in painting.labels if label.shown[0] < move.first}
    assert {"TUR", "BGR", "ROU", "UKR", "RUS", "GEO", "place 0"} <= early


def test_a_name_that_would_be_one_too_many_leaves_or_never_comes() -> None:
    def label(key: str, first: int, last: int) -> Label:
        return Label(key, (), TextStyle("Inter", 30), "#ffffff", "#000000", (0, 0), (0, 0), (first, last))

    wanted = [label("a", 60, 100), label("b", 0, 100), label("c", 0, 100), label("d", 61, 100)]
    assert [(one.key, one.shown) for one in at_most(wanted, 2, 24)] == [
        ("a", (60, 100)),
        ("b", (0, 100)),
        ("c", (0, 60)),
    ]


def test_a_name_without_room_is_a_warning(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    crowd = ", ".join(f"{{name: Place {n}, lon: 30, lat: {23 + n}}}" for n in range(8))
    scene = make("map", f"focus: [EGY]\nextent: [25, 22, 36, 32]\nplaces: [{crowd}]")
    found = [finding for finding in scene.review(shoot(scene), stage) if finding.rule == "label-room"]
    assert any("Egypt" in finding.message for finding in found)


def test_a_country_s_name_stands_on_no_other_that_the_map_is_about(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    """Luxembourg between three countries in focus, with room only on them: no name, and a warning."""
    fields = "extent: [1, 46.5, 13, 50.6]\nhighlight: {LUX: accent}\nlabels: [LUX]\nworldview: german\n"
    free = make("map", fields)
    (label,) = lay_out_map(free, shoot(free), stage).painting.labels
    assert label.leader is not None
    held = make("map", fields + "focus: [DEU, FRA, BEL, NLD, CHE, AUT, ITA]")
    made = lay_out_map(held, shoot(held), stage)
    assert made.painting.labels == ()
    assert made.dropped == ("Luxembourg",)


def test_a_country_may_be_called_otherwise(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", "focus: [TUR, BGR]\nlabels: {Turkey: Turkey}")
    made = lay_out_map(scene, shoot(scene), stage)
    painting = made.painting
    assert {label.lines[0][0] for label in painting.labels} == {"Turkey", "Bulgaria"}


def test_capitals_follow_the_language_of_the_name() -> None:
    style = TextStyle("Fira Sans Condensed", 40, capitals=True)
    for written, capitals in (("Türkiye", "TÜRKİYE"), ("Iğdır", "IĞDIR"), ("Bulgaria", "BULGARIA")):
        assert shape_line(written, style).text == capitals


def test_names_of_coastal_towns_lie_on_water(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    """Sevastopol's, with the sea to the west and the south of it; Novorossiysk's, with the sea to the south-west."""
    scene = make("map", FLEETS)
    made = lay_out_map(scene, shoot(scene, 10, FLEETS_AT), stage)
    painting = made.painting
    label = next(label for label in painting.labels if label.key == "place 0" and label.shown[1] == painting.frames)
    assert label.offset[1] > 15 or label.offset[0] < -100
    port = next(label for label in painting.labels if label.key == "place 2")
    assert port.offset[0] < -100
    assert port.offset[1] > 0


CROWDED = {
    "nile": "focus: [EGY, SDN, ETH]\nextent: [22, 2, 44, 33]\nplaces: [{name: Cairo}, {name: Khartoum}]\nrivers: [Nile]",
    "danube": "focus: [DEU, AUT, HUN, ROU]\nextent: [7, 41.5, 31, 51]\nlabels: [DEU, HUN, ROU]\n"
    "places: [{name: Vienna}, {name: Budapest}, {name: Belgrade}]\nrivers: [Danube]",
}


@pytest.mark.parametrize("fields", CROWDED.values(), ids=CROWDED)
def test_a_countrys_name_keeps_from_those_of_its_towns(fields: str, stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    """SUDAN right over Khartoum reads as one name of two lines."""
    painting = lay_out_map(scene := make("map", fields), shoot(scene), stage).painting
    boxes = {label.key: label_box(label, *painting.place(label.at, 239)[0].tolist()) for label in painting.labels}
    countries = {key: box for key, box in boxes.items() if len(key) == 3 and key.isupper()}
    assert len(countries) >= 2
    for box in countries.values():
        for key, other in boxes.items():
            across = max(box[0] - other[2], other[0] - box[2])
            down = max(box[1] - other[3], other[1] - box[3])
            assert key in countries or max(across, down) >= 14


def test_a_name_keeps_off_contested_borders_as_off_others(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    """Srinagar's lay across the line of control, where there is room on this side of it."""
    scene = make("map", "extent: [68, 26, 84, 38]\nplaces: [{name: Srinagar}]\nlabels: []\nworldview: natural-earth")
    painting = lay_out_map(scene, shoot(scene), stage).painting
    (label,) = painting.labels
    left, top, right, bottom = label_box(label, *painting.place(label.at, 239)[0].tolist())
    detail = load_atlas("natural-earth").level(0.01)
    for kind, a, b in zip(detail.line_kind, detail.line_starts[:-1], detail.line_starts[1:], strict=True):
        if kind == CONTESTED:
            x, y = painting.place(painting.projection.forward(detail.line_points[a:b]), 239).T
            assert not ((x > left) & (x < right) & (y > top) & (y < bottom)).any()
