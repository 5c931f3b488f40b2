"""Every kind as a picture. After a change that is meant: `pytest --update-goldens`, and look at each."""

import pytest

from render.picture import still
from render.stage import Stage
from tests.conftest import Golden, as_golden, picture_difference
from tests.unit.render.conftest import At, Make, Shoot

CASES: dict[str, tuple[str, At, int]] = {
    # kind: (fields, at in seconds, frame): what was seen when the golden was last looked at
    "title": ("", {}, 100),  # rule, kicker, one line of serif that nearly fills the width; globe on the right
    "quote": ("", {(): 2}, 150),  # mark, three lines, bar with name and Arabic name on one baseline
    "number": ("", {(): 2}, 150),  # 193 in the accent, unit on its baseline, rule, label
    "list": ("", {("items", 1): 3}, 150),  # heading left, rules and points right, second point marked
    "flags": ("", {}, 150),  # three flags that fill the width, names close under them; horizon below
    "chart": ("", {}, 150),  # two bars from zero, the last in the accent; unit, source
    "compare": ("", {}, 150),  # two names in two hues, values at the edges, labels between, rules over the rows
    "timeline": (
        "",
        {("events", 2): 3},
        150,
    ),  # dates over a line that ends at its last dot, the last text at the right margin; horizon below
    "slate": ("", {}, 150),  # rule, title, credit in the left half
}
OVERLAID = "text: Suez\nlower_third: {name: Suez Canal, role: 'Egypt, opened 1869'}\ncredit: 'Drawing: Slugline'\n"
VARIANTS: dict[str, tuple[str, str, At, int]] = {
    "overlays": ("title", OVERLAID, {}, 75),  # chapter strap, lower third with bar, credit; nothing on anything
    "quote-right-to-left": (
        "quote",
        'text: "من يملك المضيق يملك التجارة، ومن يملك التجارة يملك العالم."\nby: ابن خلدون\n',
        {},
        150,
    ),
    "chart-lines": (
        "chart",
        "type: line\ntitle: Oil through the straits\nunit: million barrels a day\nsource: made up\nseries:\n"
        "- {name: Hormuz, data: [{label: A, value: 21}, {label: B, value: 19}, {label: C, value: 20.7}]}\n"
        "- {name: Suez, data: [{label: A, value: 6}, {label: B, value: 5}, {label: C, value: 8.8}]}\n",
        {},
        200,
    ),  # two lines with a dot, name and value at their ends; round ticks
    "number-stacked": ("number", "value: 26434\nprefix: £\nunit: transits a year through the Canal\n", {}, 100),
    "flags-six": (
        "flags",
        "countries: [{iso: SAU}, {iso: GBR}, {iso: IRN}, {iso: EU}, {iso: KOR}, {iso: CHE}]\n",
        {},
        100,
    ),
}
ALL = {name: (name, *case) for name, case in CASES.items()} | VARIANTS


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_looks_as_it_did(name: str, stage: Stage, make: Make, shoot: Shoot, golden: Golden) -> None:
    kind, fields, at, frame = ALL[name]
    shot = shoot(make(kind, fields), 8, at, opens_chapter=name == "overlays", chapter=1)
    golden(name, still(shot.scene.compose(shot, stage), frame, None))


@pytest.mark.slow
def test_a_layer_moved_by_four_pixels_is_seen(stage: Stage, make: Make, shoot: Shoot) -> None:
    """The tolerance has teeth: the quietest text of a scene, moved by four pixels."""
    from dataclasses import replace

    from render.composition import Key, Motion

    shot = shoot(make("slate"), 8)
    composition = shot.scene.compose(shot, stage)
    moved = tuple(
        replace(layer, motion=Motion(x=(Key(0, 4.0),), opacity=layer.motion.opacity))
        if layer.name == "credits"
        else layer
        for layer in composition.layers
    )
    one, other = (as_golden(still(made, 150, None)) for made in (composition, replace(composition, layers=moved)))
    assert picture_difference(one, other) > 5.0
