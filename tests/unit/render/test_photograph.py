from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.errors import BadInput
from render.composition import Photograph, Region
from render.photograph import Camera, fit_view, read_picture

WHOLE = Region(0.5, 0.5, 1.0)
SIZE = (160, 90)


def photo(path: Path, start: Region = WHOLE, end: Region = WHOLE, **look: Any) -> Photograph:
    return Photograph(path, "0" * 64, start, end, 0, 30, **look)


@given(
    st.builds(Region, st.floats(-1, 2), st.floats(-1, 2), st.floats(0.01, 3)),
    st.tuples(st.integers(1, 9000), st.integers(1, 9000)),
)
def test_a_view_never_leaves_the_picture(region: Region, picture: tuple[int, int]) -> None:
    left, top, width = fit_view(region, picture, (1920, 1080))
    height = width * 1080 / 1920
    slack = 1e-6 * max(picture)
    assert left >= 0
    assert top >= 0
    assert left + width <= picture[0] + slack
    assert top + height <= picture[1] + slack


def save(tmp_path: Path, picture: Image.Image, name: str, **options: Any) -> Path:
    path = tmp_path / name
    picture.save(path, **options)
    return path


@pytest.mark.parametrize("mode", ["CMYK", "L", "LA", "RGBA", "P", "1"])
def test_any_mode_of_colour(tmp_path: Path, mode: str) -> None:
    name = "p.tif" if mode == "CMYK" else "p.png"
    pixels = read_picture(photo(save(tmp_path, Image.new(mode, (8, 8)), name)), SIZE)
    assert pixels.shape == (8, 8, 3)
    assert pixels.dtype == np.uint8


def test_a_single_pixel_fills_the_frame(tmp_path: Path) -> None:
    ink = Camera(photo(save(tmp_path, Image.new("RGB", (1, 1), (255, 0, 0)), "p.png")), SIZE).draw(0.0)
    assert ink.size == SIZE
    assert (ink.y == 63).all()


def test_a_cut_off_file_and_a_text_are_bad_input(tmp_path: Path) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (64, 64, 3), dtype=np.uint8))
    path = save(tmp_path, noise, "p.jpg")
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(BadInput, match="not a picture that can be read"):
        read_picture(photo(path), SIZE)
    path.write_text("no picture")
    with pytest.raises(BadInput, match="not a picture that can be read"):
        read_picture(photo(path), SIZE)


def test_treatments_and_darkening(tmp_path: Path) -> None:
    path = save(tmp_path, Image.new("RGB", (160, 90), (200, 80, 40)), "p.png")
    plain, dark = (Camera(photo(path, darken=share), SIZE).draw(0.0) for share in (0.0, 0.5))
    assert abs((int(dark.y[5, 5]) - 16) * 2 - (int(plain.y[5, 5]) - 16)) <= 2
    mono = Camera(photo(path, treatment="mono"), SIZE).draw(0.0)
    assert (mono.u[3, 3], mono.v[3, 3]) == (128, 128)
    two = Camera(photo(path, treatment="duotone", tones=("#000000", "#ff0000")), SIZE).draw(0.0)
    assert two.v[3, 3] > 160
    assert 30 < two.y[5, 5] < 45, "its light goes from black to red's"
    tint = Camera(photo(path, treatment="tint"), SIZE).draw(0.0)
    assert tint.u[3, 3] > 128 > tint.v[3, 3]


def test_a_drawn_picture_is_as_sharp_as_its_closest_view(tmp_path: Path) -> None:
    path = tmp_path / "p.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90" width="160" height="90">'
        '<rect width="160" height="90" fill="#000"/><rect x="80" width="80" height="90" fill="#fff"/></svg>'
    )
    camera = Camera(photo(path, WHOLE, Region(0.5, 0.5, 0.25)), SIZE)
    assert camera.luma.shape == (2 * 360, 2 * 640)
    row = camera.draw(1.0).y[45]
    assert np.count_nonzero((row > 20) & (row < 230)) <= 2
