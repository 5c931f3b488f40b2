"""What changed between two subtitle files: words, times, looks and places, cue by cue."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from transcripts.subtitles import Subtitles
from transcripts.words import Cue

BREAK = "⏎"
"""Stands for a line break among words."""

_SAME_TIME = 0.0015
"""Seconds: formats that round to a millisecond may differ by one each way."""

_ALIKE = 0.4
"""Share of words in common from which on two cues are one that was rewritten."""

_MOST = 1_000_000
"""Pairs of words that are compared in one cue; a longer one is shown as it was and as it is."""

_WORD = re.compile(r"[^\s\n]+|\n")


class Piece(NamedTuple):
    """Words that stayed, that are gone or that are new."""

    what: Literal["same", "gone", "new"]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A cue that is not as it was. `before` and `after` are its numbers, from 1, None where it is new or gone; `begins` and `ends` say
    by how many seconds it moved; `pieces` are its words when they changed; `looks` and `place` whether marks and settings did.
    """

    before: int | None
    after: int | None
    at: float
    begins: float = 0.0
    ends: float = 0.0
    pieces: tuple[Piece, ...] = ()
    looks: bool = False
    place: bool = False

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """What happened to the cue."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def words(self) -> bool:
        """Whether its words or line breaks changed."""
        return bool(self.pieces)

    @property
    def moved(self) -> bool:
        """Whether its times changed."""
        return bool(self.begins or self.ends)

    def to_json(self) -> dict[str, Any]:
        """The shape in the command's document: text as it was and is, words with what happened to them."""
        out: dict[str, Any] = {"kind": self.kind, "before": self.before, "after": self.after, "at": self.at}
        if self.kind == "changed":
            out |= {"begins": self.begins, "ends": self.ends, "looks": self.looks, "place": self.place}
        if self.pieces:
            out["words"] = [[piece.what, " ".join(piece.words)] for piece in self.pieces]
        return out


@dataclass(frozen=True)
class Difference:
    """All changes in order. `shift` is by how many seconds nearly every cue moved; a change's times say how it departs from that."""

    cues: tuple[int, int]
    shift: float
    changes: tuple[Change, ...]

    def to_json(self) -> dict[str, Any]:
        """The command's document."""
        return {
            "cues": list(self.cues),
            "shift": self.shift,
            "words": sum(change.words and change.kind == "changed" for change in self.changes),
            "moved": sum(change.moved for change in self.changes),
            "added": sum(change.kind == "added" for change in self.changes),
            "removed": sum(change.kind == "removed" for change in self.changes),
            "changes": [change.to_json() for change in self.changes],
        }


def compare(before: Subtitles, after: Subtitles) -> Difference:
    """The changes from one file to the other. Cues are matched by their words first, then by when they are shown."""
    pairs = list(_pairs(before.cues, after.cues))
    shift = _shift([(before.cues[old], after.cues[new]) for old, new in pairs if old is not None and new is not None])
    changes = []
    for old, new in pairs:
        change = _change(before.cues, after.cues, old, new, shift)
        if change:
            changes.append(change)
    return Difference((len(before.cues), len(after.cues)), shift, tuple(changes))


