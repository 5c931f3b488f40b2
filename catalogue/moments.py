"""Where in a video a query is spoken: found on the token line, so that only the cues that are shown are read."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from catalogue.marks import find_marks
from catalogue.models import CueRow, SearchText
from catalogue.query import Term
from catalogue.search_index import lettered
from catalogue.searchable import SPOKEN
from catalogue.views import Moment

MOST = 3
"""Moments shown a video."""

HITS = 400
"""Places of one term looked at in one video, where it has to meet others: an hour of film says the commonest word more often."""

HITS_ALONE = 12
"""Places looked at for a query of one term: they are all worth the same, and the first three are shown."""


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
    texts = session.exec(select(SearchText).where(col(SearchText.video_id).in_(video_ids))).all()
    spans: dict[int, list[Span]] = {}
    wanted: set[tuple[int, int]] = set()
    for row in texts:
        if row.transcript_id is None:
            continue
        found = find_spans(row.tokens, [int(start) for start in row.cue_starts.split()], terms, worths)
        spans[row.transcript_id] = found
        wanted |= {(row.transcript_id, n) for span in found for n in range(span.first, span.last + 1)}
    cues: dict[tuple[int, int], CueRow] = {}
    if wanted:
        place = tuple_(col(CueRow.transcript_id), col(CueRow.position))
        for cue in session.exec(select(CueRow).where(place.in_(sorted(wanted)))):
            cues[cue.transcript_id, cue.position] = cue
    out: dict[int, tuple[Moment, ...]] = {}
    for row in texts:
        if row.transcript_id is None:
            continue
        runs = [
            [cues[row.transcript_id, n] for n in range(span.first, span.last + 1)] for span in spans[row.transcript_id]
        ]
        out[row.video_id] = tuple(_moment(run, terms) for run in runs)
    return out


def _moment(run: Sequence[CueRow], terms: Sequence[Term]) -> Moment:
    text = " ".join(cue.text.replace("\n", " ") for cue in run)
    return Moment(start=run[0].start, end=run[-1].end, text=text, marks=find_marks(text, terms))


def find_spans(line: str, cue_starts: Sequence[int], terms: Sequence[Term], worths: Sequence[float]) -> list[Span]:
    """The best runs of one or two cues by what the different terms in them are worth; none overlap; in order of time."""
    begin = line.find(f" {SPOKEN}")
    if begin < 0 or not cue_starts:
        return []
    spoken = line[begin:]
    said: dict[int, dict[int, int]] = defaultdict(dict)
    for number, term in enumerate(terms):
        for token in _places(spoken, term, HITS if len(terms) > 1 else HITS_ALONE):
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
