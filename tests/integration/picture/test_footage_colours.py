"""Stretches of video, whatever they are made of: upright, square, and in the right colours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from render.video_file import read_video
from tests.integration.picture.scenery import SIZE
from tests.integration.picture.videos import PATCHES, corners, meant, near, patches, picture, tagged, x264
from tests.integration.sound.films import ffmpeg

MATRICES = {
    "bt601": ("640x360", "smpte170m", "tv", tagged("smpte170m"), "yuv420p"),
    "bt709": ("640x360", "bt709", "tv", tagged("bt709"), "yuv420p"),
    "full-range": ("640x360", "bt709", "pc", tagged("bt709", full=True), "yuv420p"),
    "untagged-sd": ("640x480", "smpte170m", "tv", [], "yuv420p"),
    "untagged-hd": ("1280x720", "bt709", "tv", [], "yuv420p"),
    "bt2020-matrix": ("640x360", "bt2020nc", "tv", tagged("bt2020nc"), "yuv420p10le"),
    "ten-bit-4:2:2": ("640x360", "bt709", "tv", tagged("bt709"), "yuv422p10le"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MATRICES)
def test_colours_come_out_right(tmp_path: Path, name: str) -> None:
    size, matrix, span, tags, pixels = MATRICES[name]
    graph = patches(size, "5")
    scale = f",scale=out_color_matrix={matrix}:out_range={span},format={pixels}"
    clip = tmp_path / "clip.mp4"
    ffmpeg(*graph[:-1], graph[-1] + scale, *x264(*tags), clip)
    near(corners(picture(clip)), meant())


@pytest.mark.slow
def test_the_wrong_matrix_would_be_seen(tmp_path: Path) -> None:
    """The check of colours has teeth: BT.601 taken for BT.709."""
    graph = patches("640x360", "5")
    scale = ",scale=out_color_matrix=smpte170m,format=yuv420p"
    ffmpeg(*graph[:-1], graph[-1] + scale, *x264(*tagged("bt709")), tmp_path / "clip.mp4")
    with pytest.raises(AssertionError):
        near(corners(picture(tmp_path / "clip.mp4")), meant())


@pytest.mark.slow
def test_motion_jpeg_and_animated_gifs_have_their_own_colours(tmp_path: Path) -> None:
    graph = patches("640x360", "5")
    ffmpeg(*graph, "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "2", tmp_path / "clip.avi")
    ffmpeg(*graph, tmp_path / "clip.gif")
    near(corners(picture(tmp_path / "clip.avi")), meant())
    near(corners(picture(tmp_path / "clip.gif")), meant(), by=12)


TO_SRGB = {
    "smpte432": ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979)),
    "bt2020": ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),
}
"""From linear P3 and BT.2020 to linear BT.709: the products of the primaries' own matrices, D65 in all."""


@pytest.mark.slow
@pytest.mark.parametrize("primaries", TO_SRGB)
def test_a_wide_gamut_is_brought_to_bt709_s(tmp_path: Path, primaries: str) -> None:
    graph = patches("640x360", "5")
    matrix = "bt709" if primaries == "smpte432" else "bt2020nc"
    scale = f",scale=out_color_matrix={matrix}:out_range=tv,format=yuv420p10le"
    ffmpeg(*graph[:-1], graph[-1] + scale, *x264(*tagged(matrix, primaries=primaries)), tmp_path / "clip.mp4")
    linear = (np.array(meant()) / 255) ** 2.2
    wanted = 255 * np.clip(linear @ np.array(TO_SRGB[primaries]).T, 0, 1) ** (1 / 2.2)
    # The curves' dark ends differ: what is nearly black in one channel is left to 20 levels.
    seen = np.array(corners(picture(tmp_path / "clip.mp4")))
    assert np.abs(seen - wanted)[wanted > 60].max() <= 6
    assert np.abs(seen - wanted).max() <= 20


@pytest.mark.slow
def test_high_dynamic_range_is_mapped_to_what_a_screen_shows(tmp_path: Path) -> None:
    """Diffuse white of HLG (75 %, ITU-R BT.2408) comes out light and grey stays grey; untreated it would be at 191."""
    grey = "geq=lum='if(lt(X,W/2),721,502)':cb=512:cr=512"
    tags = tagged("bt2020nc", primaries="bt2020", transfer="arib-std-b67")
    clip = tmp_path / "clip.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=s=320x180:r=5:d=1,format=yuv420p10le," + grey, *x264(*tags), clip)
    rgb = picture(clip)
    light, middle = rgb[90, 40].astype(int), rgb[90, 280].astype(int)
    assert light.max() - light.min() <= 4
    assert 205 <= light.mean() <= 255
    assert 90 <= middle.mean() <= light.mean() - 40


TURNS = {
    "90": (["-display_rotation", "90"], [1, 3, 0, 2]),
    "270": (["-display_rotation", "-90"], [2, 0, 3, 1]),
    "180": (["-display_rotation", "180"], [3, 2, 1, 0]),
    "mirrored": (["-display_rotation", "0", "-display_hflip"], [1, 0, 3, 2]),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", TURNS)
def test_turned_as_the_camera_was_held(tmp_path: Path, name: str) -> None:
    words, order = TURNS[name]
    graph = patches("640x360", "5")
    ffmpeg(*graph, *x264("-pix_fmt", "yuv420p", *tagged("bt709")), tmp_path / "plain.mp4")
    ffmpeg(*words, "-i", tmp_path / "plain.mp4", "-c", "copy", tmp_path / "turned.mp4")
    sideways = name in ("90", "270")
    assert read_video(tmp_path / "turned.mp4").size == ((360, 640) if sideways else (640, 360))
    plain = corners(picture(tmp_path / "plain.mp4"))
    size = (90, 160) if sideways else SIZE
    near(corners(picture(tmp_path / "turned.mp4", size=size)), [plain[index] for index in order], by=8)


@pytest.mark.slow
@pytest.mark.parametrize(("aspect", "size"), [("16/15", (768, 576)), ("1/2", (360, 576))])
def test_pixels_that_are_not_square(tmp_path: Path, aspect: str, size: tuple[int, int]) -> None:
    graph = patches("720x576", "5")
    ffmpeg(*graph[:-1], graph[-1] + f",setsar={aspect}", *x264("-pix_fmt", "yuv420p"), tmp_path / "clip.mp4")
    assert read_video(tmp_path / "clip.mp4").size == size
    near(corners(picture(tmp_path / "clip.mp4")), meant())


@pytest.mark.slow
def test_odd_sizes(tmp_path: Path) -> None:
    source = "color=c=0xC83232:s=321x179:r=5:d=1"
    ffmpeg("-f", "lavfi", "-i", source, *x264("-pix_fmt", "yuv444p"), tmp_path / "clip.mp4")
    assert read_video(tmp_path / "clip.mp4").size == (321, 179)
    near(corners(picture(tmp_path / "clip.mp4")), meant(PATCHES[:1]) * 4)
