"""What belongs to a whole document and a format may not be able to say."""

from typing import Literal

from transcripts.marks import Losses
from transcripts.subtitles import Subtitles
from transcripts.words import Cue

Part = Literal["language", "title", "notes", "regions", "ids"]


def lose_parts(subtitles: Subtitles, losses: Losses, *parts: Part, form: str) -> None:
    """Tell which of `parts` there are and get lost, and headers of formats other than `form`."""
    if "language" in parts and subtitles.language:
        losses.add(f"the language {subtitles.language} is not written; say it in the file's name")
    if "title" in parts and subtitles.title:
        losses.add(f"the title {subtitles.title!r} is left out")
    if "notes" in parts and subtitles.notes:
        losses.add(f"{_counted(len(subtitles.notes), 'note')} left out")
    if "regions" in parts and subtitles.regions:
        losses.add(f"{_counted(len(subtitles.regions), 'region')} left out")
    others = sorted({name for name, _ in subtitles.headers if name != form})
    for name in others:
        losses.add(f"the header of {name.upper()} is left out")


def lose_id(cue: Cue, number: int, losses: Losses) -> None:
    """Tell that a cue's identifier is lost; a mere number is none."""
    if cue.id and not cue.id.isdecimal():
        losses.add("identifiers are left out", number)


def lose_fields(cue: Cue, number: int, losses: Losses, form: str) -> None:
    """Tell of the columns of other formats."""
    for name, _ in cue.fields:
        if not name.startswith(f"{form}."):
            losses.add(f"the column {name.partition('.')[2]} is left out", number)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun} is" if number == 1 else f"{number} {noun}s are"
