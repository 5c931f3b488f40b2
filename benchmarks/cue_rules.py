"""How many rules the cues of long scripts break: a thousand cues at a time, each profile, at several paces of reading.

    python -m benchmarks.cue_rules [--stories N] [--voice]

Two kinds of script: films of `benchmarks.long_script`, a cut of the picture every two sentences, and stories of
`benchmarks.studio_text`, a cut every three. Words are timed as a reader takes them: by their letters, no two alike, with a breath at
each mark, and the timeline's own room around each cut; with `--voice` the scratch voice reads instead, at its phonemes' own times.

The bar is 0 violations a thousand cues. A voice that is faster than the profile is not the cues' fault: those are counted apart. Half
a minute; with `--voice` two.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from benchmarks.align_accuracy import HORMUZ, MALACCA
from benchmarks.long_script import parts
from benchmarks.studio_text import tell_story
from render.timeline import LEAD, TAIL
from transcripts.breaks import ends_sentence
from transcripts.cues import build_cues
from transcripts.profiles import PROFILES
from transcripts.rules import VOICES, check_cues
from transcripts.words import Word

PACES = (130, 150, 170, 200)
"""Words a minute: a calm narrator reads 130 to 150, a brisk one 170; nobody narrates at 200."""
RATE = Fraction(30)
Reading = tuple[list[Word], list[float]]


def read_aloud(scenes: Sequence[str], pace: float, chance: random.Random) -> Reading:
    """The words of scenes at a reader's times, and the cuts between them, in seconds."""
    words: list[Word] = []
    cuts: list[float] = []
    clock = 0.35
    letter = 60 / pace / 9.2
    for scene in scenes:
        clock += LEAD
        for text in scene.split():
            length = letter * (len(text) + 2) * chance.uniform(0.8, 1.2)
            words.append(Word(text, round(clock, 3), round(clock + length, 3), 1.0, "matched", len(words)))
            clock += length + letter * 0.2
            if ends_sentence(text):
                clock += 60 / pace * chance.uniform(0.7, 1.8)
            elif text[-1] in ",;:—":
                clock += 60 / pace * chance.uniform(0.3, 0.9)
        clock += TAIL
        cuts.append(round(clock * RATE) / float(RATE))
    return words, cuts[:-1]


def long_films(pace: float, chance: random.Random) -> Iterator[Reading]:
    """An hour and a half of the long film."""
    yield read_aloud([part.said for part in parts(900)], pace, chance)


def stories(count: int, pace: float, chance: random.Random) -> Iterator[Reading]:
    """Stories of ten minutes each."""
    for number in range(count):
        text = " ".join(cue.text for cue in tell_story(7, number, 600).cues)
        sentences: list[str] = [""]
        for word in text.split():
            sentences[-1] = f"{sentences[-1]} {word}".strip()
            if ends_sentence(word):
                sentences.append("")
        spoken = [sentence for sentence in sentences if sentence]
        yield read_aloud([" ".join(spoken[at : at + 3]) for at in range(0, len(spoken), 3)], pace, chance)


def voiced(pace: float) -> Iterator[Reading]:
    """What the scratch voice reads, at its own times; `pace` is its length scale."""
    for text in (HORMUZ, MALACCA):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "text.txt").write_text(text, encoding="utf-8")
            program = str(Path(__file__).with_name("spoken_truth.py"))
            command = [sys.executable, program, "text.txt", "speech.wav", "truth.json", str(pace)]
            subprocess.run(command, cwd=folder, check=True)
            truth = json.loads(Path(folder, "truth.json").read_text())
        words = [Word(text, true["start"], true["end"]) for text, true in zip(text.split(), truth, strict=True)]
        yield [word for word in words if word.start is not None and word.end is not None], []


def count(readings: Iterator[Reading], profile: str) -> tuple[int, Counter[str], float]:
    """Cues, rules broken, and seconds that building took."""
    cues, broken, took = 0, Counter[str](), 0.0
    for words, cuts in readings:
        began = time.process_time()
        built = build_cues(words, profile=profile, breaks=cuts, rate=RATE)
        took += time.process_time() - began
        cues += len(built)
        broken.update(finding.rule for finding in check_cues(built, profile=profile, rate=RATE, cuts=cuts))
        assert " ".join(cue.text for cue in built) == " ".join(word.text for word in words)
    return cues, broken, took


def main() -> int:
    """Print the table; 1 when cues broke a rule that is not the voice's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=6, help="how many stories of ten minutes")
    parser.add_argument("--voice", action="store_true", help="read by the scratch voice as well")
    given = parser.parse_args()
    failed = 0
    print(f"{'profile':9} {'script':8} {'pace':>5} {'cues':>6} {'a 1,000':>8} {'the voice':>10} {'seconds':>8}  rules")
    for profile in PROFILES:
        rows: list[tuple[str, float, Iterator[Reading]]] = []
        rows += [("film", pace, long_films(pace, random.Random(pace))) for pace in PACES]
        rows += [("stories", pace, stories(given.stories, pace, random.Random(pace))) for pace in PACES]
        if given.voice:
            rows += [("voice", pace, voiced(pace)) for pace in (1.2, 1.0, 0.8)]
        for name, pace, readings in rows:
            cues, broken, took = count(readings, profile)
            own = {rule: times for rule, times in broken.items() if rule not in VOICES}
            voice = sum(broken.values()) - sum(own.values())
            failed += sum(own.values())
            said = ", ".join(f"{rule} {times}" for rule, times in sorted(own.items()))
            share = f"{1000 * sum(own.values()) / cues:8.2f} {1000 * voice / cues:10.1f}"
            print(f"{profile:9} {name:8} {pace:5} {cues:6} {share} {took:8.2f}  {said}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
