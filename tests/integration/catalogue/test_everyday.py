"""Everyday words and big catalogues: the shortcuts give what the long way gives."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

import catalogue.found
from catalogue.ingest import record_video
from catalogue.search import search
from catalogue.views import STAFF, VideoRecord
from core.clock import FixedClock
from core.database import reading, writing
from transcripts.words import Cue


def test_everyday_words_change_no_result(
    engine: Engine, clock: FixedClock, record: Callable[..., VideoRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(engine) as session:
        for number in range(6):
            said = f"the canal number {'five' if number == 5 else 'other'}"
            made = record(f"v{number}", title=f"Video {number}", cues=(Cue(0, 1, (said,)),), article=None)
            record_video(session, made, clock)

    def found(query: str) -> list[str]:
        with reading(engine) as session:
            return sorted(result.card.slug for result in search(session, query, STAFF).results)

    queries = ["the", "the canal", "the five", '"the canal"', "canal th"]
    long_way = [found(query) for query in queries]
    monkeypatch.setattr(catalogue.found, "SMALL", 1)
    assert [found(query) for query in queries] == long_way
    assert found("the five") == ["v5"]
