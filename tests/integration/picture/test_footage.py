"""Stretches of video, whatever their rate: the right picture at the right time, the same however it is come by."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from render.composition import Composition, Layer
from render.footage import FootagePlayer, last_frame
from render.plan import find_changes
from render.segments import frames_of
from render.video_file import read_video
from render.video_frames import VideoReader
from tests.integration.picture.scenery import SIZE, plan, render, sha256
from tests.integration.picture.videos import footage, x264
from tests.integration.sound.films import ffmpeg


def counting(target: Path, rate: str, seconds: float, *words: str, more: str = "") -> Path:
    """A video whose pictures say at which time they begin: luma = 16 + 50 × seconds, quick to read back."""
    graph = f"color=s=64x36:r={rate}:d={seconds},format=yuv420p,geq=lum='16+50*T':cb=128:cr=128{more}"
    ffmpeg("-f", "lavfi", "-i", graph, *x264("-qp", "0", "-crf", "0", *words), target)
    return target


def times(path: Path, frames: int, rate: float = 30, **stretch: Any) -> list[float]:
    """The seconds that each film frame shows."""
    shown = footage(path, size=(64, 36), **stretch)
    player = FootagePlayer(shown, (64, 36), rate)
    return [(float(player.draw(n).y.mean()) - 16) / 50 for n in range(frames)]


@pytest.mark.slow
@pytest.mark.parametrize("rate", ["24000/1001", "25", "30000/1001", "50", "60", "12"])
@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_every_film_frame_shows_the_video_s_own_time(tmp_path: Path, rate: str, suffix: str) -> None:
    """Matroska rounds its stamps to milliseconds; pictures must still come once each where the rates are alike."""
    clip = counting(tmp_path / f"clip{suffix}", rate, 2, "-g", "10")
    period = 1 / Fraction(rate)
    seen = times(clip, 55)
    for n, shown in enumerate(seen):
        moment = Fraction(n) / 30 + Fraction(1, 90)
        assert shown == pytest.approx(float(moment // period * period), abs=0.03), n
    if rate == "60":
        steps = np.diff(seen)
        assert steps.min() > 0.015, "no picture twice"
    later = times(clip, 3, start="1.2", end=2)
    assert later == pytest.approx(
        [float(Fraction(m) // period * period) for m in ("1.2111", "1.2444", "1.2778")], abs=0.03
    )


@pytest.mark.slow
def test_speed(tmp_path: Path) -> None:
    clip = counting(tmp_path / "clip.mp4", "30", 4)
    assert times(clip, 30, speed=3, end=4)[29] == pytest.approx(2.92, abs=0.05)
    slow = times(clip, 60, speed="0.25", end=4)
    assert slow[59] == pytest.approx(0.48, abs=0.04)
    assert slow == sorted(slow)


@pytest.mark.slow
def test_variable_frame_rate_stays_in_time(tmp_path: Path) -> None:
    """Pictures dropped at random, as a phone does in the dark: what is shown is never a picture from later, nor one long gone."""
    drop = ",select='gt(random(5)\\,0.5)+eq(n\\,0)'"
    clip = counting(tmp_path / "clip.mp4", "60", 3, "-fps_mode", "vfr", more=drop)
    for n, shown in enumerate(times(clip, 85, end=3)):
        assert -0.03 <= n / 30 + 1 / 90 - shown <= 0.2, n


@pytest.mark.slow
def test_a_picture_that_stands_for_long_is_decoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen recording writes nothing while nothing changes: no frame of the film may start from a key picture again."""
    drop = ",select='lt(n\\,50)+gt(n\\,590)'"
    clip = counting(tmp_path / "clip.mp4", "25", 25, "-fps_mode", "vfr", more=drop)
    sought: list[Fraction] = []
    seek = VideoReader._seek

    def watched(self: VideoReader, moment: Fraction) -> None:
        sought.append(moment)
        seek(self, moment)

    monkeypatch.setattr(VideoReader, "_seek", watched)
    seen = times(clip, 25 * 5, rate=5, end=25)
    assert seen[20] == seen[110]
    assert seen[-1] > seen[110] + 1
    assert len(sought) == 1


