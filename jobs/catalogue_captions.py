"""Captions for catalogued videos that have none: which videos a query means, and a machine's version kept of each."""

from __future__ import annotations

import re
from pathlib import Path

from catalogue.store import get_video, list_videos
from catalogue.transcript_versions import add_machine_version
from catalogue.views import STAFF, VideoView
from core.clock import SystemClock
from core.database import reading, writing
from core.errors import BadInput
from core.nearest import all_near
from core.settings import Settings
from jobs.batch import Task
from jobs.doubtful import doubtful_words
from jobs.studio import open_catalogue, open_media
from transcripts.transcribe import Result

_FILTER = re.compile(r'\b(series|tag|year):(?:"([^"]*)"|(\S+))')

_EVERYTHING = 1_000_000


def parse_filters(query: str) -> tuple[str, dict[str, str]]:
    """The words of a query and its filters: `series:`, `tag:` and `year:`, a value of several words in quotes."""
    filters = {match[1]: match[2] if match[2] is not None else match[3] for match in _FILTER.finditer(query)}
    if not filters.get("year", "0").isdecimal():
        raise BadInput(f"{filters['year']!r} is no year", hint="write it as year:2025")
    return _FILTER.sub(" ", query).strip(), filters


def query_tasks(query: str, settings: Settings, language: str | None, *, translate: bool) -> list[Task]:
    """A task for every video that a query finds, an empty one all of them. Raises BadInput when it finds none."""
    words, filters = parse_filters(query)
    engine = open_catalogue(settings)
    try:
        with reading(engine) as session:
            found = list_videos(
                session,
                STAFF,
                query=words,
                series=filters.get("series"),
                tag=filters.get("tag"),
                year=int(filters["year"]) if "year" in filters else None,
                order="oldest",
                limit=_EVERYTHING,
            )
            if not found.items:
                raise BadInput(
                    f"no video for {query!r}", hint=_nearest(filters, {facet.value for facet in found.facets})
                )
            # One at a time: with their cues, all the videos of a large catalogue would fill the memory.
            videos = (get_video(session, card.slug, STAFF) for card in found.items)
            return [_video_task(video, settings, language, translate=translate) for video in videos if video]
    finally:
        engine.dispose()


def _nearest(filters: dict[str, str], names: set[str]) -> str:
    for name, value in filters.items():
        if value not in names and (near := all_near(value, sorted(names))):
            return f'did you mean {name}:"{near[0]}"?'
    return "see `slugline catalogue list`"


def _video_task(video: VideoView, settings: Settings, language: str | None, *, translate: bool) -> Task:
    slug = video.card.slug
    film = video.file("film")
    store = open_media(settings)
    wanted = "en" if translate else language or video.language

    def done() -> str:
        engine = open_catalogue(settings)
        try:
            with reading(engine) as session:
                now = get_video(session, slug, STAFF)
        finally:
            engine.dispose()
        kept = [version for version in now.transcripts if version["language"] == wanted] if now else []
        if not kept:
            if film is None or not store.exists(film.key):
                raise BadInput(
                    f"the film of {slug} is not among the studio's media", hint="produce it again, or bring it back"
                )
            return ""
        by = kept[0]["edited_by"]
        return f"it has captions in {wanted}, version {kept[0]['version']}" + (f" by {by}" if by else "")

    def keep(result: Result) -> str:
        return _keep(slug, wanted, result, settings)

    return Task(slug, store.path(film.key) if film else Path(slug), done, keep)


def _keep(slug: str, language: str, result: Result, settings: Settings) -> str:
    """Keep a machine's version; a person's stays in front."""
    if result.language and result.language != language:
        raise BadInput(
            f"{slug} should be in {language}, but {result.language} was heard",
            hint=f"to keep captions in {result.language} beside it, give --language {result.language}",
        )
    doubts = doubtful_words(result.words)
    engine = open_catalogue(settings)
    try:
        with writing(engine) as session:
            version = add_machine_version(session, slug, result.cues, SystemClock(), language=language, doubts=doubts)
    finally:
        engine.dispose()
    return f"{slug}, captions in {language}, version {version}"
