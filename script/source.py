"""A script's text as lines, with the way back from every character to its place in the file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import Place
from core.findings import Finding

MAX_BYTES = 2_000_000
"""A three-hour script is about 200 kB; what is ten times that is not a script."""

# What a Markdown exporter escapes with a backslash though YAML needs no escape there (Google Docs does so everywhere).
_ESCAPED = re.compile(r"\\([_\-\[\]{}()#.*!+<>~|&=:`'’“”])")
_ESCAPED_FENCE = re.compile(r"\\`\\?`\\?`|\\~\\?~\\?~")
_OPENS_VALUE = re.compile(r"(^|[:\[{,]|(^|\s)-)\s*$")
_CLOSES_VALUE = re.compile(r"\s*($|[,\]}:]|#)")


@dataclass(frozen=True)
class Source:
    """Lines without their ends. `shifts` gives, for a line that was unescaped, the original column of each character."""

    path: Path
    lines: tuple[str, ...]
    shifts: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def place(self, line: int, column: int = 1) -> Place:
        """The place in the file; line and column count from 1."""
        columns = self.shifts.get(line)
        if columns and column > 0:
            column = columns[min(column, len(columns)) - 1]
        return Place(str(self.path), line, column)


def read_source(path: Path) -> tuple[Source | None, list[Finding]]:
    """Read UTF-8 with or without a byte order mark, any line ends. What cannot be read at all is a finding."""
    place = Place(str(path))
    if path.is_dir():
        return None, [
            Finding(
                "missing-script",
                "error",
                f"{path.name} is a folder, not a script",
                "name the Markdown file in it",
                place,
            )
        ]
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return None, [
                Finding(
                    "too-large",
                    "error",
                    f"the script is {size / 1e6:.1f} MB, and no script is that long",
                    f"keep it under {MAX_BYTES / 1e6:.0f} MB; was this the right file?",
                    place,
                    value=size,
                    limit=MAX_BYTES,
                )
            ]
        data = path.read_bytes()
    except FileNotFoundError:
        return None, [
            Finding("missing-script", "error", f"there is no file {path.name}", "look at the path for a typo", place)
        ]
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        return None, [Finding("missing-script", "error", f"cannot read {path.name}: {reason}", "", place)]
    return decode_source(path, data)


def decode_source(path: Path, data: bytes) -> tuple[Source | None, list[Finding]]:
    """The source of a file's bytes, or a finding that says where it stops being UTF-8 text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        where = Place(str(path), 1, 1)
        return None, [Finding("not-utf8", "error", "the file is UTF-16, not UTF-8", "save it as UTF-8", where)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        return None, [
            Finding(
                "not-utf8",
                "error",
                f"byte 0x{data[error.start]:02x} is not UTF-8 text",
                "save the file as UTF-8 (plain text)",
                Place(str(path), line, column),
            )
        ]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Source(path, tuple(lines)), []


def unescape_fences(source: Source) -> Source:
    """Undo the backslashes that a word processor's Markdown export puts before fences and rules.

    Only lines that cannot be meant otherwise: a rule (`\\---`) and a line that starts with escaped fence marks.
    """
    lines, shifts = list(source.lines), dict(source.shifts)
    for index, line in enumerate(lines):
        bare = line.strip()
        if bare in ("\\---", "\\-\\-\\-", "\\-\\--") or _ESCAPED_FENCE.match(bare):
            text, columns = _unescaped(line)
            lines[index], shifts[index + 1] = text.rstrip(), columns
    return Source(source.path, tuple(lines), shifts)


def straighten_yaml(source: Source, first: int, last: int) -> Source:
    """Make the lines [first, last) (from 1) plain YAML: backslash escapes and typographic quotes around values undone.

    Curly quotes inside a value stay. A block of literal text (`|`, `>`) is left as it is.
    """
    lines, shifts = list(source.lines), dict(source.shifts)
    literal: int | None = None
    for number in range(first, last):
        line = lines[number - 1]
        indent = len(line) - len(line.lstrip())
        if literal is not None and (not line.strip() or indent > literal):
            continue
        literal = indent if re.search(r":\s*[|>][+-]?\s*$", line) else None
        text, columns = _unescaped(line)
        if text != line:
            shifts[number] = columns
        lines[number - 1] = _straight_quotes(text)
    return Source(source.path, tuple(lines), shifts)


def _unescaped(line: str) -> tuple[str, tuple[int, ...]]:
    """The line without its exporter's backslashes, and the original column of each character left, and of the end."""
    out, columns, position = [], [], 0
    while position < len(line):
        if _ESCAPED.match(line, position):
            position += 1
        for _ in range(2 if line.startswith("\\\\", position) else 1):
            out.append(line[position])
            columns.append(position + 1)
            position += 1
    return "".join(out), (*columns, len(line) + 1)


def _straight_quotes(line: str) -> str:
    """Typographic quotes that open and close a whole value become straight ones; the length stays the same."""
    if not any(mark in line for mark in "“”„‘’"):
        return line
    out = list(line)
    position = 0
    while position < len(out):
        mark = out[position]
        opens = mark in "\"'“”„‘’" and _OPENS_VALUE.search("".join(out[:position])) is not None
        if not opens:
            position += 1
            continue
        closers = mark if mark in "\"'" else "’‘" if mark in "‘’" else "”“"
        end = _closing(out, position + 1, closers)
        if end is None:
            position += 1
            continue
        if mark not in "\"'" and not set(out[position + 1 : end]) & {'"', "\\"}:
            out[position] = out[end] = '"'
        position = end + 1
    return "".join(out)


def _closing(characters: list[str], start: int, closers: str) -> int | None:
    """Where the value that began before `start` is closed by one of `closers`."""
    text = "".join(characters)
    for index in range(start, len(text)):
        if text[index] in closers and text[index - 1] != "\\" and _CLOSES_VALUE.match(text, index + 1):
            return index
    return None
