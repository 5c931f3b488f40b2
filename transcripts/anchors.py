"""Two long rows of words laid side by side: exact runs that occur once in each, in linear time, and what lies between them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SIZES = (6, 4, 3, 2, 1)
_FEW = 900
_SMALL = 160_000
"""Pairs of words up to which a gap is small enough to be compared word by word: 400 words, about three minutes of speech."""


@dataclass(frozen=True)
class Gap:
    """A stretch `[a0, a1)` of one row against `[b0, b1)` of the other, without an anchor in it."""

    a0: int
    a1: int
    b0: int
    b1: int

    @property
    def size(self) -> int:
        """Pairs of words in it."""
        return (self.a1 - self.a0) * (self.b1 - self.b0)

    @property
    def small(self) -> bool:
        """True when it can be compared word by word."""
        return self.size <= _SMALL


def find_anchors(a: Sequence[str], b: Sequence[str], within: Gap | None = None) -> list[tuple[int, int]]:
    """Pairs (index in `a`, index in `b`) of equal words, increasing in both, of two whole rows or `within` a part of each.

    Patience comparison: runs of words that occur exactly once in both rows, the longest chain of them in order, then the
    same inside each gap with what is unique there. O(n log n).
    """
    anchors: list[tuple[int, int]] = []
    todo = [within or Gap(0, len(a), 0, len(b))]
    while todo:
        gap = todo.pop()
        if gap.size > _FEW and (chain := _chain(a, b, gap)):
            anchors += chain
            todo += between(gap, chain)
    return sorted(anchors)


def between(gap: Gap, chain: Sequence[tuple[int, int]]) -> Iterator[Gap]:
    """What lies between, before and after the pairs of a chain inside a gap."""
    i, j = gap.a0, gap.b0
    for x, y in [*chain, (gap.a1, gap.b1)]:
        if x > i or y > j:
            yield Gap(i, x, j, y)
        i, j = x + 1, y + 1


def _chain(a: Sequence[str], b: Sequence[str], gap: Gap) -> list[tuple[int, int]]:
    """The longest ordered chain of unique runs in a gap, each grown as far as the words agree."""
    for size in _SIZES[:3] if gap.small else _SIZES:
        once_a, once_b = runs_once(a, [(gap.a0, gap.a1)], size), runs_once(b, [(gap.b0, gap.b1)], size)
        candidates = sorted((place, once_b[run]) for run, place in once_a.items() if run in once_b)
        if size == 1:
            candidates = [(i, j) for i, j in candidates if len(a[i]) > 4]
        chain = _grow(a, b, gap, _longest_rising(candidates), size)
        # A few lone words that two long texts happen to share are no evidence that one is read from the other.
        if len(chain) >= max(1, 0.01 * min(gap.a1 - gap.a0, gap.b1 - gap.b0)):
            return chain
    return []


def runs_once(row: Sequence[str], stretches: Sequence[tuple[int, int]], size: int) -> dict[tuple[str, ...], int]:
    """Runs of `size` words that stand once in these stretches `[first, last)` of a row, each with its place."""
    places: dict[tuple[str, ...], int] = {}
    repeated: set[tuple[str, ...]] = set()
    for first, last in stretches:
        for at in range(first, last - size + 1):
            run = tuple(row[at : at + size])
            if run in places:
                repeated.add(run)
            places[run] = at
    return {run: at for run, at in places.items() if run not in repeated}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Longest chain rising in both, by patience sorting; `pairs` is sorted by its first."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            piles.append(index)
        else:
            tops[pile], piles[pile] = j, index
    chain: list[tuple[int, int]] = []
    at = piles[-1] if piles else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _grow(
    a: Sequence[str], b: Sequence[str], gap: Gap, starts: Sequence[tuple[int, int]], size: int
) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for number, (i, j) in enumerate(starts):
        x, y = i, j
        if out and (i <= out[-1][0] or j <= out[-1][1]):
            x, y = out[-1][0] + 1, out[-1][1] + 1
            if x - y != i - j:
                continue  # on another diagonal it would cross the run before it
        else:
            out += _back(a, b, (out[-1] if out else (gap.a0 - 1, gap.b0 - 1)), (i, j))
        high_a, high_b = starts[number + 1] if number + 1 < len(starts) else (gap.a1, gap.b1)
        while (x < i + size) or (x < high_a and y < high_b):
            if x >= gap.a1 or y >= gap.b1 or a[x] != b[y]:
                break
            out.append((x, y))
            x, y = x + 1, y + 1
    return out


def _back(a: Sequence[str], b: Sequence[str], low: tuple[int, int], start: tuple[int, int]) -> list[tuple[int, int]]:
    """The equal pairs right before a pair, down to those after `low`."""
    pairs: list[tuple[int, int]] = []
    x, y = start[0] - 1, start[1] - 1
    while x > low[0] and y > low[1] and a[x] == b[y]:
        pairs.append((x, y))
        x, y = x - 1, y - 1
    return pairs[::-1]
