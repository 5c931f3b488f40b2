"""openai-whisper behind the recogniser port, an extra: the adapter, and the engine in its child process."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from core.digest import digest, file_digest
from core.errors import MissingPart
from transcripts.audio import RATE
from transcripts.clips import Clip, join_sequences
from transcripts.engine import TEMPERATURES, Floats, HeardWord, Job, Passage, spread_words
from transcripts.evidence import COMPRESSION, LOGPROB, NO_SPEECH, SpeechSegment
from transcripts.models import CHECKPOINT_WAYS
from transcripts.whisper_process import WhisperProcess

_SETTINGS = "2: clips, vad 160 ms, beam 5, quiet -55"
"""Names the child's parameters in cache keys: change it when they change."""


class OpenaiWhisper(WhisperProcess):
    """Whisper by its authors' own program, on PyTorch. `checkpoint` is a `.pt` file, `device` `auto`, `cpu` or `cuda`."""

    def __init__(self, checkpoint: Path, device: str = "auto") -> None:
        super().__init__("openai-whisper", {"checkpoint": str(checkpoint), "device": device})
        self.checkpoint = checkpoint

    @cached_property
    def identity(self) -> str:
        """Digest of weights, libraries' versions and parameters."""
        libraries = [version(name) for name in ("openai-whisper", "torch")]
        return digest("openai-whisper", file_digest(self.checkpoint), libraries, self.options["device"], _SETTINGS)


class OpenaiEngine:
    """The model in the child process."""

    def __init__(self, checkpoint: str, device: str) -> None:
        # Their threads spin while they wait: with one a core, anything else on the machine made this ten times slower on two cores.
        os.environ.setdefault("NUMBA_NUM_THREADS", "1")
        import torch
        import whisper

        torch.set_num_threads(max(1, (os.cpu_count() or 1) // 2))
        place = device if device != "auto" else "cuda" if torch.cuda.is_available() else "cpu"
        try:
            self.model: Any = whisper.load_model(checkpoint, device=place)
        except Exception as error:  # what a broken file makes the unpickler raise has no common kind
            message = f"{Path(checkpoint).name} is not a Whisper checkpoint, or it is damaged"
            raise MissingPart(message, hint=CHECKPOINT_WAYS) from error
        # A checkpoint does not say which of its attention heads follow the sound: the library knows it by the model's name.
        heads = whisper._ALIGNMENT_HEADS.get(Path(checkpoint).stem)
        if heads:
            self.model.set_alignment_heads(heads)
        self.fp16 = place != "cpu"

    @property
    def multilingual(self) -> bool:
        """False for a model that knows English only."""
        return bool(self.model.is_multilingual)

    def language_of(self, samples: Floats) -> tuple[str, float]:
        """The language of at most a window of sound, and how probable it is."""
        import whisper

        mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(samples), n_mels=self.model.dims.n_mels)
        _, shares = self.model.detect_language(mel.to(self.model.device))
        found = max(shares, key=lambda code: float(shares[code]))
        return found, float(shares[found])

    def hear(self, samples: Floats, clips: Sequence[Clip], language: str, job: Job) -> Iterator[Passage]:
        """What is said in clips of the samples, one after another; see `Engine`."""
        prompt = " ".join(filter(None, [*(f"{name}." for name in job.hotwords), job.prompt])) or None
        for clip in join_sequences(clips):
            heard = self.model.transcribe(
                samples[int(clip.start * RATE) : int(clip.end * RATE)],
                language=language,
                task=job.task,
                beam_size=5,
                temperature=TEMPERATURES,
                compression_ratio_threshold=COMPRESSION,
                logprob_threshold=LOGPROB,
                no_speech_threshold=NO_SPEECH,
                condition_on_previous_text=False,
                initial_prompt=prompt,
                word_timestamps=not job.translate,
                fp16=self.fp16,
                verbose=None,
            )
            for segment in heard["segments"]:
                yield _passage(segment, clip.start)


def _passage(segment: dict[str, Any], later: float) -> Passage:
    """The library's segment, `later` seconds later."""
    made = SpeechSegment(
        round(float(segment["start"]) + later, 3),
        round(float(segment["end"]) + later, 3),
        round(float(segment["avg_logprob"]), 4),
        round(float(segment["no_speech_prob"]), 4),
        round(float(segment["compression_ratio"]), 3),
        float(segment["temperature"]),
    )
    if "words" not in segment:
        return Passage(made, spread_words(segment["text"], made))
    words = (
        HeardWord(word["word"], float(word["start"]) + later, float(word["end"]) + later, float(word["probability"]))
        for word in segment["words"]
    )
    return Passage(made, tuple(words))
