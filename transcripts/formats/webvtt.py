"""WebVTT, the web's own subtitle format (W3C WebVTT: The Web Video Text Tracks Format)."""

import html
import re
from typing import TextIO

from core.errors import BadInput
from transcripts.clock import read_time, write_time
from transcripts.subtitles import Subtitles
from transcripts.words import Cue

_TAG = re.compile(r"</?(?:c|i|b|u|v|lang|ruby|rt)(?:[.\s][^>]*)?>|<\d[\d:.]*>")


def read(stream: TextIO) -> Subtitles:
    """Cues of a WebVTT stream with their settings and identifiers; notes, styles and regions are passed over.

    Text comes out as it is read: entities decoded, tags removed. Byte order mark and any line ends are accepted.
    Raises BadInput when the file does not begin with `WEBVTT`.
    """
    text = stream.read().removeprefix("\ufeff").replace("\x00", "\ufffd")
    lines = re.split(r"\r\n|\r|\n", text)
    if not re.match(r"^WEBVTT(?:[ \t]|$)", lines[0]):
        raise BadInput("this is not a WebVTT file", hint="its first line has to begin with WEBVTT")
    cues = []
    for block in _blocks(lines[1:]):
        at = next((index for index, line in enumerate(block[:2]) if "-->" in line), None)
        if at is None:
            continue
        cue = _cue(block[at], tuple(block[at + 1 :]), block[0] if at else "")
        if cue:
            cues.append(cue)
    return Subtitles(tuple(cues))


def _blocks(lines: list[str]) -> list[list[str]]:
    """Runs of lines between blank ones; a line with times begins a block of its own, as the specification's parser has it."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line:
            blocks.append([])
        elif "-->" in line and any("-->" in earlier for earlier in blocks[-1]):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _cue(times: str, body: tuple[str, ...], name: str) -> Cue | None:
    before, _, after = times.partition("-->")
    end, *rest = after.split() or [""]
    start_time, end_time = read_time(before), read_time(end)
    if start_time is None or end_time is None:
        return None
    settings = tuple(
        (key, value) for key, colon, value in (item.partition(":") for item in rest) if colon and key and value
    )
    return Cue(start_time, end_time, tuple(_plain(line) for line in body), name, settings)


def _plain(line: str) -> str:
    return html.unescape(_TAG.sub("", line))


def write(subtitles: Subtitles, stream: TextIO) -> tuple[str, ...]:
    """Write cues with identifiers and settings; what WebVTT cannot say comes back as remarks. Text is escaped. Blank lines inside a
    cue are left out, as they would end it.
    """
    stream.write("WEBVTT\n\n")
    for cue in subtitles.cues:
        settings = "".join(f" {key}:{value}" for key, value in cue.settings)
        head = [cue.id] if cue.id and "-->" not in cue.id else []
        times = f"{write_time(cue.start, '.')} --> {write_time(cue.end, '.')}{settings}"
        lines = [_escaped(line) for line in cue.lines if line.strip()]
        stream.write("\n".join([*head, times, *lines]) + "\n\n")
    return ()


def _escaped(line: str) -> str:
    plain = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace("\u200e", "&lrm;").replace("\u200f", "&rlm;").replace("\u00a0", "&nbsp;")
