"""The photo kind: what stands out is found, named regions are known, and the camera never leaves the picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from core.errors import BadInput, Place
from render.composition import Photograph, Region
from render.salience import best_view, find_subject, weigh
from render.scenes.photo import PhotoScene
from render.stage import Shot, Stage
from script.assets import read_assets
from script.document import Asset, Lender, Narration, SceneBlock
from tests.unit.render.conftest import Shoot

WIDE, TALL = (1920, 1080), (1080, 1920)


def field_with(x: float, y: float, size: tuple[int, int] = (900, 600)) -> Image.Image:
    """A green field, a little uneven, with a red disc whose centre lies at (x, y), in fractions."""
    wide, high = size
    noise = np.random.default_rng(1).integers(-8, 9, (high // 8, wide // 8, 1))
    field = np.clip(np.array([96, 120, 70]) + noise, 0, 255).astype(np.uint8)
    picture = Image.fromarray(field).resize(size)
    radius = 0.09 * high
    ImageDraw.Draw(picture).ellipse(
        (x * wide - radius, y * high - radius, x * wide + radius, y * high + radius), fill=(200, 60, 50)
    )
    return picture


@pytest.fixture
def there(stage: Stage, tmp_path: Path) -> Stage:
    """The stage with a picture, `field.png`, whose subject lies far right, and its named regions."""
    field_with(0.78, 0.45).save(tmp_path / "field.png", compress_level=1)
    assets = {"field.png": Asset("field.png", "A. Photographer", "CC BY 4.0", regions={"disc": (0.78, 0.45, 0.3)})}
    block = SceneBlock("photo", "photo", {}, Narration((), "", None), 0, {(): Place("script.md", 4)})
    return replace(stage, script=replace(stage.script, path=tmp_path / "script.md", assets=assets, scenes=(block,)))


def views(there: Stage, shoot: Shoot, size: tuple[int, int] = WIDE, **fields: Any) -> tuple[Region, Region]:
    scene = PhotoScene(**{"id": "photo", "file": "field.png"} | fields)
    content = scene.compose(shoot(scene, 8), replace(there, size=size)).layers[0].content
    assert isinstance(content, Photograph)
    return content.start, content.end


def sees(region: Region, point: tuple[float, float], size: tuple[int, int], ratio: float = 1.5) -> bool:
    tall = size[1] / size[0] * ratio
    return abs(point[0] - region.x) <= region.width / 2 and abs(point[1] - region.y) <= region.width * tall / 2


def test_a_used_scene_moves_as_in_its_own_film(there: Stage, shoot: Shoot) -> None:
    """Its segments are the same, whatever it is called where it is used."""
    own = views(there, shoot)
    moves = set()
    for name in ("one", "two", "three", "four"):
        used = replace(there.script.scenes[0], id=name, lenders=(Lender(there.script, "photo", speaks=False),))
        stage = replace(there, script=replace(there.script, scenes=(used,)))
        moves.add(views(stage, shoot, id=name))
    assert moves == {own}


@pytest.mark.parametrize("at", [(0.2, 0.5), (0.8, 0.4), (0.5, 0.75), (0.3, 0.25)])
def test_what_stands_out_is_found_and_kept_in_view(at: tuple[float, float]) -> None:
    weights = weigh(np.asarray(field_with(*at, size=(600, 400))))
    subject = find_subject(weights)
    assert abs(subject.x - at[0]) < 0.06
    assert abs(subject.y - at[1]) < 0.08
    view = best_view(weights, 0.375, 16 / 9 * 1.5)
    assert view.x - view.width / 2 <= at[0] - 0.06
    assert at[0] + 0.06 <= view.x + view.width / 2


def test_where_nothing_stands_out_the_middle_does() -> None:
    weights = weigh(np.full((300, 450, 3), 90, np.uint8))
    assert (find_subject(weights).x, find_subject(weights).y) == pytest.approx((0.5, 0.5), abs=0.02)
    assert best_view(weights, 0.4, 2.0).x == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("size", [WIDE, TALL])
def test_by_itself_the_camera_keeps_to_the_subject_and_the_picture(
    there: Stage, shoot: Shoot, size: tuple[int, int]
) -> None:
    start, end = views(there, shoot, size)
    tall = size[1] / size[0] * 1.5
    for view in (start, end):
        assert sees(view, (0.78, 0.45), size)
        assert view.width / 2 - 1e-9 <= view.x <= 1 - view.width / 2 + 1e-9
        assert view.width * tall / 2 - 1e-3 <= view.y <= 1 - view.width * tall / 2 + 1e-3
    assert 0.04 <= abs(start.width - end.width) / max(start.width, end.width) <= 0.12


def test_named_places_and_the_file_s_own_regions(there: Stage, shoot: Shoot) -> None:
    fields: dict[str, Any] = {"from": "top-left", "to": "centre"}
    start, end = views(there, shoot, **fields)
    assert (start, end) == (Region(0.3, 0.3, 0.6), Region(0.5, 0.5, 0.6))
    _, end = views(there, shoot, to="disc")
    assert (end.x, end.y, end.width) == pytest.approx((0.78, 0.45, 0.3))
    _, end = views(there, shoot, to="subject")
    assert (end.x, end.y) == pytest.approx((0.78, 0.45), abs=0.05)
    with pytest.raises(BadInput, match="no region 'disk'") as caught:
        views(there, shoot, to="disk")
    assert caught.value.hint == "did you mean disc?"
    assert caught.value.place == Place("script.md", 4)


def test_a_move_chosen_for_a_wide_frame_is_as_large_in_a_tall_one(there: Stage, shoot: Shoot) -> None:
    fields: dict[str, Any] = {"from": {"x": 0.5, "y": 0.5, "width": 1.0}, "to": {"x": 0.7, "y": 0.45, "width": 0.9}}
    start, end = views(there, shoot, TALL, **fields)
    assert start.width == pytest.approx(0.375)
    assert end.width / start.width == pytest.approx(0.9)
    assert (end.x, end.y) == pytest.approx((0.7, 0.45), abs=0.01)


@pytest.mark.parametrize("size", [WIDE, TALL])
@pytest.mark.parametrize("picture", [(1, 1), (1, 400), (3000, 3)])
def test_a_picture_of_any_shape_fills_the_frame(
    there: Stage, shoot: Shoot, size: tuple[int, int], picture: tuple[int, int]
) -> None:
    from render.photograph import Camera

    Image.new("RGB", picture, (200, 40, 40)).save(there.script.folder / "field.png")
    scene = PhotoScene(id="photo", file="field.png")
    content = scene.compose(shoot(scene, 8), replace(there, size=size)).layers[0].content
    assert isinstance(content, Photograph)
    for share in (0.0, 0.5, 1.0):
        ink = Camera(content, (size[0] // 8 * 2, size[1] // 8 * 2)).draw(share)
        assert ink.y.min() == ink.y.max()
    assert "picture-too-small" in [found.rule for found in scene.review(shoot(scene, 8), replace(there, size=size))]


def test_its_credit_is_the_assets_and_an_animation_is_said(there: Stage, shoot: Shoot) -> None:
    assert PhotoScene(id="photo", file="field.png").credit_text(there) == "A. Photographer, CC BY 4.0"
    assert PhotoScene(id="photo", file="field.png", credit="Mine").credit_text(there) == "Mine"
    assert PhotoScene(id="photo", file="field.png", credit="none").credit_text(there) == ""
    frames = [Image.new("RGB", (2000, 1200), colour) for colour in ("red", "blue")]
    frames[0].save(there.script.folder / "a.gif", save_all=True, append_images=frames[1:])
    scene = PhotoScene(id="photo", file="a.gif")
    assert "animated-picture" in [found.rule for found in scene.review(shoot(scene, 8), there)]


@pytest.mark.parametrize(
    "written",
    [
        "regions = {face = {x = 0.4, y = 0.3}}",
        "regions = {face = {x = 4, y = 0.3, width = 0.2}}",
        "regions = 3",
        "regions = {Face = {x = 0.4, y = 0.3, width = 0.2}}",
    ],
)
def test_regions_in_assets(tmp_path: Path, written: str) -> None:
    head = '["a.jpg"]\ncredit = "A"\nlicence = "CC0"\n'
    (tmp_path / "assets.toml").write_text(head + "regions = {face = {x = 0.4, y = 0.3, width = 0.2}}\n")
    assets, findings = read_assets(tmp_path, None)
    assert (assets["a.jpg"].regions, findings) == ({"face": (0.4, 0.3, 0.2)}, [])
    (tmp_path / "assets.toml").write_text(head + written + "\n")
    _, [finding] = read_assets(tmp_path, None)
    assert (finding.rule, finding.place and finding.place.line) == ("wrong-value", 1)


def test_a_shot_is_the_same_every_time(there: Stage, shoot: Shoot) -> None:
    scene = PhotoScene(id="photo", file="field.png", treatment="duotone")
    shot: Shot = shoot(scene, 8)
    assert scene.compose(shot, there) == scene.compose(shot, there)
