"""Versions of captions: a person's in front, two editors at once, translations, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from catalogue.ingest import record_video
from catalogue.search import search
from catalogue.store import get_video
from catalogue.track_check import MOST_CUES, check_track, clean_language
from catalogue.tracks import list_versions, track_cues, track_doubts
from catalogue.transcript_versions import Outdated, add_machine_version, edit_transcript, remove_track
from catalogue.views import PUBLIC, STAFF, DoubtfulWord, VideoRecord, VideoView
from core.clock import FixedClock
from core.database import reading, writing
from core.errors import BadInput
from transcripts.words import Cue, Mark

Record = Callable[..., VideoRecord]
NOON = datetime(2025, 3, 14, 12, tzinfo=UTC)
SLUG = "strait-of-hormuz"


def said(*texts: str) -> tuple[Cue, ...]:
    return tuple(Cue(2.0 * index, 2.0 * index + 1.5, (text,)) for index, text in enumerate(texts))


@pytest.fixture
def video(engine: Engine, clock: FixedClock, record: Record) -> Engine:
    with writing(engine) as session:
        record_video(session, record(cues=said("A machine heard a canoe.")), clock)
    return engine


def edit(engine: Engine, cues: tuple[Cue, ...], **more: Any) -> int:
    with writing(engine) as session:
        return edit_transcript(
            session, SLUG, cues, **{"edited_by": "Ada", "clock": FixedClock(more.pop("at", NOON)), **more}
        )


def shown(engine: Engine) -> VideoView:
    with reading(engine) as session:
        found = get_video(session, SLUG, STAFF)
    assert found is not None
    return found


def test_a_save_is_a_version_by_somebody_and_the_search_knows_it(video: Engine) -> None:
    assert edit(video, said("A person wrote canal."), base=1) == 2
    view = shown(video)
    assert view.cues == said("A person wrote canal.")
    assert [(track.language, track.version, track.edited_by, track.newer) for track in view.tracks] == [
        ("en", 2, "Ada", None)
    ]
    with reading(video) as session:
        assert search(session, "canal", STAFF).total == 1
        assert search(session, "canoe", STAFF).total == 0
        versions = list_versions(session, SLUG, "en", STAFF)
        assert [(one.version, one.edited_by, one.current, one.made_from, one.cues) for one in versions] == [
            (2, "Ada", True, 1, 1),
            (1, "", False, None, 1),
        ]
        assert list_versions(session, SLUG, "en", PUBLIC) == ()
        assert track_cues(session, SLUG, "en", STAFF, version=1) == said("A machine heard a canoe.")
        assert track_cues(session, SLUG, "en", STAFF, version=9) is None


def test_the_same_again_adds_no_version(video: Engine) -> None:
    assert edit(video, said("Mine."), base=1) == 2
    assert edit(video, said("Mine."), base=2) == 2


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(video: Engine) -> None:
    assert edit(video, said("Hers."), base=1) == 2
    with pytest.raises(Outdated, match="are version 2 by now; this was made from version 1") as told:
        edit(video, said("His."), base=1, edited_by="Bo")
    assert told.value.current == 2
    assert shown(video).cues == said("Hers.")
    assert edit(video, said("Hers.", "And his."), base=2, edited_by="Bo") == 3


def test_a_new_render_stands_behind_a_person_and_is_announced(video: Engine, clock: FixedClock, record: Record) -> None:
    edit(video, said("Mine."))
    with writing(video) as session:
        record_video(session, record(cues=said("A machine heard better.")), clock)
    view = shown(video)
    assert view.cues == said("Mine.")
    assert view.tracks[0].newer == 3
    edit(video, said("A machine heard better."), note="restored version 3")
    assert shown(video).tracks[0].newer is None


def test_a_translation_has_versions_of_its_own_and_can_be_taken_away_and_brought_back(video: Engine) -> None:
    assert edit(video, said("Ein Kanal."), language="DE", base=0) == 1
    assert edit(video, said("Der Kanal."), language="de", base=1) == 2
    assert [track.language for track in shown(video).tracks] == ["en", "de"]
    with reading(video) as session:
        assert search(session, "canoe", STAFF).total == 1
    with pytest.raises(Outdated), writing(video) as session:
        remove_track(session, SLUG, "de", edited_by="Bo", base=1, clock=FixedClock(NOON))
    with writing(video) as session:
        remove_track(session, SLUG, "de", edited_by="Bo", base=2, clock=FixedClock(NOON))
    assert [track.language for track in shown(video).tracks] == ["en"]
    with pytest.raises(Outdated, match="taken away"):
        edit(video, said("Das."), language="de", base=2)
    assert edit(video, said("Der Kanal."), language="de", base=0) == 3
    with pytest.raises(BadInput, match="own language"), writing(video) as session:
        remove_track(session, SLUG, "en", edited_by="Bo", base=1, clock=FixedClock(NOON))


def test_a_machine_does_not_bring_back_what_a_person_took_away(video: Engine) -> None:
    heard: dict[str, Any] = {"clock": FixedClock(NOON), "language": "de"}
    with writing(video) as session:
        assert add_machine_version(session, SLUG, said("Ein Kanal."), **heard) == 1
        remove_track(session, SLUG, "de", edited_by="Bo", base=1, clock=FixedClock(NOON))
        assert add_machine_version(session, SLUG, said("Der Kanal."), **heard) == 2
    assert [track.language for track in shown(video).tracks] == ["en"]
    with reading(video) as session:
        assert [one.version for one in list_versions(session, SLUG, "de", STAFF)] == [2, 1]


@pytest.mark.parametrize(
    ("cues", "message"),
    [
        ((Cue(3, 2, ("Back.",)),), "cue 1 ends at 0:02, before it begins"),
        ((Cue(-1, 2, ("Early.",)),), "cue 1 has no time"),
        ((Cue(0, float("nan"), ("Never.",)),), "cue 1 has no time"),
        ((Cue(0, 1, ("In.",)), Cue(500, 501, ("Out.",))), "cue 2 lies at 8:20, but the film ends at"),
        ((Cue(0, 1, ("long " * 500,)),), "more than 2,000 characters"),
        ((Cue(0, 1, ("x",)),) * (MOST_CUES + 1), "20,001 cues are more than a film can have"),
    ],
)
def test_what_cannot_be_shown_is_refused_and_named(cues: tuple[Cue, ...], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        check_track(cues, 124.0)


def test_cues_are_put_in_order_and_rid_of_what_no_database_keeps(video: Engine) -> None:
    messy = (Cue(4, 5, ("second\x00 <b>line\ud800",), "b\x00\ud800\r7"), Cue(0, 1, ("first\r\nin two",)))
    edit(video, messy, note="from a\x00\ud800.srt")
    assert shown(video).cues == (Cue(0, 1, ("first", "in two")), Cue(4, 5, ("second <b>line",), "b7"))
    with reading(video) as session:
        assert list_versions(session, SLUG, "en", STAFF)[0].note == "from a.srt"


@pytest.mark.parametrize("name", ["", "  \n", "x" * 81])
def test_a_version_is_by_somebody(video: Engine, name: str) -> None:
    with pytest.raises(BadInput, match="name"):
        edit(video, said("Mine."), edited_by=name)


def test_languages_are_written_as_they_usually_are() -> None:
    assert [clean_language(code) for code in ("EN", "pt-br", "zh-hant", "sr-latn-rs")] == [
        "en", "pt-BR", "zh-Hant", "sr-Latn-RS",
    ]  # fmt: skip
    for wrong in ("", "english!", "d", "de/..", "../x", "e" * 40):
        with pytest.raises(BadInput, match="no language code"):
            clean_language(wrong)


def test_looks_and_what_one_format_knows_survive(video: Engine) -> None:
    italic = Cue(
        0, 2, ("all in", "italics"), "a", (("line", "10%"),), (Mark(0, 14, "italic"),), (("ass.style", "Top"),)
    )
    voice = Cue(3, 4, ("Said.",), marks=(Mark(0, 5, "voice", "Ada", ("loud",)), Mark(2, 2, "time", "3.5")))
    edit(video, (italic, voice))
    assert shown(video).cues == (italic, voice)
    with writing(video) as session:
        cut = replace(italic, lines=("all\x00 in", "italics"))
        edit_transcript(session, SLUG, (cut,), edited_by="Ada", clock=FixedClock(NOON))
    assert shown(video).cues == (replace(italic, marks=()),)


def test_a_render_leaves_word_of_what_was_not_simply_heard(engine: Engine, clock: FixedClock, record: Record) -> None:
    doubts = (DoubtfulWord("canoe", 1.0, 1.4, "ad-libbed", 0.7),)
    with writing(engine) as session:
        record_video(session, record(cues=said("A canoe."), doubts=doubts), clock)
    edit(engine, said("A canoe indeed."))
    with reading(engine) as session:
        assert track_doubts(session, SLUG, "en", STAFF) == doubts
        assert track_doubts(session, SLUG, "en", PUBLIC) == ()
        assert track_doubts(session, SLUG, "de", STAFF) == ()
