"""What a list is narrowed to, read from an address leniently and written back into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args
from urllib.parse import urlencode

from catalogue.shelf import Order
from catalogue.views import Facet

ORDERS: Mapping[Order, str] = {
    "newest": "Newest",
    "oldest": "Oldest",
    "longest": "Longest",
    "shortest": "Shortest",
    "title": "A to Z",
}
FACETS = {"series": "Series", "year": "Year", "tag": "Topic"}
LONGEST_QUERY = 200
"""Characters of a query that are read; nobody means more, and a longer one costs."""
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Filters:
    """A query, facets, an order and a page; what was not understood is as if it were not there."""

    path: str
    query: str = ""
    series: str | None = None
    tag: str | None = None
    year: int | None = None
    order: Order = "newest"
    page: int = 1

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The facets that are set: name and value."""
        facets = (("series", self.series), ("year", self.year), ("tag", self.tag))
        return tuple((name, str(value)) for name, value in facets if value is not None)

    @property
    def plain(self) -> bool:
        """True for the front page: nothing narrowed, newest first, from the start."""
        return not self.query and not self.chosen and self.order == "newest" and self.page == 1

    def address(self, **changes: Any) -> str:
        """The address of this list with `changes`; any change but that of the page goes back to the first page."""
        if "page" not in changes:
            changes["page"] = 1
        new = replace(self, **changes)
        words = {
            "q": new.query or None,
            "series": new.series,
            "year": new.year,
            "tag": new.tag,
            "order": new.order if new.order != "newest" else None,
            "page": new.page if new.page > 1 else None,
        }
        said = urlencode([(name, str(value)) for name, value in words.items() if value is not None])
        return f"{self.path}?{said}" if said else self.path

    def toggle(self, name: str, value: str) -> str:
        """The address with a facet set, or taken off when it is set already."""
        if (name, value) in self.chosen:
            return self.address(**{name: None})
        return self.address(**{name: int(value) if name == "year" else value})


def read_filters(path: str, words: Mapping[str, str]) -> Filters:
    """Filters from an address's query."""
    order = words.get("order", "")
    year = words.get("year", "")
    page = words.get("page", "")
    return Filters(
        path=path,
        query=" ".join(words.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY],
        series=_word(words, "series"),
        tag=_word(words, "tag"),
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        order=next((known for known in get_args(Order) if known == order), "newest"),
        page=max(1, min(int(page), LAST_PAGE)) if page.isascii() and page.isdigit() and len(page) < 8 else 1,
    )


def _word(words: Mapping[str, str], name: str) -> str | None:
    return words.get(name, "").replace("\0", "")[:LONGEST_QUERY] or None


def group_facets(facets: Sequence[Facet]) -> tuple[tuple[str, str, tuple[Facet, ...]], ...]:
    """Facets as the page lists them: name, heading and values, in the order of `FACETS`; a facet of one value divides nothing."""
    groups = []
    for name, heading in FACETS.items():
        found = [facet for facet in facets if facet.name == name and facet.value]
        if name == "year":
            found.sort(key=lambda facet: facet.value, reverse=True)
        else:
            found.sort(key=lambda facet: (-facet.count, facet.value.casefold()))
        if found:
            groups.append((name, heading, tuple(found)))
    return tuple(groups)


def page_numbers(page: int, last: int) -> tuple[int | None, ...]:
    """Pages to offer: first, last and two either side, None where some are left out: `1 … 4 5 6 7 8 … 21`."""
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    out: list[int | None] = []
    for number in near:
        if out and out[-1] is not None and number - out[-1] == 2:
            out.append(number - 1)
        elif out and out[-1] is not None and number - out[-1] > 2:
            out.append(None)
        out.append(number)
    return tuple(out)
