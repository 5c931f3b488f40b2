"""The database brought to today's shape: Alembic's one history, run from Python, quick when there is nothing to do."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from core.errors import BadInput
from core.resources import resource

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"
"""The newest revision under `migrations/versions`; a test keeps the two alike. Alembic itself takes a while to load."""

_LOCK = 0x51_06_11_4E
"""PostgreSQL's advisory lock that keeps two upgrades apart; any number of our own."""


def ensure_schema(engine: Engine) -> None:
    """Bring the database up to the newest revision; one query when it is there already; safe with two processes at once.

    Raises BadInput when the database was made by a newer Slugline.
    """
    with engine.connect() as connection:
        if current_revision(connection) == HEAD:
            return
    # SQLite takes its write lock with BEGIN IMMEDIATE, so whoever comes second waits here and finds the work done.
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        revision = current_revision(connection)
        if revision == HEAD:
            return
        config = alembic_config(connection)
        _refuse_newer(config, revision)
        from alembic import command

        command.upgrade(config, "head")


def current_revision(connection: Connection) -> str | None:
    """The revision the database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def alembic_config(connection: Connection) -> "Config":
    """Alembic's settings for this connection; there is no `alembic.ini`, as only we run it."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resource("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _refuse_newer(config: "Config", revision: str | None) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise BadInput(
            f"the database was made by a newer Slugline (revision {revision})",
            hint="install that version, or name another database with SLUGLINE_DATABASE_URL",
        )
