"""Search: what was said, and the moment it was said."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from catalogue.search import search
from catalogue.store import list_videos
from web.filters import FACETS, group_facets, page_numbers, read_filters
from web.studio import Catalogue, Reader, TheStudio

router = APIRouter()

ON_A_PAGE = 12


@router.get("/search", response_class=HTMLResponse)
def search_page(request: Request, studio: TheStudio, catalogue: Catalogue, reader: Reader) -> HTMLResponse:
    """Found videos with their moments; without a query, or when nothing is found, somewhere to go on from."""
    filters = read_filters("/search", request.query_params)
    found = None
    if filters.query:
        found = search(
            catalogue,
            filters.query,
            reader,
            series=filters.series,
            tag=filters.tag,
            year=filters.year,
            limit=ON_A_PAGE,
            offset=(filters.page - 1) * ON_A_PAGE,
        )
    last = max(1, -(-found.total // ON_A_PAGE)) if found else 1
    elsewhere = None if found and found.results else list_videos(catalogue, reader, limit=4)
    return studio.pages.show(
        "search",
        filters=filters,
        found=found,
        groups=group_facets(found.facets) if found else (),
        names=FACETS,
        numbers=page_numbers(filters.page, last) if last > 1 else (),
        last=last,
        elsewhere=elsewhere,
    )
