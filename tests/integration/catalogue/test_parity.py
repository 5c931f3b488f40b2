"""The two databases answer alike: the same videos, scores, moments and facets for queries drawn from what was said."""

import random
import uuid
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from benchmarks.make_studio import make_record
from catalogue.ingest import record_video
from catalogue.schema import ensure_schema
from catalogue.search import search
from catalogue.views import PUBLIC, STAFF, SUBSCRIBER, SearchPage
from core.clock import FixedClock
from core.database import open_engine, reading, writing
from core.media import FolderStore


@pytest.mark.slow
def test_both_databases_give_the_same_answers(postgres: str, clock: FixedClock, tmp_path: Path) -> None:
    media = FolderStore(tmp_path)
    records = [make_record(7, number, 100, [], media, tmp_path) for number in (*range(12), 99)]
    chance = random.Random(7)
    queries = ["the", "of the", '"of the"', "th", "su", "country capital", "qqq", "watter", "treasurry treaty"]
    for _ in range(15):
        words = chance.choice(chance.choice(records).cues).text.split()
        start = chance.randrange(len(words))
        some = words[start : start + chance.randint(1, 3)]
        queries.append(" ".join(some) if chance.random() < 0.5 else f'"{" ".join(some)}"')
        queries.append(" ".join(chance.sample(words, min(2, len(words)))))

    def answers(engine: Engine) -> list[SearchPage]:
        with writing(engine) as session:
            for record in records:
                record_video(session, record, clock)
        with reading(engine) as session:
            return [search(session, query, who) for query in queries for who in (PUBLIC, SUBSCRIBER, STAFF)]

    lite = open_engine(f"sqlite:///{tmp_path / 'slugline.db'}")
    ensure_schema(lite)
    name = f"t{uuid.uuid4().hex}"
    administrator = open_engine(postgres.format("postgres")).execution_options(isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    administrator.dispose()
    great = open_engine(postgres.format(name))
    ensure_schema(great)
    one, other = answers(lite), answers(great)
    lite.dispose()
    great.dispose()
    assert sum(page.total for page in one) > len(queries)
    assert next(page.suggestion for page in one if page.query == "watter") == "water"
    assert one == other
