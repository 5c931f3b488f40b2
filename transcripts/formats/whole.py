"""What belongs to a whole document and a format may not be able to say."""

from typing import Literal

from transcripts.marks import Losses
from transcripts.subtitles import Subtitles
from transcripts.words import Cue, Mark

_WORDS: dict[str, str] = {
    "italic": "italic type", "bold": "bold type", "underline": "a line under words", "strike": "a line through words", "colour": "a colour",
    "background": "a background", "font": "a font", "size": "a size of type", "ruby": "what is read over a word",
}  # fmt: skip

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
    """Tell of the columns of other formats; what TTML keeps of a region is in the settings too."""
    for name, _ in cue.fields:
        if not name.startswith((f"{form}.", "ttml.")):
            losses.add(f"the column {name.partition('.')[2]} is left out", number)


def called(mark: Mark) -> str:
    """A mark in words, for a remark."""
    match mark.kind:
        case "voice":
            return "the name of who speaks"
        case "language":
            return "the language of a word"
        case "class":
            return "the class " + ".".join(mark.classes) if mark.classes else "a class without a name"
        case "time":
            return "the time of a word"
        case "ass":
            if not mark.value.startswith("\\"):
                return "a comment in the text"
            return f"the override {mark.value.partition('(')[0]}"
    return _WORDS[mark.kind]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun} is" if number == 1 else f"{number} {noun}s are"
