"""One engine a database address; SQLite tuned for many readers and one writer, PostgreSQL with the same code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, create_engine

from core.errors import Busy, NoSpace, WorkFailed


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`; opens no connection yet."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _tune(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN is late and deferred: two writers that first read would deadlock. We begin ourselves.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -65536")
        cursor.execute("PRAGMA mmap_size = 268435456")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def _plain_errors() -> Iterator[None]:
    """A database that cannot be used, said for the person who runs the studio."""
    try:
        yield
    except OperationalError as error:
        said = str(error.orig).splitlines()[0] if error.orig else "no answer"
        if "disk is full" in said:
            raise NoSpace(
                "no space left on the disk for the database", hint="free some space and run the command again"
            ) from error
        if "locked" in said:
            raise Busy(
                "the database is held by another run", hint="wait for it to finish and run the command again"
            ) from error
        raise WorkFailed(
            f"the database cannot be used: {said}", hint="check `database_url`, and that the server runs"
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session for queries; nothing it does is kept."""
    with _plain_errors(), Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session in one transaction: committed at the end, rolled back on any error; SQLite takes the write lock at once."""
    with _plain_errors(), Session(engine.execution_options(writes=True)) as session, session.begin():
        yield session
