"""The `map` kind: what it accepts, when things come, what it says is wrong, how it looks."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from core.digest import digest
from core.errors import BadInput, Place
from render.geography.camera import Move, Rest
from render.geography.drawn import Label
from render.scenes.map import MapScene
from render.scenes.map_layout import credit_line, lay_out_map
from render.scenes.map_routes import route_colours
from render.scenes.map_times import at_most, label_box
from render.shaping import TextStyle, shape_line
from render.stage import Stage
from script.document import Narration, SceneBlock
from tests.unit.render.conftest import At, Make, Shoot

MakeMap = Callable[..., MapScene]

GATE = """
focus: [YEM, DJI, ERI]
camera: {from: [EGY, SAU, YEM], at: "southern door"}
highlight: {YEM: accent}
places:
- {name: Aden}
- {name: Djibouti}
- {name: Hodeidah, lon: 42.95, lat: 14.8, at: "Houthi"}
- {name: Bab el-Mandeb, lon: 43.33, lat: 12.58, kind: strait, at: "southern door"}
source: Natural Earth
"""
GATE_AT: At = {("camera",): 3.0, ("places", 3): 3.0, ("places", 2): 7.0}
WAY_OUT = """
focus: [TUR, BGR, ROU, UKR, RUS, GEO]
highlight: {TUR: accent}
camera: {from: [24, 36, 43, 48], to: [25.2, 39.6, 30.6, 41.9], at: "one way out"}
places:
- {name: Black Sea, lon: 34.5, lat: 43.2, kind: sea, at: "Black Sea"}
- {name: İstanbul, at: "Istanbul"}
- {name: Çanakkale, at: "Dardanelles"}
- {name: Sea of Marmara, lon: 28.2, lat: 40.7, kind: sea, at: "Sea of Marmara"}
- {name: Dardanelles, lon: 26.4, lat: 40.15, kind: strait, at: "Dardanelles"}
"""
WAY_OUT_AT: At = {
    ("camera",): 2.2, ("places", 0): 0.8, ("places", 1): 4.0, ("places", 2): 7.2, ("places", 3): 5.2, ("places", 4): 7.2
}  # fmt: skip
FLEETS = """
focus: [UKR, RUS, TUR, GEO]
highlight: {UKR: second, TUR: accent, RUS: {fill: third, at: "Russia's fleet"}}
camera: {from: [20, 30, 56, 60], to: [27, 40, 43, 48], at: "Sevastopol"}
places:
- {name: Севастополь, lon: 33.52, lat: 44.6, kind: town, at: "Sevastopol"}
- {name: Одеса, lon: 30.73, lat: 46.48, kind: town, at: "Odesa"}
- {name: Novorossiysk, at: "Novorossiysk"}
- {name: İstanbul}
"""
FLEETS_AT: At = {
    ("camera",): 3.3, ("places", 0): 3.3, ("places", 1): 9.0, ("places", 2): 4.2, ("highlight", "RUS"): 2.2
}  # fmt: skip
HORMUZ = """
focus: [IRN, OMN, ARE]
extent: [47.5, 22.5, 60.5, 31]
highlight: {IRN: accent, OMN: {fill: hatch, at: "Oman"}}
places: [{name: Bandar Abbas}, {name: Strait of Hormuz, lon: 56.46, lat: 26.5, kind: strait}, {name: Dubai}]
route: {from: [48.81, 29.68], via: [[51.5, 27.2], [54.6, 25.95], [56.3, 26.57], [56.9, 26.2], [57.2, 25.2]], to: [72.5, 18.9]}
"""
PACIFIC = """
extent: [140, -48, -120, 45]
highlight: {NZL: accent, FJI: second}
places: [{name: Auckland}, {name: Honolulu}]
routes: [{mode: air, from: Auckland, via: [Honolulu], to: [-122.4, 37.8]}]
"""


@pytest.fixture
def make(make: Make) -> MakeMap:
    """The shared fixture, for maps."""

    def build(kind: str, fields: str = "", **more: Any) -> MapScene:
        scene = make(kind, fields, **more)
        assert isinstance(scene, MapScene)
        return scene

    return build


def messages(error: pytest.ExceptionInfo[ValidationError]) -> tuple[list[str], list[str | None]]:
    return [item["msg"] for item in error.value.errors()], [
        item.get("ctx", {}).get("hint") for item in error.value.errors()
    ]


@pytest.mark.parametrize(
    ("fields", "said", "hint"),
    [
        ("focus: [Turky]", "no country 'Turky'", "did you mean TUR (Türkiye)?"),
        ("highlight: {Egpyt: accent}", "no country 'Egpyt'", "did you mean EGY (Egypt)?"),
        ("places: [{name: Rotterdamm}]", "no town 'Rotterdamm'", "did you mean"),
        ("places: [{name: Hyderabad}]", "2 towns are called 'Hyderabad'", "give country"),
        ("places: [{name: Bab el-Mandeb, kind: strait}]", "needs lon and lat", "only towns are looked up"),
        ("places: [{name: Aden, lon: 45}]", "needs both lon and lat", "lat"),
        ("extent: [60, 30, 40, 20]", "an extent is", "such as"),
        ("extent: world\nworldview: martian", "no worldview 'martian'", "german"),
        ("source: Natural Earth", "the map shows nothing", "focus"),
        ("focus: [EGY]\nroute: {from: Nowhereville, to: [3, 4]}", "no town 'Nowhereville'", ""),
    ],
)
def test_what_it_does_not_accept(fields: str, said: str, hint: str, make: MakeMap) -> None:
    with pytest.raises(ValidationError) as error:
        make("map", fields)
    said_all, hints = messages(error)
    assert any(said in message for message in said_all)
    assert any(hint in (given or "") for given in hints)


def test_an_example_is_laid_out_without_a_word_of_complaint(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map")
    shot = shoot(scene, 9, opens_chapter=True)
    composition = scene.compose(shot, stage)
    assert [layer.name for layer in composition.layers][:2] == ["map", "credit"]
    assert digest(composition) == digest(scene.compose(shot, stage))
    assert [finding.message for finding in scene.review(shot, stage)] == []


@pytest.mark.parametrize("fields", [GATE, HORMUZ, PACIFIC])
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_no_two_names_collide_and_none_is_cut(
    fields: str, size: tuple[int, int], stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    stage = replace(stage, size=size)
    scene = make("map", fields)
    painting, _ = lay_out_map(scene, shoot(scene, 10, GATE_AT if fields is GATE else {}), stage)
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


def test_the_camera_moves_at_its_word_and_rests_before_and_after(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", GATE)
    painting, dropped = lay_out_map(scene, shoot(scene, 10, GATE_AT), stage)
    before, move, after = painting.camera.steps
    assert isinstance(move, Move)
    assert 0 <= 90 - move.first <= 4
    assert 1.2 <= (move.last - move.first) / 30 <= 2.5
    assert after.last - after.first >= 0.7 * 30
    assert before.start.width / before.end.width < 1.12
    assert dropped == ()


@pytest.mark.parametrize("fields", ["gate", "way out", "fleets"])
def test_names_stay_on_through_the_move_and_never_lie_over_each_other(
    fields: str, stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    written, at = {"gate": (GATE, GATE_AT), "way out": (WAY_OUT, WAY_OUT_AT), "fleets": (FLEETS, FLEETS_AT)}[fields]
    scene = make("map", written)
    painting, dropped = lay_out_map(scene, shoot(scene, 10, at), stage)
    assert dropped == ()
    move = painting.camera.steps[1]
    assert move.start.width / move.end.width > 1.5
    without = 0
    for frame in range(30, painting.frames):
        shown = [label for label in painting.labels if label.shown[0] <= frame < label.shown[1]]
        assert len(shown) <= 8
        assert len({label.key for label in shown}) == len(shown)
        without = 0 if shown else without + 1
        assert without <= 0.7 * 30
        boxes = []
        view = painting.camera.at(frame)
        for label in shown:
            scale = 1920 / view.width
            boxes.append(label_box(label, (label.at[0] - view.x) * scale + 960, (label.at[1] - view.y) * scale + 540))
        for index, box in enumerate(boxes):
            for other in boxes[index + 1 :]:
                over = min(box[2], other[2]) - max(box[0], other[0]), min(box[3], other[3]) - max(box[1], other[1])
                # Looked at every third frame, they may come a little closer between.
                assert min(over) < 6


def test_a_place_called_for_while_the_camera_moves_comes_at_its_word(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", FLEETS)
    painting, _ = lay_out_map(scene, shoot(scene, 10, FLEETS_AT), stage)
    move = painting.camera.steps[1]
    for key, index in (("place 0", 0), ("place 2", 2)):
        first = min(label.shown[0] for label in painting.labels if label.key == key)
        assert first == painting.marks[index].first
        assert move.first - 3 <= first < move.last


def test_every_country_in_focus_that_is_large_enough_is_named_before_the_places_enter(
    stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    scene = make("map", WAY_OUT)
    painting, _ = lay_out_map(scene, shoot(scene, 10, WAY_OUT_AT), stage)
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


def test_what_waits_for_its_word_is_there_at_its_word(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make(
        "map", "focus: [EGY]\nplaces: [{name: Suez, at: x}, {name: Cairo}]\nhighlight: {EGY: {fill: accent, at: y}}"
    )
    painting, _ = lay_out_map(scene, shoot(scene, 8, {("places", 0): 2.0, ("highlight", "EGY"): 4.0}), stage)
    suez = next(label for label in painting.labels if label.key == "place 0")
    fill = next(fill for fill in painting.fills if fill.first is not None)
    from render.geography.painting import FADE, entered

    for first, word in ((suez.shown[0], 60), (painting.marks[0].first, 60), (fill.first, 120)):
        assert first is not None
        reached = next(
            frame for frame in range(240) if frame >= first and entered((frame - first) / (FADE * 30)) >= 0.8
        )
        assert abs(reached - word) <= 3


def test_routes_are_drawn_one_after_the_other_and_side_by_side_where_they_share_their_way(
    stage: Stage, make: MakeMap, shoot: Shoot
) -> None:
    fields = """
