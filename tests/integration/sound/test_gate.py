"""A film that is right passes; for each check of the gate, a film broken in one way fails by that check's name, alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import pytest

from render.gate import CHECKS, inspect
from render.timeline import ChapterMark
from tests.integration.sound.films import CHAPTERS, PLAN, X264, Film, Picture, ffmpeg, make_sound

pytestmark = pytest.mark.slow

Breaker = Callable[[Path, Path], Path]
"""Takes a folder and a soundtrack that is right, gives a film that is not."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sound(tmp_path_factory.mktemp("sound"))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, sound: Path) -> Path:
    return Film().make(tmp_path_factory.mktemp("good"), sound)


def test_a_film_as_planned_passes(good: Path) -> None:
    assert inspect(good, PLAN) == []


def picture(**changes: object) -> Breaker:
    return lambda folder, sound: Film(picture=Picture(**changes)).make(folder, sound)  # type: ignore[arg-type]


def drawn(filters: str) -> Breaker:
    return picture(filters=f"{Picture().filters},{filters}")


def resounded(*words: str) -> Breaker:
    def make(folder: Path, sound: Path) -> Path:
        other = folder / "other.m4a"
        ffmpeg(
            "-i",
            sound,
            *words,
            "-c:a",
            "aac",
            "-aac_coder",
            "fast",
            *([] if "-b:a" in words else ["-b:a", "384k"]),
            other,
        )
        return Film().make(folder, other)

    return make


def remuxed(*words: str) -> Breaker:
    def make(folder: Path, sound: Path) -> Path:
        film = folder / "again.mp4"
        ffmpeg("-i", Film().make(folder, sound), *words, "-c", "copy", film)
        return film

    return make


def not_a_film(folder: Path, sound: Path) -> Path:
    film = folder / "film.mp4"
    film.write_text("A film, they said.")
    return film


def matroska(folder: Path, sound: Path) -> Path:
    film = folder / "film.mkv"
    ffmpeg("-i", Film(captions=None).make(folder, sound), "-map", "0:v", "-map", "0:a", "-c", "copy", film)
    return film


def one_frame_short(folder: Path, sound: Path) -> Path:
    shorter = folder / "shorter.m4a"
    ffmpeg("-i", sound, "-c", "copy", "-t", str(119 / 30), shorter)
    return Film(picture=Picture(options=("-frames:v", "119"))).make(folder, shorter)


def damaged(folder: Path, sound: Path) -> Path:
    film = Film().make(folder, sound)
    with av.open(str(film)) as container:
        packets = [packet for packet in container.demux(container.streams.video[0]) if packet.size]
        place, size = packets[75].pos, packets[75].size
    assert place
    data = bytearray(film.read_bytes())
    data[place + size // 3 : place + size // 2] = bytes(size // 2 - size // 3)
    film.write_bytes(data)
    return film


def without_captions(folder: Path, sound: Path) -> Path:
    return Film(captions=None).make(folder, sound)


def late_captions(folder: Path, sound: Path) -> Path:
    return Film(captions="1\n00:00:03,000 --> 00:00:06,000\nToo late\n").make(folder, sound)


def moved_chapter(folder: Path, sound: Path) -> Path:
    return Film(chapters=(CHAPTERS[0], ChapterMark(75, CHAPTERS[1].title))).make(folder, sound)


def without_chapters(folder: Path, sound: Path) -> Path:
    return Film(chapters=()).make(folder, sound)


FULL_PEAK = "[0:a]aeval='val(0)+if(eq(mod(n\\,48000)\\,100)\\,0.99\\,0)|val(1)':c=same"

BROKEN: list[tuple[str, str, Breaker]] = [
    ("container", "text", not_a_film),
    ("container", "matroska", matroska),
    ("container", "two sounds", remuxed("-map", "0:v", "-map", "0:a", "-map", "0:a", "-map", "0:s", "-movflags", "+faststart")),
    ("faststart", "index last", remuxed("-map", "0:v", "-map", "0:a", "-map", "0:s")),
    ("video-codec", "main profile", picture(profile="main")),
    ("video-codec", "4:2:2", picture(profile="high422", pixels="yuv422p")),
    ("video-codec", "interlaced", picture(x264=f"{X264}:tff=1")),
    ("video-codec", "wide pixels", drawn("setsar=4/3")),
    ("size", "narrower", picture(source="testsrc2=s=312x180:r=30:d=4")),
    ("colour", "untagged", picture(x264="scenecut=0:open-gop=0")),
    ("keyframes", "open", picture(x264=X264.replace("open-gop=0", "open-gop=1"), options=("-bf", "2", "-g", "30"))),
    ("keyframes", "far apart", picture(options=("-g", "250"))),
    ("frame-rate", "late frames", picture(
        filters=f"{Picture().filters},settb=1/90000,setpts=N*3000+gte(N\\,60)*400",
        options=("-fps_mode", "passthrough", "-enc_time_base", "1:90000"))),
    ("frames", "one short", one_frame_short),
    ("audio-codec", "44.1 kHz", resounded("-ar", "44100")),
    ("audio-bits", "96 kb/s", resounded("-b:a", "96k")),
    ("length", "sound short", resounded("-t", "3.9")),
    ("loudness", "quiet", resounded("-af", "volume=-3dB")),
    ("loudness", "silent", resounded("-af", "volume=0", "-b:a", "384k")),
    ("true-peak", "a click", resounded("-filter_complex", FULL_PEAK)),
    ("black", "three frames", drawn("drawbox=t=fill:color=black:enable='between(n,40,42)'")),
    ("frozen", "stuck", drawn("loop=loop=70:size=1:start=20,trim=end_frame=120,setpts=N/30/TB")),
    ("flashes", "five a second", drawn("drawbox=t=fill:color=white:enable='lt(mod(n,6),3)*between(n,30,90)'")),
    ("flashes", "red", drawn("drawbox=t=fill:color=red:enable='lt(mod(n,6),3)*between(n,30,90)'")),
    ("chapters", "moved", moved_chapter),
    ("chapters", "none", without_chapters),
    ("captions", "none", without_captions),
    ("captions", "past the end", late_captions),
    ("decode", "damaged", damaged),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "breaker"), [pytest.param(r, b, id=f"{r}: {how}") for r, how, b in BROKEN])
def test_a_broken_film_fails_by_that_check_alone(rule: str, breaker: Breaker, tmp_path: Path, sound: Path) -> None:
    found = inspect(breaker(tmp_path, sound), PLAN)
    assert {finding.rule for finding in found} == {rule}, found
    assert all(finding.severity == "error" and finding.message and finding.limit for finding in found)


def test_every_check_has_its_broken_film() -> None:
    assert {rule for rule, _, _ in BROKEN} == set(CHECKS)


def test_planned_holds_and_blacks_are_not_faults(tmp_path: Path, sound: Path) -> None:
    frozen = drawn("loop=loop=70:size=1:start=20,trim=end_frame=120,setpts=N/30/TB")(tmp_path / "frozen", sound)
    assert inspect(frozen, replace(PLAN, holds=((20, 91),))) == []
    black = drawn("drawbox=t=fill:color=black:enable='between(n,40,42)'")(tmp_path / "black", sound)
    assert inspect(black, replace(PLAN, blacks=((38, 45),))) == []


def test_a_film_meant_to_be_silent_passes(tmp_path: Path, sound: Path) -> None:
    film = resounded("-af", "volume=0")(tmp_path, sound)
    assert inspect(film, replace(PLAN, silent=True)) == []
