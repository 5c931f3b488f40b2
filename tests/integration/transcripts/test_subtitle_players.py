"""What other programs make of our files: ffmpeg reads them back, and libass draws them where they should stand."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image

from transcripts.formats.registry import FORMATS
from transcripts.subtitle_files import read_subtitles, write_subtitles
from transcripts.subtitles import Subtitles
from transcripts.words import Cue, Mark

pytestmark = pytest.mark.slow

CUES = (
    Cue(
        1.0,
        3.0,
        ("The canal was closed", "for six days."),
        marks=(Mark(14, 20, "italic"), Mark(4, 9, "colour", "#ff8800")),
    ),
    Cue(4.0, 6.0, ("a < b > c & <3 {x} \\ y",)),
    Cue(7.0, 8.5, ("At the top",), settings=(("line", "0"),)),
    Cue(9.0, 10.0, ("\u200fשלום, עולם!",)),
    Cue(32_400.0, 32_401.5, ("After nine hours, as ffmpeg counts no further in ASS",)),
)


def ffmpeg(*words: str | Path, cwd: Path) -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-y", *map(str, words)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


@pytest.mark.parametrize("suffix", ["srt", "vtt", "ass"])
def test_ffmpeg_reads_what_we_write_and_we_what_ffmpeg_writes(tmp_path: Path, suffix: str) -> None:
    write_subtitles(Subtitles(CUES), tmp_path / f"ours.{suffix}")
    for other in ("srt", "vtt", "ass", "ttml"):
        ffmpeg("-i", f"ours.{suffix}", f"theirs.{other}", cwd=tmp_path)
        back = read_subtitles(tmp_path / f"theirs.{other}")
        assert [(cue.start, cue.end) for cue in back.cues] == [(cue.start, cue.end) for cue in CUES]
        plain = [cue.lines for cue in back.cues]
        assert [plain[index] for index in (0, 2, 3, 4)] == [CUES[index].lines for index in (0, 2, 3, 4)]
        if other != "ttml":
            italic = {(mark.start, mark.end) for mark in back.cues[0].marks if mark.kind == "italic"}
            assert italic == {(14, 20)}


@pytest.mark.parametrize("suffix", ["srt", "vtt", "ass"])
def test_ffmpeg_keeps_brackets_that_are_text(tmp_path: Path, suffix: str) -> None:
    write_subtitles(Subtitles(CUES), tmp_path / f"ours.{suffix}")
    ffmpeg("-i", f"ours.{suffix}", "theirs.ass", cwd=tmp_path)
    text = read_subtitles(tmp_path / "theirs.ass").cues[1].text.replace("\u2060", "")
    assert text == (CUES[1].text if suffix != "srt" else CUES[1].text.replace("{x}", "")), (
        "ffmpeg takes braces of SubRip for ASS's"
    )


def drawn(tmp_path: Path, cue: Cue) -> tuple[float, float, np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
    """The middle of what libass draws for a cue, as shares of width and height, and the picture."""
    for each in FORMATS:
        (tmp_path / f"film.{each.name}").unlink(missing_ok=True)
    write_subtitles(Subtitles((cue,)), tmp_path / "film.ass")
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "color=c=0x406080:s=640x360:d=3:r=5",
        "-vf",
        "ass=film.ass",
        "-ss",
        "1",
        "-frames:v",
        "1",
        "one.png",
        cwd=tmp_path,
    )
    picture = np.asarray(Image.open(tmp_path / "one.png").convert("RGB")).astype(int)
    rows, columns = np.nonzero(np.abs(picture - picture[180, 2]).sum(axis=2) > 60)
    assert len(rows)
    return (columns.min() + columns.max()) / 2 / 640, (rows.min() + rows.max()) / 2 / 360, picture


@pytest.mark.parametrize(
    ("settings", "x", "y"),
    [
        ((), 0.5, 0.9),
        ((("line", "0"),), 0.5, 0.08),
        ((("line", "50%,center"),), 0.5, 0.5),
        ((("line", "50%,center"), ("align", "left")), 0.1, 0.5),
        ((("line", "40%,center"), ("position", "75%,center")), 0.75, 0.4),
    ],
)
def test_libass_draws_a_cue_where_it_should_stand(
    tmp_path: Path, settings: tuple[tuple[str, str], ...], x: float, y: float
) -> None:
    across, down, _ = drawn(tmp_path, Cue(0.5, 2.0, ("words",), settings=settings))
    assert across == pytest.approx(x, abs=0.04)
    assert down == pytest.approx(y, abs=0.05)


def test_libass_draws_the_colour_of_a_word(tmp_path: Path) -> None:
    _, _, picture = drawn(tmp_path, Cue(0.5, 2.0, ("one two",), marks=(Mark(4, 7, "colour", "#ff8800"),)))
    red, green, blue = (picture[..., channel] for channel in range(3))
    orange = (red > 190) & (green > 80) & (green < 190) & (blue < 90)
    white = picture.min(axis=2) > 230
    assert orange.sum() > 30
    assert white.sum() > 30
    assert np.nonzero(orange)[1].min() > np.nonzero(white)[1].max()
