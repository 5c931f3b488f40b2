"""The nearest match to what somebody probably meant."""

from collections.abc import Sequence

from core.errors import BadInput

CLOSE = 70.0
"""Of 100 by rapidfuzz's ratio: below, two words have too little in common to be a slip of the fingers."""


def nearest(word: str, known: Sequence[str], limit: int = 3, close: float = CLOSE) -> tuple[str, ...]:
    """The known words most like `word`, best first; none that is not close."""
    from rapidfuzz import fuzz, process

    found = process.extract(word, known, scorer=fuzz.ratio, limit=limit, score_cutoff=close)
    return tuple(match for match, _score, _index in sorted(found, key=lambda hit: (-hit[1], hit[0])))


def unknown_slug(slug: str, known: Sequence[str]) -> BadInput:
    """The error for a slug that no video has."""
    close = nearest(slug, known)
    hint = f"did you mean '{close[0]}'?" if close else "see `slugline catalogue list`"
    return BadInput(f"no video '{slug}'", hint=hint)
