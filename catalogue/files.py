"""Which file of which video a media key names, asked before any byte of it is sent."""

from sqlmodel import Session, col, select

from catalogue.models import MediaFileRow, Video
from catalogue.views import MediaFile, State, Visibility

STAFFS_OWN = ("report", "report-page", "sheet")
"""Roles of files that nobody but staff is sent: what was found wrong, and what the narrator made of the script, is the studio's."""


def find_file(session: Session, key: str, visibility: Visibility) -> tuple[MediaFile, str] | None:
    """The file kept under `key` and its video's slug; None when no video that this reader may see has such a file."""
    query = select(MediaFileRow, Video.slug).where(MediaFileRow.video_id == Video.id, MediaFileRow.key == key)
    if not visibility.unpublished:
        query = query.where(Video.state == State.PUBLISHED, col(MediaFileRow.role).not_in(STAFFS_OWN))
    found = session.exec(query.limit(1)).first()
    if found is None:
        return None
    row, slug = found
    file = MediaFile(
        role=row.role, key=row.key, sha256=row.sha256, bytes=row.bytes, mime=row.mime, language=row.language
    )
    return file, slug