@pytest.mark.slow
def test_a_stream_without_an_index_that_begins_late(tmp_path: Path) -> None:
    """MPEG-TS begins at 1.4 s of its own clock and cannot be sought exactly."""
    clip = counting(tmp_path / "clip.ts", "25", 3, "-g", "50")
    assert float(read_video(clip).seconds) == pytest.approx(3, abs=0.05)
    assert times(clip, 2, start="1.8", end=3) == pytest.approx([1.8, 1.84], abs=0.04)


@pytest.mark.slow
def test_interlaced_fields_are_made_into_whole_pictures(tmp_path: Path) -> None:
    source = "color=black:s=320x240:r=50:d=1,geq=lum='if(lt(abs(X-40-8*N)\\,30)\\,235\\,16)':cb=128:cr=128"
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        f"{source},tinterlace=interleave_top",
        *x264("-flags", "+ilme+ildct", "-x264-params", "tff=1"),
        tmp_path / "clip.mp4",
    )
    shown = FootagePlayer(footage(tmp_path / "clip.mp4", size=(320, 240)), (320, 240), 25).draw(5).y.astype(int)
    combs = np.abs(shown[1:-1:2] - (shown[0:-2:2] + shown[2::2]) / 2)
    assert combs.mean() < 4


@pytest.mark.slow
def test_the_last_picture_stays_and_is_a_hold(tmp_path: Path) -> None:
    clip = counting(tmp_path / "clip.mp4", "30", 2)
    shown = footage(clip, start=1, end="1.5")
    assert last_frame(shown, Fraction(30)) == 14
    composition = Composition(SIZE, 40, (Layer("clip", shown),))
    changes = find_changes(composition, Fraction(30))
    assert changes[:15].all()
    assert not changes[15:].any()
    segments = plan([composition], rate=Fraction(30))
    assert [(segment.frames, segment.hold, segment.engine) for segment in segments] == [
        (14, False, "frames"),
        (26, True, "ffmpeg"),
    ]


@pytest.mark.slow
def test_bytes_do_not_depend_on_how_a_stretch_is_cut_or_by_how_many(tmp_path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=9", *x264("-pix_fmt", "yuv420p"), tmp_path / "clip.mp4")
    shown = footage(tmp_path / "clip.mp4", start="0.5", end=8)
    segments = plan([Composition(SIZE, 220, (Layer("clip", shown),))], rate=Fraction(30))
    assert len(segments) == 2
    films = [render(segments, tmp_path / str(workers), workers=workers) for workers in (1, 2)]
    assert sha256(films[0].path) == sha256(films[1].path)
    first = FootagePlayer(shown, SIZE, 30)
    for n in range(121):
        ink = first.draw(n)
    assert np.array_equal(ink.y, FootagePlayer(shown, SIZE, 30).draw(120).y), (
        "sought or decoded through, the same picture"
    )


def test_a_video_is_let_go_of_when_its_frames_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not when the collector comes by: a worker makes many segments, and each would keep a decoder."""
    clip = tmp_path / "clip.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=1", *x264("-pix_fmt", "yuv420p"), clip)
    closed: list[VideoReader] = []
    close = VideoReader.close

    def noted(self: VideoReader) -> None:
        closed.append(self)
        close(self)

    monkeypatch.setattr(VideoReader, "close", noted)
    (segment,) = plan([Composition(SIZE, 20, (Layer("clip", footage(clip)),))], rate=Fraction(30))
    assert len(list(frames_of(segment, tmp_path))) == 20
    assert len(closed) == 1
    next(frames_of(segment, tmp_path))
    assert len(closed) == 2, "also when not all of them are wanted"
