"""What a record must be before a row of it is written."""

import re

from catalogue.views import State, VideoRecord
from core.errors import BadInput

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_record(record: VideoRecord) -> None:
    """Raise BadInput at the first thing in a record that cannot be."""
    name = f"video '{record.slug}'"
    if not _SLUG.fullmatch(record.slug):
        raise BadInput(
            f"'{record.slug}' is not a slug", hint="use small letters, digits and single hyphens: strait-of-hormuz"
        )
    if not record.title.strip():
        raise BadInput(f"{name} has no title")
    roles = [(file.role, file.language) for file in record.files]
    for role, language in roles:
        if roles.count((role, language)) > 1:
            raise BadInput(f"{name} has two files that are its {role} {language}".rstrip())
    if record.article is not None and not _SLUG.fullmatch(record.article.slug):
        raise BadInput(f"'{record.article.slug}' is not a slug for an article")
    _check_times(name, record)
    _check_state(name, record)


def _check_times(name: str, record: VideoRecord) -> None:
    if not 0 <= record.duration < float("inf"):
        raise BadInput(f"{name} has a duration of {record.duration} seconds")
    for cue in record.cues:
        if not 0 <= cue.start <= cue.end:
            raise BadInput(f"{name} has a cue from {cue.start} to {cue.end} seconds: '{cue.text}'")
    for chapter in record.chapters:
        if not 0 <= chapter.start <= record.duration:
            raise BadInput(
                f"{name}: the chapter '{chapter.title}' starts at {chapter.start} of {record.duration} seconds"
            )


def _check_state(name: str, record: VideoRecord) -> None:
    if record.published is not None and record.published.tzinfo is None:
        raise BadInput(f"{name}: the time it was published has no time zone")
    if record.state in (State.PUBLISHED, State.SCHEDULED):
        if record.published is None:
            raise BadInput(f"{name} is {record.state.value} but has no time")
        if record.blocks:
            raise BadInput(f"{name} is {record.state.value} although something blocks it: {', '.join(record.blocks)}")
    if record.state is State.WITHDRAWN:
        raise BadInput(f"{name} arrives withdrawn", hint="record it as ready and withdraw it with a reason")
