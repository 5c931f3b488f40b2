"""Charts of lines: drawn with the narrator, labelled where they end."""

import numpy as np
import pytest

from render.composition import Layer, Plate
from render.motion import sample
from render.scenes.base import Scene
from render.stage import Shot, Stage
from tests.unit.render.conftest import Make, Shoot


def layers(scene: Scene, shot: Shot, stage: Stage) -> dict[str, Layer]:
    return {layer.name: layer for layer in scene.compose(shot, stage).layers}


def opacity(layer: Layer, frame: int) -> float:
    return float(sample(layer.motion.opacity, np.array([float(frame)]), 1.0)[0])


def _line(make: Make, fields: str = "") -> Scene:
    years = {2006: 54880, 2007: 56606, 2008: 47000, 2009: 38551}
    data = "data: [" + ", ".join(f"{{label: '{year}', value: {value}}}" for year, value in years.items()) + "]"
    return make("chart", fields or f"type: line\ntitle: T\nunit: u\nsource: s\n{data}\n")


def test_a_line_is_drawn_as_far_as_the_narrator_has_come(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = _line(make)
    found = layers(scene, shoot(scene, 9, {("data", 1): 4, ("data", 3): 7}), stage)
    course = sample(found["line-1"].motion.reveal, np.array([30.0, 60.0, 120.0, 180.0, 210.0]), 1.0)
    assert 0 < course[0] < course[1] < course[2] < course[3] < course[4] == 1
    assert course[2] == pytest.approx(1 / 3, abs=0.01)
    assert found["start-1"].first < 15
    assert opacity(found["point-1"], 123) >= 0.8
    assert opacity(found["point-1"], found["point-1"].first) == 0
    assert 200 <= found["end-1"].first <= 210


def test_a_highlighted_point_has_its_dot_when_the_line_passes(stage: Stage, make: Make, shoot: Shoot) -> None:
    data = "data: [{label: a, value: 10}, {label: b, value: 30, highlight: true}, {label: c, value: 20}]"
    scene = _line(make, f"type: line\ntitle: T\nunit: u\nsource: s\n{data}\n")
    found = layers(scene, shoot(scene, 8), stage)
    assert found["line-1"].first < found["point-1"].first < found["end-1"].first


def test_nothing_of_a_line_chart_touches_anything(stage: Stage, make: Make, shoot: Shoot) -> None:
    from render.scenes.drawn import DrawnScene
    from render.scenes.placing import overlap

    for scene in (
        _line(make),
        _line(make, "type: line\ntitle: T\nunit: u\ndata: [{label: Anno 1, value: 1}, {label: Anno 2, value: 2}]"),
    ):
        assert isinstance(scene, DrawnScene)
        words: dict[tuple[str | int, ...], float] = {("data", 0): 2, ("data", 1): 3}
        texts = scene.lay_out(shoot(scene, 9, words), stage).texts
        assert not [
            (a.block.text, b.block.text) for i, a in enumerate(texts) for b in texts[:i] if overlap(a.box, b.box)
        ]


def test_an_axis_without_its_beginning_says_so(stage: Stage, make: Make, shoot: Shoot) -> None:
    from render.scenes.drawn import DrawnScene

    broken, whole = (
        _line(make),
        _line(make, "type: line\ntitle: T\nunit: u\ndata: [{label: a, value: 9}, {label: b, value: 20}]"),
    )
    for scene, marked in ((broken, True), (whole, False)):
        assert isinstance(scene, DrawnScene)
        axis = layers(scene, shoot(scene), stage)["axis"].content
        assert isinstance(axis, Plate)
        assert ("polyline" in axis.svg) is marked
        assert "0" in {placed.block.text for placed in scene.lay_out(shoot(scene), stage).texts}
