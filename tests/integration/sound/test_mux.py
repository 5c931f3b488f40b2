"""One file of everything: nothing encoded again, nothing lost, the same bytes twice."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import pytest

from core.errors import BadInput
from render.loudness import measure_file
from render.mux import CaptionTrack, chapter_metadata, mux
from render.probe import probe
from render.timeline import ChapterMark
from tests.integration.sound.films import CHAPTERS, FRAMES, RATE, Film, Picture, make_sound


@pytest.mark.slow
def test_everything_is_in_the_film_and_twice_the_same(tmp_path: Path) -> None:
    sound = make_sound(tmp_path)
    film, again = Film().make(tmp_path / "one", sound), Film().make(tmp_path / "two", sound)
    assert film.read_bytes() == again.read_bytes()
    facts = probe(film)
    assert facts.boxes.index("moov") < facts.boxes.index("mdat")
    assert facts.chapters == ((Fraction(0), "Opening"), (Fraction(2), "A = second; #part"))
    assert [(track.codec, track.language) for track in facts.captions] == [("mov_text", "eng")]
    assert [tuple(map(float, cue)) for cue in facts.captions[0].cues] == [(0.5, 1.5), (2.0, 3.5)]
    assert len(facts.pictures[0].packets.times) == FRAMES
    assert measure_file(film) == measure_file(sound)
    with av.open(str(film)) as container:
        assert container.metadata["title"] == "Film"
        assert {stream.metadata["language"] for stream in (*container.streams.video, *container.streams.audio)} == {
            "eng"
        }

    def packets(path: Path) -> list[bytes]:
        with av.open(str(path)) as container:
            return [bytes(packet) for packet in container.demux(container.streams.video[0]) if packet.size]

    assert packets(film) == packets(tmp_path / "one" / "picture.mp4")


@pytest.mark.slow
def test_an_empty_caption_file_makes_no_track_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    sound, picture = make_sound(tmp_path), Picture().make(tmp_path / "picture.mp4")
    (tmp_path / "empty.vtt").write_text("WEBVTT\n")

    def make(captions: Path) -> None:
        tracks = [CaptionTrack(captions, "tr")]
        mux(picture, sound, tmp_path / "film.mp4", title="T", language="tr", captions=tracks, rate=RATE, frames=FRAMES)

    make(tmp_path / "empty.vtt")
    assert probe(tmp_path / "film.mp4").captions == ()
    (tmp_path / "film.mp4").unlink()
    with pytest.raises(BadInput, match=r"none\.srt"):
        make(tmp_path / "none.srt")
    assert not list(tmp_path.glob("*film*"))


def test_chapters_run_up_to_the_next_and_odd_titles_are_kept() -> None:
    text = chapter_metadata(CHAPTERS, "Two\nlines", Fraction(30000, 1001), FRAMES)
    assert "title=Two lines" in text
    assert "START=0\nEND=2002" in text
    assert "START=2002\nEND=4004\ntitle=A \\= second\\; \\#part" in text
    assert "[CHAPTER]" not in chapter_metadata((), "T", RATE, FRAMES)
    assert chapter_metadata([ChapterMark(0, "One")], "T", RATE, 30).count("[CHAPTER]") == 1
