"""Charts of every type: what they draw, when it comes, and what is wrong with them."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from core.errors import BadInput
from render.charts import rounded_shares
from render.composition import Layer, Plate
from render.scenes.chart import ChartScene
from render.scenes.frame import frame_of
from render.scenes.placing import Placed, overlap
from render.scenes.reviews import review_texts
from render.stage import Shot, Stage
from tests.unit.render.conftest import Shoot

SIZES = [(1920, 1080), (1080, 1920)]
HEAD = "title: Where it goes\nunit: barrels\nsource: made up\n"
MANY = ", ".join(
    f'{{label: "{1990 + n}", value: {900 + n * 137 % 700}{", highlight: true" if n == 9 else ""}}}' for n in range(36)
)
LONG = (
    "[{label: People's Republic of China, value: 5.4}, {label: Other countries in Asia and Oceania, value: 2}, "
    "{label: European Union, value: 0.9}, {label: Trinidad and Tobago, value: -1}]"
)
PARTS = (
    "[{label: Asia, value: 84}, {label: Europe, value: 9}, {label: The Americas, value: 4}, {label: Africa, value: 3}]"
)
SIX = "".join(f"- {{name: N{n}, data: [{{label: a, value: {n}}}, {{label: b, value: {n}}}]}}\n" for n in range(6))
THREE = "series:\n" + "".join(
    f"- {{name: {name}, data: [{{label: A, value: {a}}}, {{label: B, value: {b}}}, {{label: C, value: {c}}}]}}\n"
    for name, a, b, c in (("Hormuz", 21, 19, 20.7), ("Malacca", 16, 17, 18), ("Suez and the pipeline", 6, 5, 0.8))
)
CASES = {
    "bars": "type: bar\ndata: [{label: A, value: 3}, {label: B, value: -2}]\n",
    "rows": f"type: bar\ndata: {LONG}\n",
    "many": f"type: bar\ndata: [{MANY}]\n",
    "line": f"type: line\n{THREE}",
    "area": "type: area\ndata: [{label: A, value: 3}, {label: B, value: 2, highlight: true}, {label: C, value: 4}]\n",
    "areas": f"type: area\n{THREE}",
    "stacked": f"type: stacked\n{THREE}",
    "below": f"type: stacked\n{THREE.replace('value: 5', 'value: -5')}",
    "whole": f"type: share\ndata: {PARTS}\n",
    "shares": f"type: share\n{THREE}",
}  # fmt: skip


def chart(fields: str, head: str = HEAD) -> ChartScene:
    return ChartScene(**{"id": "chart", **YAML(typ="safe").load(head + fields)})


def layers(scene: ChartScene, shot: Shot, stage: Stage) -> dict[str, Layer]:
    return {layer.name: layer for layer in scene.compose(shot, stage).layers}


def texts(scene: ChartScene, shot: Shot, stage: Stage) -> tuple[Placed, ...]:
    return scene.lay_out(shot, stage).texts


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CASES)
def test_every_type_fits_both_formats(name: str, size: tuple[int, int], stage: Stage, shoot: Shoot) -> None:
    here, scene = replace(stage, size=size), chart(CASES[name])
    shot = shoot(scene, 12)
    found = texts(scene, shot, here)
    assert [finding.message for finding in scene.review(shot, here)] == []
    assert [finding.message for finding in review_texts("chart", found, here)] == []
    frame = frame_of(here)
    for index, one in enumerate(found):
        assert one.block.size >= 30 * frame.unit
        assert one.box[3] <= frame.bottom + 2
        assert not [other.block.text for other in found[:index] if overlap(one.box, other.box)], one.block.text


@pytest.mark.parametrize("name", CASES)
def test_every_part_grows_once_from_nothing_within_the_pages_time(name: str, stage: Stage, shoot: Shoot) -> None:
    scene = chart(CASES[name])
    grown = [
        layer.motion.reveal
        for layer in layers(scene, shoot(scene, 12), stage).values()
        if layer.name.split("-")[0] in ("bar", "part", "line")
    ]
    assert grown
    for keys in grown:
        assert (keys[0].value, keys[-1].value) == (0, 1)
        assert [key.value for key in keys] == sorted(key.value for key in keys)
        assert 24 <= keys[-1].frame - keys[0].frame <= 36
        assert keys[-1].frame < 4 * 30


@pytest.mark.parametrize(
    ("name", "path", "layer"),
    [
        ("bars", ("data", 1), "bar-2"),
        ("rows", ("data", 2), "bar-3"),
        ("whole", ("data", 1), "part-2"),
        ("line", ("series", 1), "line-2"),
        ("areas", ("series", 1), "line-2"),
    ],
)
def test_a_part_waits_for_its_word(
    name: str, path: tuple[str | int, ...], layer: str, stage: Stage, shoot: Shoot
) -> None:
    scene = chart(CASES[name])
    found = layers(scene, shoot(scene, 12, {path: 6}), stage)
    assert 170 <= found[layer].first <= 180
    assert found[layer.split("-", maxsplit=1)[0] + "-1"].first < 60


def test_the_parts_of_a_series_grow_on_its_word_and_the_rest_stands(stage: Stage, shoot: Shoot) -> None:
    scene = chart(CASES["stacked"])
    early: list[Layer] = []
    late: list[Layer] = []
    for layer in layers(scene, shoot(scene, 12, {("series", 2): 6}), stage).values():
        if layer.name.startswith("part-"):
            (late if layer.first > 150 else early).append(layer)
    assert len(early) == 3, "two series at once, a column each"
    assert len(late) == 3
    column = chart(CASES["stacked"])
    assert max(
        layer.first
        for layer in layers(column, shoot(column, 12, {("series", 0, "data", 2): 7}), stage).values()
        if layer.name.startswith("part-")
    ) in range(200, 211)


@pytest.mark.parametrize("size", SIZES)
def test_bars_and_areas_start_at_zero(size: tuple[int, int], stage: Stage, shoot: Shoot) -> None:
    here = replace(stage, size=size)
    scene = chart("type: bar\ndata: [{label: A, value: 101}, {label: B, value: 100}, {label: C, value: 99}]\n")
    plates = layers(scene, shoot(scene), here)
    heights = [float(_attribute(plates[f"bar-{number}"], "height", 2)) for number in (1, 2, 3)]
    assert heights[1] / heights[0] == pytest.approx(100 / 101, abs=0.001)
    assert heights[2] / heights[0] == pytest.approx(99 / 101, abs=0.001)
    area = chart("type: area\ndata: [{label: A, value: 101}, {label: B, value: 99}]\n")
    assert "0" in {placed.block.text for placed in texts(area, shoot(area), here)}


def _attribute(layer: Layer, name: str, count: int) -> str:
    assert isinstance(layer.content, Plate)
    return layer.content.svg.split(f' {name}="')[count].split('"')[0]


@pytest.mark.parametrize("kind", ["bar", "area"])
def test_an_amount_that_begins_elsewhere_is_an_error(kind: str, stage: Stage, shoot: Shoot) -> None:
    data = "from: 90\ndata: [{label: A, value: 101}, {label: B, value: 99}]\n"
    wrong, right = chart(f"type: {kind}\n{data}"), chart(f"type: line\n{data}")
    assert [(f.rule, f.severity) for f in wrong.review(shoot(wrong), stage)] == [("chart-zero", "error")]
    assert right.review(shoot(right), stage) == []
    assert "90" in {placed.block.text for placed in texts(right, shoot(right), stage)}


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ("title: T\nsource: s\n" + CASES["bars"], "chart-unit"),
        ("title: T\nunit: u\n" + CASES["bars"], "chart-source"),
        (HEAD + "type: share\ndata: [" + ", ".join(f"{{label: L{n}, value: 1}}" for n in range(6)) + "]\n", "chart-series"),
        (HEAD + "type: line\nseries:\n" + SIX, "chart-series"),
    ],
)  # fmt: skip
def test_what_a_chart_owes_its_reader(fields: str, rule: str, stage: Stage, shoot: Shoot) -> None:
    scene = chart(fields, "")
    assert rule in {finding.rule for finding in scene.review(shoot(scene, 20), stage)}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (f"type: bar\n{THREE}", "takes one series"),
        ("type: stacked\ndata: [{label: A, value: 1}]\n", "two series"),
        ("type: area\ndata: [{label: A, value: 1}]\n", "two points"),
        ("data: [{label: A}]\n", "A has no value"),
        ("series: [{name: N}]\n", "N has no data"),
        ("type: share\ndata: [{label: A, value: 1}, {label: B, value: -1}]\n", "not below zero"),
        ("type: share\ndata: [{label: A, value: 0}]\n", "add up to nothing"),
    ],
)
def test_figures_that_do_not_fit_the_type_are_one_error(fields: str, message: str, stage: Stage, shoot: Shoot) -> None:
    scene = chart(fields)
    found = scene.review(shoot(scene), stage)
    assert [(f.rule, f.severity) for f in found] == [("chart-data", "error")]
    assert message in found[0].message
    with pytest.raises(BadInput, match=message):
        scene.compose(shoot(scene), stage)


@pytest.fixture
def with_file(stage: Stage, tmp_path: Path) -> Callable[[str], Stage]:
    """The stage in a folder that holds `data.csv`."""

    def build(text: str) -> Stage:
        (tmp_path / "data.csv").write_text(text, encoding="utf-8-sig")
        return replace(stage, script=replace(stage.script, path=tmp_path / "script.md"))

    return build


def test_figures_come_from_a_file(with_file: Callable[[str], Stage], shoot: Shoot) -> None:
    here = with_file("year,Ships,Tonnage\n2023,26434,1.5\n2024,13213,2\n")
    every = chart("type: line\nfile: data.csv\n")
    assert {"Ships 13,213", "Tonnage 2"} <= {placed.block.text for placed in texts(every, shoot(every), here)}
    one = chart(
        'type: bar\nfile: data.csv\nseries: [{name: Ships}]\ndata: [{label: "2024", at: "fell", highlight: true}]\n'
    )
    words: dict[Any, float] = {("data", 0): 6}
    found = layers(one, shoot(one, 12, words), here)
    assert found["bar-1"].first < 60 < found["bar-2"].first
    assert [path for path, _ in one.waiting()] == [("data", 0)]


@pytest.mark.parametrize(
    ("table", "fields", "place", "message"),
    [
        ("year,Ships\n2023,none\n", "", ("data.csv", 2, 6), "not a figure"),
        ("year,Ships\n2023,1\n", 'data: [{label: "2032"}]\n', None, "no row '2032'"),
        ("year,Ships\n2023,1\n", 'data: [{label: "2023", value: 2}]\n', None, "its value in data.csv"),
        ("year,Ships\n2023,1\n", "series: [{name: Ship}]\n", None, "no column 'Ship'"),
    ],
)
def test_a_wrong_file_is_found_before_it_is_drawn(
    table: str,
    fields: str,
    place: tuple[str, int, int] | None,
    message: str,
    with_file: Callable[[str], Stage],
    shoot: Shoot,
) -> None:
    scene = chart(f"type: bar\nfile: data.csv\n{fields}")
    found = scene.review(shoot(scene), with_file(table))
    assert [finding.rule for finding in found] == ["chart-data"]
    assert message in found[0].message
    if place:
        assert found[0].place is not None
        assert (Path(found[0].place.file).name, found[0].place.line, found[0].place.column) == place


def test_all_that_a_chart_asks_of_its_file_in_vain_is_said(with_file: Callable[[str], Stage], shoot: Shoot) -> None:
    scene = chart(
        'type: bar\nfile: data.csv\nseries: [{name: Ship}]\ndata: [{label: "2032"}, {label: "2023", value: 2}]\n'
    )
    found = scene.review(shoot(scene), with_file("year,Ships\n2023,1\n"))
    assert [finding.message.partition("csv ")[2] or finding.message for finding in found] == [
        "has no row '2032'",
        "2023 has its value in data.csv",
        "has no column 'Ship'",
    ]


def test_a_value_keeps_off_the_other_line(stage: Stage, shoot: Shoot) -> None:
    """A value that would be as near under its point as over it, where another line runs just below."""
    fields = "type: line\nseries:\n"
    for name, middle, end in (("N", 112, 131), ("M", 97, 105)):
        points = f"{{label: a, value: 100}}, {{label: b, value: {middle}, highlight: true}}, {{label: c, value: {end}}}"
        fields += f"- {{name: {name}, data: [{points}]}}\n"
    scene = chart(fields)
    found = {placed.block.text: placed for placed in texts(scene, shoot(scene), stage)}
    assert found["112"].box[3] < found["97"].box[1] - 60


def test_shares_add_up_to_a_hundred() -> None:
    assert rounded_shares([1, 1, 1]) == [34, 33, 33]
    assert rounded_shares([62.5, 37.5]) == [63, 37]
    assert sum(rounded_shares([3.3, 8.1, 2.2, 9.9, 0.1])) == 100


@pytest.mark.parametrize("kind", ["stacked", "share"])
def test_years_under_columns_keep_apart(kind: str, stage: Stage, shoot: Shoot) -> None:
    years = [{"label": str(2016 + 2 * n), "value": 9 + n} for n in range(5)]
    lines = [{"name": name, "data": years} for name in ("Gas", "Oil", "Ore from Norilsk")]
    scene = ChartScene(id="c", type=kind, title="T", unit="u", source="s", series=lines)
    upright = replace(stage, size=(1080, 1920))
    texts = scene.own_texts(shoot(scene, 8), upright)
    boxes = sorted(text.box for text in texts if text.block.text.startswith("20"))
    assert len(boxes) > 1
    assert all(after[0] - before[2] >= 22 for before, after in pairwise(boxes))
