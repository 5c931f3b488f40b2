"""How a cue's words are set in lines: on one if they fit, else on the two that read best."""

from collections.abc import Sequence
from functools import lru_cache

from transcripts.breaks import BOUND

SECOND_LINE = 0.6
IMPOSSIBLE = 1e7

_SPLIT, _TORN = 0.5, 1.5
"""How much of a break's cost between two cues it costs between two lines: they are read in one go. Words that lean on each other are
not torn for it: rather another cue."""


@lru_cache(maxsize=200_000)
def _balance(above: float, below: float) -> float:
    """Cost of uneven lines; a longer second line is liked a little better, as it hides less of the picture (Netflix Timed Text
    Style Guide, Line Treatment, has the second of two lines the longer one).
    """
    uneven = abs(above - below) / max(above, below, 1)
    return 3.0 * uneven * uneven + (0.3 if above > below else 0.0)


def best_break(widths: Sequence[float], glue: float, costs: Sequence[float], limit: float) -> tuple[float, int]:
    """Where to break words of these widths into two lines, as (cost, words on the first line); 0 words: one line.

    `glue` is the width of what stands between two words; `costs` what it costs to break after each word but the last. Words that
    fit on one line stay on it. Words that fit on no two lines are set on one, at a price beyond every other.
    """
    whole = sum(widths) + glue * (len(widths) - 1)
    if whole <= limit:
        return 0.0, 0
    best, place = IMPOSSIBLE, 0
    above = -glue
    for index in range(1, len(widths)):
        above += widths[index - 1] + glue
        if above > limit:
            break
        below = whole - above - glue
        if below > limit:
            continue
        broken = costs[index - 1]
        cost = SECOND_LINE + (_SPLIT if broken < BOUND else _TORN) * broken + _balance(above, below)
        if cost < best:
            best, place = cost, index
    return best, place
