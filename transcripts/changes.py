"""What differs between two versions of the same captions: words, times, cues that came and went."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from transcripts.words import Cue

Kind = Literal["words", "times", "added", "removed"]
Part = tuple[Literal["same", "out", "in"], str]
"""Words that stayed, went or came, in the order in which they are read."""

NO_MOVE = 0.0005
"""Half a millisecond: subtitle files round to milliseconds."""


@dataclass(frozen=True)
class Change:
    """Cues that gave way to others. `first` and `second` are the numbers, from 1, at which they stand or would stand.

    `moved` says by how many seconds the beginning and the end went, where both sides are one cue or the outer times are compared.
    """

    kind: Kind
    first: int
    second: int
    before: tuple[Cue, ...]
    after: tuple[Cue, ...]
    words: tuple[Part, ...] = ()
    moved: tuple[float, float] = (0.0, 0.0)

    def to_json(self) -> dict[str, Any]:
        """As a page reads it."""
        return {
            "kind": self.kind,
            "first": self.first,
            "second": self.second,
            "before": [cue.to_json() for cue in self.before],
            "after": [cue.to_json() for cue in self.after],
            "words": [list(part) for part in self.words],
            "moved": [round(seconds, 3) for seconds in self.moved],
        }


def find_changes(before: Sequence[Cue], after: Sequence[Cue]) -> tuple[Change, ...]:
    """Every difference, in order. Cues are paired by what they say, words only within what was replaced: quick for thousands of cues."""
    return tuple(_changes(before, after))


def _changes(before: Sequence[Cue], after: Sequence[Cue]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, [cue.lines for cue in before], [cue.lines for cue in after], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        old, new = tuple(before[a:b]), tuple(after[c:d])
        if tag == "insert":
            yield Change("added", a + 1, c + 1, (), new)
        elif tag == "delete":
            yield Change("removed", a + 1, c + 1, old, ())
        elif tag == "equal" or len(old) == len(new):
            for offset, (one, other) in enumerate(zip(old, new, strict=True)):
                moved = (other.start - one.start, other.end - one.end)
                if one.lines != other.lines:
                    words = _words((one,), (other,))
                    yield Change("words", a + offset + 1, c + offset + 1, (one,), (other,), words, moved)
                elif max(map(abs, moved)) > NO_MOVE:
                    yield Change("times", a + offset + 1, c + offset + 1, (one,), (other,), (), moved)
        else:
            moved = (new[0].start - old[0].start, new[-1].end - old[-1].end)
            yield Change("words", a + 1, c + 1, old, new, _words(old, new), moved)


def _words(old: Sequence[Cue], new: Sequence[Cue]) -> tuple[Part, ...]:
    one, other = (" ".join(cue.text for cue in cues).split() for cues in (old, new))
    parts: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", " ".join(one[a:b])))
            continue
        if b > a:
            parts.append(("out", " ".join(one[a:b])))
        if d > c:
            parts.append(("in", " ".join(other[c:d])))
    return tuple(parts)