extent: [-20, 30, 40, 60]
routes:
- {id: one, at: a, from: [-9.8, 36], via: [[-10, 43.4], [-5.6, 48.7], [1.4, 50.9]], to: [4, 52]}
- {id: two, at: b, from: [-16, 33], via: [[-10, 43.4], [-5.6, 48.7], [1.4, 50.9]], to: [4, 52], colour: second}
"""
    scene = make("map", fields)
    painting, _ = lay_out_map(scene, shoot(scene, 10, {("routes", 0): 1.0, ("routes", 1): 5.0}), stage)
    one, two = painting.routes
    assert (one.first, two.first) == (27, 147)
    assert 1.0 <= (one.last - one.first) / 30 <= 2.5
    assert one.side == -two.side != 0
    assert two.shared[0] == 0.0
    assert two.shared[-1] == 1.0


def test_a_ship_over_land_is_an_error_at_the_route(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", "focus: [SAU]\nroutes: [{id: oil, from: [38.5, 21], to: [50.5, 27]}]")
    (finding,) = [item for item in scene.review(shoot(scene), stage) if item.severity == "error"]
    assert finding.rule == "route-over-land"
    assert "oil" in finding.message
    assert "Saudi Arabia" in finding.message


def test_a_film_shows_one_border_policy(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    places: dict[tuple[str | int, ...], Place] = {(): Place("script.md", 3)}
    other = SceneBlock("other", "map", {"worldview": "natural-earth"}, Narration((), "", None), 0, places)
    stage = replace(stage, script=replace(stage.script, scenes=(other,)))
    scene = make("map", "focus: [UKR]")
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


@pytest.mark.slow
def test_a_slow_push_moves_everything_together(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    """Sampled around a border: from frame to frame it moves by a fraction of a pixel, always the same way."""
    small = replace(stage, size=(640, 360))
    scene = make("map", "focus: [EGY]\nhighlight: {EGY: accent}\nlabels: []")
    painting, _ = lay_out_map(scene, shoot(scene, 6), small)
    draw = painting.painter(small.size)
    edges = []
    for frame in range(60, 80):
        row = draw(frame)[180, :320, :3].astype(float)
        bright = row[:, 0] - row[:, 2]
        edges.append(float(np.clip(bright / 180, 0, 1).sum()))
    steps = np.diff(edges)
    assert (steps > 0).all()
    assert steps.max() < 0.5


def test_a_route_has_a_colour_that_no_country_is_filled_with(make: MakeMap) -> None:
    route = "from: [31.5, 42.3], to: [29.2, 41.3]"
    one = make("map", f"focus: [TUR]\nhighlight: {{TUR: accent}}\nroute: {{{route}}}")
    assert route_colours(one) == ("second",)
    two = make("map", f"highlight: {{TUR: hatch, GRC: second}}\nroutes: [{{{route}}}, {{{route}}}]")
    assert route_colours(two) == ("third", "ink")
    told = make("map", f"highlight: {{TUR: accent}}\nroute: {{{route}, colour: accent}}")
    assert route_colours(told) == ("accent",)
    assert route_colours(make("map", f"focus: [TUR]\nroute: {{{route}}}")) == ("accent",)


def test_a_ship_over_a_peninsula_is_found_in_a_close_view(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    """Two kilometres over Gallipoli: nothing in a view of a continent, plain to see in one of the straits."""
    route = "route: {from: [28, 40.8], via: [[26.95, 40.58], [26.6, 40.45], [26.2, 40.17]], to: [25.2, 39.9]}"
    rules = []
    for extent in ("[25.2, 39.6, 30.6, 41.9]", "[-10, 20, 60, 60]"):
        scene = make("map", f"extent: {extent}\n{route}")
        rules.append({finding.rule for finding in scene.review(shoot(scene), stage)})
    assert "route-over-land" in rules[0]
    assert "route-over-land" not in rules[1]


def test_a_country_may_be_called_otherwise(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", "focus: [TUR, BGR]\nlabels: {Turkey: Turkey}")
    painting, _ = lay_out_map(scene, shoot(scene), stage)
    assert {label.lines[0][0] for label in painting.labels} == {"Turkey", "Bulgaria"}


def test_capitals_follow_the_language_of_the_name() -> None:
    style = TextStyle("Fira Sans Condensed", 40, capitals=True)
    for written, capitals in (("Türkiye", "TÜRKİYE"), ("Iğdır", "IĞDIR"), ("Bulgaria", "BULGARIA")):
        assert shape_line(written, style).text == capitals


def test_names_of_coastal_towns_lie_on_water(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    """Sevastopol's, with the sea to the west and the south of it."""
    scene = make("map", FLEETS)
    painting, _ = lay_out_map(scene, shoot(scene, 10, FLEETS_AT), stage)
    label = next(label for label in painting.labels if label.key == "place 0" and label.shown[1] == painting.frames)
    assert label.offset[1] > 15 or label.offset[0] < -100
