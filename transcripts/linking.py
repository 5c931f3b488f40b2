"""Which heard words speak which script words: anchors first, then the windows between them, readings chosen by what was heard."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from transcripts.anchors import Gap, between, find_anchors
from transcripts.credible import credible
from transcripts.moved import Block, find_moved
from transcripts.pairing import Pair, pair_words
from transcripts.spoken import Form, spoken_forms
from transcripts.tokens import Token
from transcripts.words import Word

_ALIKE = 0.6
"""Spelling likeness from which a heard word is taken for a misspelling of the script's word."""

_LONG = 5
"""Letters of a word that two passages hardly share by chance."""

_PASSAGE = 8
_SHARED = 0.2
"""Passages of so many words that share less than this part of their letters, in words heard exactly, are two, not one misheard."""


@dataclass(frozen=True)
class Link:
    """Part of a script word heard: its span in seconds, the first and the last heard word's index, how alike they are spelled
    (0 to 1), and how many letters of the script word it covers.
    """

    start: float
    end: float
    heard: int
    last: int
    likeness: float
    weight: int


@dataclass(frozen=True)
class _Row:
    """Words as the single spoken words they are made of; `owners` gives for each the index of its word."""

    atoms: tuple[str, ...]
    owners: tuple[int, ...]


def _row(readings: Sequence[Form], owners: Sequence[int] | None = None) -> _Row:
    numbers = range(len(readings)) if owners is None else owners
    pairs = [(atom, owner) for owner, reading in zip(numbers, readings, strict=True) for atom in reading]
    return _Row(tuple(atom for atom, _ in pairs), tuple(owner for _, owner in pairs))


def link_words(tokens: Sequence[Token], heard: Sequence[Word], language: str) -> list[list[Link]]:
    """For every script word the pieces of heard words that speak it, in order; none for one that nothing speaks.

    A stretch that was read elsewhere than it stands is found there. Time and memory grow with the length of the text, not
    with its square.
    """
    keys = [spoken_forms(word.text, language) or (("",),) for word in heard]
    said = _row([token.key[0] for token in tokens])
    ears = _row([key[0] for key in keys])
    anchors = find_anchors(said.atoms, ears.atoms)
    blocks = [_whole_words(block, said, ears) for block in find_moved(said.atoms, ears.atoms, anchors)]
    away = {said.owners[i] for block in blocks for i in range(block.a0, block.a1)}
    gone = {ears.owners[j] for block in blocks for j in range(block.b0, block.b1)}
    linker = _Linker(tokens, heard, keys, said, ears)
    linker.link(
        Gap(0, len(said.atoms), 0, len(ears.atoms)),
        [(i, j) for i, j in anchors if said.owners[i] not in away and ears.owners[j] not in gone],
        away,
        gone,
    )
    for block in blocks:
        part = Gap(block.a0, block.a1, block.b0, block.b1)
        linker.link(part, find_anchors(said.atoms, ears.atoms, part), set(), set())
    return [_on_one_side(links, gone) if index not in away else links for index, links in enumerate(linker.links)]


def _whole_words(block: Block, said: _Row, ears: _Row) -> Gap:
    """A block without the words that it holds only in part."""
    a0, a1 = _whole_span(said.owners, block.a0, block.a1)
    b0, b1 = _whole_span(ears.owners, block.b0, block.b1)
    return Gap(a0, a1, b0, b1)


def _whole_span(owners: Sequence[int], first: int, last: int) -> tuple[int, int]:
    while 0 < first < last and owners[first - 1] == owners[first]:
        first += 1
    while first < last < len(owners) and owners[last - 1] == owners[last]:
        last -= 1
    return first, last


def _on_one_side(links: Sequence[Link], gone: Collection[int]) -> list[Link]:
    """The pieces of a word, if it spans what was read there from elsewhere those on the side that has more of it."""
    if len({link.heard for link in links} | {link.last for link in links}) < 2:
        return list(links)
    sides: list[list[Link]] = [[]]
    for link in links:
        if any(ear in gone for ear in range(link.heard, link.last + 1)):
            continue
        if sides[-1] and any(ear in gone for ear in range(sides[-1][-1].last, link.heard)):
            sides.append([])
        sides[-1].append(link)
    return max(sides, key=lambda side: sum(link.weight for link in side))


def _whole(anchors: Sequence[tuple[int, int]], said: _Row, ears: _Row) -> list[tuple[int, int]]:
    """Drop anchors that cover a word of several parts only partly: its other readings are to be tried as a whole."""
    of_said, of_ears = Counter(said.owners), Counter(ears.owners)
    got_said = Counter(said.owners[i] for i, _ in anchors)
    got_ears = Counter(ears.owners[j] for _, j in anchors)
    kept = anchors
    while True:
        whole = [
            (i, j)
            for i, j in kept
            if got_said[said.owners[i]] == of_said[said.owners[i]]
            and got_ears[ears.owners[j]] == of_ears[ears.owners[j]]
        ]
        if len(whole) == len(kept):
            return whole
        kept = whole
        got_said = Counter(said.owners[i] for i, _ in kept)
        got_ears = Counter(ears.owners[j] for _, j in kept)


