"""Doubts on real sound, made to provoke each; and real sound beside it that must not."""

import wave
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.findings import Finding
from tests.integration.transcripts.conftest import Speech, speak
from transcripts.audio import RATE, Samples, read_pcm, write_wav
from transcripts.clips import Clip
from transcripts.cues import build_cues
from transcripts.doubts import doubt
from transcripts.engine import Floats, Job
from transcripts.evidence import Evidence
from transcripts.faster_whisper import FasterEngine, FasterWhisper
from transcripts.words import Word

pytestmark = pytest.mark.slow


def found(words: Sequence[Word], evidence: Evidence) -> list[Finding]:
    return doubt(words, build_cues(words), evidence)


def evidence_of(samples: Samples, recogniser: FasterWhisper, folder: Path) -> Evidence:
    write_wav(folder / "heard.wav", samples)
    return recogniser.recognise(folder / "heard.wav", language="en").evidence


def muted(samples: Samples, start: float, end: float) -> Samples:
    out = np.array(samples)
    out[int(start * RATE) : int(end * RATE)] = 0
    return out


def test_a_clean_narration_raises_no_doubt(speech: Speech) -> None:
    assert found(speech.heard.words, speech.heard.evidence) == []


def test_a_voice_in_a_hurry_raises_none(recogniser: FasterWhisper, speech: Speech, tmp_path: Path) -> None:
    """The same at one and a half times its speed: as fast as an audiobook is ever listened to while one still follows."""
    with wave.open(str(speech.audio)) as sound:
        rate, frames = sound.getframerate(), sound.readframes(sound.getnframes())
    with wave.open(str(tmp_path / "fast.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(round(rate * 1.5))
        sound.writeframes(frames)
    heard = recogniser.recognise(tmp_path / "fast.wav", language="en")
    assert len(heard.words) > 40
    assert [finding.rule for finding in found(heard.words, heard.evidence)] == []


def test_a_phrase_said_over_and_over(recogniser: FasterWhisper, tmp_path: Path) -> None:
    audio, _ = speak("Nobody knows where it goes.", tmp_path)
    samples = read_pcm(audio)
    write_wav(tmp_path / "loop.wav", np.tile(samples, 9))
    heard = recogniser.recognise(tmp_path / "loop.wav", language="en")
    rules = {finding.rule for finding in found(heard.words, heard.evidence)}
    assert rules & {"words-repeated", "words-looping"}
    write_wav(tmp_path / "twice.wav", np.tile(samples, 2))
    heard = recogniser.recognise(tmp_path / "twice.wav", language="en")
    assert found(heard.words, heard.evidence) == []


def test_words_over_a_stretch_that_is_silent(recogniser: FasterWhisper, speech: Speech, tmp_path: Path) -> None:
    first, last = speech.heard.words[10], speech.heard.words[13]
    assert first.start is not None
    assert last.end is not None
    samples = muted(read_pcm(speech.audio), first.start - 0.1, last.end + 0.1)
    findings = found(speech.heard.words, evidence_of(samples, recogniser, tmp_path))
    assert "words-in-silence" in [finding.rule for finding in findings]
    finding = next(finding for finding in findings if finding.rule == "words-in-silence")
    assert first.text in finding.message
    assert last.text in finding.message


def test_speech_that_nobody_wrote_down(speech: Speech) -> None:
    words = speech.heard.words
    lost = [*words[:12], *words[22:]]
    (finding,) = found(lost, speech.heard.evidence)
    assert finding.rule == "speech-without-words"
    assert finding.at == pytest.approx(words[12].start, abs=0.7)
    assert found([*words[:12], *words[13:]], speech.heard.evidence) == [], "one short word may be swallowed"


def test_the_tail_is_lost(speech: Speech) -> None:
    words = speech.heard.words
    (finding,) = found(words[:-9], speech.heard.evidence)
    assert finding.rule == "tail-without-words"
    assert found(words[:-1], speech.heard.evidence) == []


@pytest.mark.parametrize("kind", ["noise", "hum", "chord"])
def test_nothing_is_written_under_noise_and_music(kind: str, recogniser: FasterWhisper, tmp_path: Path) -> None:
    heard = recogniser.recognise(sound_of(kind, tmp_path), language="en")
    assert heard.words == ()
    assert found(heard.words, heard.evidence) == []


def test_what_the_model_invents_when_it_is_made_to_write_under_noise(
    recogniser: FasterWhisper, speech: Speech, tmp_path: Path
) -> None:
    """Without the voice detector Whisper writes words under noise; they are flagged, and the true ones before them are not."""
    engine = FasterEngine(str(recogniser.model), "cpu", "sequential", 5)
    noise = read_pcm(sound_of("noise", tmp_path))
    samples: Floats = noise.astype(np.float32) / np.float32(32768)
    job = Job("", "en", (), "Thank you for watching. Please subscribe.", translate=False)
    made = [
        word
        for second in range(0, 24, 6)
        for passage in engine.hear(samples, [Clip(second, second + 6.0, ())], "en", job)
        for word in passage.words
    ]
    assert made, "Whisper has learned to keep silent: find another sound that makes it write"
    write_wav(tmp_path / "both.wav", np.concatenate([read_pcm(speech.audio), noise]))
    heard = recogniser.recognise(tmp_path / "both.wav", language="en")
    later = speech.heard.duration
    invented = [Word(word.text.strip(), later + word.start, later + word.end, word.probability) for word in made]
    findings = found([*heard.words, *invented], heard.evidence)
    flagged = [finding for finding in findings if finding.rule == "cue-without-speech"]
    assert flagged
    assert all(finding.at is not None and finding.at >= later - 1 for finding in findings)


def sound_of(kind: str, folder: Path) -> Path:
    clock = np.arange(24 * RATE) / RATE
    match kind:
        case "noise":
            sound = np.random.default_rng(5).normal(0, 0.1, len(clock))
        case "hum":
            sound = 0.3 * np.sign(np.sin(2 * np.pi * 100 * clock))
        case _:
            beat = 0.6 + 0.4 * np.sin(2 * np.pi * 2 * clock)
            sound = beat * sum(0.2 * np.sin(2 * np.pi * pitch * clock) for pitch in (220, 277, 330, 440))
    write_wav(folder / f"{kind}.wav", (32767 * np.clip(sound, -1, 1)).astype(np.int16))
    return folder / f"{kind}.wav"


def test_a_passage_that_the_batch_left_out_is_heard_again(recogniser: FasterWhisper, tmp_path: Path) -> None:
    """Without time stamps the model at times stops in mid-clip. Five readings in a row, two minutes: every sentence is there."""
    text = "Bandar Abbas watches the northern shore. Farther east, the Malacca Strait is busier still. Nobody hurries."
    audio, _ = speak(text, tmp_path)
    write_wav(tmp_path / "long.wav", np.tile(read_pcm(audio), 6))
    heard = recogniser.recognise(tmp_path / "long.wav", language="en")
    assert [finding for finding in found(heard.words, heard.evidence) if "without-words" in finding.rule] == []
    assert sum("hurries" in word.text for word in heard.words) == 6


def test_evidence_survives_the_cache(speech: Speech) -> None:
    assert speech.heard.evidence.voiced
    assert speech.heard.evidence.segments
    assert replace(speech.heard, evidence=Evidence.from_json(speech.heard.evidence.to_json())) == speech.heard
