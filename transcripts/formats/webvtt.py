"""WebVTT, the web's own subtitle format (W3C WebVTT: The Web Video Text Tracks Format), read by the specification's own parser."""

import re
from dataclasses import dataclass, field
from typing import TextIO

from core.errors import BadInput
from transcripts.clock import write_time
from transcripts.formats.stylesheet import rule_for
from transcripts.formats.webvtt_settings import read_cue_settings, read_region
from transcripts.formats.webvtt_text import class_of, read_text, read_timestamp, write_text
from transcripts.formats.whole import lose_fields, lose_parts
from transcripts.marks import Losses, without_blank_lines
from transcripts.subtitles import Note, Subtitles
from transcripts.words import Cue

_BLANKS = " \t\n\f\r"
_SETTINGS = ("vertical", "line", "position", "size", "align", "region")
_UNTAGGED = frozenset({"colour", "background", "strike", "font", "size"})


@dataclass
class _File:
    """What has been read so far, and what has to be told."""

    cues: list[Cue] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    regions: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    losses: Losses = field(default_factory=lambda: Losses("WebVTT"))
    seen_cue: bool = False

    @property
    def region_names(self) -> set[str]:
        return {dict(region).get("id", "") for region in self.regions}


def read(stream: TextIO) -> Subtitles:
    """The subtitles of a WebVTT stream.

    Raises BadInput when it does not begin with `WEBVTT`. Everything else that is malformed is passed over as the specification
    says, and told in the remarks.
    """
    text = stream.read().removeprefix("\ufeff").replace("\x00", "\ufffd")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise BadInput("this is not a WebVTT file", hint="its first line has to begin with WEBVTT")
    file = _File()
    headers, at = _header(lines)
    while at < len(lines):
        if lines[at]:
            at = _block(lines, at, file)
        else:
            at += 1
    language = next((line.partition(":")[2].strip() for line in headers if line.lower().startswith("language:")), "")
    return Subtitles(
        tuple(file.cues),
        language=language,
        title=re.sub(r"^-\s*", "", lines[0][6:].strip()),
        notes=tuple(file.notes),
        styles=tuple(file.styles),
        regions=tuple(file.regions),
        headers=tuple(("vtt", line) for line in headers if not line.lower().startswith("language:")),
        remarks=file.losses.remarks(),
    )


def _header(lines: list[str]) -> tuple[list[str], int]:
    """The lines under the signature, such as `Kind: captions`, and where the first block may begin."""
    at = 1
    while at < len(lines) and lines[at] and "-->" not in lines[at]:
        at += 1
    return lines[1:at], at


def _block(lines: list[str], start: int, file: _File) -> int:
    """Take the block that begins at line `start` ("Collect a WebVTT block"); the line after it."""
    buffer: list[str] = []
    cue: Cue | None = None
    kind = ""
    seen_arrow = False
    at = start
    while at < len(lines) and (line := lines[at]):
        count = at - start + 1
        if "-->" in line:
            if not (count == 1 or (count == 2 and not seen_arrow)):
                break
            seen_arrow = True
            cue = _timings(line, "\n".join(buffer), file)
            if cue is None:
                file.losses.add("a cue without times that can be read is left out", at + 1, "line")
            else:
                buffer, file.seen_cue = [], True
        else:
            if count == 2 and not file.seen_cue:
                kind = _kind(buffer[0]) if buffer else ""
                buffer = [] if kind else buffer
            buffer.append(line)
        at += 1
    _keep(file, cue, kind, buffer, start)
    return at


def _kind(line: str) -> str:
    return next(
        (kind for kind in ("STYLE", "REGION") if line.startswith(kind) and not line[len(kind) :].strip(_BLANKS)), ""
    )


def _keep(file: _File, cue: Cue | None, kind: str, buffer: list[str], start: int) -> None:
    text = "\n".join(buffer)
    if cue is not None:
        lines, marks, dropped = read_text(text)
        for tag in dropped:
            file.losses.add(f"{tag[:30]} means nothing and is left out", len(file.cues) + 1)
        file.cues.append(Cue(cue.start, cue.end, lines, cue.id, cue.settings, marks))
    elif kind == "STYLE":
        file.styles.append(text)
    elif kind == "REGION":
        settings, refused = read_region(text)
        file.regions.append(settings)
        for token in refused:
            file.losses.add(f"{token} is no setting of a region and is left out")
    elif re.match(r"NOTE(?:[ \t\n]|$)", text):
        file.notes.append(Note(text[4:].strip(_BLANKS), len(file.cues)))
    elif not any("-->" in line for line in buffer):
        what = (
            f"a {_kind(buffer[0])} block after the first cue"
            if buffer and _kind(buffer[0])
            else "a block without times"
        )
        file.losses.add(f"{what} is passed over, as players do", start + 1, "line")


