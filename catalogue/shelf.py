"""The catalogue's narrow side: one short row a video, filtered, ordered and counted in Python, alike on every database."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlmodel import Session, col, select

from catalogue.models import SearchCard
from catalogue.views import Facet, Visibility

Order = Literal["newest", "oldest", "title", "longest", "shortest"]

FEW = 400
"""Up to so many videos are asked for by id; beyond, reading all rows is quicker than naming them."""


class Line(NamedTuple):
    """A video on the shelf: `published` in seconds since 1970, `tags` one a line, `title` folded."""

    video_id: int
    published: float | None
    year: int | None
    series: str
    tags: str
    title: str
    duration: float


@dataclass(frozen=True)
class Filters:
    """What the reader narrowed the list to; None narrows nothing."""

    series: str | None = None
    tag: str | None = None
    year: int | None = None


def load_shelf(session: Session, visibility: Visibility, only: Set[int] | None = None) -> list[Line]:
    """The rows this reader may see, of all videos or of `only` these."""
    card = SearchCard
    query = select(  # type: ignore[call-overload]
        card.video_id, card.published, card.year, card.series, card.tags, card.title, card.duration
    )
    if not visibility.unpublished:
        query = query.where(col(card.public))
    if only is not None and len(only) <= FEW:
        return [Line._make(row) for row in session.execute(query.where(col(card.video_id).in_(only)))]
    rows = [Line._make(row) for row in session.execute(query)]
    return rows if only is None else [row for row in rows if row.video_id in only]


def narrow(rows: Iterable[Line], filters: Filters) -> list[Line]:
    """The rows that pass every filter."""
    out = list(rows)
    for passes in _passes(filters).values():
        out = [row for row in out if passes(row)]
    return out


def arrange(rows: Sequence[Line], order: Order) -> list[Line]:
    """In the order asked for; what is not dated yet comes first among the newest, and equals go by title."""
    by_title = sorted(rows, key=lambda row: (row.title, row.video_id))
    if order == "title":
        return by_title
    if order in ("newest", "oldest"):
        newest = order == "newest"
        return sorted(
            by_title, key=lambda row: float("inf") if row.published is None else row.published, reverse=newest
        )
    return sorted(by_title, key=lambda row: row.duration, reverse=order == "longest")


def count_facets(rows: Sequence[Line], filters: Filters) -> tuple[Facet, ...]:
    """Series and tags by how many share them, years from the latest; each counted as if its own filter were off, so that a reader can
    change it."""
    passes = _passes(filters)

    def passing(facet: str) -> list[Line]:
        others = [check for name, check in passes.items() if name != facet]
        return [row for row in rows if all(check(row) for check in others)] if others else list(rows)

    series = Counter(row.series for row in passing("series") if row.series)
    years = Counter(row.year for row in passing("year") if row.year is not None)
    # Whole lines of tags repeat across a series, so they are counted before they are parted.
    tags: Counter[str] = Counter()
    for line, count in Counter(row.tags for row in passing("tag") if row.tags).items():
        for tag in line.split("\n"):
            tags[tag] += count
    return (
        *_facets("series", series),
        *_facets("tag", tags),
        *(Facet("year", str(year), count) for year, count in sorted(years.items(), reverse=True)),
    )


def _facets(name: str, counts: Counter[str]) -> list[Facet]:
    return [Facet(name, value, count) for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _passes(filters: Filters) -> dict[str, Callable[[Line], bool]]:
    checks: dict[str, Callable[[Line], bool]] = {}
    if filters.series is not None:
        checks["series"] = lambda row: row.series == filters.series
    if filters.tag is not None:
        checks["tag"] = lambda row: filters.tag in row.tags.split("\n")
    if filters.year is not None:
        checks["year"] = lambda row: row.year == filters.year
    return checks
