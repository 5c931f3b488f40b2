"""When a cue comes and goes: on its words, on the picture's cuts, and clear of its neighbours. All in frames.

A cue's first frame depends on the word that it begins with and on nothing else of how the text is cut. Its last is the cheapest
between that and the next cue's first. So the cost of a cue is known from its first word and the next cue's, and the cheapest of all
ways to cut a text is found one word after another.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.timecode import seconds_to_frame
from transcripts.profiles import Profile
from transcripts.words import Word

BROKEN = 60.0
"""Cost of a rule of the house that is broken: more than of any bad place to break."""

_SNAP = Fraction(1, 2)
"""Netflix Subtitle Timing Guidelines, Timing to the shot change: cues within half a second of a cut go to it."""

_LATE = Fraction(3, 4)
"""Part of that half second before a cut in which a cue waits for it: the first 8 of 12 frames. Farther off it comes earlier."""

# Costs a second.
_SHORT, _FAST, _CHOPPED, _GONE, _HANGING = 30.0, 24.0, 40.0, 1.5, 1.0
_SPANS = 9.0
_SOME_FAST = 10.0


@dataclass(frozen=True)
class Clock:
    """Limits in frames, and the cuts."""

    rate: float
    gap: int
    small_gap: int
    shortest: int
    longest: int
    linger: int
    snap: int
    near: int
    overhang: int
    cuts: tuple[int, ...]

    @staticmethod
    def of(profile: Profile, rate: Fraction, cuts: Sequence[float]) -> "Clock":
        """The clock of a profile at a frame rate; `cuts` in seconds."""

        def frames(seconds: Fraction) -> int:
            return seconds_to_frame(seconds, rate)

        return Clock(
            float(rate),
            profile.gap_frames,
            frames(profile.small_gap),
            ceil_frames(profile.shortest, rate),
            int(profile.longest * rate),
            frames(profile.linger),
            frames(_SNAP),
            frames(profile.near_cut),
            frames(profile.overhang),
            tuple(sorted({frame for at in cuts if (frame := seconds_to_frame(at, rate)) > 0})),
        )

    def cuts_between(self, first: int, last: int) -> tuple[int, ...]:
        """Cuts on frames [first, last]."""
        return self.cuts[bisect_left(self.cuts, first) : bisect_right(self.cuts, last)] if self.cuts else ()


def ceil_frames(seconds: Fraction, rate: Fraction) -> int:
    """The least number of whole frames that last so long."""
    exact = seconds * rate
    return -(-exact.numerator // exact.denominator)


def word_frames(words: Sequence[Word], rate: Fraction) -> tuple[list[int], list[int]]:
    """First frames and ends of timed words. No word begins before the one before it, none ends before it begins."""
    pace = float(rate)
    starts, ends = [], []
    latest = 0
    for word in words:
        start = max(latest, int((word.start or 0.0) * pace + 0.5))
        starts.append(start)
        ends.append(max(start, int((word.end or 0.0) * pace + 0.5)))
        latest = start
    return starts, ends


def first_frames(starts: Sequence[int], clock: Clock) -> tuple[list[int], list[float]]:
    """For every word, the first frame of a cue that begins with it, and what beginning there costs.

    On the word, or on a cut near by. Frames go up from word to word, so that no two cues begin at once.
    """
    firsts, costs = [], []
    latest = -1
    for index, start in enumerate(starts):
        before = starts[index - 1] if index else -1
        frame = max(latest + 1, _snapped(start, before, clock))
        firsts.append(frame)
        costs.append(0.0 if begins_off_cut(frame, frame + clock.longest, clock) is None else BROKEN)
        latest = frame
    return firsts, costs


def _snapped(start: int, before: int, clock: Clock) -> int:
    """`before`: where the word before begins, which has to come first."""
    cuts, snap = clock.cuts, clock.snap
    if not cuts:
        return start
    at = bisect_right(cuts, start)
    if at and start - cuts[at - 1] < snap and before + clock.gap < cuts[at - 1]:
        return cuts[at - 1]
    if at < len(cuts) and cuts[at] - start < snap:
        if cuts[at] - start < _LATE * snap:
            return cuts[at]
        if before + clock.gap < cuts[at] - snap:
            return cuts[at] - snap
    return start


def best_end(
    start: int, spoken: int, following: int | None, reading: int, clock: Clock, until: int | None = None
) -> tuple[float, int]:
    """The cheapest end of a cue, as (cost, frame after its last): `start` its first frame, `spoken` where its words end,
    `following` the next cue's first frame, `reading` how many frames its text takes to read, `until` the film's end.
    """
    ceiling = start + clock.longest
    if following is not None:
        ceiling = min(ceiling, following - clock.gap)
    if until is not None:
        ceiling = min(ceiling, until)
    ceiling = max(ceiling, start + 1)
    best: tuple[float, int] | None = None
    for wanted in _ends(start, spoken, following, reading, clock):
        end = min(max(wanted, start + 1), ceiling)
        cost = end_cost(end, start, spoken, following, reading, clock)
        if best is None or (cost, -end) < (best[0], -best[1]):
            best = (cost, end)
    assert best
    return best


def _ends(start: int, spoken: int, following: int | None, reading: int, clock: Clock) -> Iterator[int]:
    """Every end at which the cost may turn: between two of them it goes straight."""
    yield spoken + clock.linger
    yield start + clock.shortest
    yield start + reading
    yield start + clock.longest
    if following is not None:
        yield following - clock.gap
        yield following - clock.small_gap
    far = start + clock.longest if following is None else min(start + clock.longest, following)
    for cut in clock.cuts_between(start, far + clock.near):
        yield cut - clock.gap
        yield cut - clock.near
        yield cut + max(clock.near, clock.overhang)


def end_cost(end: int, start: int, spoken: int, following: int | None, reading: int, clock: Clock) -> float:
    """What it costs that a cue ends on a frame."""
    frames, rate = end - start, clock.rate
    cost = 0.0
    if frames < clock.shortest:
        cost += BROKEN + _SHORT * (clock.shortest - frames) / rate
    if frames < reading:
        cost += _SOME_FAST + _FAST * (reading - frames) / rate
    if end < spoken:
        cost += _CHOPPED * (spoken - end) / rate
    rest = spoken + clock.linger
    cost += _GONE * (rest - end) / rate if end < rest else _HANGING * (end - rest) / rate
    gap = following - end if following is not None else clock.small_gap
    if gap < clock.gap or clock.gap < gap < clock.small_gap:
        cost += BROKEN
    if clock.cuts:
        cost += _ending(end, start, gap, clock)
    return cost


def _ending(end: int, start: int, gap: int, clock: Clock) -> float:
    spans = _SPANS * len(clock.cuts_between(start + 1, end - 1))
    return spans + (BROKEN if ends_off_cut(end, start, gap, clock) is not None else 0.0)


def begins_off_cut(start: int, end: int, clock: Clock) -> int | None:
    """The cut beside which a cue begins instead of on it; None where it begins well."""
    for cut in clock.cuts_between(start - clock.near + 1, start + max(clock.near, clock.overhang) - 1):
        if cut != start and (abs(cut - start) < clock.near or start < cut < end):
            return cut
    return None


def ends_off_cut(end: int, start: int, gap: int, clock: Clock) -> int | None:
    """The cut beside which a cue ends instead of at it; None where it ends well. `gap`: frames to the next cue.

    Where one cue gives way to the next at once and the house asks for a place near the cut, it is the next one's beginning that counts.
    """
    if clock.near and gap <= clock.gap:
        return None
    for cut in clock.cuts_between(max(start + 1, end - max(clock.near, clock.overhang) + 1), end + clock.near - 1):
        if (abs(end - cut) < clock.near and end != cut - clock.gap) or 0 < end - cut < clock.overhang:
            return cut
    return None
