"""Search: videos ranked first, then the moments in the few that a page shows."""

from sqlmodel import Session

from catalogue.views import SearchPage, Visibility


def search(
    session: Session,
    query: str,
    visibility: Visibility,
    *,
    series: str | None = None,
    tag: str | None = None,
    year: int | None = None,
    limit: int = 20,
    offset: int = 0,
) -> SearchPage:
    """Videos in which every word of the query occurs, best first, each with up to three moments."""
    raise NotImplementedError
