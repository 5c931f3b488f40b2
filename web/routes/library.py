"""The library: every video, by series, topic and year."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from catalogue.store import list_videos
from web.filters import FACETS, ORDERS, group_facets, page_numbers, read_filters
from web.studio import Catalogue, Reader, TheStudio

router = APIRouter()

FRONT = 5
"""Videos the front page shows large before the list begins: one lead and four beside it."""
SHELF = 24
"""Videos on one page of the list: whole rows of two, three and four."""


@router.get("/", response_class=HTMLResponse)
def library(request: Request, studio: TheStudio, catalogue: Catalogue, reader: Reader) -> HTMLResponse:
    """A page of the list; the first one opens with the newest videos, large."""
    filters = read_filters("/", request.query_params)
    # The list in its plain order begins after the front; narrowed or ordered otherwise it has no front.
    fronted = filters.order == "newest" and not filters.chosen
    front = FRONT if fronted else 0
    first = fronted and filters.page == 1
    found = list_videos(
        catalogue,
        reader,
        series=filters.series,
        tag=filters.tag,
        year=filters.year,
        order=filters.order,
        limit=SHELF + front if first else SHELF,
        offset=0 if first else front + (filters.page - 1) * SHELF,
    )
    last = max(1, -(-(found.total - front) // SHELF))
    if filters.page > last:
        return studio.pages.show("not_found", 404, filters=filters, near=())
    return studio.pages.show(
        "library",
        filters=filters,
        front=found.items[:FRONT] if first else (),
        shelf=found.items[FRONT:] if first else found.items,
        total=found.total,
        groups=group_facets(found.facets),
        names=FACETS,
        orders=ORDERS,
        numbers=page_numbers(filters.page, last) if last > 1 else (),
        last=last,
    )
