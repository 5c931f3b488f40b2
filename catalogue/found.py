"""Which videos answer a query, for this reader, and how well."""

from dataclasses import dataclass, replace

from sqlalchemy import func
from sqlmodel import Session, select

from catalogue.models import SearchCard
from catalogue.query import Query, Term
from catalogue.ranking import rank, rarity
from catalogue.search_index import Probe, search_index
from catalogue.searchable import ARTICLE, CHAPTER, DESCRIPTION, SPOKEN, STRESSED, SUBJECT, TEASER, TITLE
from catalogue.shelf import Line, load_shelf
from catalogue.views import Visibility

OPEN_FIELDS = TITLE + SUBJECT + CHAPTER + DESCRIPTION + TEASER + SPOKEN
"""What everybody may find a video by: the rest of the article is the subscribers'."""


@dataclass(frozen=True)
class Found:
    """Videos that hold every term and that the reader may see: their lines, scores by id, and what each term is worth."""

    lines: list[Line]
    scores: dict[int, float]
    worths: tuple[float, ...]


def find_videos(session: Session, query: Query, visibility: Visibility) -> Found:
    """All videos that hold every term, each in any of the fields that the reader may read."""
    letters = fields_of(visibility)
    index = search_index(session)
    candidates = set(index.find_all(session, [Probe(term, letters) for term in query.terms]))
    lines = load_shelf(session, visibility, candidates) if candidates else []
    if not lines:
        return Found([], {}, tuple(1.0 for _ in query.terms))
    fields = letters + STRESSED
    whole = [replace(term, prefix=False) for term in query.terms]
    unfinished = [term for term in query.terms if term.prefix]
    looks = [Probe(term, letter) for term in [*whole, *unfinished] for letter in fields]
    answers = index.find_each(session, looks)
    step = len(fields)
    by_term = [dict(zip(fields, answers[n : n + step], strict=True)) for n in range(0, len(answers), step)]
    exact, prefixes = by_term[: len(whole)], by_term[len(whole) :]
    videos = session.execute(select(func.count()).select_from(SearchCard)).scalar_one()
    scores = rank({line.video_id for line in lines}, exact, prefixes[0] if prefixes else {}, videos)
    # Only the last term can be a prefix, and its prefix finds all that the word itself does.
    widest = exact[:-1] + prefixes if prefixes else exact
    return Found(lines, scores, tuple(rarity(len(set().union(*term.values())), videos) for term in widest))


def finds(session: Session, term: Term, visibility: Visibility) -> bool:
    """True when this reader's search for the one term has an answer."""
    ids = search_index(session).find_all(session, [Probe(term, fields_of(visibility))])
    return bool(ids) and bool(load_shelf(session, visibility, set(ids)))


def fields_of(visibility: Visibility) -> str:
    """Letters of the fields a reader may search."""
    return OPEN_FIELDS + ARTICLE if visibility.full_articles else OPEN_FIELDS
