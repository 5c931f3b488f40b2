"""Subtitles in JSON: `{"cues": [cue, …]}` with everything that the document holds beside them."""

import json
import re
from typing import Any, TextIO, get_args

from core.errors import BadInput, Place
from transcripts.formats.webvtt_settings import read_cue_settings
from transcripts.marks import MOST, Losses, tidied
from transcripts.subtitles import Note, Subtitles
from transcripts.words import Cue, Mark, MarkKind

_KINDS = frozenset(get_args(MarkKind))
_COLOUR = r"#[0-9a-f]{6}([0-9a-f]{2})?"
_PATTERNS = {"colour": _COLOUR, "background": _COLOUR, "time": r"[0-9]{1,9}(\.[0-9]{1,9})?"}
"""What the values of some kinds of marks have to be."""


def read(stream: TextIO) -> Subtitles:
    """Subtitles from JSON: ours, or any document whose `cues` have `start` and `end` in seconds and `lines` or `text`.

    Raises BadInput, naming the cue, for what is missing or of another kind.
    """
    try:
        document = json.loads(stream.read().removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise BadInput(
            f"not JSON: {error.msg}", hint="is the file complete?", place=Place("", error.lineno, error.colno)
        ) from error
    except RecursionError as error:
        raise BadInput("not a list of cues: lists within lists without end", hint="is this a subtitle file?") from error
    if not isinstance(document, dict) or not isinstance(document.get("cues"), list):
        raise BadInput(
            "this JSON holds no cues", hint='a subtitle file in JSON is {"cues": [{"start", "end", "lines"}, …]}'
        )
    losses = Losses("JSON")
    regions = tuple(_pairs(item) for item in _list(document, "regions"))
    names = {dict(region).get("id", "") for region in regions}
    return Subtitles(
        tuple(_cue(item, number, names, losses) for number, item in enumerate(document["cues"], 1)),
        language=_string(document, "language"),
        title=_string(document, "title"),
        notes=tuple(_note(item) for item in _list(document, "notes")),
        styles=tuple(str(item) for item in _list(document, "styles")),
        regions=regions,
        headers=tuple(
            (str(item[0]), str(item[1]))
            for item in _list(document, "headers")
            if isinstance(item, list) and len(item) == 2
        ),
        remarks=losses.remarks(),
    )


def _cue(item: Any, number: int, regions: set[str], losses: Losses) -> Cue:
    if not isinstance(item, dict):
        raise BadInput(f"cue {number} is not an object", hint='a cue is {"start", "end", "lines"}')
    lines = item.get("lines", item.get("text"))
    if isinstance(lines, str):
        lines = lines.split("\n")
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise BadInput(f"cue {number} has no lines", hint="`lines` is a list of texts")
    whole = "\n".join(lines).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    marks = tidied(_mark(mark, number) for mark in _list(item, "marks"))
    return Cue(
        _seconds(item, "start", number),
        _seconds(item, "end", number),
        tuple(whole.split("\n")) if lines else (),
        _string(item, "id"),
        _settings(item, number, regions, losses),
        marks[:MOST],
        _pairs(item.get("fields", {})),
    )


def _settings(item: dict[str, Any], number: int, regions: set[str], losses: Losses) -> tuple[tuple[str, str], ...]:
    """The settings that WebVTT has; others would break what is written from them."""
    out: tuple[tuple[str, str], ...] = ()
    for name, value in _pairs(item.get("settings", {})):
        found, _ = read_cue_settings(f"{name}:{value}", regions)
        if found != ((name, value),):
            losses.add(f"{name[:20]}:{value[:20]} is no setting of a cue and is left out", number)
        out += ((name, value),) if found == ((name, value),) else ()
    return out


def _seconds(item: dict[str, Any], name: str, number: int) -> float:
    value = item.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        raise BadInput(f"cue {number} has no {name} in seconds", hint=f"`{name}` is a number, not {value!r}"[:200])
    return float(value)


def _mark(item: Any, number: int) -> Mark:
    if isinstance(item, dict) and item.get("kind") in _KINDS:
        start, end = item.get("start"), item.get("end")
        value, pattern = _string(item, "value"), _PATTERNS.get(item["kind"], r"[^\n\r]*")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start <= end and re.fullmatch(pattern, value):
            return Mark(
                start, end, item["kind"], _string(item, "value"), tuple(str(name) for name in _list(item, "classes"))
            )
    raise BadInput(
        f"cue {number} has a mark that is none", hint='a mark is {"start", "end", "kind"}, counted in characters'
    )


def _note(item: Any) -> Note:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise BadInput("a note has no text", hint='a note is {"text", "before"}')
    before = item.get("before", 0)
    return Note(item["text"], before if isinstance(before, int) and before >= 0 else 0, _pairs(item.get("fields", {})))


def _pairs(item: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in item.items()) if isinstance(item, dict) else ()


def _list(document: dict[str, Any], name: str) -> list[Any]:
    found = document.get(name)
    return found if isinstance(found, list) else []


def _string(document: dict[str, Any], name: str) -> str:
    found = document.get(name)
    return str(found) if isinstance(found, str | int) else ""


def write(subtitles: Subtitles, stream: TextIO) -> tuple[str, ...]:
    """Write everything; nothing is lost. One line a cue, so that two files can be compared by any tool."""
    head: dict[str, Any] = {}
    for name in ("language", "title"):
        if value := getattr(subtitles, name):
            head[name] = value
    if subtitles.notes:
        head["notes"] = [
            {"text": note.text, "before": note.before} | ({"fields": dict(note.fields)} if note.fields else {})
            for note in subtitles.notes
        ]
    if subtitles.styles:
        head["styles"] = list(subtitles.styles)
    if subtitles.regions:
        head["regions"] = [dict(region) for region in subtitles.regions]
    if subtitles.headers:
        head["headers"] = [list(header) for header in subtitles.headers]
    stream.write("{\n")
    for name, value in head.items():
        stream.write(f'"{name}": {json.dumps(value, ensure_ascii=False)},\n')
    stream.write('"cues": [')
    for index, cue in enumerate(subtitles.cues):
        stream.write((",\n" if index else "\n") + json.dumps(cue.to_json(), ensure_ascii=False))
    stream.write("\n]\n}\n" if subtitles.cues else "]\n}\n")
    return ()
