"""Recording a video: once, again, changed, wrong, and by two at once."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from catalogue.ingest import record_video
from catalogue.models import Block, CueRow, TranscriptVersion, Video
from catalogue.publication import publish
from catalogue.search import search
from catalogue.store import get_article, get_video
from catalogue.transcript_versions import edit_transcript
from catalogue.views import PUBLIC, STAFF, ArticleView, ChapterView, MediaFile, State, VideoRecord
from core.clock import FixedClock
from core.database import reading, writing
from core.errors import BadInput
from core.events import Event
from transcripts.words import Cue

Record = Callable[..., VideoRecord]


def put(engine: Engine, record: VideoRecord, clock: FixedClock) -> str:
    with writing(engine) as session:
        return record_video(session, record, clock)


def events(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [event.kind for event in session.exec(select(Event).order_by(Event.id))]  # type: ignore[arg-type]


def dump(engine: Engine) -> dict[str, list[Any]]:
    tables = ("video", "chapter", "transcriptversion", "cue", "article", "mediafile", "event", "searchtext", "videotag")
    with engine.connect() as connection:
        return {table: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}"))] for table in tables}


def test_what_is_recorded_is_given_back(engine: Engine, clock: FixedClock, record: Record) -> None:
    whole = record(external_ids=(("youtube", "abc"), ("wordpress", "12")), blocks=("scratch-voice",))
    whole = replace(whole, cues=(replace(whole.cues[0], id="c1", settings=(("line", "10%"),)), *whole.cues[1:]))
    assert put(engine, whole, clock) == "added"
    with reading(engine) as session:
        video = get_video(session, whole.slug, STAFF)
    assert video is not None
    assert video.cues == whole.cues
    assert video.chapters == whole.chapters
    assert video.files == whole.files
    assert video.credits == whole.credits
    assert video.article == whole.article
    assert video.blocks == whole.blocks
    assert set(video.external_ids) == set(whole.external_ids)
    assert video.card.tags == whole.tags
    assert video.card.thumbnail == "strait-of-hormuz/thumb.jpg"
    assert video.card.has_article
    assert video.transcripts == ({"language": "en", "kind": "captions", "version": 1, "edited_by": None},)


def test_the_same_again_changes_nothing(engine: Engine, clock: FixedClock, record: Record) -> None:
    put(engine, record(), clock)
    before = dump(engine)
    assert put(engine, record(), FixedClock(clock.moment + timedelta(days=1))) == "unchanged"
    assert dump(engine) == before
    assert events(engine) == ["video.added"]


def test_a_change_updates_and_drops_what_is_gone(engine: Engine, clock: FixedClock, record: Record) -> None:
    put(engine, record(), clock)
    changed = record(tags=("Oman",), chapters=(ChapterView(0, "One"),), article=None, files=(), credits=())
    assert put(engine, changed, clock) == "updated"
    with reading(engine) as session:
        video = get_video(session, changed.slug, STAFF)
        assert video is not None
        assert (video.card.tags, video.chapters, video.files, video.article) == (
            ("Oman",),
            changed.chapters,
            (),
            None,
        )
        assert len(session.exec(select(TranscriptVersion)).all()) == 1
        # The article lost its link, not its text.
        assert get_article(session, "strait-of-hormuz-article", STAFF) is not None
        assert get_article(session, "strait-of-hormuz-article", PUBLIC) is None
    assert events(engine) == ["video.added", "video.updated"]


def test_a_persons_transcript_stays_in_front(engine: Engine, clock: FixedClock, record: Record) -> None:
    put(engine, record(), clock)
    mine = (Cue(0.0, 2.0, ("Mine.",)),)
    with writing(engine) as session:
        edit_transcript(session, "strait-of-hormuz", mine, edited_by="ada", clock=clock)
    heard = (Cue(0.0, 2.0, ("A machine heard more.",)),)
    assert put(engine, record(cues=heard), clock) == "updated"
    with reading(engine) as session:
        video = get_video(session, "strait-of-hormuz", STAFF)
        assert video is not None
        assert video.cues == mine
        assert [(one["version"], one["edited_by"]) for one in video.transcripts] == [(2, "ada"), (3, None), (1, None)]
        assert search(session, "machine", STAFF).total == 0
        with pytest.raises(BadInput):
            edit_transcript(session, "nowhere", mine, edited_by="ada", clock=clock)
        with pytest.raises(BadInput):
            edit_transcript(session, "strait-of-hormuz", mine, edited_by="", clock=clock)


def test_a_published_video_stays_published_unless_something_new_blocks_it(
    engine: Engine, clock: FixedClock, record: Record
) -> None:
    put(engine, record(blocks=("scratch-voice",)), clock)
    with writing(engine) as session:
        publish(session, "strait-of-hormuz", clock=clock, accept=["scratch-voice"])
    put(engine, record(blocks=("scratch-voice",), title="Renamed"), clock)
    with reading(engine) as session:
        video = get_video(session, "strait-of-hormuz", PUBLIC)
        assert video is not None
        assert video.card.title == "Renamed"
        assert video.card.published == clock.moment
    put(engine, record(blocks=("scratch-voice", "missing-credit")), clock)
    with reading(engine) as session:
        assert get_video(session, "strait-of-hormuz", PUBLIC) is None
        video = get_video(session, "strait-of-hormuz", STAFF)
        assert video is not None
        assert (video.card.state, video.blocks) == (State.READY, ("missing-credit",))
    assert events(engine)[-2:] == ["video.held", "video.updated"]


def test_two_videos_share_an_article(engine: Engine, clock: FixedClock, record: Record) -> None:
    article = ArticleView("shared", "Shared", "<p>Open.</p>", "<p>Open.</p><p>An armistice.</p>")
    put(engine, record("one", article=article), clock)
    put(engine, record("two", article=article), clock)
    put(engine, record("two", article=replace(article, html="<p>Open.</p><p>A truce.</p>")), clock)
    with reading(engine) as session:
        assert search(session, "armistice", STAFF).total == 0
        assert {result.card.slug for result in search(session, "truce", STAFF).results} == {"one", "two"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"slug": "Not a slug"}, "not a slug"),
        ({"title": " "}, "no title"),
        ({"duration": -1.0}, "duration"),
        ({"duration": float("nan")}, "duration"),
        ({"cues": (Cue(3.0, 2.0, ("x",)),)}, "cue"),
        ({"chapters": (ChapterView(999.0, "Late"),)}, "Late"),
        ({"state": State.PUBLISHED}, "no time"),
        ({"state": State.WITHDRAWN}, "withdrawn"),
        ({"files": (MediaFile("film", "a", "", 1, ""), MediaFile("film", "b", "", 1, ""))}, "two files"),
        ({"article": ArticleView("Bad slug", "", "", "")}, "not a slug"),
    ],
)
def test_a_record_that_cannot_be_is_refused(record: Record, changes: dict[str, Any], message: str) -> None:
    from catalogue.record import check_record

    with pytest.raises(BadInput, match=message):
        check_record(record(**changes))


def test_nothing_is_kept_of_a_record_that_fails(engine: Engine, clock: FixedClock, record: Record) -> None:
    put(engine, record(external_ids=(("youtube", "abc"),)), clock)
    before = dump(engine)
    with pytest.raises(BadInput, match="which is 'strait-of-hormuz'"):
        put(engine, record("other", external_ids=(("youtube", "abc"),)), clock)
    assert dump(engine) == before


def test_the_tables_themselves_refuse_nonsense(engine: Engine, clock: FixedClock, record: Record) -> None:
    put(engine, record(), clock)
    statements = [
        "UPDATE video SET state = 'lost'",
        "UPDATE video SET state = 'published', published = NULL",
        "UPDATE video SET state = 'withdrawn'",
        "UPDATE video SET duration = -1",
        'UPDATE cue SET "end" = -1',
        "INSERT INTO chapter (video_id, position, start, title) VALUES (999, 0, 0, 'x')",
        "INSERT INTO transcriptversion (video_id, language, kind, version, edited_by, current, digest, created) "
        "SELECT video_id, language, kind, 2, '', current, digest, created FROM transcriptversion",
    ]
    for statement in statements:
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(text(statement))


def test_two_at_once_record_one_video(engine: Engine, clock: FixedClock, record: Record) -> None:
    gate = threading.Barrier(4)
    outcomes: list[str] = []

    def work() -> None:
        gate.wait()
        outcomes.append(put(engine, record(), clock))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["added", "unchanged", "unchanged", "unchanged"]
    with reading(engine) as session:
        assert len(session.exec(select(Video)).all()) == 1
        assert len(session.exec(select(CueRow)).all()) == 5
        assert session.exec(select(Block)).all() == []
    assert events(engine) == ["video.added"]
