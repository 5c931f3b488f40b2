"""Versions of what was said: a machine's and a person's, side by side; a person's stays in front."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlmodel import Session, col, select

from catalogue.indexing import index_video
from catalogue.models import CueRow, TranscriptVersion, Video
from catalogue.track_check import check_track, clean_language, clean_line, clean_name
from catalogue.views import DoubtfulWord
from core.clock import Clock
from core.digest import digest
from core.errors import BadInput, WorkFailed
from core.events import record_event
from transcripts.words import Cue


class Outdated(WorkFailed):
    """Somebody else saved while this person was editing; `current` is the version that is shown now, 0 for none."""

    def __init__(self, slug: str, language: str, base: int, current: int) -> None:
        said = f"version {current}" if current else "nothing, as it was taken away"
        super().__init__(
            f"the {language} captions of '{slug}' are {said} by now; this was made from version {base}",
            hint="look at what changed, then save again on top of it",
        )
        self.current = current


def keep_machine_version(
    session: Session,
    video: Video,
    cues: Sequence[Cue],
    address: str,
    clock: Clock,
    doubts: Sequence[DoubtfulWord] = (),
    language: str = "",
) -> int:
    """Add a machine's version when it says anything new; gives its number, 0 for none. It becomes current where a machine's is, or
    where there is none yet: a person's version stays in front, and a track that a person took away stays away.

    `address` is the cues' digest; `language` the film's own when left out.
    """
    language = language or video.language
    versions = _versions(session, video, language)
    machines = [version for version in versions if not version.edited_by]
    if machines and machines[-1].digest == address:
        machines[-1].doubts = _doubt_rows(doubts) or machines[-1].doubts
        return machines[-1].version
    if not cues and not machines:
        return 0
    free = not versions or any(version.current and not version.edited_by for version in versions)
    row = _new_version(video, language, versions, address, clock, current=free)
    row.doubts = _doubt_rows(doubts)
    _add_version(session, versions, row, cues)
    return row.version


def add_machine_version(
    session: Session,
    slug: str,
    cues: Sequence[Cue],
    clock: Clock,
    *,
    language: str,
    doubts: Sequence[DoubtfulWord] = (),
) -> int:
    """Keep what a recogniser heard in a video that is catalogued already; gives the version's number. A person's stays in front.

    Another language than the film's is a translation. Raises BadInput for an unknown video, or cues that cannot be shown.
    """
    video = _find(session, slug)
    kept = check_track(cues, video.duration)
    version = keep_machine_version(session, video, kept, digest(kept), clock, doubts, language)
    if language == video.language:
        index_video(session, video)
    record_event(session, "transcript.recognised", slug, clock.now(), language=language, version=version)
    return version


def edit_transcript(
    session: Session,
    slug: str,
    cues: Sequence[Cue],
    *,
    edited_by: str,
    clock: Clock,
    language: str = "",
    base: int | None = None,
    note: str = "",
) -> int:
    """Keep a person's version and put it in front, search included; gives its number. The same cues again change nothing.

    `language` is the film's own when left out; another one is a translation. `base` is the version which the person had before
    them, 0 where there was none; left out, whatever is shown gives way. Cues are put in the order of their starts. Raises BadInput for
    an unknown video, an empty name, or cues that cannot be shown; Outdated when another version has come between.
    """
    video = _find(session, slug)
    language = clean_language(language) if language else video.language
    person = clean_name(edited_by)
    kept = check_track(cues, video.duration)
    versions = _versions(session, video, language)
    shown = next((version for version in versions if version.current), None)
    if base is not None and base != (shown.version if shown else 0):
        raise Outdated(slug, language, base, shown.version if shown else 0)
    address = digest(kept)
    if shown and shown.digest == address and (shown.edited_by or not kept):
        return shown.version
    row = _new_version(video, language, versions, address, clock, current=True)
    row.edited_by, row.note = person, clean_line(note)
    row.made_from = shown.version if shown else None
    _add_version(session, versions, row, kept)
    if language == video.language:
        index_video(session, video)
    record_event(
        session,
        "transcript.edited",
        slug,
        clock.now(),
        by=person,
        language=language,
        version=row.version,
        note=row.note,
    )
    return row.version


def remove_track(session: Session, slug: str, language: str, *, edited_by: str, base: int, clock: Clock) -> None:
    """Take a translation off the pages; its versions stay, so that it can be brought back.

    Raises BadInput for the film's own language, which is never taken away, and for one that is not shown; Outdated as `edit_transcript`.
    """
    video = _find(session, slug)
    language, person = clean_language(language), clean_name(edited_by)
    if language == video.language:
        raise BadInput(
            "captions in the film's own language cannot be deleted", hint="edit them, or restore an older version"
        )
    shown = next((version for version in _versions(session, video, language) if version.current), None)
    if shown is None:
        raise BadInput(f"'{slug}' has no captions in '{language}'")
    if shown.version != base:
        raise Outdated(slug, language, base, shown.version)
    shown.current = False
    record_event(session, "transcript.removed", slug, clock.now(), by=person, language=language, version=base)


def _find(session: Session, slug: str) -> Video:
    """The video, held against a second writer until the transaction ends."""
    video = session.exec(select(Video).where(Video.slug == slug).with_for_update()).first()
    if video is None:
        raise BadInput(f"no video '{slug}'", hint="see `slugline catalogue list`")
    return video


def _versions(session: Session, video: Video, language: str) -> list[TranscriptVersion]:
    query = select(TranscriptVersion).where(
        TranscriptVersion.video_id == video.id, TranscriptVersion.language == language
    )
    return list(session.exec(query.order_by(col(TranscriptVersion.version))).all())


def _doubt_rows(doubts: Sequence[DoubtfulWord]) -> list[list[object]] | None:
    return [[one.text, one.start, one.end, one.origin, one.probability] for one in doubts] or None


def _new_version(
    video: Video, language: str, versions: Sequence[TranscriptVersion], address: str, clock: Clock, *, current: bool
) -> TranscriptVersion:
    assert video.id is not None
    return TranscriptVersion(
        video_id=video.id,
        language=language,
        version=versions[-1].version + 1 if versions else 1,
        current=current,
        digest=address,
        created=clock.now(),
    )


def _add_version(
    session: Session, versions: Sequence[TranscriptVersion], row: TranscriptVersion, cues: Sequence[Cue]
) -> None:
    if row.current:
        for version in versions:
            version.current = False
        session.flush()
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
            "marks": [mark.to_json() for mark in cue.marks] or None,
            "fields": dict(cue.fields) or None,
        }
        for position, cue in enumerate(cues)
    ]
    if values:
        session.execute(insert(CueRow), values)
