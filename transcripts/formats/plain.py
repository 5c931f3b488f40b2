"""Plain text: what is read, without times."""

import re
from typing import TextIO

from transcripts.formats.whole import called, lose_fields, lose_id, lose_parts
from transcripts.marks import Losses, without_blank_lines
from transcripts.subtitles import Subtitles
from transcripts.words import Cue

_SPEED = 15.0
"""Characters a second at which a text without times is laid out: the slowest of the profiles (BBC Subtitle Guidelines)."""

_SHORTEST = 1.0


def read(stream: TextIO) -> Subtitles:
    """A cue a paragraph, or a cue a line where there are no paragraphs, one after another at an easy reading speed from zero on."""
    text = stream.read().removeprefix("\ufeff").replace("\x00", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    if len(blocks) == 1 and not re.search(r"\n[ \t]*\n", text):
        blocks = [line for line in blocks[0].split("\n") if line.strip()]
    cues = []
    at = 0.0
    for block in blocks:
        lines = tuple(line for line in block.split("\n") if line.strip())
        end = round(at + max(_SHORTEST, sum(map(len, lines)) / _SPEED), 3)
        cues.append(Cue(at, end, lines))
        at = end
    told = ("plain text: it has no times; cues follow one another at 15 characters a second",) if cues else ()
    return Subtitles(tuple(cues), remarks=told)


def write(subtitles: Subtitles, stream: TextIO) -> tuple[str, ...]:
    """Write the lines of each cue, with a blank line after each; times and everything else are lost, and told."""
    losses = Losses("plain text")
    if subtitles.cues:
        losses.add("times are left out")
    lose_parts(subtitles, losses, "language", "title", "notes", "regions", form="txt")
    for number, cue in enumerate(subtitles.cues, 1):
        lose_id(cue, number, losses)
        lose_fields(cue, number, losses, "txt")
        if cue.settings:
            losses.add("the place on the screen is left out", number)
        for mark in cue.marks:
            losses.add(f"{called(mark)} is left out", number)
        lines = without_blank_lines(cue).lines
        if lines:
            stream.write("\n".join(lines) + "\n\n")
    return losses.remarks()
