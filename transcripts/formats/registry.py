"""Which formats there are, and which one a name asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from core.errors import BadInput
from transcripts.formats import srt, webvtt
from transcripts.subtitles import Subtitles


@dataclass(frozen=True)
class Format:
    """A format: `read` takes an open text stream and raises BadInput; `write` gives back what the format could not say."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[TextIO], Subtitles]
    write: Callable[[Subtitles, TextIO], tuple[str, ...]]


FORMATS = (
    Format("srt", "SubRip", (".srt",), srt.read, srt.write),
    Format("vtt", "WebVTT", (".vtt", ".webvtt"), webvtt.read, webvtt.write),
)


def find_format(name: str) -> Format:
    """The format with that name or that suffix, in any case, with or without the dot. Raises BadInput."""
    wanted = name.lower().removeprefix(".")
    for each in FORMATS:
        if wanted == each.name or f".{wanted}" in each.suffixes:
            return each
    names = ", ".join(each.name for each in FORMATS)
    raise BadInput(f"no subtitle format {name!r}", hint=f"the formats are {names}")
