"""The process in which Whisper runs: reads jobs from standard input, answers on standard output, one JSON a line.

A job is `{"audio", "language", "hotwords", "prompt"}`. The answers to it are `{"progress": seconds}`, any number of
`{"words": [...]}` and a last `{"done": {"language", "duration"}}`, or `{"error": ...}`. It ends with its input.
Apart from the main process, a crash in native code or a full memory costs one recording and not the run.
"""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import BadInput, SluglineError
from transcripts.audio import Samples, levels, stretches
from transcripts.faster_whisper import compute_type, find_device

_QUIET = -55.0
"""A word whose loudest hundredth of a second stays below this many dBFS was not spoken: EBU R 128's gate is at −70 LUFS for
programme; room tone of a usable recording lies between −75 and −55."""

_UNSPACED = {"zh", "yue", "ja", "th", "lo", "my"}
"""Languages written without spaces, where every token is a word of its own (faster-whisper does the same)."""


def _say(**answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _load(model: str, device: str) -> Any:
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    device = find_device(device)
    whisper = WhisperModel(
        model,
        device=device,
        compute_type=compute_type(device),
        cpu_threads=min(8, os.cpu_count() or 1),
        local_files_only=True,
    )
    return BatchedInferencePipeline(whisper)


def _hear(pipeline: Any, samples: Samples, job: dict[str, Any], start: float) -> tuple[str, list[dict[str, Any]]]:
    """Words of one stretch, times in seconds from the start of the file; none where nothing sounds."""
    loud = levels(samples)
    if loud.max() < _QUIET:
        return job["language"] or "", []
    segments, info = pipeline.transcribe(
        samples.astype(np.float32) / 32768,
        language=job["language"],
        word_timestamps=True,
        vad_filter=True,
        vad_parameters={"min_silence_duration_ms": 500},
        condition_on_previous_text=False,
        hotwords=", ".join(job["hotwords"]) or None,
        initial_prompt=job["prompt"] or None,
        without_timestamps=True,
        batch_size=8,
    )
    words: list[dict[str, Any]] = []
    for segment in segments:
        for word in _joined(segment.words or (), info.language):
            first, last = int(word["start"] * 100), int(word["end"] * 100) + 1
            if loud[first:last].max(initial=-120.0) >= _QUIET:
                words.append(word | {"start": start + word["start"], "end": start + word["end"]})
        _say(progress=round(start + segment.end, 3))
    return info.language, words


def _joined(words: Iterable[Any], language: str) -> list[dict[str, Any]]:
    """Whisper's words; what it writes without a space before it, such as the `-hearted` of cold-hearted, joins its word."""
    out: list[dict[str, Any]] = []
    for word in words:
        text = word.word.strip()
        if not text:
            continue
        if out and not word.word.startswith(" ") and language not in _UNSPACED:
            out[-1]["text"] += text
            out[-1]["end"] = word.end
            out[-1]["probability"] = min(out[-1]["probability"], word.probability)
        else:
            out.append({"text": text, "start": word.start, "end": word.end, "probability": word.probability})
    return out


def _answer(pipeline: Any, job: dict[str, Any]) -> None:
    seconds = 0.0
    if job["language"] not in (None, "en") and not pipeline.model.model.is_multilingual:
        hint = "choose another in the setting `model`, such as base"
        raise BadInput(f"this model hears English only, not {job['language']!r}", hint=hint)
    for stretch in stretches(Path(job["audio"])):
        _say(progress=stretch.start)
        language, words = _hear(pipeline, stretch.samples, job, stretch.start)
        job["language"] = job["language"] or language or None
        seconds = stretch.start + stretch.seconds
        _say(words=words)
        _say(progress=round(seconds, 3))
    _say(done={"language": job["language"] or "", "duration": seconds})


def main() -> None:
    """Load the model named on the command line, then answer jobs until standard input ends."""
    pipeline = _load(sys.argv[1], sys.argv[2])
    for line in sys.stdin:
        try:
            _answer(pipeline, json.loads(line))
        except SluglineError as error:
            place = error.place
            _say(error={"message": error.message, "hint": error.hint, "file": place.file if place else None})


if __name__ == "__main__":
    main()
