"""Advanced SubStation Alpha, the format of typeset subtitles (and the first SubStation Alpha, which it grew from)."""

import re
from collections.abc import Sequence
from typing import TextIO

from core.errors import BadInput
from transcripts.clock import read_time
from transcripts.formats.appearance import spelled_out
from transcripts.formats.ass_styles import HEADER, Head, new_styles, read_head
from transcripts.formats.ass_text import read_event
from transcripts.formats.ass_writing import write_event
from transcripts.formats.whole import lose_fields, lose_id, lose_parts
from transcripts.marks import Losses, usual_order
from transcripts.subtitles import Note, Subtitles
from transcripts.words import Cue, Mark

_COLUMNS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_FORMAT = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_FIELDS = {"layer": "0", "style": "Default", "marginl": "0", "marginr": "0", "marginv": "0", "effect": ""}
"""Columns that only this format has, each with the value that says nothing."""


def read(stream: TextIO) -> Subtitles:
    """Events of an ASS or SSA stream as cues, comments as notes; the header is kept for writing ASS again.

    Times are to a hundredth of a second. Raises BadInput when there is neither a `[Script Info]` nor an `[Events]` section.
    """
    text = stream.read().removeprefix("\ufeff").replace("\x00", "\ufffd")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    headers, events = _sections(lines)
    if not headers and not events:
        raise BadInput("this is not an ASS file", hint="it has neither a [Script Info] nor an [Events] section")
    facts = {name.lower(): line.partition(":")[2].strip() for line in headers if (name := line.partition(":")[0])}
    headers = [line for line in headers if not re.match(r"(?:title|language)\s*:", line, re.IGNORECASE)]
    losses = Losses("ASS")
    head = read_head(headers)
    cues: list[Cue] = []
    notes: list[Note] = []
    columns: Sequence[str] = _COLUMNS
    for line in events:
        what, _, rest = line.partition(":")
        match what.strip().lower():
            case "format":
                columns = [column.strip().lower() for column in rest.split(",")]
            case "dialogue":
                if cue := _cue(_row(rest, columns), head, len(cues) + 1, losses):
                    cues.append(cue)
            case "comment":
                row = _row(rest, columns)
                told = re.sub(r"\\[Nn]", "\n", row.get("text", ""))
                notes.append(Note(told, len(cues), (("ass.comment", rest.strip()),)))
    return Subtitles(
        tuple(cues),
        language=facts.get("language", ""),
        title=facts.get("title", ""),
        notes=tuple(notes),
        headers=tuple(("ass", line) for line in new_styles(headers)) if headers != list(HEADER) else (),
        remarks=losses.remarks(),
    )


