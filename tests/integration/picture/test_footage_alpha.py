"""Videos with transparency, such as a logo's sting, over whatever lies behind them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from render.composition import Alpha
from render.footage import FootagePlayer
from render.planes import Bytes, Frame
from render.transparency import read_alpha
from render.video_file import read_video
from tests.integration.picture.scenery import SIZE
from tests.integration.picture.videos import footage, picture, x264
from tests.integration.sound.films import ffmpeg

GROUND = "#1e5a78"
CODECS = {
    "prores.mov": ["-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuva444p10le", "-q:v", "2"],
    "png.mov": ["-c:v", "png", "-pix_fmt", "rgba"],
    "animation.mov": ["-c:v", "qtrle", "-pix_fmt", "argb"],
    "vp9.webm": ["-c:v", "libvpx-vp9", "-pix_fmt", "yuva420p", "-crf", "4", "-b:v", "0"],
    "vp8.webm": ["-c:v", "libvpx", "-pix_fmt", "yuva420p", "-b:v", "4M", "-auto-alt-ref", "0"],
}


def sting(frame: int) -> NDArray[np.float64]:
    """A disc of the theme's orange with a soft edge, on a half transparent white bar, going to the right: RGBA, straight, 0 to 255."""
    width, height = SIZE
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    disc = np.clip((0.3 * height - np.hypot(x - 0.3 * width - 4 * frame, y - height / 2)) / 24 + 0.5, 0, 1)
    bar = 0.5 * (np.abs(y - 0.8 * height) < 0.1 * height)
    alpha = disc + bar * (1 - disc)
    share = np.divide(disc, alpha, out=np.ones_like(disc), where=alpha > 0)[..., None]
    colour = share * (246, 183, 60) + (1 - share) * 255
    # Of what is not seen the colour is anything: a bright fringe would tell.
    colour[alpha == 0] = 255
    return np.dstack([colour, 255 * alpha])


def over(rgba: NDArray[np.float64]) -> NDArray[np.float64]:
    """What a viewer is to see."""
    ground = np.array([int(GROUND[i : i + 2], 16) for i in (1, 3, 5)], np.float64)
    share = rgba[..., 3:] / 255
    return rgba[..., :3] * share + ground * (1 - share)


def make(target: Path, words: list[str], *, multiplied: bool = False, frames: int = 12) -> Path:
    raw = target.with_suffix(".raw")
    pictures = [sting(frame) for frame in range(frames)]
    if multiplied:
        pictures = [np.dstack([one[..., :3] * one[..., 3:] / 255, one[..., 3]]) for one in pictures]
    raw.write_bytes(b"".join(np.rint(one).astype(np.uint8).tobytes() for one in pictures))
    source = ["-f", "rawvideo", "-pix_fmt", "rgba", "-s", f"{SIZE[0]}x{SIZE[1]}", "-r", "30", "-i", str(raw)]
    ffmpeg(*source, "-vf", "scale=out_color_matrix=bt709", "-colorspace", "bt709", *words, target)
    return target


def seen(path: Path, frame: int, alpha: Alpha, size: tuple[int, int] = SIZE) -> Bytes:
    shown = replace(footage(path, end=Fraction(12, 30), size=size), alpha=alpha)
    whole = Frame(size).fill(GROUND)
    player = FootagePlayer(shown, size, 30)
    whole.lay(player.draw(frame))
    player.close()
    return whole.rgb()


def gap(one: Bytes, other: NDArray[np.float64]) -> float:
    """How far apart two pictures are at their 99.5th percentile: on a hard edge chroma has half the pixels."""
    return float(np.percentile(np.abs(one - other).max(axis=2), 99.5))


@pytest.mark.slow
@pytest.mark.parametrize("name", CODECS)
def test_a_transparent_video_lies_over_what_is_behind_it(tmp_path: Path, name: str) -> None:
    clip = make(tmp_path / name, CODECS[name])
    assert read_alpha(clip) == "straight"
    assert read_video(clip).clear
    for frame in (0, 7):
        assert gap(seen(clip, frame, "straight"), over(sting(frame))) < 12
    with pytest.raises(AssertionError):
        assert gap(seen(clip, 0, "none"), over(sting(0))) < 60, "without its alpha it would be a picture of its own"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["prores.mov", "animation.mov"])
def test_colours_that_were_multiplied_are_not_multiplied_again(tmp_path: Path, name: str) -> None:
    clip = make(tmp_path / name, CODECS[name], multiplied=True)
    assert read_alpha(clip) == "premultiplied"
    assert gap(seen(clip, 5, "premultiplied"), over(sting(5))) < 12
    assert gap(seen(clip, 5, "straight"), over(sting(5))) > 20, "taken for the other, its edge is dark"


@pytest.mark.slow
def test_a_sting_that_is_scaled_has_no_fringe(tmp_path: Path) -> None:
    """White is the colour of what is not seen: mixed in by the scaling, it would ring the disc."""
    clip = make(tmp_path / "clip.mov", CODECS["png.mov"])
    half = (SIZE[0] // 4 * 2, SIZE[1] // 4 * 2)
    whole = over(sting(3))
    small = whole.reshape(half[1], 2, half[0], 2, 3).mean(axis=(1, 3))
    assert gap(seen(clip, 3, "straight", half), small) < 12
    assert seen(clip, 3, "straight", half)[: half[1] // 6].max() < 130


@pytest.mark.slow
def test_sought_or_decoded_through_it_is_the_same(tmp_path: Path) -> None:
    clip = make(tmp_path / "clip.webm", [*CODECS["vp9.webm"], "-g", "4"], frames=12)
    through = [seen(clip, frame, "straight") for frame in range(12)]
    shown = replace(footage(clip, end=Fraction(12, 30)), alpha="straight")
    player = FootagePlayer(shown, SIZE, 30)
    for frame in (11, 2, 7):
        whole = Frame(SIZE).fill(GROUND)
        whole.lay(player.draw(frame))
        assert np.array_equal(whole.rgb(), through[frame])


@pytest.mark.slow
def test_a_video_that_could_be_transparent_and_is_not_is_opaque(tmp_path: Path) -> None:
    source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=0.4,format=yuva444p10le,geq=lum='lum(X,Y)':a=1023"]
    ffmpeg(*source, *CODECS["prores.mov"], tmp_path / "clip.mov")
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=0.4", *x264("-pix_fmt", "yuv420p"), tmp_path / "clip.mp4")
    assert read_video(tmp_path / "clip.mov").clear
    assert [read_alpha(tmp_path / name) for name in ("clip.mov", "clip.mp4")] == ["none", "none"]
    assert picture(tmp_path / "clip.mov").mean() > 60
