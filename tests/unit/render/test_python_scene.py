"""Scenes that a studio's own function draws."""

import json
from dataclasses import replace
from pathlib import Path

from render.composition import Clip, Layer
from render.scenes.base import Scene
from render.stage import Shot, Stage
from tests.unit.render.conftest import Make, Shoot


def layers(scene: Scene, shot: Shot, stage: Stage) -> dict[str, Layer]:
    return {layer.name: layer for layer in scene.compose(shot, stage).layers}


def test_a_python_scene_is_a_clip_with_its_arguments(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("python")
    clip = layers(scene, shoot(scene), stage)["clip"].content
    assert isinstance(clip, Clip)
    assert clip.arguments == '{"length": 400, "width": 200}'


def test_a_python_scene_is_told_when_its_phrases_are_said(stage: Stage, make: Make, shoot: Shoot) -> None:
    scene = make("python", "function: ever_given.py:aground\nmoments: {turn: turned across, wait: {at: ships, nth: 2}}")
    assert [(path, element.at, element.nth) for path, element in scene.waiting()] == [
        (("moments", "turn"), "turned across", None),
        (("moments", "wait"), "ships", 2),
    ]
    clip = layers(scene, shoot(scene, at={("moments", "turn"): 2.5, ("moments", "wait"): 4.1}), stage)["clip"].content
    assert isinstance(clip, Clip)
    assert json.loads(clip.arguments) == {"moments": {"turn": 2.5, "wait": 4.1}}


def test_a_python_scene_is_drawn_again_when_a_file_it_uses_changes(
    tmp_path: Path, stage: Stage, make: Make, shoot: Shoot
) -> None:

    (tmp_path / "ship.py").write_text("def draw(size, duration, fps): ...\n")
    here = replace(stage, script=replace(stage.script, path=tmp_path / "script.md"))
    scene = make("python", "function: ship.py:draw\nuses: [tracks.csv]")
    addresses = set()
    for data in ("1,2", "1,3"):
        (tmp_path / "tracks.csv").write_text(data)
        clip = layers(scene, shoot(scene), here)["clip"].content
        assert isinstance(clip, Clip)
        addresses.add(clip.sha256)
    assert len(addresses) == 2
