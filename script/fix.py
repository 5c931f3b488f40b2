"""`check --fix`: write the ids that scenes were counted by, and touch nothing else."""

from __future__ import annotations

import re

from core.files import write_bytes
from script.document import Script

_LINE_END = re.compile(rb"\r\n|\r|\n")


def write_missing_ids(script: Script) -> tuple[str, ...]:
    """Add `id: KIND-N` as first line of every scene block without an id. Returns the ids written.

    Every other byte of the file stays, line ends and byte order mark included. A block written in braces keeps its form
    and gets no id; nothing is written while two scenes share an id, as a person has to choose which keeps it.
    """
    if len({block.id for block in script.scenes}) != len(script.scenes):
        return ()
    data = script.path.read_bytes()
    ends = [(match.start(), match.group()) for match in _LINE_END.finditer(data)]
    written = []
    for block in reversed(script.scenes):
        line = block.place.line or 1
        if block.written_id or line > len(ends):
            continue
        position, end = ends[line - 1]
        first = _first_content(data, ends, line)
        if first.lstrip().startswith(b"{"):
            continue
        indent = first[: len(first) - len(first.lstrip(b" "))]
        data = data[:position] + end + indent + b"id: " + block.id.encode() + data[position:]
        written.append(block.id)
    if written:
        write_bytes(script.path, data)
    return tuple(reversed(written))


def _first_content(data: bytes, ends: list[tuple[int, bytes]], line: int) -> bytes:
    """The first line after `line` that is neither blank nor a comment, and not the fence that closes the block."""
    for index in range(line, len(ends) + 1):
        start = ends[index - 1][0] + len(ends[index - 1][1])
        stop = ends[index][0] if index < len(ends) else len(data)
        text = data[start:stop]
        bare = text.strip()
        if bare.startswith((b"```", b"~~~", b"\\`")):
            return b""
        if bare and not bare.startswith(b"#"):
            return text
    return b""
