"""Which words of a transcript an editor is shown as doubtful."""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.views import DoubtfulWord
from transcripts.words import Word

EVEN_ODDS = 0.5
"""A word with a probability below this was more likely something else, by the model's own measure."""


def doubtful_words(words: Iterable[Word]) -> tuple[DoubtfulWord, ...]:
    """Spoken words that were not simply heard: not in the script, or in the script and not heard, or heard with less than even odds."""
    return tuple(
        DoubtfulWord(word.text, word.start, word.end, word.origin, word.probability)
        for word in words
        if word.start is not None and word.end is not None and _is_doubtful(word)
    )


def _is_doubtful(word: Word) -> bool:
    return word.origin in ("interpolated", "ad-libbed") or (
        word.origin == "recognised" and word.probability < EVEN_ODDS
    )
