"""Versions of what was said: a machine's and a person's, side by side; a person's stays in front."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlmodel import Session, col, select

from catalogue.indexing import index_video
from catalogue.models import CueRow, TranscriptVersion, Video
from core.clock import Clock
from core.digest import digest
from core.errors import BadInput
from core.events import record_event
from transcripts.words import Cue


def keep_machine_version(session: Session, video: Video, cues: Sequence[Cue], address: str, clock: Clock) -> None:
    """Add a machine's version when it says anything new. It becomes current unless a person's version is. `address`: the cues' digest."""
    versions = _versions(session, video, video.language)
    machines = [version for version in versions if not version.edited_by]
    if machines and machines[-1].digest == address:
        return
    if not cues and not machines:
        return
    edited = any(version.current and version.edited_by for version in versions)
    _add_version(session, video, versions, cues, address, "", clock, current=not edited)


def edit_transcript(session: Session, slug: str, cues: Sequence[Cue], *, edited_by: str, clock: Clock) -> None:
    """Keep a person's version and put it in front, search included. Raises BadInput for an unknown video or an empty name."""
    video = session.exec(select(Video).where(Video.slug == slug)).first()
    if video is None:
        raise BadInput(f"no video '{slug}'")
    if not edited_by:
        raise BadInput("an edited transcript needs the name of who edited it")
    _add_version(
        session,
        video,
        _versions(session, video, video.language),
        cues,
        digest(tuple(cues)),
        edited_by,
        clock,
        current=True,
    )
    index_video(session, video)
    record_event(session, "transcript.edited", slug, clock.now(), by=edited_by)


def _versions(session: Session, video: Video, language: str) -> list[TranscriptVersion]:
    query = select(TranscriptVersion).where(
        TranscriptVersion.video_id == video.id, TranscriptVersion.language == language
    )
    return list(session.exec(query.order_by(col(TranscriptVersion.version))).all())


def _add_version(
    session: Session,
    video: Video,
    versions: Sequence[TranscriptVersion],
    cues: Sequence[Cue],
    address: str,
    edited_by: str,
    clock: Clock,
    *,
    current: bool,
) -> None:
    assert video.id is not None
    if current:
        for version in versions:
            version.current = False
        session.flush()
    row = TranscriptVersion(
        video_id=video.id,
        language=video.language,
        version=versions[-1].version + 1 if versions else 1,
        edited_by=edited_by,
        current=current,
        digest=address,
        created=clock.now(),
    )
    session.add(row)
    session.flush()
    values = [
        {
            "transcript_id": row.id,
            "position": position,
            "start": cue.start,
            "end": cue.end,
            "text": "\n".join(cue.lines),
            "name": cue.id,
            "settings": dict(cue.settings) or None,
        }
        for position, cue in enumerate(cues)
    ]
    if values:
        session.execute(insert(CueRow), values)
