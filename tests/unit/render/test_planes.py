import numpy as np
import pytest

from render.planes import Frame, rgb_to_ink, rgba_to_ink

# ITU-R BT.709-6: 8-bit codes of 100 % colours, from the recommendation's own equations.
PRIMARIES = {
    (255, 255, 255): (235, 128, 128),
    (0, 0, 0): (16, 128, 128),
    (255, 0, 0): (63, 102, 240),
    (0, 255, 0): (173, 42, 26),
    (0, 0, 255): (32, 240, 118),
}


@pytest.mark.parametrize(("rgb", "yuv"), PRIMARIES.items())
def test_colours_become_bt709_limited(rgb: tuple[int, int, int], yuv: tuple[int, int, int]) -> None:
    ink = rgb_to_ink(np.full((4, 4, 3), rgb, np.uint8))
    assert (ink.y[0, 0], ink.u[0, 0], ink.v[0, 0]) == yuv
    frame = Frame((4, 4)).fill("#{:02x}{:02x}{:02x}".format(*rgb))
    assert (frame.y[1, 1], frame.u[1, 1], frame.v[1, 1]) == yuv
    assert np.abs(frame.rgb()[0, 0].astype(int) - rgb).max() <= 2


def test_laying_is_the_average_of_alpha() -> None:
    rng = np.random.default_rng(5)
    rgba = rng.integers(0, 256, (8, 8, 4), dtype=np.uint8)
    rgba[::2, ::2] = rgba[1::2, ::2] = rgba[::2, 1::2] = rgba[1::2, 1::2]
    frame = Frame((16, 16)).fill("#305070")
    ground = frame.y[0, 0]
    frame.lay(rgba_to_ink(rgba, 4, 6))
    solid = rgb_to_ink(np.ascontiguousarray(rgba[..., :3])).y.astype(float)
    alpha = rgba[..., 3] / 255
    assert np.abs(frame.y[6:14, 4:12] - (solid * alpha + ground * (1 - alpha))).max() <= 1.5
    outside = frame.y.copy()
    outside[6:14, 4:12] = ground
    assert (outside == ground).all()


def test_opaque_and_empty_ink_are_exact() -> None:
    rgba = np.zeros((4, 4, 4), np.uint8)
    rgba[..., :3] = (200, 30, 90)
    frame = Frame((4, 4)).fill("#102030")
    before = frame.data.copy()
    frame.lay(rgba_to_ink(rgba))
    assert (frame.data == before).all()
    rgba[..., 3] = 255
    ink = rgba_to_ink(rgba)
    assert ink.a is None
    frame.lay(ink)
    assert (frame.y == ink.y).all()


def test_a_frames_planes_are_views_of_what_is_written() -> None:
    frame = Frame((6, 4)).fill("#000000")
    frame.u[:] = 7
    assert (frame.data.reshape(-1)[24:30] == 7).all()
    assert (frame.data.reshape(-1)[30:] == 128).all()
