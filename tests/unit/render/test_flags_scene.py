"""Flags: found, of one size, named under or beside."""

from dataclasses import replace

import pytest

from core.errors import BadInput
from render.composition import Layer, Plate
from render.scenes.base import Scene
from render.scenes.flag_files import flag_file
from render.stage import Shot, Stage
from tests.unit.render.conftest import Make, Shoot


def layers(scene: Scene, shot: Shot, stage: Stage) -> dict[str, Layer]:
    return {layer.name: layer for layer in scene.compose(shot, stage).layers}


def test_every_flag_is_found_by_code_or_name() -> None:
    assert flag_file("EGY") == flag_file("eg") == flag_file("Egypt")
    assert flag_file("XKX").name == "xk.svg"
    assert flag_file("EU").name == "eu.svg"


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
@pytest.mark.parametrize("codes", ["TUR GBR FRA GRC BGR ROU", "CHE GBR ARE BIH COD", "CHE GBR", "ISR GBR FRA PNG"])
@pytest.mark.parametrize("heading", ["", "Montreux, 20 July 1936"])
def test_names_of_flags_are_of_one_size_and_stay_with_their_flag(
    size: tuple[int, int], codes: str, heading: str, stage: Stage, make: Make, shoot: Shoot
) -> None:
    from dataclasses import replace

    from render.scenes.flags import FlagsScene
    from render.scenes.frame import frame_of

    scene = make("flags", "{}", countries=[{"iso": code} for code in codes.split()], heading=heading)
    assert isinstance(scene, FlagsScene)
    tall = replace(stage, size=size)
    texts = scene.lay_out(shoot(scene), tall).texts
    names = texts[1:] if heading else texts
    assert len({name.block.size for name in names}) == 1
    frame = frame_of(tall)
    flags = layers(scene, shoot(scene), tall)
    for number, name in enumerate(names, 1):
        plate = flags[f"flag-{number}"].content
        assert isinstance(plate, Plate)
        width = float(plate.svg.split(' width="')[2].split('"')[0])
        if frame.vertical:
            x, y = (float(plate.svg.split(f' {way}="')[1].split('"')[0]) for way in "xy")
            assert x + width < name.x
            assert name.box[2] <= frame.right + 0.5
            assert y <= name.box[1]
            assert name.box[3] <= y + 0.75 * width
        else:
            assert name.block.width <= width + 0.5
            assert name.x + width <= frame.right + 0.5
        assert not name.block.overflow
        last = width
    if size[0] > size[1] and len(names) > 2:
        left, right = min(name.x for name in names), max(name.x for name in names) + last
        across = (frame.left + frame.right) / 2 if len(names) > 4 and not heading else (left + frame.right) / 2
        assert (left + right) / 2 == pytest.approx(across, abs=1)


@pytest.mark.parametrize("code", ["SUN", "YUG", "DDR", "USSR", "Czechoslovakia"])
def test_a_country_of_the_past_has_no_flag_and_is_told_so(code: str) -> None:
    with pytest.raises(BadInput) as caught:
        flag_file(code)
    assert "only today's countries" in (caught.value.hint or "")


def test_a_heading_that_leaves_no_room_for_flags_ends(stage: Stage, make: Make, shoot: Shoot) -> None:
    """A theme with chapter headings of 500 pixels: flags cannot be made small enough to fit under one."""
    loud = replace(stage, theme=replace(stage.theme, sizes=replace(stage.theme.sizes, chapter=500.0)))
    scene = make("flags", "countries: [{iso: FRA}, {iso: DEU}]\nheading: Two of the founders of it\n")
    assert "action-safe" in {finding.rule for finding in scene.review(shoot(scene, 8), loud)}
