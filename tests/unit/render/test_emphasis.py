"""Lines under words: where the words are, when they are said."""

from typing import Any

import pytest

from render.composition import Layer, Plate
from render.scenes.quote import QuoteScene
from render.stage import Stage
from tests.unit.render.conftest import Shoot

WORDS = "There will be no sovereignty in Egypt except that of the people of Egypt."


def quote(text: str = WORDS, **emphasis: Any) -> QuoteScene:
    return QuoteScene.model_validate({"id": "q", "text": text, "by": "N", "emphasis": [emphasis]})


def lines(scene: QuoteScene, stage: Stage, shoot: Shoot, word: float | None = None) -> list[Layer]:
    at = {("emphasis", 0): word} if word is not None else {}
    found = scene.compose(shoot(scene, 10, at), stage).layers
    return [layer for layer in found if layer.name.startswith("emphasis")]


def extent(layer: Layer) -> tuple[float, float, float]:
    """Left, right and top of what is drawn."""
    assert isinstance(layer.content, Plate)
    svg = layer.content.svg
    x, y, width = (
        float(svg.split(f' {name}="')[count].split('"')[0]) for name, count in (("x", 1), ("y", 1), ("width", 2))
    )
    return x, x + width, y


def test_a_line_lies_under_its_words_and_comes_with_them(stage: Stage, shoot: Shoot) -> None:
    scene = quote(at="no sovereignty")
    (layer,) = lines(scene, stage, shoot, 4)
    assert 112 <= layer.first <= 120
    words = scene.lay_out(shoot(scene, 10), stage).texts[0]
    left, right, top = extent(layer)
    assert words.block.lines[0].text == "There will be no sovereignty"
    assert words.x < left < right == pytest.approx(words.x + words.block.lines[0].width, abs=1)
    assert words.y + words.block.baseline(0) < top < words.y + words.block.baseline(1) - words.block.cap_height


def test_it_lies_beneath_the_words(stage: Stage, shoot: Shoot) -> None:
    names = [layer.name for layer in quote(words="people").compose(shoot(quote(), 10), stage).layers]
    assert names.index("emphasis-1-1") < names.index("line-1")


def test_words_over_two_lines_are_underlined_one_after_the_other(stage: Stage, shoot: Shoot) -> None:
    first, second = lines(quote(words="sovereignty in Egypt"), stage, shoot, 4)
    assert first.first < second.first
    assert extent(first)[2] < extent(second)[2]


def test_right_to_left_it_runs_from_the_right(stage: Stage, shoot: Shoot) -> None:
    scene = quote("من يملك المضيق يملك التجارة", words="من يملك")
    (layer,) = lines(scene, stage, shoot)
    assert isinstance(layer.content, Plate)
    assert layer.content.reveal == "right"
    words = scene.lay_out(shoot(scene, 10), stage).texts[0]
    assert extent(layer)[1] == pytest.approx(words.x, abs=2)


def test_spelling_and_stops_do_not_matter(stage: Stage, shoot: Shoot) -> None:
    assert len(lines(quote(words="The People of egypt"), stage, shoot)) >= 1


def test_words_that_are_not_there_are_an_error(stage: Stage, shoot: Shoot) -> None:
    scene = quote(words="people in Egypt")
    found = [finding for finding in scene.review(shoot(scene, 10), stage) if finding.rule == "emphasis"]
    assert [finding.severity for finding in found] == ["error"]
    assert "people of Egypt" in found[0].hint
