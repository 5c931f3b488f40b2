"""Search on both databases: what is found, for whom, where it is spoken."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from catalogue.ingest import record_video
from catalogue.publication import publish
from catalogue.search import search
from catalogue.store import list_videos
from catalogue.transcript_versions import edit_transcript
from catalogue.views import PUBLIC, STAFF, SUBSCRIBER, VideoRecord, Visibility
from core.clock import FixedClock
from core.database import reading, writing
from transcripts.words import Cue

Record = Callable[..., VideoRecord]


@pytest.fixture
def filled(engine: Engine, clock: FixedClock, record: Record) -> Engine:
    """Four videos: three published, one only ready."""
    with writing(engine) as session:
        record_video(session, record(), clock)
        record_video(
            session,
            record(
                "suez",
                title="Suez, the shortcut",
                description="A canal that halves the map.",
                tags=("Egypt", "oil"),
                cues=_cues("The canal at Suez was dug by Ferdinand", "de Lesseps; the strait is another story."),
                article=None,
            ),
            clock,
        )
        record_video(
            session,
            record(
                "karabakh",
                title="Нагорный Карабах",
                description="Mountains, and a road: Lachin.",
                series="Frozen wars",
                tags=("Armenia", "Azerbaijan"),
                cues=_cues("Nagorno-Karabakh lies in the Caucasus.", "إدلب is elsewhere, in Syria."),
                article=None,
            ),
            clock,
        )
        record_video(
            session,
            record(
                "secret", title="Unfinished", description="", tags=(), cues=_cues("A zeppelin over Suez."), article=None
            ),
            clock,
        )
        for slug in ("strait-of-hormuz", "suez", "karabakh"):
            publish(session, slug, clock=clock)
    return engine


def _cues(*lines: str) -> tuple[Cue, ...]:
    return tuple(Cue(3.0 * n, 3.0 * n + 2.9, (line,)) for n, line in enumerate(lines))


def slugs(engine: Engine, query: str, visibility: Visibility = PUBLIC, **filters: object) -> list[str]:
    with reading(engine) as session:
        page = search(session, query, visibility, **filters)  # type: ignore[arg-type]
    assert page.total == len(page.results)
    return [result.card.slug for result in page.results]


EXPECTED: list[tuple[str, set[str]]] = [
    ("hormuz", {"strait-of-hormuz"}),
    ("HORMUZ strait", {"strait-of-hormuz"}),
    ("strait", {"strait-of-hormuz", "suez"}),
    ("horm", {"strait-of-hormuz"}),
    ("horm strait", set()),
    ('"strait of hormuz"', {"strait-of-hormuz"}),
    ('"hormuz of strait"', set()),
    ("thirty-three", {"strait-of-hormuz"}),
    ("three-thirty", set()),
    ("5.5", {"strait-of-hormuz"}),
    ("5,5 million", {"strait-of-hormuz"}),
    ("U.S.", {"strait-of-hormuz"}),
    ("us navy", {"strait-of-hormuz"}),
    ("erdogan", {"strait-of-hormuz"}),
    ("ERDOĞAN", {"strait-of-hormuz"}),
    ("oil", {"strait-of-hormuz", "suez"}),
    ("nagorno karabakh", {"karabakh"}),
    ("Карабах", {"karabakh"}),
    ("карабах нагорныи", {"karabakh"}),
    ("ادلب", {"karabakh"}),
    ("lachin", {"karabakh"}),
    ("chokepoints", {"strait-of-hormuz", "suez"}),
    ('"ferdinand de lesseps"', {"suez"}),
    ('"iran oman"', set()),
    ("tankers", {"strait-of-hormuz"}),
    ("zeppelin", set()),
    ("", set()),
    ('"!?', set()),
    ("' OR 1=1 --", set()),
    ("NEAR(a b) * ^ title:", set()),
]


def test_what_is_found(filled: Engine) -> None:
    found = [(query, set(slugs(filled, query))) for query, _expected in EXPECTED]
    assert found == EXPECTED


def test_staff_find_what_is_not_published(filled: Engine) -> None:
    assert slugs(filled, "zeppelin", STAFF) == ["secret"]


def test_gated_text_is_found_only_by_those_who_may_read_it(filled: Engine) -> None:
    assert slugs(filled, "minesweepers") == []
    assert slugs(filled, "minesweepers", Visibility(unpublished=True)) == []
    assert slugs(filled, "minesweepers", SUBSCRIBER) == ["strait-of-hormuz"]
    with reading(filled) as session:
        page = search(session, "minesweepers", SUBSCRIBER)
        assert "minesweepers" in page.results[0].excerpt
        # Neither does a slip of the fingers show that the word is there.
        assert search(session, "minesweeprs", PUBLIC).suggestion == ""
        assert search(session, "minesweeprs", SUBSCRIBER).suggestion == "minesweepers"
        assert search(session, "zepelin", PUBLIC).suggestion == ""
        assert search(session, "zepelin", STAFF).suggestion == "zeppelin"


def test_a_suggestion_keeps_the_rest_of_the_query(filled: Engine) -> None:
    with reading(filled) as session:
        assert search(session, "strat Hormus", PUBLIC).suggestion == "Strait Hormuz"
        assert search(session, '"straight of hormuz"', PUBLIC).suggestion == '"Strait of hormuz"'
        assert search(session, "erdogn", PUBLIC).suggestion == "Erdoğan"
        assert search(session, "qqqqqq", PUBLIC).suggestion == ""


def test_a_title_ranks_above_speech(filled: Engine) -> None:
    assert slugs(filled, "strait") == ["strait-of-hormuz", "suez"]
    assert slugs(filled, "suez", STAFF) == ["suez", "secret"]


def test_a_moment_spans_cues_and_marks_the_words(filled: Engine) -> None:
    with reading(filled) as session:
        (result,) = search(session, '"wide at its narrowest"', PUBLIC).results
        (moment,) = result.moments
        assert (moment.start, moment.end) == (0.0, 5.9)
        assert [moment.text[start:end] for start, end in moment.marks] == ["wide at its narrowest"]
        (result,) = search(session, "navy friends", PUBLIC).results
        (moment,) = result.moments
        assert moment.start == 9.0
        assert [moment.text[start:end] for start, end in moment.marks] == ["Navy's", "friends"]


def test_moments_prefer_places_where_the_words_meet(engine: Engine, clock: FixedClock, record: Record) -> None:
    lines = [f"Filler about oil number {n}." for n in range(20)]
    lines[12] = "The oil embargo of 1973."
    with writing(engine) as session:
        record_video(session, record(cues=_cues(*lines)), clock)
        (result,) = search(session, "oil embargo", STAFF).results
        assert len(result.moments) == 3
        assert 36.0 in [moment.start for moment in result.moments]
        assert result.moments == tuple(sorted(result.moments, key=lambda moment: moment.start))


def test_a_match_outside_speech_gives_an_excerpt(filled: Engine) -> None:
    with reading(filled) as session:
        (result,) = search(session, "lachin", PUBLIC).results
        assert result.moments == ()
        assert [result.excerpt[start:end] for start, end in result.excerpt_marks] == ["Lachin"]


def test_facets_count_as_if_their_own_filter_were_off(filled: Engine) -> None:
    with reading(filled) as session:
        page = search(session, "the", PUBLIC, series="Chokepoints")
        counts = {(facet.name, facet.value): facet.count for facet in page.facets}
        assert page.total == 2
        assert counts["series", "Frozen wars"] == 1
        assert counts["series", "Chokepoints"] == 2
        assert ("tag", "Armenia") not in counts
        assert counts["tag", "oil"] == 2
        assert counts["year", "2025"] == 2
        assert slugs(filled, "the", tag="Egypt") == ["suez"]
        assert slugs(filled, "the", year=2024) == []


def test_a_list_narrows_with_a_query_and_orders(filled: Engine) -> None:
    with reading(filled) as session:
        assert list_videos(session, PUBLIC).total == 3
        assert list_videos(session, STAFF).total == 4
        assert [card.slug for card in list_videos(session, PUBLIC, order="title").items] == [
            "suez",
            "strait-of-hormuz",
            "karabakh",
        ]
        assert list_videos(session, PUBLIC, query="oil", limit=1).total == 2
        assert list_videos(session, PUBLIC, query="?!").total == 0


def test_an_edit_and_an_update_change_what_is_found(filled: Engine, clock: FixedClock, record: Record) -> None:
    with writing(filled) as session:
        edit_transcript(session, "suez", _cues("A person wrote viaduct."), edited_by="ada", clock=clock)
    assert slugs(filled, "lesseps") == []
    assert slugs(filled, "viaduct") == ["suez"]
    with writing(filled) as session:
        changed = replace(record("suez"), title="Renamed", cues=_cues("The machine hears aqueduct."), article=None)
        assert record_video(session, changed, clock) == "updated"
    assert slugs(filled, "aqueduct") == []
    assert slugs(filled, "viaduct") == ["suez"]
    assert slugs(filled, "shortcut") == []
    assert slugs(filled, "renamed") == ["suez"]


def test_a_phrase_deep_in_a_long_transcript_is_found(engine: Engine, clock: FixedClock, record: Record) -> None:
    """Past 16,383 words, and with a word said more than 256 times: where a tsvector's positions end."""
    lines = ["the same the same the same the same words again"] * 3000
    lines[2900] = "then came the golden hour at last"
    with writing(engine) as session:
        record_video(session, record(cues=_cues(*lines), duration=9000.0), clock)
        (result,) = search(session, '"the golden hour"', STAFF).results
        assert [moment.start for moment in result.moments] == [8700.0]
        assert search(session, '"same golden hour"', STAFF).total == 0
