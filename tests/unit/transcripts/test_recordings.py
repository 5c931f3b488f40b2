"""Sound and the cache of what was heard in it."""

import subprocess
import wave
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from core.errors import BadInput, WorkFailed
from render.ffmpeg import ffmpeg_path
from transcripts.audio import RATE, levels, read_pcm, sound_seconds, stretches, write_wav
from transcripts.cache import recognise_cached
from transcripts.words import Transcript, Word


def tones(*seconds: float) -> "np.ndarray[tuple[int], np.dtype[np.int16]]":
    """Tones of these lengths, a second of silence between them."""
    parts = []
    for length in seconds:
        clock = np.arange(round(length * RATE)) / RATE
        parts += [(8000 * np.sin(2 * np.pi * 220 * clock)).astype(np.int16), np.zeros(RATE, np.int16)]
    return np.concatenate(parts)


class Counting:
    """A recogniser that hears one word a second, counts how often it is asked, and dies when told to."""

    identity = "counting"

    def __init__(self, dies_at: int = -1) -> None:
        self.asked = 0
        self.dies_at = dies_at

    def recognise(
        self,
        audio: Path,
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        prompt: str = "",
        translate: bool = False,
        progress: Callable[[float], None] | None = None,
    ) -> Transcript:
        if self.asked == self.dies_at:
            raise WorkFailed("killed")
        self.asked += 1
        seconds = len(read_pcm(audio)) / RATE
        words = tuple(Word("beep", at, at + 0.5, probability=0.123456789) for at in range(int(seconds)))
        return Transcript(language or "en", seconds, words)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "recording.wav"
    write_wav(path, tones(25, 25, 25))
    return path


def test_long_sound_is_cut_in_its_silences(recording: Path) -> None:
    first, second, third = pieces = list(stretches(recording, shortest=20, longest=30))
    assert first.start == 0
    assert 25 < second.start < 26
    assert 51 < third.start < 52
    assert np.array_equal(np.concatenate([piece.samples for piece in pieces]), read_pcm(recording))


def test_a_killed_run_goes_on_where_it_was(recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcripts.cache.stretches", lambda path: stretches(path, 20, 30))
    with pytest.raises(WorkFailed):
        recognise_cached(Counting(dies_at=2), recording, tmp_path / "cache", language="en")
    again = Counting()
    heard = recognise_cached(again, recording, tmp_path / "cache", language="en")
    assert again.asked == 1
    starts = [word.start for word in heard.words if word.start is not None]
    assert starts == sorted(starts)
    assert heard.duration == pytest.approx(78)


def test_the_cache_goes_by_what_is_heard(tmp_path: Path) -> None:
    write_wav(tmp_path / "one.wav", tones(2))
    subprocess.run(
        [
            ffmpeg_path(),
            "-v",
            "error",
            "-i",
            str(tmp_path / "one.wav"),
            "-c:a",
            "flac",
            str(tmp_path / "other name.mka"),
        ],
        check=True,
    )
    recogniser, cache = Counting(), tmp_path / "cache"
    recognise_cached(recogniser, tmp_path / "one.wav", cache, language="en")
    recognise_cached(recogniser, tmp_path / "other name.mka", cache, language="en")
    assert recogniser.asked == 1
    recognise_cached(recogniser, tmp_path / "one.wav", cache, language="fr")
    recognise_cached(recogniser, tmp_path / "one.wav", cache, language="en", hotwords=["Idlib"])
    assert recogniser.asked == 3


def test_words_are_the_same_to_the_last_digit_when_they_come_from_the_cache(tmp_path: Path) -> None:
    """What is made from words, such as an alignment, is kept under their digest."""
    write_wav(tmp_path / "one.wav", tones(2))
    first, second = (
        recognise_cached(Counting(), tmp_path / "one.wav", tmp_path / "cache", language="en") for _ in range(2)
    )
    assert first == second


def test_a_damaged_cache_entry_is_made_again(tmp_path: Path) -> None:
    write_wav(tmp_path / "one.wav", tones(2))
    recogniser, cache = Counting(), tmp_path / "cache"
    recognise_cached(recogniser, tmp_path / "one.wav", cache, language="en")
    (entry,) = cache.rglob("*.json")
    entry.write_text('{"language": "en"')
    assert len(recognise_cached(recogniser, tmp_path / "one.wav", cache, language="en").words) == 3
    assert recogniser.asked == 2


def test_levels_tell_sound_from_silence() -> None:
    loud = levels(tones(1))
    assert loud[:100].min() > -20
    assert loud[100:].max() == pytest.approx(-120)


@pytest.mark.parametrize("content", [b"", b"this is no film", b"RIFF\x24\x00\x00\x00WAVEfmt "])
def test_a_file_that_is_no_media(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"film\.mp4"):
        read_pcm(path)


def test_a_missing_file(tmp_path: Path) -> None:
    for function in (read_pcm, sound_seconds):
        with pytest.raises(BadInput, match=r"none\.mp4 does not exist"):
            function(tmp_path / "none.mp4")


def test_a_film_without_sound(tmp_path: Path) -> None:
    path = tmp_path / "mute.mp4"
    source = ["-f", "lavfi", "-i", "color=s=64x36:d=0.5"]
    subprocess.run([ffmpeg_path(), "-v", "error", *source, "-c:v", "libx264", str(path)], check=True)
    with pytest.raises(BadInput, match="no audio track"):
        read_pcm(path)


def test_a_damaged_tail_is_left_off(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.wav", tmp_path / "cut.flac"
    write_wav(whole, tones(3))
    subprocess.run([ffmpeg_path(), "-v", "error", "-i", str(whole), str(cut)], check=True)
    data = cut.read_bytes()
    cut.write_bytes(data[: len(data) // 2])
    assert 0.5 * RATE < len(read_pcm(cut)) < 3.9 * RATE


def test_sound_that_starts_late_keeps_the_pictures_time(tmp_path: Path) -> None:
    write_wav(tmp_path / "tone.wav", tones(1))
    path = tmp_path / "late.mkv"
    command = [
        ffmpeg_path(),
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "color=s=64x36:d=4",
        "-itsoffset",
        "1.5",
        "-i",
        str(tmp_path / "tone.wav"),
    ]
    subprocess.run([*command, "-c:v", "libx264", "-c:a", "flac", str(path)], check=True)
    first = int(np.flatnonzero(levels(read_pcm(path)) > -40)[0]) / 100
    assert first == pytest.approx(1.5, abs=0.05)


def test_writes_what_it_reads(tmp_path: Path) -> None:
    write_wav(tmp_path / "tone.wav", tones(1))
    with wave.open(str(tmp_path / "tone.wav")) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getnframes()) == (RATE, 1, 2 * RATE)
