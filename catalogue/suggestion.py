"""What somebody probably meant to search for."""

from sqlmodel import Session, col, select

from catalogue.found import find_videos, finds
from catalogue.models import SearchWord
from catalogue.query import Query, Term, parse_query
from catalogue.text import tokens
from catalogue.views import Visibility
from core.nearest import all_near

SLIP = 70.0
"""How close a word must be, of 100, to be suggested for a misspelt one: one wrong letter of four is 75."""


def suggest(session: Session, query: Query, visibility: Visibility) -> str:
    """The query with every word that finds nothing replaced by the nearest that finds something; empty when there is none.

    A word is only suggested when this reader's own search for it has an answer, so that nothing gated shows through.
    """
    text = query.text
    for term in query.terms:
        for n, key in enumerate(term.keys):
            if finds(session, Term((key,), prefix=term.prefix and n == len(term.keys) - 1), visibility):
                continue
            better = _nearest_word(session, key, visibility)
            if not better:
                return ""
            place = next(token for token in tokens(text) if token.key == key)
            text = text[: place.start] + better + text[place.end :]
    return text if text != query.text and find_videos(session, parse_query(text), visibility).lines else ""


def _nearest_word(session: Session, key: str, visibility: Visibility) -> str:
    reach = 1 if len(key) < 5 else 2
    query = select(SearchWord.word, SearchWord.shown).where(
        col(SearchWord.length).between(max(3, len(key) - reach), len(key) + reach)
    )
    shown: dict[str, str] = dict(session.exec(query).all())
    for word in all_near(key, list(shown), limit=8, score=SLIP):
        if finds(session, Term((word,)), visibility):
            return shown[word]
    return ""
