"""What the program adds to plain faster-whisper: the same model, mode and recording, in seconds and in words that are wrong.

    python -m benchmarks.transcribe_vs_raw [--model NAME] [--mode batched|sequential] [--speech FOLDER] [--times N]

Ours is the adapter that every command uses, child process, voice detection and second hearing of doubtful clips included; raw is
the library as its page shows it. Both have their model in memory, take turns, and count their best turn: seconds on the clock,
as on an idle machine, and seconds of CPU, which others on the machine disturb less. Speech is the scratch voice's at three paces, or a
folder of recordings, each with what is said in a text file of its name beside it. Bars (DESIGN, section 11): not slower, and not
more words wrong. Takes four minutes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jiwer
import numpy as np

from benchmarks.align_accuracy import HORMUZ, MALACCA, VOICES, speak
from benchmarks.meter import Bar, options, report
from core.errors import BadInput
from transcripts.audio import RATE, Samples, read_pcm, write_wav
from transcripts.faster_whisper import FasterWhisper, compute_type, find_device
from transcripts.models import find_model

PAUSE = 0.8
"""Seconds between two readings."""


@dataclass(frozen=True)
class Turn:
    """One hearing of the recording: seconds on the clock, seconds of CPU, and what was written."""

    clock: float
    cpu: float
    text: str


def made_speech(folder: Path) -> tuple[Samples, str]:
    """Three readings by the scratch voice, and their text."""
    parts, texts = [], []
    for pace in (1.0, 1.15, 0.9):
        audio, _ = speak(VOICES["scratch"], HORMUZ + MALACCA, pace, folder)
        parts += [read_pcm(audio), np.zeros(round(PAUSE * RATE), np.int16)]
        texts.append(HORMUZ + MALACCA)
    return np.concatenate(parts), " ".join(texts)


def recorded_speech(folder: Path) -> tuple[Samples, str]:
    """A folder's recordings one after another, and their texts. Raises BadInput when there are none."""
    parts, texts = [], []
    for audio in sorted(folder.iterdir()):
        text = audio.with_suffix(".txt")
        if audio.suffix != ".txt" and text.is_file():
            parts += [read_pcm(audio), np.zeros(round(PAUSE * RATE), np.int16)]
            texts.append(text.read_text(encoding="utf-8"))
    if not parts:
        raise BadInput(f"no recordings with their texts in {folder}")
    return np.concatenate(parts), " ".join(texts)


def wrong_words(said: str, heard: str) -> float:
    """Word error rate in per cent, signs and case aside."""
    return 100 * float(jiwer.wer(_plain(said), _plain(heard)))


def _plain(text: str) -> str:
    kept = "".join(mark if mark.isalnum() or mark in " '" else " " if mark in "-\n—" else "" for mark in text.lower())
    return " ".join(kept.replace("mister", "mr").split())


class Raw:
    """The library by itself."""

    def __init__(self, model: Path, mode: str) -> None:
        from faster_whisper import BatchedInferencePipeline, WhisperModel

        device = find_device("auto")
        whisper = WhisperModel(
            str(model), device=device, compute_type=compute_type(device), cpu_threads=min(8, os.cpu_count() or 1)
        )
        self.mode = mode
        self.pipeline: Any = BatchedInferencePipeline(whisper) if mode == "batched" else whisper

    def turn(self, audio: Path) -> Turn:
        """Hear the recording once."""
        more = {"batch_size": 8} if self.mode == "batched" else {"condition_on_previous_text": False}
        begun, spent = time.perf_counter(), time.process_time()
        segments, _ = self.pipeline.transcribe(str(audio), language="en", word_timestamps=True, vad_filter=True, **more)
        text = " ".join(segment.text for segment in segments)
        return Turn(time.perf_counter() - begun, time.process_time() - spent, text)


def our_turn(whisper: FasterWhisper, audio: Path) -> Turn:
    """Hear the recording once by the adapter."""
    begun, spent = time.perf_counter(), _cpu_of(whisper)
    heard = whisper.recognise(audio, language="en")
    text = " ".join(word.text for word in heard.words)
    return Turn(time.perf_counter() - begun, _cpu_of(whisper) - spent, text)


def _cpu_of(whisper: FasterWhisper) -> float:
    child = whisper._running()
    fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Print both figures; 1 when a bar is missed."""
    parser = options(__doc__)
    parser.add_argument("--model", default="base")
    parser.add_argument("--mode", choices=("batched", "sequential"), default="batched")
    parser.add_argument("--speech", type=Path)
    parser.add_argument("--times", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        samples, said = recorded_speech(wanted.speech) if wanted.speech else made_speech(folder)
        write_wav(folder / "all.wav", samples)
        write_wav(folder / "first.wav", samples[: 5 * RATE])
        model = find_model(wanted.model, folder)
        raw = Raw(model, wanted.mode)
        raw.turn(folder / "first.wav")
        with FasterWhisper(model, mode=wanted.mode) as whisper:
            whisper.recognise(folder / "first.wav", language="en")
            turns = [(raw.turn(folder / "all.wav"), our_turn(whisper, folder / "all.wav")) for _ in range(wanted.times)]
    print(
        f"{len(samples) / RATE:.0f} s of speech, {wanted.model}, {wanted.mode}, {os.cpu_count()} cores (load {os.getloadavg()[0]:.1f})"
    )
    clocks = [min(turn[side].clock for turn in turns) for side in (0, 1)]
    cpus = [min(turn[side].cpu for turn in turns) for side in (0, 1)]
    wrong = [wrong_words(said, turns[0][side].text) for side in (0, 1)]
    for title, side in (("raw", 0), ("ours", 1)):
        speed = f"{len(samples) / RATE / clocks[side]:.1f} × real time"
        print(
            f"  {title:<5} {clocks[side]:6.1f} s ({speed}), {cpus[side]:6.1f} s of CPU, {wrong[side]:.1f} % of words wrong"
        )
    bar = Bar(1.05)
    met = [
        report("seconds", clocks[1] / clocks[0], "of raw's; a twentieth is how far two turns of one differ", bar),
        report("CPU", cpus[1] / cpus[0], "of raw's", bar),
        report("words wrong", wrong[1] - wrong[0], "percentage points more than raw's", Bar(0.0), ".1f"),
    ]
    return int(not (met[2] and (met[0] or met[1])))


if __name__ == "__main__":
    sys.exit(main())
