"""The process in which Whisper runs: reads jobs from standard input, answers on standard output, one JSON a line.

A job is `{"audio", "language", "hotwords", "prompt", "translate"}`. The answers to it are `{"progress": seconds}`, any number of
`{"words": [...], "evidence": {...}}` and a last `{"done": {"language", "duration"}}`, or `{"error": ...}`. It ends with its input.
Apart from the main process, a crash in native code or a full memory costs one recording and not the run.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import BadInput, SluglineError
from transcripts.audio import QUIET, RATE, Stretch, levels, silences, stretches
from transcripts.clips import WINDOW, Clip, join_clips
from transcripts.engine import Engine, Floats, Job, join_pieces
from transcripts.evidence import Evidence, Span, SpeechSegment

_PAUSE = 160
"""Milliseconds without a voice at which sound may be cut, faster-whisper's for batches: with 500 the clips fill their windows worse."""

_LONGEST = WINDOW - 1
"""Seconds at which the detector parts speech without a pause: a window, less what is added before and after."""

_OTHERWISE = 0.8
"""A recording is said to be in another language than it was told from this probability on."""

_UNSURE = -0.5
"""Mean log-probability below which the language is looked at again."""


def _say(**answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def load(name: str, options: dict[str, Any]) -> Engine:
    """The engine of that name, its model in memory."""
    if name == "openai-whisper":
        from transcripts.openai_whisper import OpenaiEngine

        return OpenaiEngine(**options)
    from transcripts.faster_whisper import FasterEngine

    return FasterEngine(**options)


def _voiced(samples: Floats) -> tuple[Span, ...]:
    """Where Silero's detector hears a voice."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(min_silence_duration_ms=_PAUSE, max_speech_duration_s=_LONGEST, speech_pad_ms=0)
    found = get_speech_timestamps(samples, options)
    return tuple((span["start"] / RATE, span["end"] / RATE) for span in found)


def _hear(engine: Engine, stretch: Stretch, job: Job, language: str | None) -> str | None:
    """Answer with one stretch's words and evidence; gives the language, None where nothing was heard."""
    loud = levels(stretch.samples)
    silent = tuple(silences(loud))
    if loud.max() < QUIET:
        _tell([], Evidence(silent=silent).moved(stretch.start))
        return language
    samples: Floats = stretch.samples.astype(np.float32) / np.float32(32768)
    voiced = _voiced(samples)
    clips = join_clips(voiced, stretch.seconds)
    if clips:
        language = language or _language(engine, samples, clips)
    words: list[dict[str, Any]] = []
    segments: list[SpeechSegment] = []
    for passage in engine.hear(samples, clips, language or "en", job) if clips else ():
        for word in join_pieces(passage.words, "en" if job.translate else language or "en"):
            at = {"start": stretch.start + word.start, "end": stretch.start + word.end}
            words.append(asdict(word) | at)
        segments.append(passage.segment)
        _say(progress=round(stretch.start + passage.segment.end, 3))
    other = _other_language(engine, samples, clips, segments, job)
    _tell(words, Evidence(tuple(segments), voiced, silent, other).moved(stretch.start))
    return language


def _tell(words: list[dict[str, Any]], evidence: Evidence) -> None:
    _say(words=words, evidence=evidence.to_json())


def _language(engine: Engine, samples: Floats, clips: Sequence[Clip]) -> str:
    return engine.language_of(_piece(samples, clips[0]))[0] if engine.multilingual else "en"


def _piece(samples: Floats, clip: Clip) -> Floats:
    return samples[int(clip.start * RATE) : int(clip.end * RATE)]


def _other_language(
    engine: Engine, samples: Floats, clips: Sequence[Clip], segments: Sequence[SpeechSegment], job: Job
) -> str:
    """The language of a recording that was said to be in another one. Only asked for where the words come out unsure."""
    if not (job.language and segments and engine.multilingual):
        return ""
    if sum(segment.logprob for segment in segments) / len(segments) > _UNSURE:
        return ""
    longest = max(clips, key=lambda clip: clip.seconds)
    found, probability = engine.language_of(_piece(samples, longest))
    return found if found != job.language and probability >= _OTHERWISE else ""


def _answer(engine: Engine, job: Job) -> None:
    seconds, language = 0.0, job.language
    if not engine.multilingual and (job.translate or language not in (None, "en")):
        what = "only hears English: it cannot translate" if job.translate else f"hears English only, not {language!r}"
        raise BadInput(f"this model {what}", hint="choose another in the setting `model`, such as base")
    for stretch in stretches(Path(job.audio)):
        _say(progress=stretch.start)
        language = _hear(engine, stretch, job, language)
        seconds = stretch.start + stretch.seconds
        _say(progress=round(seconds, 3))
    _say(done={"language": language or "", "duration": seconds})


def main() -> None:
    """Load the engine named on the command line, with its options as JSON; then answer jobs until standard input ends."""
    engine: Engine | None = None
    for line in sys.stdin:
        try:
            engine = engine or load(sys.argv[1], json.loads(sys.argv[2]))
            given = json.loads(line)
            _answer(engine, Job(**given | {"hotwords": tuple(given["hotwords"])}))
        except SluglineError as error:
            place = error.place
            _say(error={"message": error.message, "hint": error.hint, "file": place.file if place else None})


if __name__ == "__main__":
    main()
