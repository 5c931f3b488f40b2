"""Where in a text a query's words stand, so that a page can mark them."""

from collections.abc import Sequence

from catalogue.query import Term
from catalogue.text import Token, tokens

EXCERPT = 220
"""Characters of an excerpt: two or three lines on a phone."""


def find_marks(text: str, terms: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Spans of `text` that match a term, in order, none overlapping."""
    found = list(tokens(text))
    spans: list[tuple[int, int]] = []
    for term in terms:
        size = len(term.keys)
        spans += [
            (found[end - size + 1].start, token.end)
            for end, token in enumerate(found)
            if end >= size - 1 and _ends(token.key, term) and (size == 1 or _leads(found[end - size + 1 : end], term))
        ]
    marks: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if marks and start < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return tuple(marks)


def _ends(key: str, term: Term) -> bool:
    return key.startswith(term.keys[-1]) if term.prefix else key == term.keys[-1]


def _leads(stretch: Sequence[Token], term: Term) -> bool:
    return all(token.key == key for token, key in zip(stretch, term.keys, strict=False))


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
