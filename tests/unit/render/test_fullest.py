"""The frame on which a scene is shown on a sheet, and the picture of it that stands for the film."""

from dataclasses import replace

import numpy as np
import pytest

from render.fullest import fullest_frame
from render.poster import without_overlays
from render.scenes.overlays import overlays
from render.scenes.panels import lower_third_frames
from render.stage import ShotCue, Stage
from render.states import State, layer_states
from tests.unit.render.conftest import Make, Shoot

THIRD = "heading: H\nitems: [{text: A}, {text: B, at: b}]\nlower_third: {name: Somebody}"


@pytest.mark.parametrize("seconds", [2, 3, 6, 7, 13, 60])
def test_a_lower_third_stands_whole_on_the_frame_that_is_shown(
    seconds: float, stage: Stage, make: Make, shoot: Shoot
) -> None:
    shot = shoot(make("list", THIRD), seconds, {("items", 1): min(1.0, seconds / 6)})
    [layer] = [one for one in shot.scene.compose(shot, stage).layers if one.name == "lower-third"]
    [states] = layer_states(layer, np.array([fullest_frame(shot, stage)]), float(stage.rate))
    assert State(*map(float, states)).opacity == 1


def test_what_waits_for_the_last_word_is_not_lost_for_it(stage: Stage, make: Make, shoot: Shoot) -> None:
    shot = shoot(make("list", THIRD), 13, {("items", 1): 11})
    assert fullest_frame(shot, stage) == shot.peak >= 11 * 30
    assert fullest_frame(shoot(make("list"), 13), stage) == shoot(make("list"), 13).peak
    named = shoot(make("list", THIRD), 13, {("lower_third",): 6, ("items", 1): 2})
    first, last = lower_third_frames(named, stage)
    assert first < fullest_frame(named, stage) < last


def test_a_poster_has_nothing_over_its_scene(stage: Stage, make: Make, shoot: Shoot) -> None:
    script = replace(stage.script, front=replace(stage.script.front, captions="burned"))
    here = replace(stage, script=script, theme=replace(stage.theme, logo="", watermark=False))
    scene = make("list", THIRD, credit="A photographer")
    shot = shoot(scene, 8, {("items", 1): 2}, chapter=0, opens_chapter=True, cues=(ShotCue(0, 90, ("Words",)),))
    over = {layer.name for layer in overlays(scene, shot, here)}
    assert over == {"lower-third", "strap", "credit", "caption-1"}
    whole = scene.compose(shot, here)
    bare = without_overlays(whole)
    assert {layer.name for layer in whole.layers} - {layer.name for layer in bare.layers} == over
