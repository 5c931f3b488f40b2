"""The known name nearest to what was written, for a hint."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process


def nearest(written: str, known: Iterable[str], *, score: float = 70) -> str | None:
    """The most similar of `known`, or None when nothing is similar enough to be what was meant.

    `score` is the least similarity, 0 to 100, that counts (rapidfuzz's ratio).
    """
    folded = {name.casefold(): name for name in known}
    best = process.extractOne(written.casefold(), list(folded), scorer=fuzz.ratio, score_cutoff=score)
    return folded[best[0]] if best else None