def _sections(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of every section but the events, and those of the events."""
    headers: list[str] = []
    events: list[str] = []
    section = ""
    for line in lines:
        if re.match(r"\[[^\]]+\]\s*$", line.strip()):
            section = line.strip().lower()
            if section != "[events]":
                headers.append(line.strip())
        elif section == "[events]":
            events.append(line)
        elif section and line.strip():
            headers.append(line)
    return headers, events


def _row(rest: str, columns: Sequence[str]) -> dict[str, str]:
    cells = rest.lstrip().split(",", len(columns) - 1)
    return {column: cell if column == "text" else cell.strip() for column, cell in zip(columns, cells, strict=False)}


def _cue(row: dict[str, str], head: Head, number: int, losses: Losses) -> Cue | None:
    start, end = read_time(row.get("start", "")), read_time(row.get("end", ""))
    if start is None or end is None or "text" not in row:
        losses.add(f"an event without times that can be read is left out: {row.get('start', '')[:20]!r}")
        return None
    style = head.style(row.get("style", "Default"))
    lines, marks, settings, drawn = read_event(row["text"], head, style, start, number, losses)
    if drawn:
        return None
    if name := row.get("name") or row.get("actor"):
        marks = (Mark(0, sum(map(len, lines)) + len(lines) - 1, "voice", name), *marks) if lines else marks
    fields = tuple((f"ass.{column}", row[column]) for column, usual in _FIELDS.items() if _told(row, column, usual))
    return Cue(start, end, lines, "", settings, tuple(sorted(marks, key=usual_order)), fields)


def _told(row: dict[str, str], column: str, usual: str) -> bool:
    value = row.get(column, usual)
    return value != usual and not (usual == "0" and not value.strip("0"))


def write(subtitles: Subtitles, stream: TextIO) -> tuple[str, ...]:
    """Write a script in the styles that it came with, or in one of our own; what ASS cannot say comes back as remarks."""
    losses = Losses("ASS")
    lose_parts(subtitles, losses, "regions", form="ass")
    own = [line.split("\n")[0] for form, line in subtitles.headers if form == "ass"]
    header = own or list(HEADER)
    head = read_head(header)
    first, last = _around_events(header)
    _write_header(subtitles, first, stream)
    stream.write(f"\n[Events]\n{_FORMAT}\n")
    notes: dict[int, list[Note]] = {}
    for note in subtitles.notes:
        notes.setdefault(min(note.before, len(subtitles.cues)), []).append(note)
    for index, cue in enumerate(spelled_out(subtitles, losses).cues):
        for note in notes.get(index, []):
            stream.write(_comment(note, cue))
        stream.write(_dialogue(cue, head, index + 1, losses))
    for note in notes.get(len(subtitles.cues), []):
        stream.write(_comment(note, None))
    for line in last:
        stream.write(f"\n{line}\n" if line.startswith("[") else f"{line}\n")
    return losses.remarks()


def _around_events(header: Sequence[str]) -> tuple[list[str], list[str]]:
    """Sections that stand before the events, and those after them, such as fonts."""
    after = next(
        (
            index
            for index, line in enumerate(header)
            if re.match(r"\[(?:fonts|graphics|aegisub extradata)", line.lower())
        ),
        len(header),
    )
    return list(header[:after]), list(header[after:])


def _write_header(subtitles: Subtitles, lines: Sequence[str], stream: TextIO) -> None:
    for index, line in enumerate(lines):
        stream.write(f"\n{line}\n" if line.startswith("[") and index else f"{line}\n")
        if line.lower() == "[script info]":
            if subtitles.title:
                stream.write(f"Title: {' '.join(subtitles.title.split())}\n")
            if subtitles.language:
                stream.write(f"Language: {' '.join(subtitles.language.split())}\n")


def _comment(note: Note, cue: Cue | None) -> str:
    own = dict(note.fields).get("ass.comment")
    if own is not None and "\n" not in own:
        return f"Comment: {own}\n"
    start, end = (write_hundredths(cue.start), write_hundredths(cue.end)) if cue else ("0:00:00.00", "0:00:00.00")
    return f"Comment: 0,{start},{end},Default,,0,0,0,," + note.text.replace("\n", "\\N") + "\n"


def _dialogue(cue: Cue, head: Head, number: int, losses: Losses) -> str:
    fields = {name.removeprefix("ass."): value for name, value in cue.fields if name.startswith("ass.")}
    row = _FIELDS | {column: _cell(fields[column]) for column in _FIELDS if column in fields}
    if row["style"].lstrip("*") not in head.styles and row["style"] != "Default":
        losses.add(f"the style {row['style']} is unknown", number)
        row["style"] = "Default"
    lose_id(cue, number, losses)
    lose_fields(cue, number, losses, "ass")
    for time in (cue.start, cue.end):
        if abs(time * 100 - round(time * 100)) > 1e-6:
            losses.add("times are rounded to a hundredth of a second", number)
    text = write_event(cue, head, head.style(row["style"]), number, losses)
    cells = (
        row["layer"], write_hundredths(cue.start), write_hundredths(cue.end), row["style"], _voice(cue, number, losses),
        row["marginl"], row["marginr"], row["marginv"], row["effect"], text,
    )  # fmt: skip
    return "Dialogue: " + ",".join(cells) + "\n"


def _voice(cue: Cue, number: int, losses: Losses) -> str:
    voices = [mark for mark in cue.marks if mark.kind == "voice"]
    length = sum(map(len, cue.lines)) + len(cue.lines) - 1
    if not voices:
        return ""
    if len(voices) > 1 or (voices[0].start, voices[0].end) != (0, length):
        losses.add("one voice speaks the whole cue", number)
    name = voices[0].value
    if "," in name or "\n" in name:
        losses.add("commas in a name become semicolons", number)
    return _cell(name)


def _cell(text: str) -> str:
    """Text as it can stand between two commas."""
    return " ".join(text.replace(",", ";").split())


def write_hundredths(seconds: float) -> str:
    """`h:mm:ss.cc`."""
    whole = round(max(0.0, seconds) * 100)
    return f"{whole // 360_000}:{whole // 6000 % 60:02}:{whole // 100 % 60:02}.{whole % 100:02}"
