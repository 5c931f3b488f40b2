"""Where in a text a query's words stand, so that a page can mark them."""

from collections.abc import Sequence

from catalogue.query import Term
from catalogue.text import Token, tokens

EXCERPT = 220
"""Characters of an excerpt: two or three lines on a phone."""


def find_marks(text: str, terms: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Spans of `text` that match a term, in order, none overlapping."""
    found = list(tokens(text))
    spans = [
        (found[first].start, found[first + len(term.keys) - 1].end)
        for term in terms
        for first in range(len(found) - len(term.keys) + 1)
        if _matches(found[first : first + len(term.keys)], term)
    ]
    marks: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if marks and start < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return tuple(marks)


def _matches(stretch: Sequence[Token], term: Term) -> bool:
    *whole, last = term.keys
    if any(token.key != key for token, key in zip(stretch, whole, strict=False)):
        return False
    return stretch[-1].key.startswith(last) if term.prefix else stretch[-1].key == last


def excerpt(text: str, terms: Sequence[Term]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The stretch of a text around the most matches, cut at words, with its marks; nothing when none match."""
    marks = find_marks(text, terms)
    if not marks:
        return "", ()
    _start, begin = max(
        (sum(start <= other < start + EXCERPT for other, _end in marks), -start) for start, _end in marks
    )
    first = max(0, -begin - EXCERPT // 4)
    if first:
        first = text.find(" ", first, -begin) + 1 or -begin
    last = min(len(text), first + EXCERPT)
    if last < len(text):
        cut = text.rfind(" ", first, last)
        last = cut if cut > first else last
    before, after = ("… " if first else ""), (" …" if last < len(text) else "")
    shift = len(before) - first
    kept = tuple((start + shift, end + shift) for start, end in marks if start >= first and end <= last)
    return before + text[first:last] + after, kept
