"""A query as a reader types it: words that must all occur, phrases in quotes, the last word possibly unfinished."""

import re
from dataclasses import dataclass

from catalogue.text import keys

MOST_TERMS = 12
"""Words beyond these are ignored: nobody types more, and every word costs."""

_PART = re.compile(r'["“”„«»](?P<quoted>[^"“”„«»]*)["“”„«»]?|(?P<bare>[^\s"“”„«»]+)')


@dataclass(frozen=True)
class Term:
    """What must occur: one word, or several in a row. `prefix`: the last of them may go on."""

    keys: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class Query:
    """A parsed query; `text` is as it was typed."""

    text: str
    terms: tuple[Term, ...]


def parse_query(text: str) -> Query:
    """Words and "phrases". What is written without a space (`Nagorno-Karabakh`) is a phrase too; a last bare word of two letters or
    more is a prefix, so that results come while it is typed."""
    terms: list[Term] = []
    for match in _PART.finditer(text):
        quoted = match.group("quoted")
        found = tuple(keys(quoted if quoted is not None else match.group("bare")))
        if not found:
            continue
        last = quoted is None and match.end() == len(text.rstrip()) and len(found[-1]) > 1
        terms.append(Term(found, prefix=last and not found[-1].isdecimal()))
    unique = tuple(dict.fromkeys(terms))[:MOST_TERMS]
    return Query(text=text, terms=unique)
