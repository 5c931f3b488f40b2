"""Which videos answer a query, for this reader, and how well."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func
from sqlmodel import Session, select

from catalogue.models import SearchCard
from catalogue.query import Query, Term
from catalogue.ranking import UNFINISHED, Sought, rank, rarity
from catalogue.search_index import Probe, search_index
from catalogue.searchable import ARTICLE, CHAPTER, DESCRIPTION, SPOKEN, STRESSED, SUBJECT, TEASER, TITLE
from catalogue.shelf import Line, load_shelf
from catalogue.views import Visibility

OPEN_FIELDS = TITLE + SUBJECT + CHAPTER + DESCRIPTION + TEASER + SPOKEN
"""What everybody may find a video by: the rest of the article is the subscribers'."""


SMALL = 400
"""A word is everyday when more than half of the videos say it, and more than this many: below, looking it up costs nothing."""


@dataclass(frozen=True)
class Found:
    """Videos that hold every term and that the reader may see: their lines, scores by id, and what each term is worth."""

    lines: list[Line]
    scores: dict[int, float]
    worths: tuple[float, ...]


def find_videos(session: Session, query: Query, visibility: Visibility) -> Found:
    """All videos that hold every term, each in any of the fields that the reader may read."""
    letters = fields_of(visibility)
    candidates = set(search_index(session).find_all(session, [Probe(term, letters) for term in query.terms]))
    lines = load_shelf(session, visibility, candidates) if candidates else []
    if not lines:
        return Found([], {}, tuple(1.0 for _ in query.terms))
    videos = session.execute(select(func.count()).select_from(SearchCard)).scalar_one()
    whole = [replace(term, prefix=False) for term in query.terms]
    sought = _look(session, [*whole, *(term for term in query.terms if term.prefix)], letters, videos)
    scores = rank({line.video_id for line in lines}, sought, videos)
    # Only the last term can be a prefix, and its prefix finds all that the word itself does.
    widest = sought[: len(whole) - 1] + sought[-1:]
    return Found(lines, scores, tuple(rarity(one.found, videos) for one in widest))


def _look(session: Session, terms: Sequence[Term], letters: str, videos: int) -> list[Sought]:
    """Where each term stands. An everyday word is looked up in titles and subjects alone: it is worth little anywhere, and to list
    every video for each of its fields would cost more than everything else."""
    index = search_index(session)
    spoken = index.count_each(session, [Probe(term, SPOKEN) for term in terms])
    fields = [TITLE + SUBJECT if count > max(SMALL, videos / 2) else letters + STRESSED for count in spoken]
    looks = [Probe(term, letter) for term, own in zip(terms, fields, strict=True) for letter in own]
    answers = iter(index.find_each(session, looks))
    out: list[Sought] = []
    for term, own, count in zip(terms, fields, spoken, strict=True):
        held = {letter: next(answers) for letter in own}
        found = max(count, len(set().union(*held.values())))
        out.append(Sought(held, found, UNFINISHED if term.prefix else 1.0))
    return out


def finds(session: Session, term: Term, visibility: Visibility) -> bool:
    """True when this reader's search for the one term has an answer."""
    ids = search_index(session).find_all(session, [Probe(term, fields_of(visibility))])
    return bool(ids) and bool(load_shelf(session, visibility, set(ids)))


def fields_of(visibility: Visibility) -> str:
    """Letters of the fields a reader may search."""
    return OPEN_FIELDS + ARTICLE if visibility.full_articles else OPEN_FIELDS
