"""Marks on a cue's text: collected while a format is read, nested again while one is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from transcripts.words import Cue, Mark, MarkKind

POINTS = frozenset({"time", "ass"})
"""Kinds that stand between two characters rather than over some."""

MOST = 1000
"""Marks in a cue: more are no subtitle but a way to keep a program busy, as each may cut every other."""

CROWDED = "all but a thousand marks are left out"

_APART = frozenset({"ruby"})
"""Kinds of which two that touch are two."""


class MarkedText:
    """Text and marks in the order in which a reader meets them; what is still open at the end holds to the end."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: dict[MarkKind, list[Mark]] = {}
        self._marks: list[Mark] = []
        self.length = 0
        self.crowded = False

    def add(self, text: str) -> None:
        """Characters, line feeds between lines among them."""
        self._parts.append(text)
        self.length += len(text)

    def open(self, kind: MarkKind, value: str = "", classes: tuple[str, ...] = ()) -> None:
        """A mark begins here."""
        self._open.setdefault(kind, []).append(Mark(self.length, self.length, kind, value, classes))

    def close(self, kind: MarkKind) -> bool:
        """The mark of that kind that was opened last ends here; False when there is none."""
        opened = self._open.get(kind)
        if not opened:
            return False
        self._marks.append(replace(opened.pop(), end=self.length))
        return True

    def is_open(self, kind: MarkKind) -> bool:
        """Whether a mark of that kind has begun and not ended."""
        return bool(self._open.get(kind))

    def cover(self, start: int, kind: MarkKind, value: str, classes: tuple[str, ...] = ()) -> None:
        """A mark over everything since `start`."""
        self._marks.append(Mark(start, self.length, kind, value, classes))

    def point(self, kind: MarkKind, value: str) -> None:
        """A mark between two characters."""
        self._marks.append(Mark(self.length, self.length, kind, value))

    def finish(self) -> tuple[tuple[str, ...], tuple[Mark, ...]]:
        """The lines, and the marks in their usual order."""
        for kind in list(self._open):
            while self.close(kind):
                pass
        lines = tuple("".join(self._parts).split("\n"))
        marks = tidied(self._marks)
        self.crowded = len(marks) > MOST
        return (() if lines == ("",) else lines), marks[:MOST]


def tidied(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks by place, wide before narrow; equal ones that touch are one, and those over nothing are none."""
    joined: list[Mark] = []
    latest: dict[tuple[str, str, tuple[str, ...]], int] = {}
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if mark.kind in POINTS:
            joined.append(mark)
            continue
        if mark.end <= mark.start:
            continue
        key = (mark.kind, mark.value, mark.classes)
        before = latest.get(key)
        if before is not None and mark.kind not in _APART and mark.start <= joined[before].end:
            joined[before] = replace(joined[before], end=max(mark.end, joined[before].end))
        else:
            latest[key] = len(joined)
            joined.append(mark)
    return tuple(sorted(joined, key=usual_order))


def usual_order(mark: Mark) -> tuple[int, int, str, str, tuple[str, ...]]:
    """A key to sort marks by; points at one place keep their order."""
    return mark.start, -mark.end, mark.kind, "" if mark.kind in POINTS else mark.value, mark.classes


class Piece(NamedTuple):
    """A piece of a cue as it is written: a mark opens or closes, a point stands, or characters follow."""

    what: Literal["open", "close", "point", "text"]
    mark: Mark | None = None
    text: str = ""


def pieces(cue: Cue) -> Iterator[Piece]:
    """A cue's text and marks, properly nested: marks that overlap are cut where they have to be, those past the text are clipped.

    A ruby is never cut: what ends within it closes before it and opens again inside.
    """
    text = "\n".join(cue.lines)
    marks = _clipped(cue.marks, len(text))
    edges = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    begins: dict[int, list[Mark]] = {}
    for mark in marks:
        begins.setdefault(mark.start, []).append(mark)
    stack: list[Mark] = []
    for place, edge in enumerate(edges):
        fresh = begins.get(edge, [])
        whole = max((mark.end for mark in fresh if mark.kind in _APART), default=edge)
        keep = next((depth for depth, mark in enumerate(stack) if mark.end <= edge or mark.end < whole), len(stack))
        again = [mark for mark in stack[keep:] if mark.end > edge]
        while len(stack) > keep:
            yield Piece("close", stack.pop())
        yield from (Piece("point", mark) for mark in fresh if mark.kind in POINTS)
        opened = [mark for mark in fresh if mark.kind not in POINTS]
        for mark in sorted(again + opened, key=lambda mark: -mark.end):
            stack.append(mark)
            yield Piece("open", mark)
        until = edges[place + 1] if place + 1 < len(edges) else edge
        if until > edge:
            yield Piece("text", text=text[edge:until])


def _clipped(marks: Iterable[Mark], length: int) -> list[Mark]:
    """Marks within a text that may have become shorter since they were made."""
    out = []
    for mark in marks:
        start, end = min(max(0, mark.start), length), min(max(0, mark.end), length)
        if mark.kind in POINTS or end > start:
            out.append(replace(mark, start=start, end=end if mark.kind not in POINTS else start))
    return out


def without_blank_lines(cue: Cue) -> Cue:
    """The cue without lines that hold nothing to read, its marks moved along."""
    if all(line.strip() for line in cue.lines):
        return cue
    moved: list[int] = []
    kept: list[str] = []
    length = 0
    for line in cue.lines:
        if line.strip():
            moved += range(length, length + len(line) + 1)
            kept.append(line)
            length += len(line) + 1
        else:
            moved += [length] * (len(line) + 1)
    last = max(0, length - 1)
    moved = [min(at, last) for at in [*moved, last]]
    marks = [
        replace(mark, start=moved[mark.start], end=moved[mark.end])
        for mark in _clipped(cue.marks, len("\n".join(cue.lines)))
    ]
    return replace(cue, lines=tuple(kept), marks=tidied(marks))


@dataclass
class Losses:
    """What a writer could not say, gathered by kind so that a hundred cues give one remark."""

    format: str

    def __post_init__(self) -> None:
        self._places: dict[tuple[str, str], list[int]] = {}

    def add(self, what: str, number: int = 0, unit: str = "cue") -> None:
        """`what` was lost or changed in cue (or line) `number`, counting from 1; 0 where it belongs to none."""
        places = self._places.setdefault((what, unit), [])
        if number and (not places or places[-1] != number):
            places.append(number)

    def remarks(self) -> tuple[str, ...]:
        """One line a kind of loss, with the first cues that it concerns; after twenty kinds only how many more there are."""
        told = [f"{self.format}: {what}{_where(places, unit)}" for (what, unit), places in self._places.items()]
        more = len(told) - _TOLD
        return tuple(told[:_TOLD]) + ((f"{self.format}: and {more} more of other kinds",) if more > 0 else ())


_TOLD = 20


def _where(places: list[int], unit: str) -> str:
    if not places:
        return ""
    if len(places) == 1:
        return f" ({unit} {places[0]})"
    shown = ", ".join(map(str, places[:3])) + (", …" if len(places) > 3 else "")
    return f" ({len(places)} {unit}s: {shown})"
