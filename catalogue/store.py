"""Queries over the catalogue, answered with the plain records of `catalogue.views`."""

import math
from collections import defaultdict

from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from catalogue.articles import article_view, get_article, videos_of_article
from catalogue.cards import cards
from catalogue.found import find_videos
from catalogue.models import (
    Article,
    ArticleLink,
    Block,
    Chapter,
    CreditRow,
    ExternalId,
    MediaFileRow,
    TranscriptVersion,
    Video,
    VideoTag,
)
from catalogue.query import parse_query
from catalogue.shelf import Filters, Order, arrange, count_facets, load_shelf, narrow
from catalogue.tracks import read_cues, shown_tracks
from catalogue.views import (
    CardPage,
    ChapterView,
    Credit,
    MediaFile,
    State,
    VideoCard,
    VideoView,
    Visibility,
)
from core.nearest import all_near

__all__ = [
    "Order",
    "get_article",
    "get_video",
    "list_videos",
    "nearest_slugs",
    "next_in_series",
    "related_videos",
    "videos_of_article",
]

SAME_SERIES = 1.5
"""What sharing a series adds to how related two videos are; a tag that one in twenty videos has adds 3."""


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
    filters = Filters(series, tag, year)
    if query.strip():
        lines = find_videos(session, parsed, visibility).lines if (parsed := parse_query(query)).terms else []
    else:
        lines = load_shelf(session, visibility)
    found = arrange(narrow(lines, filters), order)
    shown = [line.video_id for line in found[offset : offset + limit]]
    return CardPage(total=len(found), items=cards(session, shown), facets=count_facets(lines, filters))


def get_video(session: Session, slug: str, visibility: Visibility) -> VideoView | None:
    """One video whole; None when there is none that this reader may see.

    The article's `html` is empty unless the reader may read in full; its teaser is always there. `blocks` are the rules that nobody has
    accepted yet; `transcripts` begins with the version that is shown.
    """
    video = _video(session, slug, visibility)
    if video is None or video.id is None:
        return None
    article = session.exec(
        select(Article)
        .join(ArticleLink, col(ArticleLink.article_id) == col(Article.id))
        .where(ArticleLink.video_id == video.id, col(ArticleLink.accepted))
        .order_by(col(Article.id))
    ).first()
    versions = session.exec(
        select(TranscriptVersion)
        .where(TranscriptVersion.video_id == video.id)
        .order_by(col(TranscriptVersion.current).desc(), col(TranscriptVersion.version).desc())
    ).all()
    shown = next((version.id for version in versions if version.current and version.language == video.language), None)
    return VideoView(
        card=cards(session, [video.id])[0],
        language=video.language,
        chapters=tuple(ChapterView(row.start, row.title) for row in _parts(session, Chapter, video.id)),
        cues=read_cues(session, shown),
        article=article_view(article, visibility) if article else None,
        files=tuple(
            MediaFile(row.role, row.key, row.sha256, row.bytes, row.mime, row.language)
            for row in _parts(session, MediaFileRow, video.id)
        ),
        credits=tuple(
            Credit(row.what, row.credit, row.licence, row.address) for row in _parts(session, CreditRow, video.id)
        ),
        blocks=tuple(
            session.exec(
                select(Block.rule).where(Block.video_id == video.id, col(Block.accepted).is_(None)).order_by(Block.rule)
            ).all()
        ),
        external_ids=tuple(
            (row.kind, row.value)
            for row in session.exec(
                select(ExternalId).where(ExternalId.video_id == video.id).order_by(ExternalId.kind, ExternalId.value)
            )
        ),
        transcripts=tuple(
            {
                "language": version.language,
                "kind": version.kind,
                "version": version.version,
                "edited_by": version.edited_by or None,
            }
            for version in versions
        ),
        synthetic_voice=video.synthetic_voice,
        sources=tuple(video.sources),
        tracks=shown_tracks(versions, video.language),
    )


def next_in_series(session: Session, slug: str, visibility: Visibility) -> VideoCard | None:
    """The video of the same series that was published next; None at the end or without a series."""
    video = _video(session, slug, visibility)
    if video is None or video.series_id is None or video.published is None:
        return None
    query = select(Video.id).where(
        Video.series_id == video.series_id, col(Video.published) > video.published, Video.id != video.id
    )
    if not visibility.unpublished:
        query = query.where(Video.state == State.PUBLISHED.value)
    found = session.exec(query.order_by(col(Video.published), col(Video.slug))).first()
    return None if found is None else cards(session, [found])[0]


def related_videos(session: Session, slug: str, visibility: Visibility, limit: int = 6) -> tuple[VideoCard, ...]:
    """Videos that share the most and the rarest tags, the same series counting too; best first."""
    video = _video(session, slug, visibility)
    if video is None:
        return ()
    public = [] if visibility.unpublished else [Video.state == State.PUBLISHED.value]
    total = session.execute(select(func.count()).select_from(Video)).scalar_one()
    mine = select(VideoTag.tag_id).where(VideoTag.video_id == video.id)
    shared = select(VideoTag.tag_id, VideoTag.video_id).where(col(VideoTag.tag_id).in_(mine))
    holders: dict[int, list[int]] = defaultdict(list)
    for tag, other in session.exec(shared):
        holders[tag].append(other)
    likeness: dict[int, float] = defaultdict(float)
    for others in holders.values():
        for other in others:
            likeness[other] += math.log1p(total / len(others))
    if video.series_id is not None:
        for mate in session.exec(select(Video.id).where(Video.series_id == video.series_id)):
            likeness[mate or 0] += SAME_SERIES
    likeness.pop(video.id or 0, None)
    # Some of the best may be hidden, so more are asked for than shown; the database says which are public, and when.
    best = sorted(likeness, key=lambda other: -likeness[other])[: max(200, limit)]
    rows = session.exec(select(Video.id, Video.published, Video.slug).where(col(Video.id).in_(best), *public)).all()
    ordered = sorted(
        rows, key=lambda row: (-round(likeness[row[0] or 0], 6), -(row[1].timestamp() if row[1] else 0.0), row[2])
    )
    return cards(session, [row[0] for row in ordered[:limit] if row[0] is not None])


def nearest_slugs(session: Session, slug: str, visibility: Visibility, limit: int = 3) -> tuple[str, ...]:
    """Slugs that look like a misspelt one, best first."""
    query = select(Video.slug)
    if not visibility.unpublished:
        query = query.where(Video.state == State.PUBLISHED.value)
    return all_near(slug, session.exec(query).all(), limit=limit)


def _video(session: Session, slug: str, visibility: Visibility) -> Video | None:
    video = session.exec(select(Video).where(Video.slug == slug)).first()
    if video is None or not (visibility.unpublished or video.state == State.PUBLISHED):
        return None
    return video


def _parts(session: Session, table: type[SQLModel], video_id: int) -> list:  # type: ignore[type-arg]
    columns = table.__table__.c  # type: ignore[attr-defined]
    return list(session.exec(select(table).where(columns.video_id == video_id).order_by(columns.position)).all())