def _shift(pairs: Sequence[tuple[Cue, Cue]]) -> float:
    """By how much four of five cues or more moved, both ends alike; else nothing."""
    moves = Counter(round(new.start - old.start, 2) for old, new in pairs)
    if not moves:
        return 0.0
    move, count = moves.most_common(1)[0]
    if not move or count * 5 < len(pairs) * 4:
        return 0.0
    exact = sorted(new.start - old.start for old, new in pairs if round(new.start - old.start, 2) == move)
    return round(exact[len(exact) // 2], 3)


def _pairs(before: Sequence[Cue], after: Sequence[Cue]) -> Iterator[tuple[int | None, int | None]]:
    """Indices of the cues that are one another's, in order; None where there is none.

    Texts that occur once on either side are anchors; between two of them cues are paired one after another: linear but for sorting.
    """
    olds, news = ([cue.text.casefold() for cue in cues] for cues in (before, after))
    old = new = 0
    for next_old, next_new in [*_anchors(olds, news), (len(olds), len(news))]:
        yield from _paired(before, after, (old, next_old), (new, next_new))
        if next_old < len(olds):
            yield next_old, next_new
        old, new = next_old + 1, next_new + 1


def _anchors(olds: Sequence[str], news: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run of pairs in the order of both sides, among texts that each side has once."""
    once_old, once_new = Counter(olds), Counter(news)
    place = {text: index for index, text in enumerate(news) if once_new[text] == 1}
    pairs = [(index, place[text]) for index, text in enumerate(olds) if once_old[text] == 1 and text in place]
    lasts: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for index, (_, new) in enumerate(pairs):
        at = bisect_left(lasts, new)
        back.append(ends[at - 1] if at else -1)
        lasts[at : at + 1] = [new]
        ends[at : at + 1] = [index]
    out = []
    index = ends[-1] if ends else -1
    while index >= 0:
        out.append(pairs[index])
        index = back[index]
    return out[::-1]


def _paired(
    before: Sequence[Cue], after: Sequence[Cue], olds: tuple[int, int], news: tuple[int, int]
) -> Iterator[tuple[int | None, int | None]]:
    """Pairs in a run of cues whose words changed: those that are alike or shown at the same time, one after another."""
    old, new = olds[0], news[0]
    while old < olds[1] and new < news[1]:
        if _later_is_nearer(before[old : old + 2], after[new]):
            yield old, None
            old += 1
        elif _one(before[old], after[new]):
            yield old, new
            old, new = old + 1, new + 1
        elif old + 1 < olds[1] and _one(before[old + 1], after[new]):
            yield old, None
            old += 1
        elif (new + 1 < news[1] and _one(before[old], after[new + 1])) or after[new].start < before[old].start:
            yield None, new
            new += 1
        else:
            yield old, None
            old += 1
    yield from ((index, None) for index in range(old, olds[1]))
    yield from ((None, index) for index in range(new, news[1]))


def _later_is_nearer(olds: Sequence[Cue], new: Cue) -> bool:
    """Whether the second of two cues that say the same was shown nearer to the new one: the first is gone, not moved."""
    if len(olds) < 2 or olds[0].text != olds[1].text:
        return False
    return abs(olds[1].start - new.start) + 0.5 < abs(olds[0].start - new.start)


def _one(old: Cue, new: Cue) -> bool:
    """Whether two cues are one that was changed."""
    a, b = Counter(old.text.casefold().split()), Counter(new.text.casefold().split())
    most = max(sum(a.values()), sum(b.values()), 1)
    if sum((a & b).values()) >= _ALIKE * most:
        return True
    shared = min(old.end, new.end) - max(old.start, new.start)
    return shared > 0.5 * max(old.end - old.start, new.end - new.start)


def _change(
    before: Sequence[Cue], after: Sequence[Cue], old: int | None, new: int | None, shift: float
) -> Change | None:
    if old is None and new is not None:
        return Change(None, new + 1, after[new].start, pieces=(Piece("new", _words(after[new])),))
    if new is None and old is not None:
        return Change(old + 1, None, before[old].start, pieces=(Piece("gone", _words(before[old])),))
    assert old is not None
    assert new is not None
    was, now = before[old], after[new]
    begins, ends = (_moved(now.start - was.start - shift), _moved(now.end - was.end - shift))
    pieces = () if was.lines == now.lines else _pieces(was, now)
    looks = not pieces and was.marks != now.marks
    place = dict(was.settings) != dict(now.settings)
    if not (begins or ends or pieces or looks or place):
        return None
    return Change(old + 1, new + 1, now.start, begins, ends, pieces, looks, place)


def _moved(seconds: float) -> float:
    return round(seconds, 3) if abs(seconds) > _SAME_TIME else 0.0


def _words(cue: Cue) -> tuple[str, ...]:
    return tuple(BREAK if word == "\n" else word for word in _WORD.findall("\n".join(cue.lines)))


def _pieces(was: Cue, now: Cue) -> tuple[Piece, ...]:
    old, new = _words(was), _words(now)
    if len(old) * len(new) > _MOST:
        return (Piece("gone", old), Piece("new", new))
    out = []
    for what, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            out.append(Piece("same", old[first:last]))
            continue
        if last > first:
            out.append(Piece("gone", old[first:last]))
        if end > start:
            out.append(Piece("new", new[start:end]))
    return tuple(out)
