"""Event rows: what happened, written in the transaction in which it happened; `jobs` turns them into mail and fresh pages."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime
from sqlmodel import Field, Session, SQLModel


class Event(SQLModel, table=True):
    """One thing that happened: `kind` such as `video.published`, `subject` its slug or id, `data` what a reader needs to know."""

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    subject: str = Field(index=True)
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def record_event(session: Session, kind: str, subject: str, at: datetime, **data: Any) -> None:
    """Add an event row to the transaction under way."""
    session.add(Event(kind=kind, subject=subject, at=at, data=data))
