"""The theme's logo: a picture inside the overlays and the slate, in its place and never out of its box."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import BadInput
from render.composition import Plate
from render.formats import FORMATS, Format, frame_size
from render.plates import load_plate
from render.scenes.frame import frame_of
from render.stage import Stage
from tests.unit.render.conftest import Make, Shoot

Branded = Callable[..., Stage]
WIDE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 60"><rect width="600" height="60" fill="#ff0000"/></svg>'
)
HIGH = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50 200"><rect width="50" height="200" fill="#ff0000"/></svg>'
)


@pytest.fixture
def branded(tmp_path: Path, stage: Stage) -> Branded:
    """The stage of a theme with that drawing as its logo and watermark, in a format."""

    def build(drawing: str, shape: Format = "16:9") -> Stage:
        (tmp_path / "logo.svg").write_text(drawing, encoding="utf-8")
        theme = replace(stage.theme, logo=str(tmp_path / "logo.svg"), watermark=True)
        return replace(stage, size=frame_size(shape, preview=True), theme=theme)

    return build


def inked(stage: Stage, make: Make, shoot: Shoot, kind: str, layer: str) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) of the red that a layer shows, in pixels of the frame."""
    scene = make(kind)
    plate = next(found for found in scene.compose(shoot(scene), stage).layers if found.name == layer).content
    assert isinstance(plate, Plate)
    raster = load_plate(plate.svg, stage.size, None)
    rows, columns = np.nonzero((raster.rgba[..., 3] > 128) & (raster.rgba[..., 0] > 128))
    return (
        raster.left + int(columns.min()),
        raster.top + int(rows.min()),
        raster.left + int(columns.max()) + 1,
        raster.top + int(rows.max()) + 1,
    )


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("drawing", [WIDE, HIGH])
def test_the_watermark_stands_in_the_corner_of_the_text_area(
    shape: Format, drawing: str, branded: Branded, make: Make, shoot: Shoot
) -> None:
    stage = branded(drawing, shape)
    frame = frame_of(stage)
    left, top, right, bottom = inked(stage, make, shoot, "title", "watermark")
    assert right == pytest.approx(frame.right, abs=1)
    assert top == pytest.approx(frame.top, abs=1)
    assert right - left <= 302 * frame.unit
    assert bottom <= frame.body_top
    wide, high = (600, 60) if drawing == WIDE else (50, 200)
    assert (right - left) / (bottom - top) == pytest.approx(wide / high, rel=0.15)


@pytest.mark.parametrize("shape", FORMATS)
def test_the_slate_has_it_large_and_no_watermark(shape: Format, branded: Branded, make: Make, shoot: Shoot) -> None:
    stage = branded(WIDE, shape)
    slate = make("slate")
    names = [layer.name for layer in slate.compose(shoot(slate), stage).layers]
    assert "logo" in names
    assert "watermark" not in names
    left, _, right, bottom = inked(stage, make, shoot, "slate", "logo")
    mark = inked(stage, make, shoot, "title", "watermark")
    assert left == pytest.approx(frame_of(stage).left, abs=1)
    assert right - left > 1.5 * (mark[2] - mark[0])
    assert bottom < stage.size[1] / 2


def test_a_theme_without_one_draws_none(stage: Stage, make: Make, shoot: Shoot) -> None:
    for kind in ("title", "slate"):
        scene = make(kind)
        names = {layer.name for layer in scene.compose(shoot(scene), stage).layers}
        assert names.isdisjoint({"logo", "watermark"})


def test_a_logo_of_pixels_is_embedded_upright_and_no_larger_than_needed(
    tmp_path: Path, stage: Stage, make: Make, shoot: Shoot
) -> None:
    from PIL import Image

    Image.new("RGB", (200, 3000), "#ff0000").save(tmp_path / "logo.jpg", exif=_turned())
    marked = replace(stage, theme=replace(stage.theme, logo=str(tmp_path / "logo.jpg"), watermark=True))
    left, top, right, bottom = inked(marked, make, shoot, "title", "watermark")
    assert right - left > 10 * (bottom - top)
    scene = make("title")
    plate = next(layer.content for layer in scene.compose(shoot(scene), marked).layers if layer.name == "watermark")
    assert isinstance(plate, Plate)
    assert len(plate.svg) < 20_000


def test_a_logo_that_names_a_file_is_refused(branded: Branded, make: Make, shoot: Shoot) -> None:
    scene = make("title")
    with pytest.raises(BadInput, match="outside itself"):
        scene.compose(shoot(scene), branded(WIDE.replace("<rect", '<image href="file:///etc/passwd"/><rect', 1)))


def _turned() -> bytes:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    return exif.tobytes()
