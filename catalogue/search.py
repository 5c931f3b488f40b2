"""Search: videos ranked first, then the moments in the few that a page shows.

Over a catalogue's hundreds of thousands of cues the commonest word costs half a second; over one row a video it costs milliseconds, and
only what is shown needs its moments.
"""

from collections.abc import Sequence, Set

from sqlmodel import Session, col, select

from catalogue.cards import cards
from catalogue.found import find_videos
from catalogue.marks import excerpt
from catalogue.models import Article, ArticleLink
from catalogue.moments import find_moments
from catalogue.query import Term, parse_query
from catalogue.searchable import html_to_text
from catalogue.shelf import Filters, count_facets, narrow
from catalogue.suggestion import suggest
from catalogue.views import Moment, SearchPage, SearchResult, VideoCard, Visibility


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
    """Videos in which every word of the query occurs, best first, each with up to three moments.

    Facets are counted over everything found. `suggestion` is the query with its misspelt words put right, when nothing was found
    and something would be.
    """
    parsed = parse_query(query)
    if not parsed.terms:
        return SearchPage(query=query, total=0, results=())
    filters = Filters(series, tag, year)
    found = find_videos(session, parsed, visibility)
    lines = narrow(found.lines, filters)
    lines.sort(key=lambda line: (-found.scores[line.video_id], -(line.published or 0.0), line.title, line.video_id))
    shown = [line.video_id for line in lines[offset : offset + limit]]
    moments = find_moments(session, shown, parsed.terms, found.worths)
    return SearchPage(
        query=query,
        total=len(lines),
        results=_results(session, shown, parsed.terms, found.scores, moments, visibility),
        facets=count_facets(found.lines, filters),
        suggestion="" if found.lines else suggest(session, parsed, visibility),
    )


def _results(
    session: Session,
    shown: Sequence[int],
    terms: Sequence[Term],
    scores: dict[int, float],
    moments: dict[int, tuple[Moment, ...]],
    visibility: Visibility,
) -> tuple[SearchResult, ...]:
    silent = {video for video in shown if not moments.get(video)}
    pages = cards(session, shown)
    written = _articles(session, silent)
    out: list[SearchResult] = []
    for video, card in zip(shown, pages, strict=True):
        text, marks = _excerpt(card, written.get(video), terms, visibility) if video in silent else ("", ())
        out.append(SearchResult(card, scores[video], moments.get(video, ()), text, marks))
    return tuple(out)


def _articles(session: Session, videos: Set[int]) -> dict[int, tuple[str, str]]:
    if not videos:
        return {}
    query = (
        select(ArticleLink.video_id, Article.teaser_html, Article.html)
        .join(Article, col(Article.id) == col(ArticleLink.article_id))
        .where(col(ArticleLink.video_id).in_(videos), col(ArticleLink.accepted))
    )
    return {video: (teaser, html) for video, teaser, html in session.exec(query)}


def _excerpt(
    card: VideoCard, article: tuple[str, str] | None, terms: Sequence[Term], visibility: Visibility
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """From the description, the teaser, or, for those who may read it, the article: the first in which a word stands."""
    texts = [card.description]
    if article is not None:
        texts.append(html_to_text(article[0]))
        if visibility.full_articles:
            texts.append(html_to_text(article[1]))
    for text in texts:
        found = excerpt(text, terms)
        if found[0]:
            return found
    return "", ()
