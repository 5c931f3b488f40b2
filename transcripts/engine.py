"""What runs inside the recogniser's own process: a model that hears clips of sound. The adapters of the port each have one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from transcripts.clips import Clip
from transcripts.evidence import Span, SpeechSegment, wordless

Floats = NDArray[np.float32]
"""Samples at 16 kHz, mono, from −1 to 1."""

TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""A clip whose text is doubtful is heard again, each time less strictly (Radford et al. 2022, section 4.5)."""

_UNSPACED = {"zh", "yue", "ja", "th", "lo", "my"}
"""Languages written without spaces, where every token is a word of its own (faster-whisper does the same)."""


@dataclass(frozen=True)
class Job:
    """One recording to hear; see `Recogniser.recognise`."""

    audio: str
    language: str | None
    hotwords: tuple[str, ...]
    prompt: str
    translate: bool

    @property
    def task(self) -> str:
        """Whisper's name for it."""
        return "translate" if self.translate else "transcribe"


@dataclass(frozen=True)
class HeardWord:
    """A word as the model writes it, its space before it included; times in seconds."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True)
class Passage:
    """A speech segment and its words."""

    segment: SpeechSegment
    words: tuple[HeardWord, ...]


def unheard(passages: Iterable[Passage], clip: Clip) -> float:
    """Seconds of speech in a clip for which there are no words."""
    words: list[Span] = [(word.start, word.end) for passage in passages for word in passage.words]
    return sum(end - start for start, end in wordless(clip.voiced, words))


class Engine(Protocol):
    """A loaded model."""

    @property
    def multilingual(self) -> bool:
        """False for a model that knows English only."""
        ...

    def language_of(self, samples: Floats) -> tuple[str, float]:
        """The language of at most a window of sound, and how probable it is."""
        ...

    def hear(self, samples: Floats, clips: Sequence[Clip], language: str, job: Job) -> Iterator[Passage]:
        """What is said in clips of the samples, in order, at the samples' times."""
        ...


def join_pieces(words: Iterable[HeardWord], language: str) -> list[HeardWord]:
    """Whole words; what is written without a space before it, such as the `-hearted` of cold-hearted, joins its word."""
    out: list[HeardWord] = []
    for word in words:
        text = word.text.strip()
        if not text:
            continue
        if out and not word.text.startswith(" ") and language not in _UNSPACED:
            last = out[-1]
            out[-1] = HeardWord(last.text + text, last.start, word.end, min(last.probability, word.probability))
        else:
            out.append(HeardWord(text, word.start, word.end, word.probability))
    return out


def spread_words(text: str, segment: SpeechSegment) -> tuple[HeardWord, ...]:
    """The words of a translation over its sentence's time, by their letters: they were never spoken, so they have no times."""
    words = text.split()
    letters = sum(map(len, words))
    out, at = [], segment.start
    for word in words:
        end = at + (segment.end - segment.start) * len(word) / letters
        out.append(HeardWord(f" {word}", round(at, 3), round(end, 3), round(float(np.exp(segment.logprob)), 4)))
        at = end
    return tuple(out)
