"""How the time and the memory of alignment grow with the length of the recording: 10 minutes to 3 hours.

    python -m benchmarks.align_scaling

Two parts apart. The text part lays what was heard on the script: read as written, with what a recogniser does to it (one word in twelve
misheard, one in thirty lost), an ad-lib and a cut every few minutes; then with paragraphs in another order; then all of them shuffled.
It has to take seconds at three hours, and to grow with the length: at most 1.5 times as much a minute at three hours as at thirty
minutes, the shuffled one aside, whose blocks are compared with one another. The forced part lays words on the sound, a minute of the
scratch voice over and over, and is told as × real time. Takes about two minutes.
"""

import random
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.align_accuracy import HORMUZ, MALACCA, VOICES, speak
from transcripts.align import align
from transcripts.audio import RATE, levels, read_pcm
from transcripts.forced_alignment import refine
from transcripts.pocketsphinx import PocketSphinx
from transcripts.tokens import script_tokens
from transcripts.words import Transcript, Word

MINUTES = (10, 30, 60, 120, 180)
PACE = 150
"""Words a minute of a narrator."""
SECONDS = 10.0
GROWTH = 1.5


def write_script(minutes: int, chance: random.Random) -> list[list[str]]:
    """Paragraphs of about sixty words; common words often, names seldom, as in prose."""
    common = "the of and to in a is that for it was on are as with at by from or an be this which but not have".split()  # noqa: SIM905
    starts, middles, ends = ("ka lo mi ru te vo sha pri den gul", "n st v rd l m", "a e i o u an er is on et")
    words = [f"{a}{b}{c}" for a in starts.split() for b in middles.split() for c in ends.split()]
    names = [f"{word.title()}{ending}" for word in words for ending in ("stan", "abad", "grad")]
    paragraphs = []
    for _ in range(minutes * PACE // 60):
        kinds = chance.choices((common, words, names), (5, 5, 1), k=60)
        paragraphs.append([chance.choice(kind) + "." * (at % 15 == 14) for at, kind in enumerate(kinds)])
    return paragraphs


def mishear(paragraphs: Sequence[Sequence[str]], chance: random.Random) -> Transcript:
    """What a recogniser makes of it, words at 150 a minute."""
    said: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if number % 40 == 13:
            said += ["and", "here", "I", "have", "to", "tell", "you", "something", "that", "is", "written", "nowhere"]
        if number % 40 == 29:
            continue
        for word in paragraph:
            if chance.random() > 1 / 30:
                said.append(word + "z" if chance.random() < 1 / 12 else word)
    length = 60 / PACE
    heard = tuple(Word(word, at * length, (at + 0.9) * length, 0.9) for at, word in enumerate(said))
    return Transcript("en", len(said) * length, heard)


def time_text(minutes: int, order: str) -> tuple[float, float, float]:
    """Seconds, megabytes at most, and the share of script words matched."""
    chance = random.Random(minutes)
    paragraphs = write_script(minutes, chance)
    read = [*paragraphs]
    if order == "shuffled":
        chance.shuffle(read)
    if order == "in another order":
        for at in range(5, len(read) - 2, 12):
            read[at], read[at + 1] = read[at + 1], read[at]
    heard = mishear(read, chance)
    tokens = script_tokens("\n".join(" ".join(words) for words in paragraphs))
    begun = time.process_time()
    alignment = align(heard, tokens)
    seconds = time.process_time() - begun
    tracemalloc.start()
    align(heard, tokens)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return seconds, peak, alignment.matched_share


def time_sound(minutes: int, folder: Path) -> float:
    """Seconds that the forced part takes; the recogniser's times are the truth, a little off."""
    audio, truth = speak(VOICES["scratch"], HORMUZ + MALACCA, 1.0, folder)
    once = read_pcm(audio)
    length = len(once) / RATE
    times = round(minutes * 60 / length)
    pcm = np.tile(once, times)
    marks = [(entry["word"], entry["start"], entry["end"]) for entry in truth]
    rough, at = [], 0.0
    for turn in range(times):
        for word, start, end in marks:
            begin = turn * length + (start if start is not None else at - turn * length)
            at = turn * length + end if end is not None else begin + 0.15
            rough.append(Word(word, begin + 0.05, at + 0.05, 1.0, "matched"))
    readings = [token.key for token in script_tokens(" ".join(word for word, _, _ in marks))] * times
    assert len(readings) == len(rough)
    begun = time.process_time()
    _, failed = refine(rough, readings, pcm, levels(pcm), PocketSphinx())
    print(f"{minutes:>8} min {len(rough):>8} words {time.process_time() - begun:>8.1f} s", end="")
    print(f"{minutes * 60 / (time.process_time() - begun):>8.0f} × real time; {failed} windows fell back")
    return time.process_time() - begun


def main() -> int:
    """Print both tables; 1 when the text part is too slow or grows faster than the text."""
    missed = False
    for order in ("as written", "in another order", "shuffled"):
        print(f"text, paragraphs {order}")
        rates = {}
        for minutes in MINUTES:
            seconds, peak, share = time_text(minutes, order)
            rates[minutes] = seconds / minutes
            print(f"{minutes:>8} min {seconds:>8.2f} s {peak:>8.0f} MB {100 * share:>7.1f} % matched")
        growth = rates[180] / rates[30]
        print(f"{'':8}a minute at three hours takes {growth:.2f} × one at thirty minutes")
        missed |= (growth > GROWTH and order != "shuffled") or rates[180] * 180 > SECONDS
    print("sound")
    with tempfile.TemporaryDirectory() as name:
        for minutes in (1, 10, 30):
            time_sound(minutes, Path(name))
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
