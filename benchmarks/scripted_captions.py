"""How fast captions of a scripted film are made, from the narration's sound to timed cues, and how exact they are.

    python -m benchmarks.scripted_captions [--seconds N] [--voice scratch|held-out] [--model NAME] [--beam N]

The text is known, so a small model finds the anchors and forced alignment the times, as in `slugline produce`. The film's text is
made (`studio_text.py`), read by the scratch voice, or by espeak-ng, on which nothing was tuned; the model is loaded before the clock runs.
Bars (DESIGN, section 11): 15, then 25 times real time; words begin within 50, then 25 ms of the truth in the median, 150, then 100 at the
95th percentile. With 300 seconds of film it takes three minutes, most of which the voice needs to read.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.align_accuracy import VOICES, pair_up, speak
from benchmarks.meter import Bar, options, report
from benchmarks.studio_text import tell_story
from transcripts.align import align
from transcripts.audio import RATE, read_pcm, write_wav
from transcripts.cache import recognise_cached
from transcripts.cues import build_cues
from transcripts.faster_whisper import FasterWhisper
from transcripts.models import find_anchor_model
from transcripts.recognisers import ANCHOR_BEAM
from transcripts.rules import check_cues
from transcripts.tokens import script_tokens

SEED, FILM = 7, 3
"""Which of the made films: any will do."""


def main() -> int:
    """Print speed, its parts and the exactness; 1 when a bar is missed."""
    parser = options(__doc__)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--voice", choices=VOICES, default="scratch")
    parser.add_argument("--model", default="")
    parser.add_argument("--beam", type=int, default=ANCHOR_BEAM)
    wanted = parser.parse_args()
    text = " ".join(cue.text for cue in tell_story(SEED, FILM, wanted.seconds).cues)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        audio, truth = speak(VOICES[wanted.voice], text, 1.0, folder)
        samples = read_pcm(audio)
        seconds = len(samples) / RATE
        write_wav(folder / "first.wav", samples[: 2 * RATE])
        model = find_anchor_model(wanted.model, "en", folder)
        with FasterWhisper(model, beam=wanted.beam) as whisper:
            whisper.recognise(folder / "first.wav", language="en")
            marks = [time.perf_counter()]
            heard = recognise_cached(whisper, audio, folder / "cache", language="en")
            marks.append(time.perf_counter())
            alignment = align(heard, script_tokens(text), audio)
            marks.append(time.perf_counter())
            cues = build_cues(alignment.words, language="en")
            marks.append(time.perf_counter())
    parts = [after - before for before, after in pairwise(marks)]
    apart = sorted(
        abs(word.start - true["start"])
        for word, true in pair_up(alignment.script_words, truth)
        if word.start is not None and true["start"] is not None
    )
    load = os.getloadavg()[0]
    print(
        f"{seconds:.0f} s of film, {wanted.voice} voice, {model.name}, beam {wanted.beam}, {os.cpu_count()} cores (load {load:.1f})"
    )
    print(
        "  "
        + ", ".join(f"{title} {part:.1f} s" for title, part in zip(("recognise", "align", "cues"), parts, strict=True))
    )
    print(
        f"  {len(apart)} words, {100 * alignment.matched_share:.0f} % heard, {len(alignment.unspoken)} unspoken, "
        f"{len(alignment.ad_libbed)} ad-libbed; {len(cues)} cues, {len(check_cues(cues))} findings"
    )
    met = [
        report("captions", seconds / sum(parts), "× real time", Bar(15, 25, more=True), ".1f"),
        report("start of words, median", 1000 * median(apart), "ms", Bar(50, 25), ".0f"),
        report("start of words, 95th percentile", 1000 * apart[int(0.95 * len(apart))], "ms", Bar(150, 100), ".0f"),
    ]
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main())
