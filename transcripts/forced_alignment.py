"""Exact times: words whose text is known laid onto the sound itself, in windows between pauses that the rough times bound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from transcripts.audio import RATE, Samples
from transcripts.spoken import Form
from transcripts.words import Word

_SHORTEST, _LONGEST = 3.0, 20.0
_REACH = 0.45
"""How far from a rough word boundary, in seconds, its pause is looked for: Whisper's 95th percentile of error."""
_SILENCE = 0.12
"""Seconds of quiet from which it is a pause; the closure of a plosive is shorter."""


class ForcedAligner(Protocol):
    """Finds where each of a row of words lies in a short piece of sound."""

    def lay(self, samples: Samples, words: Sequence[Sequence[Form]]) -> list[tuple[float, float]] | None:
        """Start and end of every word in seconds from the piece's start, each word given by the ways it may be spoken, of which
        the aligner takes the one that fits best; None when the words do not fit the sound.
        """
        ...


@dataclass(frozen=True)
class Window:
    """Words `[first, last)` and the sound they are looked for in, in seconds."""

    first: int
    last: int
    start: float
    end: float


def refine(
    words: Sequence[Word],
    readings: Sequence[Sequence[Form]],
    pcm: Samples,
    loud: NDArray[np.float32],
    aligner: ForcedAligner,
) -> tuple[list[Word], int]:
    """The same words, all spoken, at times measured by the aligner, and how many windows kept their rough times.

    `loud` is the sound's level every 10 ms in dBFS. A window whose measured times contradict the words that the recogniser
    had matched keeps its rough times.
    """
    out = list(words)
    failed = 0
    quiet = speech_floor(loud)
    for window in plan_windows(words, loud, quiet):
        piece = np.asarray(pcm[round(window.start * RATE) : round(window.end * RATE)])
        found = aligner.lay(piece, readings[window.first : window.last])
        laid = [(window.start + start, window.start + end) for start, end in found] if found else []
        rough = words[window.first : window.last]
        if not laid or not agrees(rough, laid):
            failed += 1
            continue
        for index, (start, end) in enumerate(laid):
            out[window.first + index] = replace(rough[index], start=start, end=_voiced_end(start, end, loud, quiet))
    return out, failed


def _voiced_end(start: float, end: float, loud: NDArray[np.float32], quiet: float) -> float:
    """Where a word's sound ends: aligners count the noise of a pause to the hiss or the breath before it."""
    first, last = int(start * 100), round(end * 100)
    voiced = np.flatnonzero(loud[first:last] >= quiet)
    if not len(voiced) or (last - first - 1 - int(voiced[-1])) / 100 < _SILENCE:
        return end
    return (first + int(voiced[-1]) + 1) / 100


def speech_floor(loud: NDArray[np.float32]) -> float:
    """The level in dBFS below which nobody speaks: 6 dB over the quietest tenth, 18 to 35 dB under the loudest, and never
    below −60, under which lies the noise of any room.
    """
    low, high = np.percentile(loud, [10, 95])
    return max(-60.0, float(min(max(low + 6, high - 35), high - 18)))


def agrees(rough: Sequence[Word], laid: Sequence[tuple[float, float]]) -> bool:
    """True when measured times confirm the recogniser's: half of its matched words within 0.25 s, nine in ten within 0.8 s."""
    apart = sorted(
        abs((word.start or 0.0) - start)
        for word, (start, _) in zip(rough, laid, strict=True)
        if word.origin in ("matched", "recognised", "ad-libbed")
    )
    if not apart:
        return False
    return apart[len(apart) // 2] <= 0.25 and apart[int(len(apart) * 0.9)] <= 0.8


def plan_windows(words: Sequence[Word], loud: NDArray[np.float32], quiet: float) -> list[Window]:
    """Cut words into windows of 3 to 20 s at the longest pauses, those at punctuation preferred; long silences lie in none."""
    if not words:
        return []
    pauses = [_pause(words, index, loud, quiet) for index in range(len(words) - 1)]
    end_of_sound = len(loud) / 100
    windows: list[Window] = []
    first, start = 0, max(0.0, (words[0].start or 0.0) - 0.5)
    while first < len(words):
        last = _cut(words, pauses, first)
        if last == len(words):
            windows.append(Window(first, last, start, min(end_of_sound, (words[-1].end or 0.0) + 0.5)))
            break
        begin, until = pauses[last - 1][1:]
        windows.append(Window(first, last, start, min((begin + until) / 2, begin + 0.5)))
        first, start = last, max((begin + until) / 2, until - 0.5)
    return windows


def _cut(words: Sequence[Word], pauses: Sequence[tuple[float, float, float]], first: int) -> int:
    """Index after the last word of the window that begins with `first`."""
    begun = words[first].start or 0.0
    best, best_score = len(words), 0.0
    for index in range(first, len(words) - 1):
        length = (words[index].end or 0.0) - begun
        score = pauses[index][0]
        if score >= 0.6 and length > 0.3:
            return index + 1
        if length > _LONGEST:
            return best if best_score > 0 else index + 1
        if length >= _SHORTEST:
            score *= 1 - 0.4 * length / _LONGEST
            if score > best_score:
                best, best_score = index + 1, score
    rest = (words[-1].end or 0.0) - begun
    return best if rest > 12 and best_score > 0.15 else len(words)


def _guessed(word: Word) -> bool:
    """True for a word of which nothing was heard: its time is a share of the room between its neighbours."""
    return word.origin == "interpolated" and word.probability == 0


def _pause(words: Sequence[Word], index: int, loud: NDArray[np.float32], quiet: float) -> tuple[float, float, float]:
    """How good a pause follows a word, and its start and end in seconds: the longest quiet run near the rough boundary."""
    before, after = words[index].end or 0.0, words[index + 1].start or 0.0
    if _guessed(words[index]) and _guessed(words[index + 1]):
        return 0.0, before, after
    low, high = max(0, int((before - _REACH) * 100)), int((after + _REACH) * 100) + 1
    mask = loud[low:high] < quiet
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    if not len(edges):
        return 0.0, before, after
    lengths = edges[1::2] - edges[::2]
    longest = int(np.argmax(lengths))
    begin, until = (low + edges[2 * longest]) / 100, (low + edges[2 * longest + 1]) / 100
    seconds = until - begin
    ends = words[index].text.rstrip('"”’)»')[-1:] in ".,;:?!—…"
    # A pause without punctuation may lie beside another word: only a long one, or one the recogniser saw too, is safe to cut at.
    trusted = ends or after - before > 0.2
    score = seconds if trusted else 0.4 * seconds
    return (score if seconds >= _SILENCE else 0.0), begin, until
