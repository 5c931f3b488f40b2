"""Our own ranking, the same on every database: where a word stands counts, rare words count more."""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from catalogue.searchable import ARTICLE, CHAPTER, DESCRIPTION, SPOKEN, STRESSED, SUBJECT, TEASER, TITLE

WEIGHTS: Mapping[str, float] = {
    TITLE: 8.0,
    SUBJECT: 5.0,
    CHAPTER: 3.0,
    DESCRIPTION: 3.0,
    STRESSED: 3.0,
    TEASER: 2.0,
    ARTICLE: 1.5,
    SPOKEN: 1.0,
}
"""What it is worth to be found in a field; worths add up."""

UNFINISHED = 0.5
"""A word that only begins as the query's last word does counts half of the word itself."""


def rarity(found: int, videos: int) -> float:
    """ln(1 + videos ÷ found): a word that every video says is worth 0.7, one that a single video of 500 says 6.2."""
    return math.log1p(videos / max(found, 1))


@dataclass(frozen=True)
class Sought:
    """A term's answers: the videos that hold it in each field, how many hold it at all, and what share of its worth counts."""

    fields: Mapping[str, Set[int]]
    found: int
    share: float = 1.0


def rank(candidates: Set[int], terms: Sequence[Sought], videos: int) -> dict[int, float]:
    """Scores of the candidates; `videos` is how many there are in all."""
    scores = dict.fromkeys(candidates, 0.0)
    for term in terms:
        worth = term.share * rarity(term.found, videos)
        for letter, found in term.fields.items():
            points = WEIGHTS[letter] * worth
            for video in found & candidates:
                scores[video] += points
    return {video: round(score, 4) for video, score in scores.items()}
