"""The mail outbox: letters are rows first, so that none is lost and none sent twice; sending comes later."""

from datetime import datetime

from sqlalchemy import Column, DateTime
from sqlmodel import Field, Session, SQLModel


class Letter(SQLModel, table=True):
    """A mail to send: `key` is unique, so that a step run twice writes one letter."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    recipient: str
    subject: str
    text: str
    html: str = ""
    written: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    sent: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True)))


def post(session: Session, letter: Letter) -> None:
    """Put a letter in the outbox within the transaction under way."""
    session.add(letter)
