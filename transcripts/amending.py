"""A script's file with what the narrator said put in: each change at its line, or all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff

from transcripts.anchors import Gap, between, find_anchors
from transcripts.differences import Difference
from transcripts.spoken import fold
from transcripts.tokens import Token

Span = tuple[int, int]

_UNSPOKEN = re.compile(
    r"\A---\n.*?\n---\n|^[`~]{3,}.*?^[`~]{3,}[ \t]*$|^\[\^[^\]]+\]:.*$|\[\^[^\]]+\]", re.DOTALL | re.MULTILINE
)
"""What of a script is not read out: front matter, scenes and other fenced blocks, footnotes and their marks."""
_TARGET = re.compile(r"(?<=\])\([^()\s]*(?: \"[^\"\n]*\")?\)")
"""Where a link leads."""
_HEADINGS = re.compile(r"^#{1,6} .*$", re.MULTILINE)
_SMALL = 2_000_000
"""Pairs of words that are compared one by one."""


@dataclass(frozen=True)
class Change:
    """Characters `[start, end)` of a source give way to `text`; `line` counts from 1."""

    start: int
    end: int
    text: str
    line: int


def plan_changes(source: str, spans: Sequence[Span | None], differences: Sequence[Difference]) -> list[Change | None]:
    """For each difference what to change in the file, so that it says what the narrator says; `spans` are from `find_spans`.

    None where there is nothing to propose: for a stretch read elsewhere, which a person moves, and for words that the file does
    not have as such, such as the value of a fact.
    """
    return [_change(source, spans, difference) for difference in differences]


def amend(source: str, changes: Sequence[Change | None]) -> str:
    """The source with all changes made."""
    out = source
    for change in sorted((change for change in changes if change), key=lambda change: (-change.start, -change.end)):
        out = out[: change.start] + change.text + out[change.end :]
    return out


def to_patch(name: str, source: str, amended: str) -> str:
    """A unified diff from the source to what it becomes, for `git apply` or `patch`; empty where nothing changes."""
    return "".join(
        line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"
        for line in unified_diff(source.splitlines(True), amended.splitlines(True), f"a/{name}", f"b/{name}")
    )


def changed_line(source: str, change: Change) -> tuple[str, str]:
    """The source's lines that a change touches, as they are and as they become."""
    first = source.rfind("\n", 0, change.start) + 1
    last = source.find("\n", change.end)
    last = len(source) if last < 0 else last
    old = source[first:last]
    return old, old[: change.start - first] + change.text + old[change.end - first :]


def find_spans(source: str, tokens: Sequence[Token], *, markdown: bool = True) -> list[Span | None]:
    """Where each word stands in the file; None for one that does not stand there as it is read."""
    hidden = source
    if markdown:
        for silent in (_UNSPOKEN, _HEADINGS, _TARGET):
            hidden = silent.sub(_blank, hidden)
    places = [match.span() for match in re.finditer(r"[^\s—]+|—+", hidden)]
    places = [span for span in places if fold(hidden[slice(*span)])]
    written = [fold(hidden[slice(*span)]) for span in places]
    wanted = [fold(token.text) for token in tokens]
    pairs = find_anchors(wanted, written)
    for gap in between(Gap(0, len(wanted), 0, len(written)), list(pairs)):
        if 0 < gap.size <= _SMALL:
            matcher = SequenceMatcher(None, wanted[gap.a0 : gap.a1], written[gap.b0 : gap.b1], autojunk=False)
            pairs += [
                (gap.a0 + i + k, gap.b0 + j + k) for i, j, size in matcher.get_matching_blocks() for k in range(size)
            ]
    spans: list[Span | None] = [None] * len(tokens)
    for i, j in pairs:
        start, end = places[j]
        # A link's address, a footnote's mark and what stops a sentence behind them belong to the word that they follow.
        while end < len(source) and not source[end].isspace() and (hidden[end] == " " or hidden[end] in ".,;:!?)”’*_"):
            end += 1
        spans[i] = start, end
    return spans


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _change(source: str, spans: Sequence[Span | None], difference: Difference) -> Change | None:
    if difference.kind == "read-elsewhere":
        return None
    if difference.kind == "said-not-written":
        return _insertion(source, spans, difference)
    own = spans[difference.first : difference.last]
    if not own or own[0] is None or own[-1] is None or None in own:
        return None
    start, end = own[0][0], own[-1][1]
    text = difference.said
    if not text:
        # The space before it goes too, or the one after where the line begins with it; a sentence keeps its end.
        if start and source[start - 1] == " ":
            start -= 1
        elif source[end : end + 1] in (" ", "\n"):
            end += 1
        if start and source[start - 1] in ",;:" and (mark := difference.written.rstrip('"”’»)')[-1:]) in ".!?":
            start, text = start - 1, mark
    return Change(start, end, text, source.count("\n", 0, start) + 1)


def _insertion(source: str, spans: Sequence[Span | None], difference: Difference) -> Change | None:
    before = spans[difference.follows] if difference.follows >= 0 else None
    if before:
        return Change(before[1], before[1], " " + difference.said, source.count("\n", 0, before[1]) + 1)
    if difference.follows < 0 and spans and (after := spans[0]):
        return Change(after[0], after[0], difference.said + " ", source.count("\n", 0, after[0]) + 1)
    return None
