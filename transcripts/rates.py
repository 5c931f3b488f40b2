"""The frame rate that a subtitle file's times show: pure."""

from collections.abc import Sequence
from fractions import Fraction

from transcripts.track import has_times
from transcripts.words import Cue

RATES = tuple(Fraction(n, d) for n, d in ((24, 1), (24000, 1001), (25, 1), (30, 1), (30000, 1001), (50, 1), (60, 1)))
_USUAL = Fraction(24)
"""What Netflix's guide counts in, where nothing says otherwise."""
_MOST = 0.75
"""Of a file's times that lie on the frames of its rate: some were set by hand. By chance 3 to 7 in a hundred do."""
_TELLING = 2
"""Times that lie on a rate's frames and not on the usual one's, from which it is believed: two do by chance once in a hundred files."""
_LOOKED_AT = 1000


def guess_rate(cues: Sequence[Cue]) -> Fraction:
    """The rate on whose frames most of the cues' times lie, to the millisecond; 24 where they show none.

    Of several that fit as well the first is taken, of a rate and its double the lower.
    """
    times = sorted({at for cue in cues if has_times(cue) for at in (cue.start, cue.end) if at})[:_LOOKED_AT]
    fitting = {rate: sum(_on_frame(at, float(rate)) for at in times) for rate in RATES}
    fit = [rate for rate in RATES if fitting[rate] >= max(1, _MOST * len(times))]
    fit = [rate for rate in fit if rate / 2 not in fit]
    best = max(fit, key=fitting.__getitem__, default=_USUAL)
    return best if fitting[best] >= fitting[_USUAL] + _TELLING else _USUAL


def _on_frame(at: float, rate: float) -> bool:
    return abs(round(at * rate) / rate - at) < 0.0006
