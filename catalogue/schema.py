"""The database brought to today's shape: Alembic's one history, run from Python, quick when there is nothing to do."""

from sqlalchemy import Engine


def ensure_schema(engine: Engine) -> None:
    """Bring the database up to the newest revision; one query when it is there already; safe with two processes at once.

    Raises BadInput when the database was made by a newer Slugline.
    """
    raise NotImplementedError
