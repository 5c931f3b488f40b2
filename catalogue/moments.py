"""Where in a video a query is spoken: found on the token line, so that only the cues that are shown are read."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from catalogue.marks import find_marks
from catalogue.models import CueRow, SearchText
from catalogue.query import Term
from catalogue.search_index import lettered
from catalogue.searchable import SPOKEN
from catalogue.views import Moment

MOST = 3
"""Moments shown a video."""

HITS = 120
"""Places of one term looked at in one video, where it has to meet others."""

HITS_ALONE = 12
"""Places looked at for a query of one term: they are all worth the same, and the first three are shown."""


EVERYDAY = 1.0
"""A term worth less, as most videos say it, decides no moment beside one that is worth more: "the" is in every cue."""


class CueTimes(NamedTuple):
    """What a moment needs of a cue."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Span:
    """A run of cues, `first` to `last`, that is worth `worth`."""

    first: int
    last: int
    worth: float


def find_moments(
    session: Session, video_ids: Sequence[int], terms: Sequence[Term], worths: Sequence[float]
) -> dict[int, tuple[Moment, ...]]:
    """Up to three moments a video, in the order they are spoken. `worths` says how much each term is worth."""
    if not video_ids:
        return {}
    texts = session.execute(
        select(SearchText.video_id, SearchText.transcript_id, SearchText.tokens, SearchText.cue_starts).where(
            col(SearchText.video_id).in_(video_ids), col(SearchText.transcript_id).is_not(None)
        )
    ).all()
    found: dict[int, tuple[int, list[Span]]] = {}
    wanted: dict[int, set[int]] = {}
    for video, transcript, line, starts in texts:
        spans = find_spans(line, [int(start) for start in starts.split()], terms, worths)
        found[video] = (transcript, spans)
        if spans:
            wanted[transcript] = {n for span in spans for n in range(span.first, span.last + 1)}
    cues: dict[tuple[int, int], CueTimes] = {}
    if wanted:
        # Alternatives, not pairs in a list: SQLite scans the whole table for `(a, b) IN (VALUES …)`.
        places = [
            and_(col(CueRow.transcript_id) == transcript, col(CueRow.position).in_(positions))
            for transcript, positions in wanted.items()
        ]
        query = select(CueRow.transcript_id, CueRow.position, CueRow.start, CueRow.end, CueRow.text)  # type: ignore[call-overload]
        for transcript, position, *cue in session.execute(query.where(or_(*places))).all():
            cues[transcript, position] = CueTimes(*cue)
    return {
        video: tuple(_moment([cues[transcript, n] for n in range(span.first, span.last + 1)], terms) for span in spans)
        for video, (transcript, spans) in found.items()
    }


def _moment(run: Sequence[CueTimes], terms: Sequence[Term]) -> Moment:
    text = " ".join(cue.text.replace("\n", " ") for cue in run)
    return Moment(start=run[0].start, end=run[-1].end, text=text, marks=find_marks(text, terms))


def find_spans(line: str, cue_starts: Sequence[int], terms: Sequence[Term], worths: Sequence[float]) -> list[Span]:
    """The best runs of one or two cues by what the different terms in them are worth; none overlap; in order of time."""
    begin = line.find(f" {SPOKEN}")
    if begin < 0 or not cue_starts:
        return []
    spoken = line[begin:]
    said: dict[int, dict[int, int]] = defaultdict(dict)
    telling = [number for number, worth in enumerate(worths) if worth >= EVERYDAY] or range(len(terms))
    for number in telling:
        term = terms[number]
        for token in _places(spoken, term, HITS if len(telling) > 1 else HITS_ALONE):
            first = bisect_right(cue_starts, token) - 1
            last = bisect_right(cue_starts, token + len(term.keys) - 1) - 1
            said[first][number] = min(last, said[first].get(number, last))
    spans = [_span(cue, said, worths) for cue in sorted(said)]
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda span: (-span.worth, span.last - span.first, span.first)):
        if all(span.last < other.first or span.first > other.last for other in chosen):
            chosen.append(span)
        if len(chosen) == MOST:
            break
    return sorted(chosen, key=lambda span: span.first)


def _places(spoken: str, term: Term, most: int) -> list[int]:
    """Numbers of the first tokens at which a term begins, at `most` so many."""
    pattern = f" {' '.join(lettered(SPOKEN, term))}{'' if term.prefix else ' '}"
    places: list[int] = []
    number, counted = 0, 0
    at = spoken.find(pattern)
    while at >= 0 and len(places) < most:
        number += spoken.count(" ", counted, at)
        counted = at
        places.append(number)
        at = spoken.find(pattern, at + 1)
    return places


def _span(cue: int, said: Mapping[int, Mapping[int, int]], worths: Sequence[float]) -> Span:
    """From this cue on: its own terms, and the next cue's where they add any."""
    here = said[cue]
    last = max(here.values())
    terms = set(here)
    following = {number for number, end in said.get(cue + 1, {}).items() if end == cue + 1}
    if last == cue and following - terms:
        terms |= following
        last = cue + 1
    return Span(cue, last, sum(worths[number] for number in terms))
