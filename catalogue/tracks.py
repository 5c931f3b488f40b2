"""Captions by language and version, as the editor and the pages ask for them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from catalogue.models import CueRow, TranscriptVersion, Video
from catalogue.views import DoubtfulWord, State, Track, TrackVersion, Visibility
from transcripts.words import Cue, Mark


def shown_tracks(versions: Iterable[TranscriptVersion], own: str) -> tuple[Track, ...]:
    """The tracks that are shown, of all versions of one video; the language `own` first, others by their code."""
    rows = list(versions)
    tracks = []
    for row in rows:
        if not row.current:
            continue
        newer = [
            other.version
            for other in rows
            if other.language == row.language and not other.edited_by and other.version > row.version
        ]
        tracks.append(
            Track(row.language, row.version, row.edited_by, row.created, row.digest, max(newer, default=None))
        )
    return tuple(sorted(tracks, key=lambda track: (track.language != own, track.language)))


def read_cues(session: Session, transcript: int | None) -> tuple[Cue, ...]:
    """The cues of a version by its row's id, in order; none without one."""
    if transcript is None:
        return ()
    columns = (CueRow.start, CueRow.end, CueRow.text, CueRow.name, CueRow.settings, CueRow.marks, CueRow.fields)
    query = select(*columns).where(CueRow.transcript_id == transcript)  # type: ignore[call-overload]
    return tuple(
        Cue(
            start,
            end,
            tuple(text.split("\n")),
            name,
            tuple((settings or {}).items()),
            tuple(_mark(mark) for mark in marks or ()),
            tuple((fields or {}).items()),
        )
        for start, end, text, name, settings, marks, fields in session.execute(query.order_by(CueRow.position))
    )


def _mark(kept: dict[str, Any]) -> Mark:
    return Mark(kept["start"], kept["end"], kept["kind"], kept.get("value", ""), tuple(kept.get("classes", ())))


def track_cues(
    session: Session, slug: str, language: str, visibility: Visibility, version: int | None = None
) -> tuple[Cue, ...] | None:
    """The cues of a version, else of the one that is shown; None when this reader may see no such thing."""
    query = _own(slug, language, visibility)
    wanted = col(TranscriptVersion.current) if version is None else TranscriptVersion.version == version
    row = session.exec(query.where(wanted)).first()
    return None if row is None else read_cues(session, row.id)


def list_versions(session: Session, slug: str, language: str, visibility: Visibility) -> tuple[TrackVersion, ...]:
    """Every version of a track, the newest first."""
    rows = session.exec(_own(slug, language, visibility).order_by(col(TranscriptVersion.version).desc())).all()
    counted = select(CueRow.transcript_id, func.count()).where(col(CueRow.transcript_id).in_([row.id for row in rows]))
    counts = dict(session.exec(counted.group_by(col(CueRow.transcript_id))).all())
    return tuple(
        TrackVersion(
            row.version, row.edited_by, row.created, row.current, row.made_from, row.note, counts.get(row.id or 0, 0)
        )
        for row in rows
    )


def track_doubts(session: Session, slug: str, language: str, visibility: Visibility) -> tuple[DoubtfulWord, ...]:
    """The words of which the newest machine's version was not sure; none where the record has none."""
    query = _own(slug, language, visibility).where(TranscriptVersion.edited_by == "")
    row = session.exec(query.order_by(col(TranscriptVersion.version).desc())).first()
    return tuple(_doubt(one) for one in (row.doubts if row else None) or ())


def _doubt(row: Sequence[object]) -> DoubtfulWord:
    text, start, end, origin, probability = row
    return DoubtfulWord(str(text), float(str(start)), float(str(end)), str(origin), float(str(probability)))


def _own(slug: str, language: str, visibility: Visibility) -> SelectOfScalar[TranscriptVersion]:
    query = select(TranscriptVersion).join(Video, col(Video.id) == col(TranscriptVersion.video_id))
    query = query.where(Video.slug == slug, TranscriptVersion.language == language)
    return query if visibility.unpublished else query.where(Video.state == State.PUBLISHED.value)
