"""Articles: read, listed, and gated; a reader who may not read in full is given the teaser and an empty body."""

from collections import defaultdict

from sqlalchemy import func
from sqlmodel import Session, col, select

from catalogue.cards import cards
from catalogue.found import find_videos
from catalogue.models import Article, ArticleLink, Video
from catalogue.query import parse_query
from catalogue.shelf import arrange, load_shelf
from catalogue.views import ArticleView, State, VideoCard, Visibility


def get_article(session: Session, slug: str, visibility: Visibility) -> ArticleView | None:
    """An article by its own slug, gated as in `get_video`; None when no video that shows it may be seen."""
    article = session.exec(select(Article).where(Article.slug == slug)).first()
    if article is None or not (visibility.unpublished or videos_of_article(session, slug, visibility)):
        return None
    return article_view(article, visibility)


def list_articles(
    session: Session, visibility: Visibility, *, query: str = "", limit: int = 24, offset: int = 0
) -> tuple[int, tuple[tuple[ArticleView, VideoCard | None], ...]]:
    """How many articles there are, and a page of them by newest video, each with the video it stands beside.

    `query` narrows to the articles of the videos that search finds. Staff also get articles without a video, last.
    """
    if query.strip():
        parsed = parse_query(query)
        lines = find_videos(session, parsed, visibility).lines if parsed.terms else []
    else:
        lines = load_shelf(session, visibility)
    linked: dict[int, int] = {}
    links = select(ArticleLink.video_id, ArticleLink.article_id).where(col(ArticleLink.accepted))
    by_video: dict[int, list[int]] = defaultdict(list)
    for video, article in session.exec(links.order_by(col(ArticleLink.article_id))):
        by_video[video].append(article)
    for line in arrange(lines, "newest"):
        for article in by_video[line.video_id]:
            linked.setdefault(article, line.video_id)
    wanted: list[tuple[int, int | None]] = list(linked.items())
    if visibility.unpublished and not query.strip():
        everything = session.exec(select(Article.id).order_by(col(Article.slug))).all()
        wanted += [(article, None) for article in everything if article is not None and article not in linked]
    shown = wanted[offset : offset + limit]
    rows = {row.id: row for row in session.exec(select(Article).where(col(Article.id).in_([one for one, _ in shown])))}
    beside = [video for _, video in shown if video is not None]
    by_id = dict(zip(beside, cards(session, beside), strict=True))
    page = tuple(
        (article_view(rows[article], visibility), None if video is None else by_id[video]) for article, video in shown
    )
    return len(wanted), page


def article_texts(session: Session) -> list[tuple[str, str, str, str]]:
    """Every article as (slug, title, html, language); the language is its video's, English without one."""
    languages = (
        select(func.min(Video.language))
        .join(ArticleLink, col(ArticleLink.video_id) == col(Video.id))
        .where(ArticleLink.article_id == Article.id, col(ArticleLink.accepted))
        .correlate(Article)
        .scalar_subquery()
    )
    query = select(Article.slug, Article.title, Article.html, languages).order_by(col(Article.slug))
    return [(slug, title, html, language or "en") for slug, title, html, language in session.exec(query)]


def videos_of_article(session: Session, slug: str, visibility: Visibility) -> tuple[VideoCard, ...]:
    """The videos an article stands beside, newest first."""
    query = (
        select(Video.id)
        .join(ArticleLink, col(ArticleLink.video_id) == col(Video.id))
        .join(Article, col(Article.id) == col(ArticleLink.article_id))
        .where(Article.slug == slug, col(ArticleLink.accepted))
    )
    if not visibility.unpublished:
        query = query.where(Video.state == State.PUBLISHED.value)
    found = session.exec(query.order_by(col(Video.published).desc(), col(Video.slug))).all()
    return cards(session, [video for video in found if video is not None])


def article_view(article: Article, visibility: Visibility) -> ArticleView:
    """What this reader may have of an article."""
    return ArticleView(
        slug=article.slug,
        title=article.title,
        teaser_html=article.teaser_html,
        html=article.html if visibility.full_articles else "",
        sources=tuple(article.sources),
        words=article.words,
    )
