"""Windows and times of forced alignment, on sound made here."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.resources import ROOT
from transcripts.audio import RATE, Samples, levels, read_pcm
from transcripts.forced_alignment import plan_windows, refine, speech_floor
from transcripts.pocketsphinx import PocketSphinx
from transcripts.spoken import Form
from transcripts.tokens import script_tokens
from transcripts.words import Word


def tone(seconds: float) -> Samples:
    clock = np.arange(round(seconds * RATE)) / RATE
    return (8000 * np.sin(2 * np.pi * 220 * clock)).astype(np.int16)


class Sloppy:
    """An aligner that lets every word run up to the next one."""

    def __init__(self, starts: Sequence[float], end: float) -> None:
        self.spans = list(zip(starts, [*starts[1:], end], strict=True))

    def lay(self, samples: Samples, words: Sequence[Sequence[Form]]) -> list[tuple[float, float]] | None:
        return self.spans


def test_a_word_ends_where_its_sound_does() -> None:
    """Aligners count a pause's noise to the word before it; the gap of a plosive stays inside its word."""
    gap, closure, after = (np.zeros(round(seconds * RATE), np.int16) for seconds in (0.5, 0.05, 1.0))
    pcm = np.concatenate([tone(0.5), gap, tone(0.2), closure, tone(0.25), after])
    rough = [Word("one", 0.0, 0.5, origin="matched"), Word("two", 1.0, 1.5, origin="matched")]
    aligner = Sloppy([0.0, 1.0], 2.4)
    exact, failed = refine(rough, [(("one",),), (("two",),)], pcm, levels(pcm), aligner)
    assert failed == 0
    assert [word.start for word in exact] == [0.0, 1.0]
    assert [word.end for word in exact] == pytest.approx([0.5, 1.5], abs=0.02)


def test_the_same_sound_is_laid_the_same() -> None:
    """Room tone is laid under the sound, and it is the same tone every time."""
    if not PocketSphinx.installed():
        pytest.skip("pocketsphinx is not installed")
    chance = np.random.default_rng(3).normal(0, 900, 2 * RATE).astype(np.int16)
    words = [(("hello",),), (("world",),)]
    assert PocketSphinx().lay(chance, words) == PocketSphinx().lay(chance, words)


def test_a_voice_in_digital_silence_is_laid_exactly(tmp_path: Path) -> None:
    """Between the words of a synthetic or gated voice there is nothing at all, which the acoustic model has never heard."""
    pytest.importorskip("espeakng_loader")
    text = "Tankers keep to two lanes, each lane two miles wide. By 1987, the so-called tanker war had hit 400 ships."
    (tmp_path / "text.txt").write_text(text)
    program = [sys.executable, str(ROOT / "benchmarks/held_out_voice.py"), "text.txt", "speech.wav", "truth.json"]
    subprocess.run(program, cwd=tmp_path, check=True)
    truth = json.loads((tmp_path / "truth.json").read_text())
    pcm = read_pcm(tmp_path / "speech.wav")
    begins = [word["start"] for word in truth]
    rough = [
        Word(word["word"], max(0.0, begin - 0.1), begin + 0.1, origin="matched")
        for word, begin in zip(truth, begins, strict=True)
    ]
    readings = [token.key for token in script_tokens(text)]
    exact, failed = refine(rough, readings, pcm, levels(pcm), PocketSphinx())
    apart = sorted(abs((word.start or 0.0) - begin) for word, begin in zip(exact, begins, strict=True))
    assert failed == 0
    assert apart[len(apart) // 2] <= 0.025


def test_no_window_ends_among_words_whose_times_are_guesses() -> None:
    """A pause near a guessed boundary is another boundary's: cut there, the words beyond it would be looked for in the wrong sound."""
    parts = [part for _ in range(12) for part in (tone(1.0), np.zeros(RATE // 2, np.int16))]
    loud = levels(np.concatenate(parts))
    times = [(at * 1.5, at * 1.5 + 1.0) for at in range(12)]
    heard = [Word(f"w{at}.", start, end, 1.0, "matched") for at, (start, end) in enumerate(times)]
    guessed = [
        replace(word, origin="interpolated", probability=0.0) if 3 <= at < 9 else word for at, word in enumerate(heard)
    ]
    edges = {window.last for window in plan_windows(heard, loud, speech_floor(loud))}
    assert edges & set(range(4, 9)), "heard words are parted there"
    assert not {window.last for window in plan_windows(guessed, loud, speech_floor(loud))} & set(range(4, 9))
