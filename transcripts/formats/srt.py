"""SubRip files: the format that every player reads and nobody specified."""

import re
from typing import TextIO

from transcripts.clock import read_time, write_time
from transcripts.formats.appearance import spelled_out
from transcripts.formats.srt_text import read_text, write_text
from transcripts.formats.whole import lose_fields, lose_id, lose_parts
from transcripts.marks import Losses, without_blank_lines
from transcripts.subtitles import Subtitles
from transcripts.words import Cue

_ARROW = re.compile(r"-{1,3}>")
_END = re.compile(r"\s*([\d:.,]+)(.*)")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d+|#x[0-9a-fA-F]+);")


def read(stream: TextIO) -> Subtitles:
    """Cues of a SubRip stream, forgiving: byte order mark, any line ends, comma or point, missing numbers, missing blank lines.

    Entities are text, as SubRip has none. A file without a single time gives no cues.
    """
    text = stream.read().removeprefix("\ufeff").replace("\x00", "\ufffd")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    losses = Losses("SubRip")
    heads = [(index, times) for index, line in enumerate(lines) if "->" in line and (times := _times(line))]
    cues: list[Cue] = []
    for place, (index, (start, end, rest)) in enumerate(heads):
        last = place + 1 == len(heads)
        body = lines[index + 1 : None if last else heads[place + 1][0]]
        if not last:
            body = _without_number(body)
        while body and not body[-1].strip():
            body.pop()
        while body and not body[0].strip():
            body.pop(0)
        above = lines[index - 1].strip() if index else ""
        read_lines, marks, settings = read_text(body, len(cues) + 1, losses)
        if rest.strip():
            losses.add("what stands after the times is left out", len(cues) + 1)
        if any(_ENTITY.search(line) for line in read_lines):
            losses.add("entities such as &amp; are text in this format and are kept as they stand", len(cues) + 1)
        cues.append(Cue(start, end, read_lines, above if above.isdecimal() else "", settings, marks))
    return Subtitles(tuple(cues), remarks=losses.remarks())


def _times(line: str) -> tuple[float, float, str] | None:
    arrow = _ARROW.search(line)
    end = _END.match(line, arrow.end()) if arrow else None
    if arrow is None or end is None:
        return None
    times = read_time(line[: arrow.start()]), read_time(end[1])
    return None if times[0] is None or times[1] is None else (times[0], times[1], end[2])


def _without_number(body: list[str]) -> list[str]:
    """The lines before the next cue's times, without its number: the number stands after a blank line, or last of all."""
    if body and body[-1].strip().isdecimal() and (len(body) == 1 or not body[-2].strip()):
        return body[:-1]
    return body


def write(subtitles: Subtitles, stream: TextIO) -> tuple[str, ...]:
    """Write cues, numbered from 1; what SubRip cannot say comes back as remarks. Blank lines inside a cue are left out, as they
    would end it.
    """
    losses = Losses("SubRip")
    lose_parts(subtitles, losses, "language", "title", "notes", "regions", form="srt")
    for number, cue in enumerate(spelled_out(subtitles, losses).cues, 1):
        solid = without_blank_lines(cue)
        if len(solid.lines) != len(cue.lines):
            losses.add("blank lines inside a cue are left out", number)
        lose_id(cue, number, losses)
        lose_fields(cue, number, losses, "srt")
        times = f"{write_time(cue.start, ',')} --> {write_time(cue.end, ',')}"
        text = [write_text(solid, number, losses)] if solid.lines else []
        stream.write("\n".join([str(number), times, *text]) + "\n\n")
    return losses.remarks()
