"""What the pages stand on: one studio's settings, database and media, and who is reading."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlmodel import Session

from catalogue.publication import anything_due, publish_due
from catalogue.views import Visibility
from core.clock import SystemClock
from core.database import reading, writing
from core.media import MediaStore
from core.settings import Settings
from web.entitlement import visibility_of
from web.pages import Pages


@dataclass(frozen=True)
class Studio:
    """One studio, open for as long as the application is."""

    settings: Settings
    engine: Engine
    media: MediaStore
    pages: Pages


def the_studio(request: Request) -> Studio:
    """The studio this application serves."""
    studio: Studio = request.app.state.studio
    return studio


def a_session(studio: Annotated[Studio, Depends(the_studio)]) -> Iterator[Session]:
    """A session for the length of one request; a scheduled video whose time has come is published before it opens."""
    clock = SystemClock()
    with reading(studio.engine) as session:
        due = anything_due(session, clock)
    if due:
        with writing(studio.engine) as session:
            publish_due(session, clock)
    with reading(studio.engine) as session:
        yield session


TheStudio = Annotated[Studio, Depends(the_studio)]
Catalogue = Annotated[Session, Depends(a_session)]
Reader = Annotated[Visibility, Depends(visibility_of)]
