"""How exact the aligned words' times are, and how fast captions of a scripted film are made.

    python -m benchmarks.align_accuracy [--model NAME] [--voice scratch|held-out] [--cache FOLDER] [--worst N]

Truth is what two voices tell of themselves: the scratch voice how long it held each phoneme, espeak-ng when it began each word.
Alignment sees the sound and the text alone. Readings: as written, with sentences the script lacks, with sentences left out, and with
its paragraphs in another order; slow, at its own pace, and fast. The texts were not used while the aligner was made, and nothing was
tuned on espeak-ng, whose figures the bars are held to (DESIGN, section 11): median 50 ms, 95th percentile 150 ms; 15 times real time.
With `--cache`, what was recognised is kept there, and the speed is not told. Takes about three minutes.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

from transcripts.align import align
from transcripts.audio import read_pcm
from transcripts.cache import recognise_cached
from transcripts.cues import build_cues
from transcripts.faster_whisper import FasterWhisper
from transcripts.models import find_model
from transcripts.tokens import script_tokens
from transcripts.words import Alignment, Word

HORMUZ = """\
The Strait of Hormuz is only thirty-three kilometres wide at its narrowest point. About 20 million barrels of oil pass it every day.
Iran lies on one side, Oman and the United Arab Emirates on the other. Tankers keep to two lanes, each of them two miles wide.
In 1980 a war began that would last eight years. By 1987, the so-called tanker war had hit more than 400 ships.
Bandar Abbas watches the northern shore. A pipeline to Fujairah, finished in 2012, goes around it, but carries less than half.
"""
MALACCA = """\
Farther east, the Malacca Strait is busier still. Some 90,000 ships a year sail between Sumatra and the Malay Peninsula.
Off Singapore the fairway narrows to about one and a half miles, and pilots speak of rush hour. In fog, nobody hurries.
Beijing calls it a dilemma: four fifths of the oil that China buys abroad comes this way. A canal across Thailand, at Kra, has been
drawn, costed and shelved since 1677. President Hu Jintao said it plainly in 2003; nobody has found a second door.
"""
ADDED = "And I have seen it myself, from the deck of a ferry, on a hot afternoon in May."
LEFT_OUT = "The insurers, who are paid to be afraid, put up their premiums within a week."

VOICES = {"scratch": "spoken_truth.py", "held-out": "held_out_voice.py"}


@dataclass(frozen=True)
class Reading:
    """What a voice says at which pace, and the script that it is laid on."""

    title: str
    said: str
    written: str
    pace: float = 1.0


@dataclass(frozen=True)
class Apart:
    """How far one side (start or end) of a word lies from the truth, in seconds."""

    word: Word
    side: str
    seconds: float
    reading: str


def swap_lines(text: str) -> str:
    """The second half of a text's lines before the first."""
    lines = text.splitlines(keepends=True)
    return "".join(lines[len(lines) // 2 :] + lines[: len(lines) // 2])


READINGS = (
    Reading("as written", HORMUZ + MALACCA, HORMUZ + MALACCA),
    Reading("as written, slow", HORMUZ, HORMUZ, 1.2),
    Reading("as written, fast", MALACCA, MALACCA, 0.85),
    Reading("a sentence added", HORMUZ + ADDED + "\n" + MALACCA, HORMUZ + MALACCA),
    Reading("a sentence left out", HORMUZ + MALACCA, HORMUZ + LEFT_OUT + "\n" + MALACCA),
    Reading("paragraphs in another order", swap_lines(HORMUZ + MALACCA), HORMUZ + MALACCA),
)


def speak(program: str, text: str, pace: float, folder: Path) -> tuple[Path, list[dict[str, Any]]]:
    """A reading and its words' times, by a program next to this one."""
    (folder / "text.txt").write_text(text)
    command = [sys.executable, str(Path(__file__).with_name(program))]
    subprocess.run([*command, "text.txt", "speech.wav", "truth.json", str(pace)], cwd=folder, check=True)
    return folder / "speech.wav", json.loads((folder / "truth.json").read_text())


def show(name: str, apart: Sequence[Apart]) -> None:
    """One line of the table: times in milliseconds, shares in per cent."""
    if not apart:
        return
    ranked = sorted(one.seconds for one in apart)
    shares = "".join(
        f"{100 * sum(error <= limit for error in ranked) / len(ranked):7.1f}" for limit in (0.05, 0.1, 0.2)
    )
    figures = (1000 * mean(ranked), 1000 * median(ranked), 1000 * ranked[int(0.95 * len(ranked))], 1000 * ranked[-1])
    print(f"{name:<34}{len(ranked):6}" + "".join(f"{figure:8.0f}" for figure in figures) + shares)


def measure(alignment: Alignment, truth: Sequence[dict[str, Any]], reading: str) -> Iterator[Apart]:
    """Both sides of every word that has a time and whose truth is known."""
    for word, true in pair_up([word for word in alignment.words if word.start is not None], truth):
        for side, at in (("start", word.start), ("end", word.end)):
            if at is not None and true[side] is not None:
                yield Apart(word, side, abs(at - true[side]), reading)


def pair_up(words: Sequence[Word], truth: Sequence[dict[str, Any]]) -> list[tuple[Word, dict[str, Any]]]:
    """Words in the voice's order beside what was truly said, by equal spelling."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, [word.text for word in words], [true["word"] for true in truth], autojunk=False)
    return [(words[a + k], truth[b + k]) for a, b, size in matcher.get_matching_blocks() for k in range(size)]


def measure_voice(name: str, whisper: FasterWhisper, folder: Path, cache: Path) -> tuple[list[Apart], float, float]:
    """Every reading by one voice: how far apart, seconds of speech, seconds spent."""
    apart: list[Apart] = []
    seconds = spent = 0.0
    for reading in READINGS:
        audio, truth = speak(VOICES[name], reading.said, reading.pace, folder)
        begun = time.perf_counter()
        heard = recognise_cached(whisper, audio, cache, language="en")
        alignment = align(heard, script_tokens(reading.written), audio)
        build_cues(alignment.words)
        spent += time.perf_counter() - begun
        seconds += len(read_pcm(audio)) / 16_000
        found = list(measure(alignment, truth, reading.title))
        show(f"  {reading.title}", [one for one in found if one.side == "start"])
        wrong = f"unspoken: {len(alignment.unspoken)}, ad-libbed: {len(alignment.ad_libbed)}"
        print(f"    {wrong}" + "".join(f"; {note}" for note in alignment.notes))
        apart += found
    for kind in ("matched", "interpolated", "ad-libbed"):
        show(f"  starts, {kind}", [one for one in apart if one.side == "start" and one.word.origin == kind])
    for side in ("start", "end"):
        show(f"  every {side}", [one for one in apart if one.side == side])
    return apart, seconds, spent


def main() -> int:
    """Print the table; 1 when a bar is missed on the held-out voice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="base")
    parser.add_argument("--voice", choices=VOICES)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--worst", type=int, default=0, help="list so many of the words that are furthest off")
    wanted = parser.parse_args()
    print(
        f"{'start of words':<34}{'words':>6}{'mean':>8}{'median':>8}{'p95':>8}{'worst':>8}{'≤50':>7}{'≤100':>7}{'≤200':>7}"
    )
    missed = False
    with tempfile.TemporaryDirectory() as name, FasterWhisper(find_model(wanted.model, Path(name))) as whisper:
        for voice in [wanted.voice] if wanted.voice else VOICES:
            print(f"{voice} voice")
            cache = wanted.cache or Path(name) / "cache"
            apart, seconds, spent = measure_voice(voice, whisper, Path(name), cache)
            if not wanted.cache:
                print(f"  captions at {seconds / spent:.1f} × real time, model {wanted.model}")
            for one in sorted(apart, key=lambda one: -one.seconds)[: wanted.worst]:
                print(
                    f"    {1000 * one.seconds:5.0f} ms  {one.side:5} {one.word.text:<16} {one.word.origin:<13} {one.reading}"
                )
            starts = sorted(one.seconds for one in apart if one.side == "start")
            held_out = voice == "held-out"
            missed |= held_out and (median(starts) > 0.05 or starts[int(0.95 * len(starts))] > 0.15)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
