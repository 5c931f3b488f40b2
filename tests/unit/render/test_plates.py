from pathlib import Path

import numpy as np
import pytest

from core.errors import BadInput
from render.plates import draw_svg, fit_svg, load_plate, plate_file

BOX = '<rect x="961" y="541" width="101" height="51" fill="#ff0000" fill-opacity="0.5"/>'
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1920 1080">{BOX}</svg>'


def test_a_plate_is_cropped_to_what_is_drawn() -> None:
    raster = load_plate(SVG, (1920, 1080), None)
    assert (raster.left, raster.top) == (960, 540)
    assert raster.rgba.shape == (52, 102, 4)
    assert raster.rgba[20, 20].tolist() == [255, 0, 0, 128]


def test_a_plate_fills_whatever_frame_it_is_for() -> None:
    raster = load_plate(SVG, (480, 270), None)
    assert (raster.left, raster.top) == (240, 134)
    sized = SVG.replace("<svg ", '<svg width="1920" height="1080" ')
    assert (load_plate(sized, (480, 270), None).rgba == raster.rgba).all()
    bare = f'<svg xmlns="http://www.w3.org/2000/svg" width="1920px" height="1080px">{BOX}</svg>'
    assert (load_plate(bare, (480, 270), None).rgba == raster.rgba).all()


def test_an_empty_plate_is_two_clear_pixels() -> None:
    raster = load_plate('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"/>', (64, 64), None)
    assert raster.rgba.shape == (2, 2, 4)
    assert not raster.rgba.any()


def test_a_damaged_plate_is_drawn_again(tmp_path: Path) -> None:
    first = load_plate(SVG, (480, 270), tmp_path)
    file = plate_file(SVG, (480, 270), tmp_path)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)
    again = load_plate(SVG, (480, 270), tmp_path)
    assert (again.rgba == first.rgba).all()
    with np.load(file) as kept:
        assert (kept["rgba"] == first.rgba).all()


@pytest.mark.parametrize("svg", ["", "plain text", '<svg xmlns="http://www.w3.org/2000/svg"><g>', "<svg>&nope;</svg>"])
def test_what_is_no_drawing_is_bad_input(svg: str) -> None:
    with pytest.raises(BadInput):
        draw_svg(svg, (32, 32))


def test_only_the_root_is_resized() -> None:
    inner = '<svg viewBox="0 0 4 4"><svg width="2" height="2"/><rect width="3" height="1"/></svg>'
    fitted = fit_svg(inner, (40, 40))
    assert '<svg width="2" height="2"/>' in fitted
    assert 'viewBox="0 0 4 4"' in fitted
    assert fitted.startswith('<svg width="40" height="40"')
