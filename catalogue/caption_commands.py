"""Captions from the command line: a corrected file becomes a person's version, any version becomes a file."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from catalogue.store import get_video, nearest_slugs
from catalogue.track_check import clean_language
from catalogue.tracks import list_versions, track_cues
from catalogue.transcript_versions import edit_transcript
from catalogue.views import STAFF, TrackVersion, VideoView
from core.clock import Clock
from core.errors import BadInput
from transcripts.subtitle_files import read_subtitles, write_subtitles
from transcripts.subtitles import Subtitles

if TYPE_CHECKING:
    from sqlmodel import Session


def import_captions(
    session: Session, slug: str, file: Path, *, language: str, by: str, clock: Clock
) -> tuple[TrackVersion, tuple[str, ...]]:
    """Keep a subtitle file as a person's version, in front of the others; gives it, and what the reader of the file remarked.

    `language` is the film's own when empty; `by` is the person at this machine when empty. Raises BadInput for an unknown video, a
    file that is none or says another language, or cues that cannot be shown.
    """
    video = find_video(session, slug)
    read = read_subtitles(file)
    if not read.cues:
        raise BadInput(f"{file.name} has no cues", hint="choose a subtitle file")
    said = read.language.partition("-")[0].lower()
    if not language and said and said != video.language.partition("-")[0].lower():
        hint = f"say --language {read.language} to keep it as a translation, or --language {video.language}"
        raise BadInput(f"{file.name} says that it is in '{read.language}', the film in '{video.language}'", hint=hint)
    language = clean_language(language) if language else video.language
    edit_transcript(
        session,
        slug,
        read.cues,
        edited_by=by or getpass.getuser(),
        clock=clock,
        language=language,
        note=f"from {file.name}",
    )
    current = next(one for one in list_versions(session, slug, language, STAFF) if one.current)
    return current, read.remarks


def export_captions(session: Session, slug: str, file: Path, *, language: str, version: int | None) -> tuple[str, ...]:
    """Write a track, or one of its versions, in the format of the file's suffix; gives what the format could not say. Raises BadInput."""
    video = find_video(session, slug)
    language = language or video.language
    cues = track_cues(session, slug, language, STAFF, version)
    if cues is None:
        known = ", ".join(track.language for track in video.tracks) or "none"
        what = f"version {version} of its captions in '{language}'" if version else f"captions in '{language}'"
        raise BadInput(f"'{slug}' has no {what}", hint=f"its languages are: {known}")
    return write_subtitles(Subtitles(cues, language, video.card.title), file)


def find_video(session: Session, slug: str) -> VideoView:
    """The video, whatever its state. Raises BadInput with the nearest slug."""
    video = get_video(session, slug, STAFF)
    if video is None:
        close = nearest_slugs(session, slug, STAFF)
        raise BadInput(
            f"no video '{slug}'", hint=f"did you mean '{close[0]}'?" if close else "see `slugline catalogue list`"
        )
    return video
