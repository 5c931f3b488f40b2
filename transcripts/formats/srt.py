"""SubRip files: the format that every player reads and nobody specified."""

import re
from typing import TextIO

from transcripts.clock import read_time, write_time
from transcripts.subtitles import Subtitles
from transcripts.words import Cue

_ARROW = re.compile(r"^\s*([\d:.,\s]+?)\s*-{1,3}>\s*([\d:.,]+)(.*)$")


def read(stream: TextIO) -> Subtitles:
    """Cues of a SubRip stream, forgiving: byte order mark, any line ends, comma or point, missing numbers, missing blank lines.

    Text is kept as it stands, tags and all. A file without a single time gives no cues.
    """
    text = stream.read().removeprefix("\ufeff").replace("\x00", "\ufffd")
    lines = re.split(r"\r\n|\r|\n", text)
    heads = [(index, times) for index, line in enumerate(lines) if (times := _times(line))]
    cues = []
    for place, (index, (start, end)) in enumerate(heads):
        until = heads[place + 1][0] if place + 1 < len(heads) else len(lines)
        body = lines[index + 1 : until]
        if place + 1 < len(heads):
            body = _without_number(body)
        while body and not body[-1].strip():
            body.pop()
        while body and not body[0].strip():
            body.pop(0)
        above = lines[index - 1].strip() if index else ""
        cues.append(Cue(start, end, tuple(body), above if above.isdecimal() else ""))
    return Subtitles(tuple(cues))


def _times(line: str) -> tuple[float, float] | None:
    match = _ARROW.match(line)
    if match is None:
        return None
    start, end = read_time(match[1]), read_time(match[2])
    return None if start is None or end is None else (start, end)


def _without_number(body: list[str]) -> list[str]:
    """The lines before the next cue's times, without its number: the number stands after a blank line, or last of all."""
    if body and body[-1].strip().isdecimal() and (len(body) == 1 or not body[-2].strip()):
        return body[:-1]
    return body


def write(subtitles: Subtitles, stream: TextIO) -> tuple[str, ...]:
    """Write cues, numbered from 1; what SubRip cannot say comes back as remarks. Blank lines inside a cue are left out, as they
    would end it.
    """
    for number, cue in enumerate(subtitles.cues, 1):
        lines = [line for line in cue.lines if line.strip()]
        times = f"{write_time(cue.start, ',')} --> {write_time(cue.end, ',')}"
        stream.write("\n".join([str(number), times, *lines]) + "\n\n")
    return ()
