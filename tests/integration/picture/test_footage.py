"""Stretches of video, whatever they are made of: the right picture at the right time, upright, in the right colours."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import BadInput
from render.composition import Composition, Footage, Layer
from render.footage import FootagePlayer, last_frame
from render.plan import find_changes
from render.planes import Bytes, Frame
from render.segments import frames_of
from render.video_file import ensure_whole, read_video
from render.video_frames import VideoReader
from tests.integration.picture.scenery import SIZE, plan, render, sha256
from tests.integration.sound.films import ffmpeg

PATCHES = ("0xC83232", "0x32B432", "0x3250C8", "0xC8C8C8")
"""Red, green, blue and light grey: top left, top right, bottom left, bottom right."""


def patches(size: str, rate: str = "25", seconds: float = 1) -> list[str]:
    """Inputs and a filter for a video whose quarters are the patches."""
    wide, high = (int(side) // 2 for side in size.split("x"))
    inputs = [
        word
        for colour in PATCHES
        for word in ("-f", "lavfi", "-i", f"color=c={colour}:s={wide}x{high}:r={rate}:d={seconds}")
    ]
    return [*inputs, "-filter_complex", "xstack=inputs=4:layout=0_0|w0_0|0_h0|w0_h0"]


def footage(path: Path, start: Any = 0, end: Any = 1, speed: Any = 1, size: tuple[int, int] = SIZE) -> Footage:
    facts = read_video(path)
    window = (0.0, 0.0, float(facts.size[0]), float(facts.size[1]))
    return Footage(path, sha256(path), Fraction(start), Fraction(end), Fraction(speed), window, (0, 0, *size))


def picture(path: Path, frame: int = 0, size: tuple[int, int] = SIZE) -> Bytes:
    ink = FootagePlayer(footage(path, size=size), size, 30).draw(frame)
    whole = Frame(size)
    whole.lay(ink)
    return whole.rgb()


def corners(rgb: Bytes) -> list[list[int]]:
    """The colours in the middle of each quarter, in reading order."""
    high, wide = rgb.shape[:2]
    return [rgb[high * y // 4, wide * x // 4].tolist() for y in (1, 3) for x in (1, 3)]


def meant(colours: tuple[str, ...] = PATCHES) -> list[list[int]]:
    return [[int(colour[index : index + 2], 16) for index in (2, 4, 6)] for colour in colours]


def near(seen: list[list[int]], wanted: list[list[int]], by: int = 4) -> None:
    assert np.abs(np.array(seen) - np.array(wanted)).max() <= by, seen


def x264(*words: str) -> list[str]:
    return ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", *words]


def tagged(matrix: str, full: bool = False, primaries: str = "bt709", transfer: str = "bt709") -> list[str]:
    bits = f"colormatrix={matrix}:colorprim={primaries}:transfer={transfer}:range={'pc' if full else 'tv'}"
    return ["-x264-params", bits]


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
