"""A small window of script words against heard words, paired by dynamic programming."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_GAP = -0.5
_APART = -0.7
"""A substitution of two words that sound nothing alike: dearer than one gap, cheaper than two."""

_JOINED = 0.75
"""Likeness from which two words are taken for one, if each of them alone is less like it."""


@dataclass(frozen=True)
class Pair:
    """Script words `[a0, a1)` heard as `[b0, b1)`, one or two each; `likeness` 0 to 1 by spelling."""

    a0: int
    a1: int
    b0: int
    b1: int
    likeness: float


def pair_words(a: Sequence[str], b: Sequence[str]) -> list[Pair]:
    """The best order-keeping pairing of two rows of folded words; words without a partner are left out.

    Equal words count most, alike ones less; two words may be heard as one and one as two. O(len(a) · len(b)).
    """
    if not a or not b:
        return []
    from rapidfuzz import fuzz, process

    def likeness(rows: Sequence[str], columns: Sequence[str]) -> list[list[float]]:
        if not rows or not columns:
            return []
        table: list[list[float]] = (process.cdist(rows, columns, scorer=fuzz.ratio) / 100).tolist()
        return table

    one = likeness(a, b)
    two_heard = likeness(a, [x + y for x, y in pairwise(b)])
    two_said = likeness([x + y for x, y in pairwise(a)], b)
    best = [[_GAP * (i + j) for j in range(len(b) + 1)] if i == 0 else [_GAP * i] for i in range(len(a) + 1)]
    moves = [[(0, 1)] * (len(b) + 1)] + [[(1, 0)] for _ in a]
    for i in range(1, len(a) + 1):
        row, above = best[i], best[i - 1]
        for j in range(1, len(b) + 1):
            choices = [
                (above[j - 1] + _worth(one[i - 1][j - 1], len(a[i - 1])), (1, 1)),
                (above[j] + _GAP, (1, 0)),
                (row[j - 1] + _GAP, (0, 1)),
            ]
            if j > 1 and two_heard[i - 1][j - 2] > max(_JOINED, one[i - 1][j - 1], one[i - 1][j - 2]):
                choices.append((above[j - 2] + 2 * two_heard[i - 1][j - 2] - 0.4 + _GAP, (1, 2)))
            if i > 1 and two_said[i - 2][j - 1] > max(_JOINED, one[i - 1][j - 1], one[i - 2][j - 1]):
                choices.append((best[i - 2][j - 1] + 2 * two_said[i - 2][j - 1] - 0.4 + _GAP, (2, 1)))
            score, move = max(choices)
            row.append(score)
            moves[i].append(move)
    return _trace(moves, one, two_heard, two_said)


def _worth(likeness: float, length: int) -> float:
    if likeness == 1.0:
        return 1.5 + 0.1 * min(length, 8)
    return 2 * likeness - 0.4 if likeness >= 0.6 else _APART


def _trace(
    moves: Sequence[Sequence[tuple[int, int]]],
    one: Sequence[Sequence[float]],
    two_heard: Sequence[Sequence[float]],
    two_said: Sequence[Sequence[float]],
) -> list[Pair]:
    pairs: list[Pair] = []
    i, j = len(moves) - 1, len(moves[0]) - 1
    while i or j:
        down, right = moves[i][j] if i and j else ((0, 1) if j else (1, 0))
        if down and right:
            table = two_heard if right == 2 else two_said if down == 2 else one
            pairs.append(Pair(i - down, i, j - right, j, table[i - down][j - right]))
        i, j = i - down, j - right
    return pairs[::-1]
