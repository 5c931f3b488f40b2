"""Cuts are found where they are, to the frame; a pan, noise, a fade and a flash are none."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from core.errors import BadInput
from transcripts.cuts import find_cuts, read_cuts, read_footage

RATE = 25
CUTS = (30, 52, 110, 150)


def scenery(number: int) -> np.ndarray:
    """A wide picture, unlike every other, with detail large and small."""
    chance = np.random.default_rng(number)
    coarse = chance.integers(20, 235, (6, 16, 3))
    return np.kron(coarse, np.ones((30, 40, 1))).astype(np.float64)


def film(path: Path) -> Path:
    """Eight seconds: five shots through which a camera pans, noise over all of it, a flash, and a fade to black."""
    chance = np.random.default_rng(7)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", RATE, options={"crf": "23", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for frame in range(200):
            number = sum(frame >= cut for cut in CUTS)
            left = 3 * (frame - (0, *CUTS)[number])
            picture = np.roll(scenery(number), -left, axis=1)[:, :320]
            picture = picture + chance.normal(0, 6, picture.shape)
            if frame in (80, 81):
                picture = picture * 0 + 250
            picture = picture * min(1.0, (200 - frame) / 25)
            image = av.VideoFrame.from_ndarray(picture.clip(0, 255).astype(np.uint8), format="rgb24")
            out.mux(stream.encode(image))
        out.mux(stream.encode())
    return path


def test_cuts_are_found_to_the_frame(tmp_path: Path) -> None:
    found = find_cuts(film(tmp_path / "a film.mp4"))
    assert [round(at * RATE) for at in found.cuts] == list(CUTS)
    assert found.rate == RATE
    assert found.seconds == pytest.approx(8, abs=0.1)


def test_half_a_film_has_the_cuts_of_its_half(tmp_path: Path) -> None:
    data = film(tmp_path / "film.mkv").read_bytes()
    (tmp_path / "half.mkv").write_bytes(data[: len(data) // 2])
    found = [round(at * RATE) for at in find_cuts(tmp_path / "half.mkv").cuts]
    assert found
    assert found == list(CUTS[: len(found)])


def test_what_is_no_video_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "words.mp4").write_text("not a film")
    with pytest.raises(BadInput, match="not a video"):
        read_footage(tmp_path / "words.mp4")
    with pytest.raises(BadInput, match="does not exist"):
        find_cuts(tmp_path / "none.mp4")


def test_a_list_of_cuts(tmp_path: Path) -> None:
    (tmp_path / "cuts.txt").write_text("# shots\n12.48\n\n0:01:02.5  # the second\n3\n")
    assert read_cuts(tmp_path / "cuts.txt") == (3.0, 12.48, 62.5)
    (tmp_path / "cuts.txt").write_text("12.48\nthen\n")
    with pytest.raises(BadInput, match="'then' is not a time") as raised:
        read_cuts(tmp_path / "cuts.txt")
    assert raised.value.place is not None
    assert raised.value.place.line == 2


def test_the_rate_of_ntsc_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "ntsc.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", Fraction(30000, 1001))
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for _ in range(5):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((36, 64, 3), np.uint8), format="rgb24")))
        out.mux(stream.encode())
    assert read_footage(path).rate == Fraction(30000, 1001)
