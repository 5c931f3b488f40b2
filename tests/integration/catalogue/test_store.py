"""What pages ask of the catalogue beside search."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from catalogue.articles import list_articles
from catalogue.files import find_file
from catalogue.ingest import record_video
from catalogue.store import (
    get_article,
    get_video,
    list_videos,
    nearest_slugs,
    next_in_series,
    related_videos,
    videos_of_article,
)
from catalogue.views import PUBLIC, STAFF, SUBSCRIBER, MediaFile, State, VideoRecord
from core.clock import FixedClock
from core.database import reading, writing


@pytest.fixture
def shelf(engine: Engine, clock: FixedClock, record: Callable[..., VideoRecord]) -> Engine:
    """Six published weeks apart, `v0` the oldest, and one that is not."""
    subjects = [
        ("Chokepoints", ("Iran", "oil")),
        ("Chokepoints", ("Egypt", "oil")),
        ("Rivers", ("Egypt", "water")),
        ("Chokepoints", ("Turkey", "oil")),
        ("", ("Iran", "Egypt", "oil")),
        ("Rivers", ("Laos",)),
    ]
    with writing(engine) as session:
        for number, (series, tags) in enumerate(subjects):
            made = record(
                f"v{number}",
                series=series,
                tags=tags,
                state=State.PUBLISHED,
                published=datetime.fromisoformat("2024-12-01T12:00Z") + timedelta(weeks=number),
            )
            record_video(session, made, clock)
        record_video(session, record("hidden", tags=("Iran", "oil")), clock)
    return engine


def test_what_was_found_of_a_film_is_sent_to_staff_alone(
    engine: Engine, clock: FixedClock, record: Callable[..., VideoRecord]
) -> None:
    files = tuple(
        MediaFile(role, f"v/{role}", "0" * 64, 1, "text/html") for role in ("film", "report", "report-page", "sheet")
    )
    with writing(engine) as session:
        record_video(session, record("v", state=State.PUBLISHED, published=clock.now(), files=files), clock)
    with reading(engine) as session:
        for reader, seen in ((SUBSCRIBER, [True, False, False, False]), (STAFF, [True] * 4)):
            assert [find_file(session, file.key, reader) is not None for file in files] == seen


def test_pages_of_a_list(shelf: Engine) -> None:
    with reading(shelf) as session:
        page = list_videos(session, PUBLIC, limit=2, offset=1)
        assert page.total == 6
        assert [card.slug for card in page.items] == ["v4", "v3"]
        assert [card.slug for card in list_videos(session, STAFF, limit=2).items] == ["hidden", "v5"]
        assert list_videos(session, PUBLIC, offset=100).items == ()
        assert [card.slug for card in list_videos(session, PUBLIC, year=2025, series="Rivers").items] == ["v5"]
        years = [(facet.value, facet.count) for facet in page.facets if facet.name == "year"]
        assert years == [("2025", 1), ("2024", 5)]


def test_neighbours(shelf: Engine) -> None:
    with reading(shelf) as session:
        following = next_in_series(session, "v1", PUBLIC)
        assert following is not None
        assert following.slug == "v3"
        assert next_in_series(session, "v3", PUBLIC) is None
        assert next_in_series(session, "v4", PUBLIC) is None
        related = [card.slug for card in related_videos(session, "v0", PUBLIC)]
        assert related == ["v3", "v1", "v4"]
        assert "hidden" in [card.slug for card in related_videos(session, "v0", STAFF)]
        assert related_videos(session, "hidden", PUBLIC) == ()


def test_a_hidden_video_is_hidden_from_every_question(shelf: Engine) -> None:
    with reading(shelf) as session:
        assert get_video(session, "hidden", PUBLIC) is None
        assert get_article(session, "hidden-article", PUBLIC) is None
        assert videos_of_article(session, "hidden-article", PUBLIC) == ()
        assert nearest_slugs(session, "hiden", PUBLIC) == ()
        assert nearest_slugs(session, "hiden", STAFF) == ("hidden",)
        assert get_video(session, "nowhere", STAFF) is None


def test_the_body_of_an_article_is_gated(shelf: Engine) -> None:
    with reading(shelf) as session:
        for visibility, body in ((PUBLIC, ""), (SUBSCRIBER, "minesweepers")):
            article = get_article(session, "v0-article", visibility)
            video = get_video(session, "v0", visibility)
            assert article is not None
            assert video is not None
            assert video.article == article
            assert body in article.html
            assert bool(body) == bool(article.html)
            assert "tankers" in article.teaser_html
        assert [card.slug for card in videos_of_article(session, "v0-article", PUBLIC)] == ["v0"]


def test_articles_with_their_videos(shelf: Engine) -> None:
    with reading(shelf) as session:
        total, page = list_articles(session, PUBLIC, limit=2)
        assert total == 6
        assert [(article.slug, card.slug if card else "") for article, card in page] == [
            ("v5-article", "v5"),
            ("v4-article", "v4"),
        ]
        assert list_articles(session, STAFF)[0] == 7
        assert list_articles(session, PUBLIC, query="laos")[0] == 1
        assert list_articles(session, PUBLIC, query="!")[0] == 0