@dataclass(frozen=True)
class _Linker:
    """Links as they are found: every script word's, in `links`."""

    tokens: Sequence[Token]
    heard: Sequence[Word]
    keys: Sequence[tuple[Form, ...]]
    said: _Row
    ears: _Row
    links: list[list[Link]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "links", [[] for _ in self.tokens])

    def link(self, part: Gap, anchors: Sequence[tuple[int, int]], away: Collection[int], gone: Collection[int]) -> None:
        """Link the words of a part: its anchors, and what lies between them. Script words `away` and heard words `gone` are
        no part of it.
        """
        whole = _whole(anchors, self.said, self.ears)
        spans = _spans(self.heard, self.ears, part.b0, part.b1)
        for i, j in whole:
            ear = self.ears.owners[j]
            link = Link(*spans[j - part.b0], ear, ear, 1.0, len(self.said.atoms[i]))
            self.links[self.said.owners[i]].append(link)
        for gap in between(part, whole):
            if gap.a0 < gap.a1 and gap.b0 < gap.b1:
                t0, t1 = self.said.owners[gap.a0], self.said.owners[gap.a1 - 1] + 1
                w0, w1 = self.ears.owners[gap.b0], self.ears.owners[gap.b1 - 1] + 1
                tokens = [index for index in range(t0, t1) if index not in away]
                ears = [index for index in range(w0, w1) if index not in gone]
                self._compare(tokens, ears)

    def _compare(self, tokens: Sequence[int], ears: Sequence[int]) -> None:
        """Link a few script words with a few heard ones, word by word; not where they are too many."""
        spoken = Counter(atom for index in ears for form in self.keys[index] for atom in form)
        written = Counter(atom for index in tokens for form in self.tokens[index].key for atom in form)
        a = _row([_likeliest(self.tokens[index].key, spoken) for index in tokens], tokens)
        b = _row([_likeliest(self.keys[index], written) for index in ears], ears)
        if not Gap(0, len(a.atoms), 0, len(b.atoms)).small:
            return
        spans = _spans(self.heard, b, 0, len(b.atoms))
        for pair in self._credible(a, b, pair_words(a.atoms, b.atoms)):
            first, last = b.owners[pair.b0], b.owners[pair.b1 - 1]
            if last - first > 1:
                continue  # between them lies what was read there from elsewhere
            start, end = spans[pair.b0][0], spans[pair.b1 - 1][1]
            letters = [len(atom) for atom in a.atoms[pair.a0 : pair.a1]]
            done = 0
            for at, count in zip(range(pair.a0, pair.a1), letters, strict=True):
                begin = start + (end - start) * done / sum(letters)
                done += count
                until = start + (end - start) * done / sum(letters)
                self.links[a.owners[at]].append(Link(begin, until, first, last, pair.likeness, count))

    def _credible(self, a: _Row, b: _Row, pairs: Sequence[Pair]) -> list[Pair]:
        """The pairs but for those in passages that share hardly a word and were heard well: there, something else was said."""
        sure = _firm(pairs, a)
        firm = [pair for pair, firmly in zip(pairs, sure, strict=True) if firmly]
        edges = [
            Pair(-1, 0, -1, 0, 1.0),
            *firm,
            Pair(len(a.atoms), len(a.atoms) + 1, len(b.atoms), len(b.atoms) + 1, 1.0),
        ]
        kept = list(firm)
        loose = iter([pair for pair, firmly in zip(pairs, sure, strict=True) if not firmly])
        waiting = next(loose, None)
        for before, after in pairwise(edges):
            inside: list[Pair] = []
            while waiting and waiting.a0 < after.a0:
                inside.append(waiting)
                waiting = next(loose, None)
            if not self._strange(a, b, Gap(before.a1, after.a0, before.b1, after.b0), inside):
                kept += inside
        return sorted(kept, key=lambda pair: pair.a0)

    def _strange(self, a: _Row, b: _Row, gap: Gap, pairs: Sequence[Pair]) -> bool:
        if min(gap.a1 - gap.a0, gap.b1 - gap.b0) < _PASSAGE:
            return False
        alike = sum(len(a.atoms[at]) for pair in pairs if pair.likeness == 1 for at in range(pair.a0, pair.a1))
        letters = min(sum(map(len, a.atoms[gap.a0 : gap.a1])), sum(map(len, b.atoms[gap.b0 : gap.b1])))
        owners = sorted(set(b.owners[gap.b0 : gap.b1]))
        return alike < _SHARED * letters and credible([self.heard[ear] for ear in owners])


def _firm(pairs: Sequence[Pair], row: _Row) -> list[bool]:
    """For each pair, whether it is more than an "of" that any two passages share: a longer word, or beside another one alike."""
    alike = [pair.likeness >= _ALIKE for pair in pairs]
    beside = [
        alike[at] and alike[at + 1] and one.a1 == other.a0 and one.b1 == other.b0
        for at, (one, other) in enumerate(pairwise(pairs))
    ]
    near = zip([False, *beside], [*beside, False], strict=True) if pairs else ()
    return [
        like and (len(row.atoms[pair.a0]) >= _LONG or before or after)
        for pair, like, (before, after) in zip(pairs, alike, near, strict=True)
    ]


def _likeliest(key: tuple[Form, ...], around: Counter[str]) -> Form:
    """The reading of which the other side knows the largest part; the first among equals."""
    if len(key) == 1:
        return key[0]
    return max(key, key=lambda form: sum(atom in around for atom in form) / len(form))


def _spans(heard: Sequence[Word], row: _Row, first: int, last: int) -> list[tuple[float, float]]:
    """Start and end of the spoken words `[first, last)` of a row, a heard word's time shared among its parts by their letters."""
    pairs = list(zip(row.atoms[first:last], row.owners[first:last], strict=True))
    letters = Counter[int]()
    for atom, owner in pairs:
        letters[owner] += max(1, len(atom))
    done = Counter[int]()
    out: list[tuple[float, float]] = []
    for atom, owner in pairs:
        start, end = heard[owner].start or 0.0, heard[owner].end or 0.0
        size = max(1, len(atom))
        begin = start + (end - start) * done[owner] / letters[owner]
        done[owner] += size
        out.append((begin, start + (end - start) * done[owner] / letters[owner]))
    return out
