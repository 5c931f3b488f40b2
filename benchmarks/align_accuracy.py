"""How exact the aligned words' times are, and how fast captions of a scripted film are made.

    python benchmarks/align_accuracy.py [--model NAME]

Truth is how long the scratch voice held each phoneme; alignment sees the sound and the text alone. Three readings: as
written, with sentences the script lacks, and with sentences left out; slow, at its own pace, and fast. The texts were not
used while the aligner was made. Bars (DESIGN, section 11): median 50 ms, 95th percentile 150 ms; 15 times real time.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
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
from transcripts.words import Word

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


def speak(text: str, pace: float, folder: Path) -> tuple[Path, list[dict[str, Any]]]:
    """A reading and its words' times, by the program next to this one."""
    (folder / "text.txt").write_text(text)
    program = [sys.executable, str(Path(__file__).with_name("spoken_truth.py"))]
    subprocess.run([*program, "text.txt", "speech.wav", "truth.json", str(pace)], cwd=folder, check=True)
    return folder / "speech.wav", json.loads((folder / "truth.json").read_text())


def show(name: str, apart: Sequence[float]) -> None:
    """One line of the table: times in milliseconds, shares in per cent."""
    if not apart:
        return
    ranked = sorted(apart)
    shares = "".join(
        f"{100 * sum(error <= limit for error in ranked) / len(ranked):7.1f}" for limit in (0.05, 0.1, 0.2)
    )
    figures = (1000 * mean(ranked), 1000 * median(ranked), 1000 * ranked[int(0.95 * len(ranked))], 1000 * ranked[-1])
    print(f"{name:<28}{len(ranked):6}" + "".join(f"{figure:8.0f}" for figure in figures) + shares)


def main() -> int:
    """Print the table; 1 when a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="base")
    model = parser.parse_args().model
    print(
        f"{'start of words':<28}{'words':>6}{'mean':>8}{'median':>8}{'p95':>8}{'worst':>8}{'≤50':>7}{'≤100':>7}{'≤200':>7}"
    )
    readings = [
        ("as written", HORMUZ + MALACCA, HORMUZ + MALACCA, 1.0),
        ("as written, slow", HORMUZ, HORMUZ, 1.2),
        ("as written, fast", MALACCA, MALACCA, 0.85),
        ("a sentence added", HORMUZ + ADDED + "\n" + MALACCA, HORMUZ + MALACCA, 1.0),
        ("a sentence left out", HORMUZ + MALACCA, HORMUZ + LEFT_OUT + "\n" + MALACCA, 1.0),
    ]
    every: dict[str, list[float]] = {"start": [], "end": [], "matched": [], "interpolated": []}
    seconds = spent = 0.0
    with tempfile.TemporaryDirectory() as name, FasterWhisper(find_model(model, Path(name))) as whisper:
        folder = Path(name)
        for title, said, written, pace in readings:
            audio, truth = speak(said, pace, folder)
            begun = time.perf_counter()
            heard = recognise_cached(whisper, audio, folder / "cache", language="en")
            alignment = align(heard, script_tokens(written), audio)
            build_cues(alignment.words)
            spent += time.perf_counter() - begun
            seconds += len(read_pcm(audio)) / 16_000
            pairs = pair_up(alignment.script_words, truth)
            show(
                title,
                [
                    abs(word.start - true["start"])
                    for word, true in pairs
                    if word.start is not None and true["start"] is not None
                ],
            )
            for word, true in pairs:
                for side in ("start", "end"):
                    at = word.start if side == "start" else word.end
                    if at is not None and true[side] is not None:
                        every[side].append(abs(at - true[side]))
                        every.get(word.origin if side == "start" else "", []).append(abs(at - true[side]))
            wrong = f"unspoken: {len(alignment.unspoken)}, ad-libbed: {len(alignment.ad_libbed)}"
            print(f"  {wrong}" + "".join(f"; {note}" for note in alignment.notes))
    for kind, apart in every.items():
        show(f"all: {kind}", apart)
    print(f"captions at {seconds / spent:.1f} × real time, model {model}")
    ranked = sorted(every["start"])
    return int(median(ranked) > 0.05 or ranked[int(0.95 * len(ranked))] > 0.15)


def pair_up(words: Sequence[Word], truth: Sequence[dict[str, Any]]) -> list[tuple[Word, dict[str, Any]]]:
    """Script words beside what was truly said, by equal spelling in order."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, [word.text for word in words], [true["word"] for true in truth], autojunk=False)
    return [(words[a + k], truth[b + k]) for a, b, size in matcher.get_matching_blocks() for k in range(size)]


if __name__ == "__main__":
    sys.exit(main())
