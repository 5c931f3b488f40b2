"""faster-whisper behind the recogniser port: the adapter, and the engine in its child process."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from core.digest import digest, file_digest
from core.errors import MissingPart
from transcripts.audio import RATE
from transcripts.clips import Clip, join_sequences
from transcripts.engine import TEMPERATURES, Floats, HeardWord, Job, Passage, spread_words, unheard
from transcripts.evidence import COMPRESSION, LOGPROB, NO_SPEECH, SpeechSegment
from transcripts.models import THREE_WAYS
from transcripts.whisper_process import WhisperProcess

Mode = Literal["batched", "sequential"]

_SETTINGS = "3: clips, vad 160 ms, batches of 8, doubtful or unfinished clips again, quiet -55"
"""Names the child's parameters in cache keys: change it when they change."""

_BATCH = 8
"""Clips heard at once: on two cores 16 are no quicker (`benchmarks/transcribe_vs_raw.py`)."""


def find_device(wanted: str) -> str:
    """Where Whisper runs: `auto` is CUDA where there is one, else the CPU."""
    if wanted != "auto":
        return wanted
    import ctranslate2

    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


def compute_type(device: str) -> str:
    """CTranslate2's name of the arithmetic used there, which decides what is heard as much as the weights do."""
    return "int8" if device == "cpu" else "int8_float16"


class FasterWhisper(WhisperProcess):
    """Whisper by CTranslate2: int8 on the CPU, half precision activations on CUDA.

    `model` is a CTranslate2 folder, `device` `auto`, `cpu` or `cuda`. `batched` hears eight clips at once, `sequential` one after
    another; either hears again what comes out doubtful or unfinished. `beam` is how many readings are followed at once.
    """

    def __init__(self, model: Path, device: str = "auto", mode: Mode = "batched", beam: int = 5) -> None:
        super().__init__("faster-whisper", {"model": str(model), "device": device, "mode": mode, "beam": beam})
        self.model = model
        self.device = device

    @cached_property
    def identity(self) -> str:
        """Digest of weights, libraries' versions, arithmetic and parameters."""
        libraries = [version(name) for name in ("faster-whisper", "ctranslate2")]
        weights = file_digest(self.model / "model.bin")
        way = [self.options["mode"], self.options["beam"]]
        return digest(weights, libraries, compute_type(find_device(self.device)), way, _SETTINGS)


class FasterEngine:
    """The model in the child process."""

    def __init__(self, model: str, device: str, mode: Mode, beam: int) -> None:
        from faster_whisper import BatchedInferencePipeline, WhisperModel

        device = find_device(device)
        try:
            self.model = WhisperModel(
                model,
                device=device,
                compute_type=compute_type(device),
                cpu_threads=min(8, os.cpu_count() or 1),
                local_files_only=True,
            )
        except Exception as error:  # CTranslate2 and the tokenizer raise several kinds for a file that is not theirs
            first = str(error).strip().partition("\n")[0]
            raise MissingPart(f"the Whisper model in {model} cannot be loaded: {first}", hint=THREE_WAYS) from error
        self.batched = BatchedInferencePipeline(self.model) if mode == "batched" else None
        self.beam = beam

    @property
    def multilingual(self) -> bool:
        """False for a model that knows English only."""
        return bool(self.model.model.is_multilingual)

    def language_of(self, samples: Floats) -> tuple[str, float]:
        """The language of at most a window of sound, and how probable it is."""
        found, probability, _ = self.model.detect_language(samples)
        return found, probability

    def hear(self, samples: Floats, clips: Sequence[Clip], language: str, job: Job) -> Iterator[Passage]:
        """What is said in clips of the samples; see `Engine`. A doubtful clip of a batch is heard again by itself."""
        if self.batched is None or job.translate:
            for clip in join_sequences(clips):
                yield from self._one(samples, clip, language, job)
            return
        spans = [{"start": clip.start, "end": clip.end} for clip in clips]
        options = self._options(language, job) | {"without_timestamps": True, "batch_size": _BATCH}
        segments, _ = self.batched.transcribe(samples, clip_timestamps=spans, **options)
        for clip, segment in zip(clips, segments, strict=True):
            first = _passage(segment, 0.0)
            missing = unheard([first], clip)
            if not (missing or first.segment.doubtful):
                yield first
                continue
            # Without time stamps in its text the model at times stops in mid-clip; with them it is slower, and does not.
            again = list(self._one(samples, clip, language, job))
            yield from again if first.segment.doubtful or unheard(again, clip) < missing else [first]

    def _one(self, samples: Floats, clip: Clip, language: str, job: Job) -> Iterator[Passage]:
        options = self._options(language, job) | {"temperature": TEMPERATURES, "word_timestamps": not job.translate}
        segments, _ = self.model.transcribe(
            samples[int(clip.start * RATE) : int(clip.end * RATE)],
            compression_ratio_threshold=COMPRESSION,
            log_prob_threshold=LOGPROB,
            no_speech_threshold=NO_SPEECH,
            **options,
        )
        for segment in segments:
            yield _passage(segment, clip.start)

    def _options(self, language: str, job: Job) -> dict[str, Any]:
        return {
            "language": language,
            "task": job.task,
            "beam_size": self.beam,
            "word_timestamps": True,
            # What was heard before invites loops, and clips are no continuous text (Bain et al. 2023, section 3.1).
            "condition_on_previous_text": False,
            # As sentences: after a list with commas the model writes lists, and leaves out the words between names.
            "hotwords": " ".join(f"{name}." for name in job.hotwords) or None,
            "initial_prompt": job.prompt or None,
        }


def _passage(segment: Any, later: float) -> Passage:
    """The library's segment, `later` seconds later."""
    made = SpeechSegment(
        round(segment.start + later, 3),
        round(segment.end + later, 3),
        round(segment.avg_logprob, 4),
        round(segment.no_speech_prob, 4),
        round(segment.compression_ratio, 3),
        segment.temperature or 0.0,
    )
    if segment.words is None:
        return Passage(made, spread_words(segment.text, made))
    words = (HeardWord(word.word, word.start + later, word.end + later, word.probability) for word in segment.words)
    return Passage(made, tuple(words))