def _timings(line: str, name: str, file: _File) -> Cue | None:
    """A cue without text from its line of times ("Collect WebVTT cue timings and settings"); None where that fails."""
    at = _skip(line, 0)
    begin = read_timestamp(line, at)
    if begin is None:
        return None
    at = _skip(line, begin[1])
    if line[at : at + 3] != "-->":
        return None
    end = read_timestamp(line, _skip(line, at + 3))
    if end is None:
        return None
    settings, refused = read_cue_settings(line[end[1] :], file.region_names)
    for token in refused:
        file.losses.add(f"{token} is no setting of a cue and is left out", len(file.cues) + 1)
    return Cue(begin[0], end[0], (), name, settings)


def _skip(line: str, at: int) -> int:
    while at < len(line) and line[at] in _BLANKS:
        at += 1
    return at


def write(subtitles: Subtitles, stream: TextIO) -> tuple[str, ...]:
    """Write the whole document; what WebVTT cannot say comes back as remarks.

    Text is escaped. Blank lines inside a cue are left out, as they would end it. Colours and fonts become classes with a style.
    """
    losses = Losses("WebVTT")
    lose_parts(subtitles, losses, form="vtt")
    stream.write("WEBVTT" + (f" - {_one_line(subtitles.title)}" if subtitles.title else "") + "\n")
    if subtitles.language:
        stream.write(f"Language: {_one_line(subtitles.language)}\n")
    for form, line in subtitles.headers:
        if form == "vtt":
            stream.write(_one_line(line) + "\n")
    stream.write("\n")
    for region in subtitles.regions:
        stream.write("\n".join(["REGION", *(f"{name}:{value}" for name, value in region)]) + "\n\n")
    for style in [*subtitles.styles, *_further_styles(subtitles)]:
        body = "\n".join(line for line in style.split("\n") if line.strip())
        stream.write(f"STYLE\n{body.replace('-->', '--&gt;')}\n\n")
    notes: dict[int, list[Note]] = {}
    for note in subtitles.notes:
        notes.setdefault(min(note.before, len(subtitles.cues)), []).append(note)
    for index, cue in enumerate(subtitles.cues):
        _write_notes(notes.get(index, []), stream)
        _write_cue(cue, index + 1, stream, losses)
    _write_notes(notes.get(len(subtitles.cues), []), stream)
    return losses.remarks()


def _write_notes(notes: list[Note], stream: TextIO) -> None:
    for note in notes:
        lines = [line for line in note.text.replace("-->", "->").split("\n") if line.strip()]
        joint = " " if len(lines) == 1 else "\n"
        stream.write("NOTE" + joint + "\n".join(lines) + "\n\n" if lines else "NOTE\n\n")


def _write_cue(cue: Cue, number: int, stream: TextIO, losses: Losses) -> None:
    solid = without_blank_lines(cue)
    if len(solid.lines) != len(cue.lines):
        losses.add("blank lines inside a cue are left out", number)
    lose_fields(cue, number, losses, "vtt")
    settings = "".join(f" {name}:{value}" for name, value in cue.settings if name in _SETTINGS)
    head = [cue.id] if cue.id and "-->" not in cue.id and "\n" not in cue.id else []
    times = f"{write_time(cue.start, '.')} --> {write_time(cue.end, '.')}{settings}"
    text = [write_text(solid, number, losses)] if solid.lines else []
    stream.write("\n".join([*head, times, *text]) + "\n\n")


def _further_styles(subtitles: Subtitles) -> list[str]:
    """Rules for what is shown by classes and has none yet, in one block."""
    made = "\n".join(subtitles.styles)
    rules: dict[str, str] = {}
    for cue in subtitles.cues:
        for mark in cue.marks:
            if mark.kind in _UNTAGGED and (rule := rule_for(mark, class_of(mark))):
                rules[rule] = rule
    fresh = [rule for rule in rules if rule not in made]
    return ["\n".join(fresh)] if fresh else []


def _one_line(text: str) -> str:
    return " ".join(text.replace("-->", "->").split())
