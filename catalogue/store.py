"""Queries over the catalogue, answered with the plain records of `catalogue.views`."""

from typing import Literal

from sqlmodel import Session

from catalogue.views import ArticleView, CardPage, VideoCard, VideoView, Visibility

Order = Literal["newest", "oldest", "title", "longest", "shortest"]


def list_videos(
    session: Session,
    visibility: Visibility,
    *,
    query: str = "",
    series: str | None = None,
    tag: str | None = None,
    year: int | None = None,
    order: Order = "newest",
    limit: int = 24,
    offset: int = 0,
) -> CardPage:
    """A page of videos with facet counts (each facet counted as if its own filter were off). `query` narrows as search does."""
    raise NotImplementedError


def get_video(session: Session, slug: str, visibility: Visibility) -> VideoView | None:
    """One video whole; None when there is none that this reader may see.

    The article's `html` is empty unless the reader may read in full; its teaser is always there.
    """
    raise NotImplementedError


def get_article(session: Session, slug: str, visibility: Visibility) -> ArticleView | None:
    """An article by its own slug, gated as in `get_video`; None when no video that shows it may be seen."""
    raise NotImplementedError


def videos_of_article(session: Session, slug: str, visibility: Visibility) -> tuple[VideoCard, ...]:
    """The videos an article stands beside."""
    raise NotImplementedError


def next_in_series(session: Session, slug: str, visibility: Visibility) -> VideoCard | None:
    """The video of the same series that was published next; None at the end or without a series."""
    raise NotImplementedError


def related_videos(session: Session, slug: str, visibility: Visibility, limit: int = 6) -> tuple[VideoCard, ...]:
    """Videos that share the most and the rarest tags, the same series counting too; best first."""
    raise NotImplementedError


def nearest_slugs(session: Session, slug: str, visibility: Visibility, limit: int = 3) -> tuple[str, ...]:
    """Slugs that look like a misspelt one, best first."""
    raise NotImplementedError
