"""A studio's own templates: they win, they are part of the picture's address, and what is wrong in one is said with its line."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from core.errors import BadInput
from core.resources import resource
from render.composition import Plate
from render.scenes.svg_layers import draw_layers
from render.segments import content_address
from render.stage import Stage
from tests.unit.render.conftest import Make, Shoot

HEAD = '<svg xmlns="http://www.w3.org/2000/svg">\n'

Studio = Callable[[str], Stage]


@pytest.fixture
def studio(tmp_path: Path, stage: Stage) -> Studio:
    """The stage of a studio whose template for titles is the given one."""

    def build(text: str) -> Stage:
        folder = tmp_path / "templates" / "scenes"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "title.svg.j2").write_text(text, encoding="utf-8")
        return replace(stage, studio=tmp_path)

    return build


def groups(body: str = "") -> str:
    drawn = (f'<g id="{name}"><circle r="9"/>{body}</g>' for name in ("rule", "kicker", "title", "subtitle"))
    return HEAD + "\n".join(drawn) + "</svg>"


def test_a_studios_template_wins_and_is_part_of_the_address(studio: Studio, make: Make, shoot: Shoot) -> None:
    scene = make("title")
    addresses = []
    for text in (groups(), groups('<circle r="4"/>'), groups()):
        layers = scene.compose(shoot(scene), studio(text)).layers
        title = next(layer for layer in layers if layer.name == "title")
        assert isinstance(title.content, Plate)
        assert "circle" in title.content.svg
        addresses.append(content_address(title))
    assert addresses[0] == addresses[2] != addresses[1]


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (HEAD + "{% if %}\n</svg>", "does not parse", 2),
        (HEAD + '<g id="title">\n{{ headline }}</g></svg>', "'headline' is undefined", 3),
        (HEAD + '<g id="title">{{ frame.widht }}</g></svg>', "has no attribute 'widht'", 2),
        (HEAD + "{{ colours.ink + 1 }}</svg>", "cannot be filled in", 2),
        (HEAD + "\n{{ 1 / 0 }}</svg>", "division by zero", 3),
        (
            HEAD + '<g id="title">\n<rect width=3/>\n</g></svg>',
            "not well-formed (invalid token) in “<rect width=3/>”",
            3,
        ),
        (HEAD + "{# a note #}\n<g>\n</svg>", "mismatched tag", 4),
        (HEAD + "{% include 'none.svg' %}</svg>", "none.svg", 2),
    ],
)
def test_what_is_wrong_in_a_template_is_said_with_its_line(
    text: str, message: str, line: int, studio: Studio, make: Make, shoot: Shoot
) -> None:
    scene = make("title")
    with pytest.raises(BadInput) as caught:
        scene.compose(shoot(scene), studio(text))
    assert message in caught.value.message
    assert caught.value.place is not None
    assert Path(caught.value.place.file).name == "title.svg.j2"
    assert caught.value.place.line == line


def test_a_group_that_is_missing_is_named(studio: Studio, make: Make, shoot: Shoot) -> None:
    scene = make("title")
    with pytest.raises(BadInput, match='no <g id="rule">') as caught:
        scene.compose(shoot(scene), studio(HEAD + '<g id="title"/></svg>'))
    assert "title" in caught.value.hint


def test_an_error_in_a_template_is_a_finding_of_the_check(studio: Studio, tmp_path: Path) -> None:
    from render.check import check_script

    studio(HEAD + "{{ headline }}</svg>")
    script = tmp_path / "script.md"
    script.write_text("---\ntitle: T\n---\n\n```scene title\ntext: T\n```\n\nSome words.\n")
    found = [finding for finding in check_script(script, tmp_path) if finding.severity == "error"]
    assert [(finding.rule, finding.place.line if finding.place else None) for finding in found] == [("layout", 2)]


def test_every_template_and_what_it_gets_is_documented(stage: Stage) -> None:
    page = resource("docs", "templates.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip(" `"): line for line in page.splitlines() if line.startswith("| `")}
    undocumented = []
    for file in sorted(resource("templates", "scenes").glob("*.svg.j2")):
        name = file.name.removesuffix(".svg.j2")
        source = file.read_text(encoding="utf-8")
        asked = meta.find_undeclared_variables(Environment(autoescape=True).parse(source))
        own = set(re.findall(r"{% set (\w+)", source))
        row = rows.get(name, "")
        undocumented += [
            f"{name}: {word}" for word in asked - own - {"frame", "colours", "theme", "text"} if f"`{word}`" not in row
        ]
    assert undocumented == []


def test_what_a_template_did_not_ask_for_is_no_error(studio: Studio) -> None:
    assert draw_layers("title", studio(groups()), spare=1)["title"]
