"""Room for words that were not heard: is there sound between their neighbours in which they may have been spoken?"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from transcripts.forced_alignment import speech_floor
from transcripts.words import Word

_HURRIED = 0.35
"""A word squeezed below this part of its usual length was not spoken."""

_LENT = 0.25
"""The part of a neighbour's time that may really be the unheard word's: recognisers give swallowed words to their neighbours."""

_USUAL = 0.065
"""Seconds a letter where nothing is known of the speaker: 150 words a minute."""


class Voice:
    """Where in the recording somebody speaks. `loud`: level in dBFS every 10 ms, or None when the sound is not at hand."""

    def __init__(self, loud: NDArray[np.float32] | None) -> None:
        self.loud = loud
        self.floor = speech_floor(loud) if loud is not None else 0.0

    def within(self, start: float, end: float) -> tuple[float, float, float]:
        """Start and end of the sound in a span, silence at both ends cut off, and how many seconds of it are voiced."""
        if self.loud is None:
            return start, end, end - start
        first = int(start * 100)
        voiced = np.flatnonzero(self.loud[first : int(end * 100)] >= self.floor)
        if not len(voiced):
            return start, start, 0.0
        return (first + int(voiced[0])) / 100, (first + int(voiced[-1]) + 1) / 100, len(voiced) / 100


def place_unheard(words: Sequence[Word], voice: Voice, duration: float) -> list[Word]:
    """Give a time to untimed words where the sound has room for them; the others stay `unspoken`.

    Room is the voiced time between the neighbours and a part of theirs, against the words' letters at the speaker's pace.
    `duration` is the recording's, in seconds.
    """
    out = list(words)
    pace = _pace(words)
    at = 0
    while at < len(out):
        if out[at].start is not None:
            at += 1
            continue
        end = at
        while end < len(out) and out[end].start is None:
            end += 1
        _place_run(out, at, end, voice, duration, pace)
        at = end
    return out


def _pace(words: Sequence[Word]) -> float:
    """Median seconds a letter of the words that were heard."""
    paces = [
        (word.end - word.start) / _letters(word) for word in words if word.start is not None and word.end is not None
    ]
    return median(paces) if paces else _USUAL


def _letters(word: Word) -> int:
    return max(1, sum(mark.isalpha() for mark in word.text) + 4 * sum(mark.isdigit() for mark in word.text))


def _place_run(out: list[Word], first: int, last: int, voice: Voice, duration: float, pace: float) -> None:
    before = out[first - 1] if first else None
    after = out[last] if last < len(out) else None
    begin = before.end if before and before.end is not None else 0.0
    until = after.start if after and after.start is not None else duration
    start, end, voiced = voice.within(begin, until)
    lent_before, lent_after = _lendable(before), _lendable(after)
    needed = pace * sum(_letters(word) for word in out[first:last])
    if voiced + lent_before + lent_after < _HURRIED * needed:
        return
    if voiced < 0.5 * needed:
        start, end = begin - lent_before, until + lent_after
        if before and lent_before:
            out[first - 1] = replace(before, end=start)
        if after and lent_after:
            out[last] = replace(after, start=end)
    end = min(end, start + 2 * needed)
    total = sum(_letters(word) for word in out[first:last])
    done = 0
    for index in range(first, last):
        span = [start + (end - start) * part / total for part in (done, done + _letters(out[index]))]
        done += _letters(out[index])
        out[index] = replace(out[index], start=span[0], end=span[1], origin="interpolated")


def _lendable(word: Word | None) -> float:
    return _LENT * (word.end - word.start) if word and word.start is not None and word.end is not None else 0.0
