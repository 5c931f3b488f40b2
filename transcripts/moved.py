"""Stretches of a text that were read in another place than where they stand: a paragraph before the one that precedes it."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from transcripts.anchors import runs_once
from transcripts.pairing import Pair, pair_words

_SEED = 4
"""Words in a row that are looked for elsewhere, if they stand nowhere else in what is left over."""

_LEAST = 8
"""Words of a stretch that have to be heard exactly as written: any two texts share "the end of the second world war"."""

_AROUND = 10
_FIRM = 1 / 3
"""An anchor counts if of the words around it, on one side at least, so large a part is anchored too: an "as well as" that stands
alone in what was said and in what is written is one that any two texts share."""

_APART, _ASKEW = 12, 6
"""Words between two seeds of one stretch, and how many more of them may have been said than are written, or fewer."""

_FAR = 40
"""So far beyond its exact words a stretch is followed."""

_ALIKE = 0.6
"""Spelling likeness from which a word at the edge is taken for a misheard one."""


@dataclass(frozen=True)
class Block:
    """Words `[a0, a1)` of the text, said as words `[b0, b1)` of the recording; `weight` of them exactly as written."""

    a0: int
    a1: int
    b0: int
    b1: int
    weight: int


Run = tuple[int, int]
"""Places `[first, last)` of a row."""


def find_moved(a: Sequence[str], b: Sequence[str], anchors: Sequence[tuple[int, int]]) -> list[Block]:
    """Stretches that are in both rows, but not in the order of the others, by their place in `a`; none overlaps another.

    `a` is the text, `b` what was heard, both as folded words; `anchors` are pairs that rise in both, from `find_anchors`.
    Time grows with the length of the rows, and with the square of the number of stretches.
    """
    firm = _firm(anchors, len(a), len(b))
    left_a, left_b = _left_over(len(a), [i for i, _ in firm]), _left_over(len(b), [j for _, j in firm])
    once_a, once_b = runs_once(a, left_a, _SEED), runs_once(b, left_b, _SEED)
    seeds = sorted((place, once_b[run]) for run, place in once_a.items() if run in once_b)
    taken: list[Block] = []
    for block in sorted(_join(seeds, _run_of(left_a), _run_of(left_b)), key=lambda block: (-block.weight, block.a0)):
        if block.weight >= _LEAST and not any(_overlap(block, other) for other in taken):
            taken.append(block)
    kept = _in_order(taken, firm)
    moved = sorted((block for block in taken if block not in kept), key=lambda block: block.a0)
    rooms_a = _rooms([(block.a0, block.a1) for block in taken], _run_of(left_a))
    rooms_b = _rooms([(block.b0, block.b1) for block in taken], _run_of(left_b))
    out: list[Block] = []
    for block in moved:
        grown = _grown(block, rooms_a[block.a0], rooms_b[block.b0], a, b)
        # Two blocks that share a gap on one side may both have grown into it.
        out.append(block if any(_overlap(grown, other) for other in (*out, *moved) if other.a0 != block.a0) else grown)
    return out


def _firm(anchors: Sequence[tuple[int, int]], count_a: int, count_b: int) -> list[tuple[int, int]]:
    dense_a = _density(count_a, [i for i, _ in anchors])
    dense_b = _density(count_b, [j for _, j in anchors])
    return [(i, j) for i, j in anchors if max(dense_a[i], dense_b[j]) >= _FIRM]


def _density(count: int, marked: Sequence[int]) -> list[float]:
    """For every place of a row the part of the places around it that are marked."""
    marks = [0] * count
    for at in marked:
        marks[at] = 1
    sums = list(accumulate(marks, initial=0))
    bounds = [(max(0, at - _AROUND), min(count, at + _AROUND + 1)) for at in range(count)]
    return [(sums[high] - sums[low]) / (high - low) for low, high in bounds]


def _left_over(count: int, taken: Sequence[int]) -> list[Run]:
    """Runs of places that are not in `taken`, which rises."""
    return [(before + 1, after) for before, after in pairwise([-1, *taken, count]) if after > before + 1]


def _run_of(runs: Sequence[Run]) -> dict[int, Run]:
    """The run that holds each place."""
    return {at: run for run in runs for at in range(*run)}


def _join(seeds: Sequence[tuple[int, int]], run_a: Mapping[int, Run], run_b: Mapping[int, Run]) -> Iterator[Block]:
    """Seeds that lie behind one another on both sides, as one block."""
    chain: list[tuple[int, int]] = []
    for i, j in seeds:
        if chain:
            x, y = chain[-1]
            near = 0 < i - x <= _APART and 0 < j - y <= _APART and abs((i - x) - (j - y)) <= _ASKEW
            if not near or run_a[i] != run_a[x] or run_b[j] != run_b[y]:
                yield _block(chain)
                chain = []
        chain.append((i, j))
    if chain:
        yield _block(chain)


def _block(seeds: Sequence[tuple[int, int]]) -> Block:
    covered = len({i + k for i, _ in seeds for k in range(_SEED)})
    (i, j), (x, y) = seeds[0], seeds[-1]
    return Block(i, x + _SEED, j, y + _SEED, covered)


def _overlap(one: Block, other: Block) -> bool:
    return (one.a0 < other.a1 and other.a0 < one.a1) or (one.b0 < other.b1 and other.b0 < one.b1)


def _in_order(blocks: Sequence[Block], firm: Sequence[tuple[int, int]]) -> set[Block]:
    """Blocks that lie between the same anchors on both sides, and of those that cross there the heaviest chain."""
    places_a, places_b = [i for i, _ in firm], [j for _, j in firm]
    level = [
        block
        for block in sorted(blocks, key=lambda block: block.a0)
        if bisect_left(places_a, block.a0) == bisect_left(places_b, block.b0)
    ]
    best: list[tuple[int, int]] = []
    for at, block in enumerate(level):
        before = [(best[other][0], other) for other in range(at) if level[other].b1 <= block.b0]
        weight, other = max(before, default=(0, -1))
        best.append((weight + block.weight, other))
    kept: set[Block] = set()
    at = max(range(len(best)), key=lambda at: best[at][0], default=-1)
    while at >= 0:
        kept.add(level[at])
        at = best[at][1]
    return kept


def _rooms(spans: Sequence[Run], run_of: Mapping[int, Run]) -> dict[int, Run]:
    """By its first place, how far each span may grow: to the ends of its run, or to the next span."""
    ordered = sorted(spans)
    out: dict[int, Run] = {}
    for at, (first, last) in enumerate(ordered):
        low, high = run_of[first]
        before = ordered[at - 1][1] if at else 0
        after = ordered[at + 1][0] if at + 1 < len(ordered) else high
        out[first] = (max(low, before), min(high, after)) if last <= high else (first, last)
    return out


def _grown(block: Block, room_a: Run, room_b: Run, a: Sequence[str], b: Sequence[str]) -> Block:
    """The block with the words beside it that agree, one or another misheard between them."""
    low_a, low_b = max(room_a[0], block.a0 - _FAR), max(room_b[0], block.b0 - _FAR)
    high_a, high_b = min(room_a[1], block.a1 + _FAR), min(room_b[1], block.b1 + _FAR)
    back = pair_words(a[low_a : block.a0][::-1], b[low_b : block.b0][::-1])
    before = _reach(back)
    after = _reach(pair_words(a[block.a1 : high_a], b[block.b1 : high_b]))
    return replace(
        block, a0=block.a0 - before[0], b0=block.b0 - before[1], a1=block.a1 + after[0], b1=block.b1 + after[1]
    )


def _reach(pairs: Sequence[Pair]) -> tuple[int, int]:
    """How many of the next words on either side still belong to a stretch: as far as half of them agree."""
    reach = 0, 0
    agreed = 0
    for pair in pairs:
        agreed += pair.likeness >= _ALIKE
        if pair.likeness >= _ALIKE and 2 * agreed >= max(pair.a1, pair.b1):
            reach = pair.a1, pair.b1
    return reach
