"""Where the voice and the script part, for an editor to settle: said but not written, written but not said, said otherwise, moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, Literal

from core.findings import Finding
from core.timecode import clock_text
from transcripts.words import Alignment, Word, by_token

Kind = Literal["said-not-written", "written-not-said", "said-otherwise", "read-elsewhere"]

_CONTEXT = 4
_SHOWN = 12
"""Words of a passage that are shown on a terminal; of a longer one its ends are."""

_HINTS: dict[Kind, str] = {
    "said-not-written": "write it into the script, or leave it: captions show it",
    "written-not-said": "take it out of the script, or record it: captions leave it out",
    "said-otherwise": "write what is said, or record it again: captions show what is said",
    "read-elsewhere": "move it in the script, or leave it: captions follow the voice",
}


@dataclass(frozen=True)
class Difference:
    """One place where voice and script part. `start` and `end`: seconds of the recording.

    `written` are the script's words concerned, tokens `[first, last)`, and `said` what is heard in their stead; either may be empty.
    `before` and `after` are the words around it in the voice's order; `follows` is the token that is said before it, −1 for none.
    """

    kind: Kind
    start: float
    end: float
    written: str
    said: str
    before: str
    after: str
    first: int
    last: int
    follows: int

    def to_json(self) -> dict[str, Any]:
        """The contract's shape."""
        return {
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "written": self.written,
            "said": self.said,
            "before": self.before,
            "after": self.after,
            "hint": _HINTS[self.kind],
        }

    def to_finding(self) -> Finding:
        """As a warning, with the words around it."""
        there = f"… {self.before} [{shortened(self.said or self.written)}] {self.after} …"
        told = {
            "said-not-written": "said, not written",
            "written-not-said": "written, not said",
            "said-otherwise": f"said for “{shortened(self.written)}”",
            "read-elsewhere": "read here, written elsewhere",
        }[self.kind]
        message = f"{clock_text(self.start)} {told}: {there}"
        return Finding(self.kind, "warning", " ".join(message.split()), _HINTS[self.kind], at=self.start)


def shortened(text: str) -> str:
    """A passage as it is shown: a long one by its ends and its number of words."""
    words = text.split()
    if len(words) <= _SHOWN:
        return text
    half = _SHOWN // 2
    return f"{' '.join(words[:half])} … {' '.join(words[-half:])} ({len(words)} words)"


def find_differences(alignment: Alignment) -> list[Difference]:
    """Every difference, by time. A recording that is hardly of this text has none: see `Alignment.matched_share`."""
    words = alignment.words
    found = [*_passages(words), *_moves(words)]
    return sorted(found, key=lambda one: (one.start, one.first))


def _passages(words: Sequence[Word]) -> Iterator[Difference]:
    """Runs of words that are only said or only written."""
    at = 0
    for apart, group in groupby(words, key=lambda word: word.origin in ("ad-libbed", "unspoken")):
        run = list(group)
        if apart:
            said = [word for word in run if word.token is None]
            written = [word for word in run if word.token is not None]
            # Words that do not stand together in the script, at the edge of a moved stretch, are told one passage after another.
            for number, passage in enumerate(_together(written) or [[]]):
                yield _difference(words, at, at + len(run), passage, said if number == 0 else [])
        at += len(run)


def _together(words: Sequence[Word]) -> list[list[Word]]:
    out: list[list[Word]] = []
    for word in by_token(words):
        if out and out[-1][-1].token == (word.token or 0) - 1:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _difference(
    words: Sequence[Word], at: int, end: int, written: Sequence[Word], said: Sequence[Word], kind: Kind | None = None
) -> Difference:
    before = _heard(words[place] for place in range(at - 1, -1, -1))[::-1]
    after = _heard(words[place] for place in range(end, len(words)))
    start = said[0].start if said else before[-1].end if before else 0.0
    until = said[-1].end if said else start
    follows = next((word.token for word in reversed(before) if word.token is not None), -1)
    first = written[0].token if written else None
    last = written[-1].token if written else None
    usual: Kind = "said-otherwise" if said and written else "said-not-written" if said else "written-not-said"
    return Difference(
        kind or usual,
        start or 0.0,
        until or 0.0,
        _text(written),
        _text(said),
        _text(before[-_CONTEXT:]),
        _text(after[:_CONTEXT]),
        0 if first is None else first,
        0 if last is None else last + 1,
        -1 if follows is None else follows,
    )


def _heard(words: Iterable[Word]) -> list[Word]:
    """The first words that were heard, as many as are shown and one of the script's among them."""
    out: list[Word] = []
    for word in words:
        if word.start is not None:
            out.append(word)
        if len(out) >= _CONTEXT and any(one.token is not None for one in out):
            break
    return out


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _moves(words: Sequence[Word]) -> Iterator[Difference]:
    """Stretches of the script that were read before or after their place: all but the longest row of them in order."""
    runs = _script_runs(words)
    best: list[tuple[int, int]] = []
    for number, (first, last, begins) in enumerate(runs):
        earlier = [(best[other][0], other) for other in range(number) if runs[other][2] < begins]
        weight, other = max(earlier, default=(0, -1))
        best.append((weight + last - first, other))
    kept: set[int] = set()
    at = max(range(len(best)), key=lambda at: best[at][0], default=-1)
    while at >= 0:
        kept.add(at)
        at = best[at][1]
    for number, (first, last, _) in enumerate(runs):
        if number not in kept:
            passage = [word for word in words[first:last] if word.token is not None and word.start is not None]
            yield _difference(words, first, last, passage, passage, "read-elsewhere")


def _script_runs(words: Sequence[Word]) -> list[tuple[int, int, int]]:
    """Stretches of words that follow one another in the script as in the voice: places `[first, last)` and their first token."""
    tokens = sorted(word.token for word in words if word.token is not None and word.start is not None)
    follower = dict(pairwise(tokens))
    runs: list[tuple[int, int, int]] = []
    expected = -1
    for place, word in enumerate(words):
        if word.token is None or word.start is None:
            continue
        if runs and word.token == expected:
            runs[-1] = (runs[-1][0], place + 1, runs[-1][2])
        else:
            runs.append((place, place + 1, word.token))
        expected = follower.get(word.token, -1)
    return runs
