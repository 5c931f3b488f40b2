"""Routes: in time, in colours of their own, and no ship over land."""

from render.scenes.map_layout import lay_out_map
from render.scenes.map_routes import route_colours
from render.stage import Stage
from tests.unit.render.conftest import Shoot
from tests.unit.render.maps.scripts import MakeMap


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


def test_a_ship_over_a_peninsula_is_found_in_a_close_view(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    """Two kilometres over Gallipoli: nothing in a view of a continent, plain to see in one of the straits."""
    route = "route: {from: [28, 40.8], via: [[26.95, 40.58], [26.6, 40.45], [26.2, 40.17]], to: [25.2, 39.9]}"
    rules = []
    for extent in ("[25.2, 39.6, 30.6, 41.9]", "[-10, 20, 60, 60]"):
        scene = make("map", f"extent: {extent}\n{route}")
        rules.append({finding.rule for finding in scene.review(shoot(scene), stage)})
    assert "route-over-land" in rules[0]
    assert "route-over-land" not in rules[1]
