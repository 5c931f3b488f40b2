"""A video's search rows, made from its other rows and written in the transaction that changes them."""

from sqlmodel import Session, col, select

from catalogue.models import (
    Article,
    ArticleLink,
    Chapter,
    CueRow,
    SearchCard,
    SearchText,
    SearchWord,
    Series,
    Tag,
    TranscriptVersion,
    Video,
    VideoTag,
)
from catalogue.search_index import search_index
from catalogue.searchable import Searchable, html_to_text, index_text
from catalogue.text import keys
from catalogue.upsert import insert_missing
from catalogue.views import State


def index_video(session: Session, video: Video) -> None:
    """Make all search rows of a video anew."""
    assert video.id is not None
    series, tags = _subjects(session, video)
    article = session.exec(
        select(Article)
        .join(ArticleLink, col(ArticleLink.article_id) == col(Article.id))
        .where(ArticleLink.video_id == video.id, col(ArticleLink.accepted))
        .order_by(col(Article.id))
    ).first()
    transcript = session.exec(
        select(TranscriptVersion.id).where(
            TranscriptVersion.video_id == video.id,
            TranscriptVersion.language == video.language,
            col(TranscriptVersion.current),
        )
    ).first()
    cues = session.exec(
        select(CueRow.text).where(CueRow.transcript_id == transcript).order_by(col(CueRow.position))
    ).all()
    chapters = session.exec(
        select(Chapter.title).where(Chapter.video_id == video.id).order_by(col(Chapter.position))
    ).all()
    indexed = index_text(
        Searchable(
            title=video.title,
            subjects=(series, *tags),
            chapters=tuple(chapters),
            description=video.description,
            teaser=html_to_text(article.teaser_html) if article else "",
            article=f"{article.title} {html_to_text(article.html)}" if article else "",
            cues=tuple(cues),
        )
    )
    index = search_index(session)
    row = session.get(SearchText, video.id)
    if row is None:
        row = SearchText(video_id=video.id)
    else:
        index.remove(session, video.id, row.tokens)
    row.tokens = indexed.line
    row.cue_starts = " ".join(map(str, indexed.cue_starts))
    row.transcript_id = transcript
    session.add(row)
    session.flush()
    index.put(session, video.id, row.tokens)
    words = [{"word": key, "shown": shown, "length": len(key)} for key, shown in sorted(indexed.words.items())]
    insert_missing(session, SearchWord, words)
    _write_card(session, video, series, tags)


def index_publication(session: Session, video: Video) -> None:
    """Bring the card alone up to date: publishing changes who may find a video, not by which words."""
    _write_card(session, video, *_subjects(session, video))


def _subjects(session: Session, video: Video) -> tuple[str, tuple[str, ...]]:
    series = session.get(Series, video.series_id) if video.series_id else None
    tags = session.exec(
        select(Tag.name)
        .join(VideoTag, col(VideoTag.tag_id) == col(Tag.id))
        .where(VideoTag.video_id == video.id)
        .order_by(col(VideoTag.position))
    ).all()
    return (series.name if series else ""), tuple(tags)


def _write_card(session: Session, video: Video, series: str, tags: tuple[str, ...]) -> None:
    assert video.id is not None
    card = session.get(SearchCard, video.id) or SearchCard(video_id=video.id, public=False, title="", duration=0.0)
    card.public = video.state == State.PUBLISHED
    card.title = " ".join(keys(video.title))
    card.duration = video.duration
    card.published = video.published.timestamp() if video.published else None
    card.year = video.published.year if video.published else None
    card.series = series
    card.tags = "\n".join(tags)
    session.add(card)
    session.flush()
