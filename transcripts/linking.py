"""Which heard words speak which script words: anchors first, then the windows between them, readings chosen by what was heard."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from transcripts.anchors import Gap, between, find_anchors
from transcripts.pairing import pair_words
from transcripts.spoken import Form, spoken_forms
from transcripts.tokens import Token
from transcripts.words import Word


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


def _row(readings: Sequence[Form], first: int = 0) -> _Row:
    pairs = [(atom, first + index) for index, reading in enumerate(readings) for atom in reading]
    return _Row(tuple(atom for atom, _ in pairs), tuple(owner for _, owner in pairs))


def link_words(tokens: Sequence[Token], heard: Sequence[Word], language: str) -> list[list[Link]]:
    """For every script word the pieces of heard words that speak it, in order; none for one that nothing speaks.

    Time and memory grow with the length of the text, not with its square.
    """
    keys = [spoken_forms(word.text, language) or (("",),) for word in heard]
    said = _row([token.key[0] for token in tokens])
    ears = _row([key[0] for key in keys])
    anchors = _whole(find_anchors(said.atoms, ears.atoms), said, ears)
    links: list[list[Link]] = [[] for _ in tokens]
    spans = _spans(heard, ears)
    for i, j in anchors:
        links[said.owners[i]].append(Link(*spans[j], ears.owners[j], ears.owners[j], 1.0, len(said.atoms[i])))
    for gap in between(Gap(0, len(said.atoms), 0, len(ears.atoms)), anchors):
        _link_gap(gap, tokens, heard, keys, said, ears, links)
    return links


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


def _link_gap(
    gap: Gap,
    tokens: Sequence[Token],
    heard: Sequence[Word],
    keys: Sequence[tuple[Form, ...]],
    said: _Row,
    ears: _Row,
    links: list[list[Link]],
) -> None:
    if gap.a0 == gap.a1 or gap.b0 == gap.b1 or not gap.small:
        return
    t0, t1 = said.owners[gap.a0], said.owners[gap.a1 - 1] + 1
    w0, w1 = ears.owners[gap.b0], ears.owners[gap.b1 - 1] + 1
    spoken = Counter(atom for key in keys[w0:w1] for form in key for atom in form)
    written = Counter(atom for token in tokens[t0:t1] for form in token.key for atom in form)
    a = _row([_likeliest(token.key, spoken) for token in tokens[t0:t1]], t0)
    b = _row([_likeliest(key, written) for key in keys[w0:w1]], w0)
    spans = _spans(heard, b)
    for pair in pair_words(a.atoms, b.atoms):
        start, end = spans[pair.b0][0], spans[pair.b1 - 1][1]
        letters = [len(atom) for atom in a.atoms[pair.a0 : pair.a1]]
        done = 0
        for at, count in zip(range(pair.a0, pair.a1), letters, strict=True):
            begin = start + (end - start) * done / sum(letters)
            done += count
            until = start + (end - start) * done / sum(letters)
            links[a.owners[at]].append(
                Link(begin, until, b.owners[pair.b0], b.owners[pair.b1 - 1], pair.likeness, count)
            )


def _likeliest(key: tuple[Form, ...], around: Counter[str]) -> Form:
    """The reading of which the other side knows the largest part; the first among equals."""
    if len(key) == 1:
        return key[0]
    return max(key, key=lambda form: sum(atom in around for atom in form) / len(form))


def _spans(heard: Sequence[Word], row: _Row) -> list[tuple[float, float]]:
    """Start and end of every spoken word, a heard word's time shared among its parts by their letters."""
    letters = Counter[int]()
    for atom, owner in zip(row.atoms, row.owners, strict=True):
        letters[owner] += max(1, len(atom))
    done = Counter[int]()
    out: list[tuple[float, float]] = []
    for atom, owner in zip(row.atoms, row.owners, strict=True):
        start, end = heard[owner].start or 0.0, heard[owner].end or 0.0
        size = max(1, len(atom))
        begin = start + (end - start) * done[owner] / letters[owner]
        done[owner] += size
        out.append((begin, start + (end - start) * done[owner] / letters[owner]))
    return out
