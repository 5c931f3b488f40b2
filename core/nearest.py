"""The known names nearest to what somebody probably meant, for a hint."""

from __future__ import annotations

from collections.abc import Iterable

CLOSE = 70.0
"""Of 100 by rapidfuzz's ratio: below, two words have too little in common to be a slip of the fingers."""


def all_near(written: str, known: Iterable[str], *, limit: int = 3, score: float = CLOSE) -> tuple[str, ...]:
    """The names most like `written`, best first, capitals aside; none of less than `score`, 0 to 100, by rapidfuzz's ratio."""
    from rapidfuzz import fuzz, process

    folded = {name.casefold(): name for name in known}
    found = process.extract(written.casefold(), list(folded), scorer=fuzz.ratio, limit=limit, score_cutoff=score)
    return tuple(folded[match] for match, _score, _index in sorted(found, key=lambda hit: (-hit[1], hit[0])))


def nearest(written: str, known: Iterable[str], *, score: float = CLOSE) -> str | None:
    """The name most like `written`, or None when nothing is similar enough to be what was meant."""
    return next(iter(all_near(written, known, limit=1, score=score)), None)
