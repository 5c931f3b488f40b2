"""What people point the command at: each has one clear outcome."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jiwer
import numpy as np
import pytest

from core.errors import BadInput
from core.resources import ROOT
from render.ffmpeg import ffmpeg_path
from tests.integration.transcripts.conftest import Speech, Studio
from transcripts.audio import RATE, Samples, read_pcm, write_wav

pytestmark = pytest.mark.slow


def ffmpeg(*words: str | Path) -> None:
    subprocess.run([ffmpeg_path(), "-v", "error", "-y", *map(str, words)], check=True)


def transcribe(studio: Studio, *words: str | Path) -> dict[str, object]:
    code, printed = studio.run(*words, "--json", "--language", "en")
    assert code == 0
    document: dict[str, object] = json.loads(printed)
    return document


def rules(document: dict[str, object]) -> list[str]:
    findings = document["findings"]
    assert isinstance(findings, list)
    return [finding["rule"] for finding in findings]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.wav", b"", r"empty\.wav is empty"),
        ("letter.mp3", b"Dear Sir or Madam, this is a letter.\n" * 50, r"letter\.mp3 is not a media file"),
        ("header.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", r"header\.wav is not a media file"),
        ("garbage.mp4", bytes(range(256)) * 64, r"garbage\.mp4 is not a media file"),
    ],
)
def test_files_that_hold_no_sound(name: str, content: bytes, message: str, studio: Studio, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=message) as caught:
        studio.run(tmp_path / name)
    assert caught.value.hint
    assert caught.value.place


def test_a_film_without_sound(studio: Studio, tmp_path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", "color=s=64x36:d=0.5", tmp_path / "mute.mp4")
    with pytest.raises(BadInput, match=r"mute\.mp4 has no audio track"):
        studio.run(tmp_path / "mute.mp4")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can become somebody else")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.wav"
    write_wav(secret, np.zeros(RATE, np.int16))
    secret.chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    program = (
        "import os, sys, av; from pathlib import Path; from core.errors import BadInput\n"
        "from transcripts.audio import sound_seconds\n"
        "os.setuid(65534)\n"
        "try: sound_seconds(Path(sys.argv[1]))\n"
        "except BadInput as error: print(error.message)"
    )
    done = subprocess.run([sys.executable, "-c", program, secret], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "secret.wav may not be read by you"


@pytest.mark.parametrize("kind", ["silence", "hiss", "music"])
def test_nobody_speaks(kind: str, studio: Studio, tmp_path: Path) -> None:
    clock = np.arange(10 * RATE) / RATE
    chord = sum(0.2 * np.sin(2 * np.pi * pitch * clock) for pitch in (220, 277, 330)) * (0.6 + 0.4 * np.sin(12 * clock))
    sounds = {"silence": 0 * clock, "hiss": np.random.default_rng(2).normal(0, 0.05, len(clock)), "music": chord}
    write_wav(tmp_path / "sound.wav", (32767 * sounds[kind]).astype(np.int16))
    document = transcribe(studio, tmp_path / "sound.wav")
    assert (document["text"], document["cues"], document["findings"]) == ("", [], [])
    code, _ = studio.run(tmp_path / "sound.wav", "-o", tmp_path / "sound.vtt", "--language", "en")
    assert code == 0
    assert not (tmp_path / "sound.vtt").exists()


def words_of(text: object) -> str:
    return "".join(mark for mark in str(text).lower() if mark.isalnum() or mark == " ")


@pytest.mark.parametrize("kind", ["telephone", "clipped", "over music"])
def test_bad_sound_is_heard_all_the_same(kind: str, studio: Studio, speech: Speech, tmp_path: Path) -> None:
    """At most a quarter of the words may differ from what is heard in the clean recording."""
    if kind == "telephone":
        ffmpeg("-i", speech.audio, "-ar", "8000", "-c:a", "pcm_mulaw", tmp_path / "bad.wav")
    else:
        write_wav(tmp_path / "bad.wav", spoiled(read_pcm(speech.audio), kind))
    document = transcribe(studio, tmp_path / "bad.wav")
    clean = " ".join(word.text for word in speech.heard.words)
    assert jiwer.wer(words_of(clean), words_of(document["text"])) < 0.25


def spoiled(samples: Samples, kind: str) -> Samples:
    clock = np.arange(len(samples)) / RATE
    loud = samples.astype(np.float64)
    if kind == "clipped":
        return np.clip(loud * 12, -32768, 32767).astype(np.int16)
    music = sum(900 * np.sin(2 * np.pi * pitch * clock) for pitch in (110, 165, 220, 277))
    return np.clip(loud + music, -32768, 32767).astype(np.int16)


def test_of_several_tracks_the_players_is_heard_and_any_can_be_chosen(
    studio: Studio, speech: Speech, tmp_path: Path
) -> None:
    write_wav(tmp_path / "hum.wav", (9000 * np.sin(np.arange(8 * RATE) / 30)).astype(np.int16))
    tracks: list[str | Path] = ["-i", tmp_path / "hum.wav", "-t", "8", "-i", speech.audio, "-map", "0", "-map", "1"]
    marks = ["-metadata:s:a:0", "language=deu", "-metadata:s:a:1", "language=eng", "-disposition:a:0", "0"]
    ffmpeg(*tracks, *marks, "-disposition:a:1", "default", tmp_path / "two.mkv")
    document = transcribe(studio, tmp_path / "two.mkv")
    assert "a single lock" in str(document["text"])
    assert rules(document) == ["audio-tracks"]
    assert "of 2 audio tracks, 1 (deu), 2 (eng), number 2 is heard" in str(document["findings"])
    assert transcribe(studio, tmp_path / "two.mkv", "--track", "1")["text"] == ""
    with pytest.raises(BadInput, match="has no audio track 3") as caught:
        studio.run(tmp_path / "two.mkv", "--track", "3")
    assert caught.value.hint == "it has 1 (deu), 2 (eng)"


def test_a_download_that_broke_off(studio: Studio, speech: Speech, tmp_path: Path) -> None:
    ffmpeg("-i", speech.audio, "-c:a", "flac", tmp_path / "whole.flac")
    whole = (tmp_path / "whole.flac").read_bytes()
    (tmp_path / "broken.flac").write_bytes(whole[: len(whole) // 2])
    assert rules(transcribe(studio, tmp_path / "whole.flac")) == []
    document = transcribe(studio, tmp_path / "broken.flac")
    assert "canal" in str(document["text"])
    assert "sound-cut-short" in rules(document)
    ffmpeg("-i", speech.audio, "-c:a", "aac", tmp_path / "whole.mp4")
    film = (tmp_path / "whole.mp4").read_bytes()
    (tmp_path / "broken.mp4").write_bytes(film[: len(film) // 2])
    with pytest.raises(BadInput, match=r"broken\.mp4 is not a media file that can be read"):
        studio.run(tmp_path / "broken.mp4")
