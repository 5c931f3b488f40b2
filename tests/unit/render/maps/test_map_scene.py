"""The `map` kind: what it accepts, when things come."""

import importlib.resources
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from core.digest import digest
from render.fonts import font_digest
from render.geography.camera import Move
from render.geography.painting import FADE, entered
from render.scenes.map_layout import lay_out_map
from render.stage import Stage
from tests.unit.render.conftest import Shoot
from tests.unit.render.maps.scripts import GATE, GATE_AT, MakeMap


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
    assert {"map", "credit"} <= {layer.name for layer in composition.layers}
    assert digest(composition) == digest(scene.compose(shot, stage))
    assert [finding.message for finding in scene.review(shot, stage)] == []


def test_the_camera_moves_at_its_word_and_rests_before_and_after(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make("map", GATE)
    made = lay_out_map(scene, shoot(scene, 10, GATE_AT), stage)
    painting, dropped = made.painting, made.dropped
    before, move, after = painting.camera.steps
    assert isinstance(move, Move)
    assert 0 <= 90 - move.first <= 4
    assert 1.2 <= (move.last - move.first) / 30 <= 2.5
    assert after.last - after.first >= 0.7 * 30
    assert before.start.width / before.end.width < 1.12
    assert dropped == ()


def test_what_waits_for_its_word_is_there_at_its_word(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    scene = make(
        "map", "focus: [EGY]\nplaces: [{name: Suez, at: x}, {name: Cairo}]\nhighlight: {EGY: {fill: accent, at: y}}"
    )
    made = lay_out_map(scene, shoot(scene, 8, {("places", 0): 2.0, ("highlight", "EGY"): 4.0}), stage)
    painting = made.painting
    suez = next(label for label in painting.labels if label.key == "place 0")
    fill = next(fill for fill in painting.fills if fill.first is not None)

    for first, word in ((suez.shown[0], 60), (painting.marks[0].first, 60), (fill.first, 120)):
        assert first is not None
        reached = next(
            frame for frame in range(240) if frame >= first and entered((frame - first) / (FADE * 30)) >= 0.8
        )
        assert abs(reached - word) <= 3


@pytest.mark.slow
def test_a_slow_push_moves_everything_together(stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    """Sampled around a border: from frame to frame it moves by a fraction of a pixel, always the same way."""
    small = replace(stage, size=(640, 360))
    scene = make("map", "focus: [EGY]\nhighlight: {EGY: accent}\nlabels: []")
    made = lay_out_map(scene, shoot(scene, 6), small)
    painting = made.painting
    draw = painting.painter(small.size)
    edges = []
    for frame in range(60, 80):
        row = draw(frame)[180, :320, :3].astype(float)
        bright = row[:, 0] - row[:, 2]
        edges.append(float(np.clip(bright / 180, 0, 1).sum()))
    steps = np.diff(edges)
    assert (steps > 0).all()
    assert steps.max() < 0.5


def _font_file(weight: str) -> Path:
    folder = importlib.resources.files("fontpkg_fira_sans_condensed")
    return Path(str(folder)) / "files" / f"FiraSansCondensed-{weight}.ttf"


def test_a_map_s_address_holds_its_fonts_and_files(tmp_path: Path, stage: Stage, make: MakeMap, shoot: Shoot) -> None:
    """The theme's font under the same path, with other letters in it."""
    heavy, light = (_font_file(weight) for weight in ("Black", "Regular"))
    file = tmp_path / "map.ttf"
    themed = replace(stage, theme=replace(stage.theme, fonts=replace(stage.theme.fonts, map=str(file), arabic="Heebo")))
    addresses = []
    for font in (heavy, light):
        shutil.copyfile(font, file)
        font_digest.cache_clear()
        scene = make("map", "focus: [EGY]\nlabels: []")
        addresses.append(lay_out_map(scene, shoot(scene), themed).painting.source)
    assert addresses[0] != addresses[1]
