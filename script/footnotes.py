"""Footnotes are sources: which are defined, which are called, and where."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markdown_it.token import Token

from core.findings import Finding
from core.nearest import nearest
from script.narration import UNKNOWN_FOOTNOTE, printed_text
from script.source import Source

_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:")


def read_footnotes(tokens: Sequence[Token]) -> dict[str, str]:
    """The text of every footnote that is called, by label, in the order of the first call."""
    notes: dict[str, str] = {}
    label = ""
    for token in tokens:
        if token.type == "footnote_open":
            label = str(token.meta["label"])
            notes[label] = ""
        elif token.type == "footnote_block_close":
            label = ""
        elif label and token.type == "inline":
            notes[label] = f"{notes[label]} {printed_text(token)}".strip()
    return notes


def footnote_definitions(source: Source, skipped: Iterable[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """Label and line of every definition outside the line ranges [first, last) that are code, counted from 1."""
    code = [range(*lines) for lines in skipped]
    for number, line in enumerate(source.lines, start=1):
        found = _DEFINITION.match(line)
        if found and not any(number in lines for lines in code):
            yield found.group(1), number


def review_footnotes(
    source: Source, tokens: Sequence[Token], env: Mapping[str, Any], skipped: Iterable[tuple[int, int]]
) -> list[Finding]:
    """Unknown, doubled, empty and unused footnotes."""
    findings = []
    defined: dict[str, int] = {}
    for label, line in footnote_definitions(source, skipped):
        if label in defined:
            message = f"footnote {label!r} is defined twice; the first is on line {defined[label]}"
            hint = "give the second a name of its own"
            findings.append(Finding("duplicate-footnote", "error", message, hint, source.place(line)))
        defined.setdefault(label, line)
    called = read_footnotes(tokens)
    for label, text in called.items():
        if not text:
            message, hint = f"footnote {label!r} says nothing", "write the source after the colon"
            findings.append(Finding("empty-footnote", "error", message, hint, source.place(defined.get(label, 1))))
    for label, line in defined.items():
        if label not in called and env.get("footnotes", {}).get("refs", {}).get(f":{label}") is not None:
            message, hint = f"footnote {label!r} is never called", f"write [^{label}] after what it is the source of"
            findings.append(Finding("unused-footnote", "warning", message, hint, source.place(line)))
    findings += _unknown(source, tokens, defined)
    return findings


def _unknown(source: Source, tokens: Sequence[Token], defined: Mapping[str, int]) -> Iterator[Finding]:
    for token in tokens:
        if token.type != "inline" or token.map is None:
            continue
        plain = "\n".join(child.content for child in token.children or [] if child.type == "text")
        for label in dict.fromkeys(UNKNOWN_FOOTNOTE.findall(plain)):
            near = nearest(label, defined)
            hint = f"did you mean [^{near}]?" if near else f"add a line `[^{label}]: the source`"
            for line in range(token.map[0] + 1, min(token.map[1], len(source.lines)) + 1):
                column = source.lines[line - 1].find(f"[^{label}]")
                if column >= 0:
                    place = source.place(line, column + 1)
                    yield Finding("unknown-footnote", "error", f"no footnote {label!r}", hint, place)
                    break
