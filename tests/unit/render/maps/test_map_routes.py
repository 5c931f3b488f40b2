"""Routes: in time, in colours of their own, and no ship over land."""

import numpy as np
import skia

from render.geography.drawn import RouteLine
from render.geography.furniture import draw_route
from render.scenes.map_layout import lay_out_map, map_palette
from render.scenes.map_routes import route_colours
from render.stage import Stage
from render.theme import load_theme
from tests.unit.render.conftest import Shoot
from tests.unit.render.maps.scripts import MakeMap

PALETTE = map_palette(load_theme())


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
    made = lay_out_map(scene, shoot(scene, 10, {("routes", 0): 1.0, ("routes", 1): 5.0}), stage)
    painting = made.painting
    one, two = painting.routes
    assert (one.first, two.first) == (27, 147)
    assert 1.0 <= (one.last - one.first) / 30 <= 2.5
    assert one.side == -two.side != 0
    assert two.shared[0] == 0.0
    assert two.shared[-1] == 1.0


def test_a_ship_over_land_is_an_error_at_the_route(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", "worldview: german\nfocus: [SAU]\nroutes: [{id: oil, from: [38.5, 21], to: [50.5, 27]}]")
    (finding,) = [item for item in scene.review(shoot(scene), stage) if item.severity == "error"]
    assert finding.rule == "route-over-land"
    assert "oil" in finding.message
    assert "Saudi Arabia" in finding.message


def test_a_route_has_a_colour_that_no_country_is_filled_with(make: MakeMap) -> None:
    route = "from: [31.5, 42.3], to: [29.2, 41.3]"
    one = make("map", f"focus: [TUR]\nhighlight: {{TUR: accent}}\nroute: {{{route}}}")
    assert route_colours(one) == ("second",)
    two = make("map", f"highlight: {{TUR: hatch, GRC: second}}\nroutes: [{{{route}}}, {{{route}}}]")
    assert route_colours(two) == ("third", "ink")
    told = make("map", f"highlight: {{TUR: accent}}\nroute: {{{route}, colour: accent}}")
    assert route_colours(told) == ("accent",)
    assert route_colours(make("map", f"focus: [TUR]\nroute: {{{route}}}")) == ("accent",)
    three = make(
        "map", f"highlight: {{TUR: accent, GRC: second}}\nroutes: [{{{route}}}, {{{route}, mode: air}}, {{{route}}}]"
    )
    assert route_colours(three) == ("third", "ink", "muted")


def test_a_ship_over_a_peninsula_is_found_in_a_close_view(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    """Two kilometres over Gallipoli: nothing in a view of a continent, plain to see in one of the straits."""
    route = "route: {from: [28, 40.8], via: [[26.95, 40.58], [26.6, 40.45], [26.2, 40.17]], to: [25.2, 39.9]}"
    rules = []
    for extent in ("[25.2, 39.6, 30.6, 41.9]", "[-10, 20, 60, 60]"):
        scene = make("map", f"extent: {extent}\n{route}")
        rules.append({finding.rule for finding in scene.review(shoot(scene), stage)})
    assert "route-over-land" in rules[0]
    assert "route-over-land" not in rules[1]


def test_a_route_by_land_is_drawn_as_a_railway_and_every_route_ends_in_a_dot() -> None:
    """Over the middle of the line the sleepers reach seven pixels up; a ship's line three."""
    heights = {}
    for mode in ("sea", "land"):
        pixels = np.zeros((60, 400, 4), np.uint8)
        canvas = skia.Canvas(pixels, colorType=skia.kRGBA_8888_ColorType)
        route = RouteLine(((0.0, 0.0), (1.0, 0.0)), "#ff0000", 0, 10, mode=mode)
        draw_route(canvas, route, np.array([(50.0, 30.0), (350.0, 30.0)]), 1.0, 1.0, 1.0, PALETTE)
        red = pixels[..., 0] > 200
        heights[mode] = int(red[:, 150:250].any(1).sum())
        assert red[30, 44]
        assert red[30, 356]
        assert not red[30, 360]
    assert heights["sea"] <= 7
    assert heights["land"] >= 13
