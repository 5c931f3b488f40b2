"""Publishing: its states, its blocks, its clock."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from catalogue.ingest import record_video
from catalogue.publication import anything_due, publish, publish_due, withdraw
from catalogue.search import search
from catalogue.store import get_video, list_videos
from catalogue.views import PUBLIC, STAFF, State, VideoRecord
from core.clock import FixedClock
from core.database import reading, writing
from core.errors import BadInput, WorkFailed
from core.events import Event

SLUG = "strait-of-hormuz"


@pytest.fixture
def ready(engine: Engine, clock: FixedClock, record: Callable[..., VideoRecord]) -> Engine:
    with writing(engine) as session:
        record_video(session, record(blocks=("missing-credit", "scratch-voice")), clock)
        record_video(session, record("clean", article=None), clock)
        record_video(session, record("unfinished", article=None, state=State.DRAFT), clock)
        record_video(session, record("ad-libbed", article=None, state=State.DRAFT, blocks=("ad-libs",)), clock)
    return engine


def state(engine: Engine, slug: str) -> State:
    with reading(engine) as session:
        video = get_video(session, slug, STAFF)
    assert video is not None
    return video.card.state


def test_blocks_are_accepted_by_name_and_remembered(ready: Engine, clock: FixedClock) -> None:
    with pytest.raises(WorkFailed, match="missing-credit, scratch-voice") as caught, writing(ready) as session:
        publish(session, SLUG, clock=clock)
    assert "--accept missing-credit --accept scratch-voice" in caught.value.hint
    with pytest.raises(WorkFailed, match="missing-credit") as caught, writing(ready) as session:
        publish(session, SLUG, clock=clock, accept=["scratch-voice", "mising-credit"])
    assert "'mising-credit' is not 'missing-credit'" in caught.value.hint
    assert state(ready, SLUG) is State.READY
    with writing(ready) as session:
        publish(session, SLUG, clock=clock, accept=["scratch-voice", "missing-credit", "something-else"])
    with reading(ready) as session:
        event = session.exec(select(Event).where(Event.kind == "video.published")).one()
        assert event.data["accepted"] == ["missing-credit", "scratch-voice"]
        assert search(session, "hormuz", PUBLIC).total == 1
        video = get_video(session, SLUG, PUBLIC)
        assert video is not None
        assert (video.card.published, video.blocks) == (clock.moment, ())


def test_publishing_twice_is_publishing_once(ready: Engine, clock: FixedClock) -> None:
    for hours in (0, 5):
        with writing(ready) as session:
            publish(session, "clean", clock=FixedClock(clock.moment + timedelta(hours=hours)))
    with reading(ready) as session:
        video = get_video(session, "clean", PUBLIC)
        assert video is not None
        assert video.card.published == clock.moment
        assert len(session.exec(select(Event).where(Event.kind == "video.published")).all()) == 1


def test_what_is_scheduled_appears_in_time(ready: Engine, clock: FixedClock) -> None:
    at = clock.moment + timedelta(hours=1)
    with writing(ready) as session:
        publish(session, "clean", clock=clock, at=at)
    assert state(ready, "clean") is State.SCHEDULED
    with reading(ready) as session:
        assert list_videos(session, PUBLIC).total == 0
        assert not anything_due(session, clock)
    later = FixedClock(at)
    with writing(ready) as session:
        assert anything_due(session, later)
        assert publish_due(session, later) == ("clean",)
        assert publish_due(session, later) == ()
    with reading(ready) as session:
        (card,) = list_videos(session, PUBLIC).items
        assert card.published == at


def test_what_cannot_be_published(ready: Engine, clock: FixedClock) -> None:
    with writing(ready) as session:
        with pytest.raises(BadInput, match="no video 'claen'") as caught:
            publish(session, "claen", clock=clock)
        assert caught.value.hint == "did you mean 'clean'?"
        with pytest.raises(BadInput, match="has passed"):
            publish(session, "clean", clock=clock, at=clock.moment)
        with pytest.raises(BadInput, match="no zone"):
            publish(session, "clean", clock=clock, at=datetime(2030, 1, 1))  # noqa: DTZ001 - the mistake meant
        with pytest.raises(WorkFailed, match="draft"):
            publish(session, "unfinished", clock=clock)
        with pytest.raises(BadInput, match="reason"):
            withdraw(session, "clean", " ", clock=clock)
        with pytest.raises(WorkFailed, match="nothing to withdraw"):
            withdraw(session, "clean", "wrong", clock=clock)
        publish(session, "clean", clock=clock)
        with pytest.raises(BadInput, match="published already"):
            publish(session, "clean", clock=clock, at=clock.moment + timedelta(days=1))


def test_a_draft_that_only_waited_for_a_person(ready: Engine, clock: FixedClock) -> None:
    with writing(ready) as session:
        publish(session, "ad-libbed", clock=clock, accept=["ad-libs"])
    assert state(ready, "ad-libbed") is State.PUBLISHED


def test_a_withdrawn_video_is_gone_for_good(ready: Engine, clock: FixedClock) -> None:
    with writing(ready) as session:
        publish(session, "clean", clock=clock)
        withdraw(session, "clean", "a wrong map", clock=clock)
    assert state(ready, "clean") is State.WITHDRAWN
    with reading(ready) as session:
        assert get_video(session, "clean", PUBLIC) is None
        assert search(session, "hormuz", PUBLIC).total == 0
    with pytest.raises(WorkFailed, match="a wrong map"), writing(ready) as session:
        publish(session, "clean", clock=clock)
