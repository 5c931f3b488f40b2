"""What speaks for and against the words of a recogniser: where a voice was, where it was silent, how sure the model was."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from operator import itemgetter
from typing import Any

Span = tuple[float, float]
"""Start and end in seconds."""

COMPRESSION = 2.4
LOGPROB = -1.0
NO_SPEECH = 0.6
"""Whisper's own bounds (Radford et al. 2022, section 4.5; defaults of openai-whisper and of faster-whisper): text that gzip
packs better than 2.4 to one is a loop, a mean log-probability below −1 is a guess, and such a guess where the model holds it for
likelier than 0.6 that nobody speaks is silence."""

LONGEST_WORD = 2.0
"""Seconds from which openai-whisper holds a word for an anomaly (`transcribe.py`, word_anomaly_score)."""

_UNHEARD = 1.0
"""Seconds of a voice that are more than a breath or a laugh: two to three words at 150 words a minute."""

_BREATH = 0.5
"""Seconds below which a pause is part of speech: a reader's breath takes 0.3 to 0.5."""

_NEAR = 0.3
"""Seconds by which Whisper's word times may be off: 0.5 at the 95th percentile is between two words (DESIGN, section 6)."""


@dataclass(frozen=True)
class SpeechSegment:
    """What the model wrote down in one go, with its own measures of it; `start` and `end` in seconds.

    `logprob`: mean log-probability of its tokens. `no_speech`: probability that nobody speaks. `compression`: bytes of the
    text over bytes of it compressed, which loops make large. `temperature`: 0, or that at which the model was asked again.
    """

    start: float
    end: float
    logprob: float
    no_speech: float
    compression: float
    temperature: float = 0.0

    @property
    def doubtful(self) -> bool:
        """Whether Whisper's own rules would have it heard again at a higher temperature."""
        return self.compression > COMPRESSION or self.logprob < LOGPROB


@dataclass(frozen=True)
class Evidence:
    """All that is known of a recording besides its words: spans of time in order, none overlapping.

    `voiced`: where the voice detector hears somebody, pauses of a sixth of a second left out. `silent`: where nothing sounds.
    `sounds_like`: the language that the model hears, when that is surely another than the one it was told; else empty.
    """

    segments: tuple[SpeechSegment, ...] = ()
    voiced: tuple[Span, ...] = ()
    silent: tuple[Span, ...] = ()
    sounds_like: str = ""

    def moved(self, by: float) -> Evidence:
        """The same, `by` seconds later."""
        segments = (
            SpeechSegment(**asdict(part) | {"start": _later(part.start, by), "end": _later(part.end, by)})
            for part in self.segments
        )
        return Evidence(tuple(segments), _moved(self.voiced, by), _moved(self.silent, by), self.sounds_like)

    def to_json(self) -> dict[str, Any]:
        """As plain values, for the cache and between processes."""
        return asdict(self)

    @staticmethod
    def from_json(document: Mapping[str, Any]) -> Evidence:
        """The reverse of `to_json`. Raises KeyError or TypeError for anything else."""
        return Evidence(
            tuple(SpeechSegment(**part) for part in document["segments"]),
            tuple((start, end) for start, end in document["voiced"]),
            tuple((start, end) for start, end in document["silent"]),
            document["sounds_like"],
        )


def joined(parts: Iterable[Evidence]) -> Evidence:
    """One recording's evidence from that of its stretches, in order; spans that meet at a cut become one."""
    parts = list(parts)
    return Evidence(
        tuple(segment for part in parts for segment in part.segments),
        _met(span for part in parts for span in part.voiced),
        _met(span for part in parts for span in part.silent),
        next((part.sounds_like for part in parts if part.sounds_like), ""),
    )


def without(spans: Sequence[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of `spans` outside `taken`; both in order."""
    out: list[Span] = []
    holes = sorted(taken)
    begun = 0
    for start, end in spans:
        at = start
        while begun < len(holes) and holes[begun][1] <= start:
            begun += 1
        near = begun
        while near < len(holes) and holes[near][0] < end:
            first, last = holes[near]
            if first > at:
                out.append((at, first))
            at = max(at, last)
            near += 1
        if at < end:
            out.append((at, end))
    return out


def wordless(voiced: Sequence[Span], words: Iterable[Span]) -> list[Span]:
    """Spans of a second or more in which somebody speaks and no word was written down. Both in order.

    No word fills more than two seconds, openai-whisper's bound for one that is too long: one that seems to hides others.
    """
    taken = [(start - _NEAR, min(end, start + LONGEST_WORD) + _NEAR) for start, end in words]
    return [(start, end) for start, end in without(_bridged(voiced), taken) if end - start >= _UNHEARD]


def _bridged(voiced: Iterable[Span]) -> list[Span]:
    """Speech with its breaths, so that a lost sentence is one span and not a handful of short ones."""
    out: list[Span] = []
    for start, end in voiced:
        if out and start - out[-1][1] < _BREATH:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def overlap(span: Span, others: Sequence[Span]) -> float:
    """Seconds of a span that lie within others, which are in order and do not overlap one another."""
    first = max(0, bisect_right(others, span[0], key=itemgetter(0)) - 1)
    last = bisect_left(others, span[1], key=itemgetter(0))
    return sum(max(0.0, min(span[1], end) - max(span[0], start)) for start, end in others[first:last])


def lies_within(span: Span, others: Sequence[Span]) -> bool:
    """Whether one of the others, which are in order and do not overlap one another, holds the whole span."""
    at = bisect_right(others, span[0], key=itemgetter(0)) - 1
    return at >= 0 and span[1] <= others[at][1]


def _later(time: float, by: float) -> float:
    return round(time + by, 3)


def _moved(spans: Iterable[Span], by: float) -> tuple[Span, ...]:
    return tuple((_later(start, by), _later(end, by)) for start, end in spans)


def _met(spans: Iterable[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for start, end in spans:
        if out and start <= out[-1][1] + 0.02:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
