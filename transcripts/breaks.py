"""How good a place between two words is for a line or a cue to end: grammar first, the voice's pauses next."""

from collections.abc import Sequence
from itertools import pairwise

from transcripts.words import Word

SENTENCE, CLAUSE, PAUSE, JOINT, PLAIN, BOUND, NAME = 0.0, 1.0, 2.0, 3.0, 6.0, 12.0, 18.0
"""Costs, from the end of a sentence to the inside of a name."""

_LEADS = frozenset(
    {
        "and", "but", "or", "nor", "so", "yet", "because", "although", "though", "while", "when", "where", "which", "who", "whom",
        "whose", "that", "if", "unless", "until", "since", "as", "than", "in", "on", "at", "by", "for", "from", "to", "with",
        "without", "of", "about", "into", "onto", "over", "under", "after", "before", "between", "through", "during", "against",
        "across", "around", "among", "along", "behind", "beyond", "despite", "toward", "towards", "upon", "within",
    }
)  # fmt: skip
"""Conjunctions and prepositions: a line may begin with one (Netflix English guide, line breaks)."""

_BINDS = frozenset(
    {
        "a", "an", "the", "this", "that", "these", "those", "my", "your", "his", "her", "its", "our", "their", "some", "any", "no",
        "every", "each", "mr", "mrs", "ms", "dr", "is", "are", "was", "were", "be", "been", "am", "has", "have", "had", "do", "does",
        "did", "will", "would", "can", "could", "shall", "should", "may", "might", "must", "not", "very", "more", "most", "too",
        "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "from", "with", "as", "than", "into", "about", "one", "two",
        "three", "four", "five", "six", "seven", "eight", "nine", "ten", "hundred", "thousand", "million", "billion",
    }
)  # fmt: skip
"""Words that lean on the next one: articles, determiners, auxiliaries, prepositions, numbers."""

_CLOSERS = "\"'”’)]»"
_SENTENCE_MARKS = ".!?…؟。！？"
_CLAUSE_MARKS = ",;:—–،؛、，；："
_ABBREVIATED = frozenset(
    {
        "mr.", "mrs.", "ms.", "dr.", "st.", "prof.", "gen.", "lt.", "col.", "sgt.", "gov.", "sen.", "vs.", "e.g.", "i.e.", "no.",
        "approx.",
    }
)  # fmt: skip


def ends_sentence(text: str) -> bool:
    """True for a word that carries the end of a sentence, which the full stop of `Dr.` or `U.S.` is not."""
    bare = text.rstrip(_CLOSERS)
    if not bare.endswith(tuple(_SENTENCE_MARKS)):
        return False
    lower = bare.lower().lstrip("\"'“‘([«")
    return lower not in _ABBREVIATED and not (len(lower) > 2 and lower[-3] == "." and lower[-2].isalpha())


def break_costs(words: Sequence[Word], language: str) -> list[float]:
    """For every word but the last, the cost of breaking after it; 0 is best."""
    return [_cost(first, second, language) for first, second in pairwise(words)]


def _cost(first: Word, second: Word, language: str) -> float:
    bare = first.text.rstrip(_CLOSERS)
    if ends_sentence(first.text):
        return SENTENCE
    if bare.endswith(tuple(_CLAUSE_MARKS)):
        # "Idlib, Syria" and "28,000" lean together a little more than two clauses do.
        return CLAUSE if second.text[:1].islower() else CLAUSE + 1
    paused = first.end is not None and second.start is not None and second.start - first.end >= 0.3
    cost = _grammar(bare, second.text, language)
    return min(cost, PAUSE) if paused and cost < NAME else cost


def _grammar(first: str, second: str, language: str) -> float:
    head, tail = first.lower().strip("\"'“‘([«"), second.lower().strip("\"'“”‘’()[].,;:!?…—")
    named = first[:1].isupper() and second.lstrip("\"'“‘(")[:1].isupper() and head not in _LEADS | _BINDS
    digits = first[-1:].isdigit() and second[:1].isalnum()
    if named:
        return NAME
    if digits or (language == "en" and head in _BINDS):
        return BOUND
    if language == "en" and tail in _LEADS:
        return JOINT
    return PLAIN
