"""A film that is right passes; for each check of the gate, a film broken in one way fails by that check's name, alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from core.findings import Finding
from render.evidence import CHECKS, WARNINGS, Expectation, SeenPiece
from render.gate import examine
from render.sights import see
from render.timeline import ChapterMark
from tests.integration.sound.films import (
    CHAPTERS,
    FRAMES,
    PLAN,
    SIZE,
    X264,
    Film,
    Picture,
    ffmpeg,
    make_sound,
)

pytestmark = pytest.mark.slow

Breaker = Callable[[Path, Path], Path]
"""Takes a folder and a soundtrack that is right, gives a film that is not."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sound(tmp_path_factory.mktemp("sound"))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, sound: Path) -> Path:
    return Film().make(tmp_path_factory.mktemp("good"), sound)


def inspect(film: Path, plan: Expectation) -> list[Finding]:
    return list(examine(film, plan).findings)


def test_a_film_as_planned_passes(good: Path) -> None:
    assert inspect(good, PLAN) == []


def test_a_film_passes_by_what_was_seen_of_its_segments_as_by_itself(good: Path) -> None:
    """The picture in pieces of 50 frames, each looked at alone: what comes out is what watching all of it gives."""
    whole = examine(good, PLAN)
    sight = see(good, SIZE, {})
    halves = [SeenPiece(range(50), lambda: sight), SeenPiece(range(50, FRAMES), lambda: sight)]
    parts = examine(good, PLAN, halves)
    assert parts.findings == whole.findings == ()
    assert parts.watched
    assert whole.watched
    assert replace(parts.watched, thumbs=()) == replace(whole.watched, thumbs=())
    assert parts.watched.thumbs


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


RUST = (200, 60, 40)
SEA = (40, 90, 160)
COLOURED = replace(PLAN, stills={30: lambda: np.full((SIZE[1], SIZE[0], 3), RUST, np.uint8)})


def coloured(colour: tuple[int, int, int] = RUST, **changes: object) -> Breaker:
    plain = "color=c=0x{:02x}{:02x}{:02x}:s={}x{}:r=30:d=4,format=rgb24".format(*colour, *SIZE)
    return picture(source=plain, filters="noise=alls=12:allf=t", **changes)


def of_other_packets(folder: Path, sound: Path) -> Path:
    """Like the good film, but for a picture encoded a little better."""
    return Film(picture=Picture(options=("-crf", "20"))).make(folder, sound)


def long_stuck(folder: Path, sound: Path) -> Path:
    drawn_longer = Picture(
        source=Picture().source.replace("d=4", "d=7"),
        filters=f"{Picture().filters},loop=loop=160:size=1:start=20,trim=end_frame=210,setpts=N/30/TB",
    )
    return Film(drawn_longer, frames=210).make(folder, make_sound(folder / "longer", 7.0))


LONG = replace(PLAN, frames=210, holds=((20, 181),))
STUCK = "loop=loop=70:size=1:start=20,trim=end_frame=120,setpts=N/30/TB"
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
    ("frozen", "stuck", drawn(STUCK)),
    ("flashes", "five a second", drawn("drawbox=t=fill:color=white:enable='lt(mod(n,6),3)*between(n,30,90)'")),
    ("flashes", "red", drawn("drawbox=t=fill:color=red:enable='lt(mod(n,6),3)*between(n,30,90)'")),
    ("chapters", "moved", moved_chapter),
    ("chapters", "none", without_chapters),
    ("captions", "none", without_captions),
    ("captions", "past the end", late_captions),
    ("decode", "damaged", damaged),
]  # fmt: skip


# Films that are broken in the eyes of a plan of their own.
BROKEN_BY_PLAN: list[tuple[str, str, Breaker, Expectation]] = [
    ("matrix", "BT.601", coloured(matrix="bt601"), COLOURED),
    ("matrix", "full range", coloured(range="pc"), COLOURED),
    ("as-planned", "another colour", coloured(SEA), COLOURED),
    ("long-still", "over five seconds", long_stuck, LONG),
    ("still-share", "more than half", drawn(STUCK), replace(PLAN, holds=((20, 91),), whole=True)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "breaker", "plan"),
    [
        *(pytest.param(r, b, PLAN, id=f"{r}: {how}") for r, how, b in BROKEN),
        *(pytest.param(r, b, plan, id=f"{r}: {how}") for r, how, b, plan in BROKEN_BY_PLAN),
    ],
)
def test_a_broken_film_fails_by_that_check_alone(
    rule: str, breaker: Breaker, plan: Expectation, tmp_path: Path, sound: Path
) -> None:
    found = inspect(breaker(tmp_path, sound), plan)
    assert {finding.rule for finding in found} == {rule}, found
    assert {finding.severity for finding in found} == {"warning" if rule in WARNINGS else "error"}
    assert all(finding.message and finding.limit for finding in found)


def test_a_film_that_is_not_made_of_its_segments_is_watched_as_a_whole(tmp_path: Path, good: Path, sound: Path) -> None:
    sight = see(good, SIZE, {})
    pieces = [SeenPiece(range(FRAMES), lambda: sight)]
    other = examine(of_other_packets(tmp_path, sound), PLAN, pieces)
    assert [finding.rule for finding in other.findings] == ["packets"]
    assert other.watched
    assert other.watched.frames == FRAMES
    assert [finding.rule for finding in examine(good, PLAN, pieces[:1] * 2).findings] == ["packets"]


def test_every_check_has_its_broken_film() -> None:
    assert {*(rule for rule, *_ in BROKEN), *(rule for rule, *_ in BROKEN_BY_PLAN), "packets"} == set(CHECKS)


def test_planned_colours_that_come_out_right_pass(tmp_path: Path, sound: Path) -> None:
    assert inspect(coloured()(tmp_path, sound), COLOURED) == []


def test_a_still_may_last_in_a_rest(tmp_path: Path, sound: Path) -> None:
    film = long_stuck(tmp_path, sound)
    assert inspect(film, replace(LONG, rests=((0, 210),))) == []


def test_planned_holds_and_blacks_are_not_faults(tmp_path: Path, sound: Path) -> None:
    frozen = drawn(STUCK)(tmp_path / "frozen", sound)
    assert inspect(frozen, replace(PLAN, holds=((20, 91),))) == []
    black = drawn("drawbox=t=fill:color=black:enable='between(n,40,42)'")(tmp_path / "black", sound)
    assert inspect(black, replace(PLAN, blacks=((38, 45),))) == []


def test_a_film_meant_to_be_silent_passes(tmp_path: Path, sound: Path) -> None:
    film = resounded("-af", "volume=0")(tmp_path, sound)
    assert inspect(film, replace(PLAN, silent=True)) == []
