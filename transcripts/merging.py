"""Two people's edits of the same captions put together: what only one of them touched is taken from that one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from transcripts.words import Cue


@dataclass(frozen=True)
class Conflict:
    """Cues that both changed, each in a way of their own. In the merged cues, mine stand from `position` on."""

    position: int
    before: tuple[Cue, ...]
    mine: tuple[Cue, ...]
    theirs: tuple[Cue, ...]


@dataclass(frozen=True)
class Merged:
    """Both edits in one; where they contradict each other mine are kept, and `conflicts` tells of it."""

    cues: tuple[Cue, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class _Edit:
    """`[first, last)` of what was there before gave way to `now`."""

    first: int
    last: int
    now: tuple[Cue, ...]


def merge(base: Sequence[Cue], mine: Sequence[Cue], theirs: Sequence[Cue]) -> Merged:
    """The two edits of `base` as one. A cue is a whole: somebody's new words and somebody else's new times for it are a conflict."""
    waiting = sorted(
        [(edit, True) for edit in _edits(base, mine)] + [(edit, False) for edit in _edits(base, theirs)],
        key=lambda one: (one[0].first, one[0].last),
    )
    cues: list[Cue] = []
    conflicts: list[Conflict] = []
    at = 0
    while waiting:
        group = [waiting.pop(0)]
        first, last = group[0][0].first, group[0][0].last
        while waiting and (waiting[0][0].first < last or waiting[0][0].first == first):
            group.append(waiting.pop(0))
            last = max(last, group[-1][0].last)
        cues += base[at:first]
        sides = [
            tuple(_applied(base, first, last, [edit for edit, own in group if own is side])) for side in (True, False)
        ]
        touched = {own for _edit, own in group}
        if len(touched) == 1 or sides[0] == sides[1]:
            cues += sides[0] if True in touched else sides[1]
        else:
            conflicts.append(Conflict(len(cues), tuple(base[first:last]), *sides))
            cues += sides[0]
        at = last
    return Merged((*cues, *base[at:]), tuple(conflicts))


def _edits(before: Sequence[Cue], after: Sequence[Cue]) -> list[_Edit]:
    # Two cues that say and look the same at the same time are the same, whatever their identifiers became.
    old, new = ([replace(cue, id="") for cue in cues] for cues in (before, after))
    edits: list[_Edit] = []
    for kind, first, last, a, b in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "replace" and last - first == b - a:
            # One for one: what somebody else did to the next cue is none of this one's business.
            edits += [_Edit(first + n, first + n + 1, (after[a + n],)) for n in range(b - a)]
        elif kind != "equal":
            edits.append(_Edit(first, last, tuple(after[a:b])))
    return edits


def _applied(base: Sequence[Cue], first: int, last: int, edits: Sequence[_Edit]) -> list[Cue]:
    out: list[Cue] = []
    for edit in edits:
        out += [*base[first : edit.first], *edit.now]
        first = edit.last
    return [*out, *base[first:last]]
