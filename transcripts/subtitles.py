"""A subtitle file as a document: its cues, and what belongs to none of them."""

from dataclasses import dataclass

from transcripts.words import Cue


@dataclass(frozen=True)
class Note:
    """A remark of the file's author, shown to nobody: it stands before the cue at index `before`, or last of all.

    `fields` are what one format alone says of it, as a cue's are.
    """

    text: str
    before: int = 0
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Subtitles:
    """Cues in the order of the file, and whatever else has to survive a round trip.

    `language` is a BCP 47 tag, empty where the file does not say. `title` is what the file calls itself. `styles` are blocks of CSS
    as WebVTT has them; `regions` are areas of the picture, each the settings of a WebVTT region, `id` among them. `headers` are lines
    that belong to one format alone, each with the format's name. `remarks` are what the reader has to tell a person: what it passed
    over, what it took for something else.
    """

    cues: tuple[Cue, ...] = ()
    language: str = ""
    title: str = ""
    notes: tuple[Note, ...] = ()
    styles: tuple[str, ...] = ()
    regions: tuple[tuple[tuple[str, str], ...], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
