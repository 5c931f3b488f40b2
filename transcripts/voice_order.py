"""Words in the order of the voice: where those stand that were said, and beside which of them those that were not heard."""

from collections.abc import Mapping, Sequence

from transcripts.words import Word

_ENDS = (".", "!", "?", "…", ":", ";")
_CLOSERS = "\"”’'»)]"


def in_voice_order(spots: Sequence[Word], places: Mapping[int, int], extras: Mapping[int, Word]) -> list[Word]:
    """The script's words, by index in `spots`, and what was said besides, in the order in which it was said.

    `places` gives each script word that was heard its place in what was heard, `extras` the other words by theirs. A word that
    was not heard stays with the one before it in the script; at the edge of a stretch that was read elsewhere, with the rest
    of its sentence.
    """
    heard = [(place, 1, index) for index, place in places.items()] + [(place, 0, place) for place in extras]
    ordered = sorted(heard)
    script = [index for _, own, index in ordered if own]
    next_of = dict(zip([-1, *script], [*script, len(spots)], strict=True))
    after: dict[int, list[int]] = {}
    before: dict[int, list[int]] = {}
    for first, last in _unheard(len(spots), places):
        cut = last if next_of[first - 1] == last else _sentence_end(spots, first, last)
        if cut > first:
            after[first - 1] = list(range(first, cut))
        if last > cut:
            before[last] = list(range(cut, last))
    out = [spots[index] for index in after.get(-1, ())]
    for _, own, index in ordered:
        if own:
            out += [spots[other] for other in (*before.get(index, ()), index, *after.get(index, ()))]
        else:
            out.append(extras[index])
    return out + [spots[index] for index in before.get(len(spots), ())]


def _unheard(count: int, places: Mapping[int, int]) -> list[tuple[int, int]]:
    """Runs `[first, last)` of script words without a place."""
    runs: list[tuple[int, int]] = []
    for index in range(count):
        if index in places:
            continue
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _sentence_end(spots: Sequence[Word], first: int, last: int) -> int:
    """Between which words of a run to part it: after its last end of a sentence; else wholly after or before its neighbour."""
    if last == len(spots):
        return last
    for index in range(last - 1, first - 2, -1):
        if index >= 0 and spots[index].text.rstrip(_CLOSERS).endswith(_ENDS):
            return index + 1
    return last if first else first
