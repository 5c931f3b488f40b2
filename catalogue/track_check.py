"""What captions must be before a row of them is written: cues that can be shown, a language that can be named, somebody's name."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from core.errors import BadInput
from core.timecode import clock_text
from transcripts.words import Cue

MOST_CUES = 20_000
"""More than 22 hours of speech at four seconds a cue: a longer file is no film's."""
MOST_CHARACTERS = 2_000
"""Of one cue: a paragraph of a book, far beyond what anybody reads on a picture."""
_SLACK = 1.0
"""Seconds by which a cue may outlast the film: a file made for another encoding of it may be that much longer."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", re.IGNORECASE | re.ASCII)
_UNSAYABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of surrogate pairs: nothing to read, and no database takes them all."""


def check_track(cues: Sequence[Cue], duration: float) -> tuple[Cue, ...]:
    """The cues in the order of their starts, without characters that cannot be kept. `duration` is the film's, in seconds, 0 if unknown.

    Raises BadInput at the first cue that could not be shown: times that are no times, run backwards, or lie after the film's end.
    """
    if len(cues) > MOST_CUES:
        raise BadInput(
            f"{len(cues):,} cues are more than a film can have ({MOST_CUES:,})", hint="is this the right file?"
        )
    for number, cue in enumerate(cues, 1):
        if not (math.isfinite(cue.start) and math.isfinite(cue.end)) or cue.start < 0:
            raise BadInput(f"cue {number} has no time: {cue.start} to {cue.end}")
        if cue.end < cue.start:
            raise BadInput(
                f"cue {number} ends at {clock_text(cue.end)}, before it begins at {clock_text(cue.start)}",
                hint="correct its times",
            )
        if duration and max(cue.start, cue.end - _SLACK) > duration:
            raise BadInput(
                f"cue {number} lies at {clock_text(cue.start)}, but the film ends at {clock_text(duration)}",
                hint="are these the captions of this film?",
            )
        if sum(map(len, cue.lines)) > MOST_CHARACTERS:
            raise BadInput(f"cue {number} has more than {MOST_CHARACTERS:,} characters", hint="split it")
    ordered = sorted(cues, key=lambda cue: cue.start)
    return tuple(_clean(cue) for cue in ordered)


def _clean(cue: Cue) -> Cue:
    cue = replace(cue, id=clean_line(cue.id))
    lines = tuple(_UNSAYABLE.sub("", line) for line in _lines(cue))
    if lines == cue.lines:
        return cue
    # Marks count characters: where some went, they would stand over others. Another line end is one character as well.
    same = len("\n".join(lines)) == len("\n".join(cue.lines))
    return replace(cue, lines=lines, marks=cue.marks if same else ())


def _lines(cue: Cue) -> list[str]:
    """The lines, cut where somebody put a line end into one."""
    return [part for line in cue.lines for part in re.split(r"\r\n|[\r\n\u2028\u2029]", line)]


def clean_language(text: str) -> str:
    """A language as a BCP 47 tag in its usual letters: `en`, `pt-BR`, `zh-Hant`. Raises BadInput."""
    if not _LANGUAGE.fullmatch(text.strip()):
        raise BadInput(f"'{text}' is no language code", hint="write en, de, ar, pt-BR …")
    first, *rest = text.strip().lower().split("-")
    shaped = {2: str.upper, 4: str.title}
    return "-".join([first, *(shaped.get(len(part), str.lower)(part) for part in rest)])


def clean_line(text: str) -> str:
    """A text on one line, without characters that no database keeps."""
    return " ".join(_UNSAYABLE.sub("", text).split())


def clean_name(text: str) -> str:
    """A person's name on one line. Raises BadInput when it is empty or longer than a name."""
    name = clean_line(text)
    if not name:
        raise BadInput("an edited transcript needs the name of who edited it")
    if len(name) > 80:
        raise BadInput("a name has at most 80 characters")
    return name
