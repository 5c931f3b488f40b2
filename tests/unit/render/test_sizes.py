"""The same picture at any size: the storyboard and the preview show the film's own type."""

from dataclasses import replace

import pytest

from render.scenes.drawn import DrawnScene
from render.scenes.overlays import overlay_texts
from render.scenes.placing import Placed
from render.stage import Stage
from render.text import TextStyle, layout_text
from tests.unit.render.conftest import Make, Shoot

KINDS = ("title", "quote", "number", "list", "flags", "chart", "compare", "timeline", "slate")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(960, 540), (640, 360), (3840, 2160)])
def test_layout_does_not_hang_on_the_frame_s_size(
    kind: str, size: tuple[int, int], stage: Stage, make: Make, shoot: Shoot
) -> None:
    scene = make(kind, lower_third={"name": "Somebody", "role": "who was there"}, credit="Drawing: Slugline")
    assert isinstance(scene, DrawnScene)
    shot, factor = shoot(scene, 8, chapter=1, opens_chapter=True), size[1] / 1080

    def placed(on: Stage) -> tuple[Placed, ...]:
        assert isinstance(scene, DrawnScene)
        return (*scene.lay_out(shot, on).texts, *overlay_texts(scene, shot, on))

    for large, small in zip(placed(stage), placed(replace(stage, size=size)), strict=True):
        assert small.block.text == large.block.text
        assert small.block.size / factor == pytest.approx(large.block.size, rel=1e-6)
        assert [line.width / factor for line in small.block.lines] == pytest.approx(
            [line.width for line in large.block.lines], rel=1e-6
        )
        assert [edge / factor for edge in small.box] == pytest.approx(large.box, abs=0.5)


def test_the_cut_of_the_letters_follows_the_size_at_1080_lines() -> None:
    style = TextStyle("Source Serif 4", 60)
    whole = layout_text("Bosporus", style).width
    assert layout_text("Bosporus", replace(style, size=15, unit=0.25)).width * 4 == pytest.approx(whole)
    assert layout_text("Bosporus", replace(style, size=15)).width * 4 > 1.02 * whole
