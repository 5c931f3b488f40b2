"""Videos that are no videos, cut off, or have holes: one error, unless what is wanted of them is whole."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from pathlib import Path

import pytest

from core.errors import BadInput
from render.footage import FootagePlayer
from render.video_file import ensure_whole, read_video
from tests.integration.picture.scenery import SIZE
from tests.integration.picture.videos import footage, picture, x264
from tests.integration.sound.films import ffmpeg


def test_a_truncated_video_is_one_error_unless_the_stretch_is_whole(tmp_path: Path) -> None:
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=320x180:r=25:d=6",
        *x264("-pix_fmt", "yuv420p", "-g", "25", "-movflags", "+faststart"),
        tmp_path / "whole.mp4",
    )
    data = (tmp_path / "whole.mp4").read_bytes()
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(data[: len(data) * 6 // 10])
    ensure_whole(clip, Fraction(0), Fraction(2))
    assert picture(clip).mean() > 20
    with pytest.raises(BadInput, match=r"clip\.mp4 is cut off at 0:03"):
        ensure_whole(clip, Fraction(0), Fraction(5))
    with pytest.raises(BadInput, match=r"clip\.mp4 is cut off at 0:0\d"):
        ensure_whole(clip, Fraction(5), Fraction(6))
    ffmpeg("-i", tmp_path / "whole.mp4", "-c", "copy", tmp_path / "index-last.mp4")
    clip.write_bytes((tmp_path / "index-last.mp4").read_bytes()[: len(data) * 6 // 10])
    with pytest.raises(BadInput, match="cannot be read as a video"):
        read_video(clip)


def test_what_is_no_video_is_one_error(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"")
    with pytest.raises(BadInput, match=r"clip\.mp4 is empty"):
        read_video(clip)
    clip.write_text("no video at all")
    with pytest.raises(BadInput, match="cannot be read as a video"):
        read_video(clip)
    ffmpeg("-f", "lavfi", "-i", "sine=d=0.3", "-c:a", "aac", clip)
    with pytest.raises(BadInput, match="holds no picture"):
        read_video(clip)
    ffmpeg("-f", "lavfi", "-i", "color=s=16x16:d=0.04:r=25", "-frames:v", "1", tmp_path / "still.png")
    with pytest.raises(BadInput, match="is a still picture"):
        read_video(tmp_path / "still.png")


@pytest.mark.slow
def test_damage_in_the_middle_is_concealed(tmp_path: Path) -> None:
    """A glitch in an old recording does not stop the film."""
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=3", "-c:v", "mpeg2video", "-q:v", "3", tmp_path / "clip.ts")
    data = bytearray((tmp_path / "clip.ts").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 6000] = bytes(6000)
    (tmp_path / "clip.ts").write_bytes(data)
    player = FootagePlayer(footage(tmp_path / "clip.ts", end=3), SIZE, 30)
    light = [float(player.draw(n).y.mean()) for n in range(85)]
    assert min(light) > 60


def test_a_hole_that_a_viewer_would_notice_is_an_error(tmp_path: Path) -> None:
    """Bytes lost in the middle of a file whose index is whole: no picture may stand there for seconds and the film go on."""
    clip = tmp_path / "clip.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=8", *x264("-pix_fmt", "yuv420p", "-g", "25"), clip)
    data = bytearray(clip.read_bytes())
    first, last = len(data) * 3 // 8, len(data) * 6 // 8
    data[first:last] = bytes(last - first)
    clip.write_bytes(data)
    player = FootagePlayer(footage(clip, end=8), SIZE, 30)
    with pytest.raises(BadInput, match=r"clip\.mp4 cannot be decoded at 0:0[23]"):
        deque(map(player.draw, range(235)), maxlen=0)
    later = FootagePlayer(footage(clip, start=7, end=8), SIZE, 30)
    assert float(later.draw(20).y.mean()) > 60, "what is whole behind it can be shown"
