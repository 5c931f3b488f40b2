"""Which formats there are, which one a name asks for, and which one a text is in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from core.errors import BadInput
from transcripts.formats import ass, cue_list, plain, srt, ttml, webvtt
from transcripts.subtitles import Subtitles


@dataclass(frozen=True)
class Format:
    """A format: `read` takes an open text stream and raises BadInput; `write` gives back what the format could not say.

    `counts_frames` says that `read` also takes a `rate`, for files that count frames and do not say how many make a second.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[..., Subtitles]
    write: Callable[[Subtitles, TextIO], tuple[str, ...]]
    counts_frames: bool = False


FORMATS = (
    Format("srt", "SubRip", (".srt",), srt.read, srt.write),
    Format("vtt", "WebVTT", (".vtt", ".webvtt"), webvtt.read, webvtt.write),
    Format("ttml", "TTML", (".ttml", ".dfxp", ".imsc", ".xml", ".itt"), ttml.read, ttml.write, counts_frames=True),
    Format("ass", "ASS", (".ass", ".ssa"), ass.read, ass.write),
    Format("json", "JSON", (".json",), cue_list.read, cue_list.write),
    Format("txt", "plain text", (".txt",), plain.read, plain.write),
)

SUFFIXES = frozenset(suffix for each in FORMATS for suffix in each.suffixes)

_TIMES = re.compile(r"^[ \t]*[\d:.,]{3,20}[ \t]*-{1,3}>[ \t]*[\d:.,]", re.MULTILINE)


def find_format(name: str) -> Format:
    """The format with that name or that suffix, in any case, with or without the dot. Raises BadInput."""
    wanted = name.lower().removeprefix(".")
    for each in FORMATS:
        if wanted == each.name or f".{wanted}" in each.suffixes:
            return each
    names = ", ".join(each.name for each in FORMATS)
    raise BadInput(f"no subtitle format {name!r}", hint=f"the formats are {names}")


def sniff_format(text: str) -> Format | None:
    """The format that a text shows itself to be in; None for one that could be anything."""
    head = text[:4096].lstrip("\ufeff \t\r\n")
    if re.match(r"WEBVTT(?:[ \t\r\n]|$)", head):
        return find_format("vtt")
    if head.startswith("{") and re.match(r'\{\s*(?:"|\})', head):
        return find_format("json")
    if re.match(r"<(?:\?xml|!--|!DOCTYPE|(?:\w+:)?tt[\s>])", head):
        return find_format("ttml")
    if re.match(r"\[script info\]", head, re.IGNORECASE):
        return find_format("ass")
    return find_format("srt") if _TIMES.search(text[:100_000]) else None
