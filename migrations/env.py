"""Run by Alembic, and only through `catalogue.schema`, which hands it an open connection inside one transaction."""

from typing import Any

from alembic import context
from sqlmodel import SQLModel

# Every module with tables, so that the models are whole when they are compared.
import catalogue.models
import core.events
import core.mail

TABLES = (catalogue.models, core.events, core.mail)


def ours(_thing: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """False for the search index, which is no model: a virtual table with shadows on SQLite, a tsvector on PostgreSQL."""
    return not (kind == "table" and name is not None and name.startswith("searchindex"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    include_object=ours,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
)
context.run_migrations()
