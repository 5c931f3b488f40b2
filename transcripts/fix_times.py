"""Times put right where that breaks no other rule: overlaps, gaps, cues too short to be seen, cuts near by.

A time is moved only if every rule that the cue keeps is kept still and one that it broke is kept as well; the one exception: to be clear
of the next cue, it may be gone a little too soon to be read. Each move leaves less at fault than there was, so it comes to an end, and
what is in order is never touched again. Times are set to the millisecond, as files
keep them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from transcripts.cue_times import begins_off_cut, ends_off_cut
from transcripts.track import TOLERANCE, Track
from transcripts.words import Cue

_WEIGHTS = {"cue-overlap": 4, "cue-gap": 4, "cue-after-end": 4, "cue-backwards": 4}
_TOO_SOON = frozenset({"cue-too-fast"})

_FARTHEST = 0.5
"""Seconds by which a time is moved at the most: half a second, as far as the guides let a cue go from its words or its cut."""


@dataclass(frozen=True)
class Faults:
    """Names of the rules that a cue breaks, given the next one."""

    track: Track
    reading: Sequence[float]

    def of(self, index: int, start: float, end: float, following: float | None) -> frozenset[str]:
        """What is wrong with the cue at an index if it is shown from `start` to `end` and the next begins at `following`."""
        track = self.track
        clock, profile, rate = track.clock, track.profile, float(track.rate)
        seconds = end - start
        broken = set()
        if seconds <= 0:
            broken.add("cue-backwards")
        if seconds < float(profile.shortest) - 2 * TOLERANCE:
            broken.add("cue-too-short")
        if seconds > float(profile.longest) + 2 * TOLERANCE:
            broken.add("cue-too-long")
        if self.reading[index] > seconds * 1.0025 + 2 * TOLERANCE:
            broken.add("cue-too-fast")
        if track.seconds is not None and end > track.seconds + 1.5 / rate:
            broken.add("cue-after-end")
        gap = clock.longest
        if following is not None:
            between = following - end
            gap = round(between * rate)
            if between < -TOLERANCE:
                broken.add("cue-overlap")
            elif between < clock.gap / rate - 2 * TOLERANCE:
                broken.add("cue-gap")
            elif clock.gap < gap < clock.small_gap:
                broken.add("cue-small-gap")
        if clock.cuts:
            first, last = round(start * rate), round(end * rate)
            if begins_off_cut(first, last, clock) is not None:
                broken.add("cue-start-off-cut")
            if ends_off_cut(last, first, gap, clock) is not None:
                broken.add("cue-end-off-cut")
        return frozenset(broken)


def fix_times(cues: Sequence[Cue], track: Track) -> tuple[list[Cue], list[tuple[int, str]]]:
    """Cues in their order, with times as they can be put right, and the rules that asked for it, each with the cue's index.

    `track` has the same cues; they are in order of their starts, and each has times.
    """
    reading = [float(track.profile.reading_seconds(track.text(index), track.language)) for index in range(len(cues))]
    faults = Faults(track, reading)
    times = [(cue.start, cue.end) for cue in cues]
    moved: list[tuple[int, str]] = []
    waiting = set(range(len(cues)))
    while waiting:
        touched: set[int] = set()
        for index in sorted(waiting):
            touched |= _mend(index, times, faults, moved)
        waiting = {near for index in touched for near in (index - 1, index, index + 1) if 0 <= near < len(cues)}
    return [replace(cue, start=start, end=end) for cue, (start, end) in zip(cues, times, strict=True)], moved


def _mend(index: int, times: list[tuple[float, float]], faults: Faults, moved: list[tuple[int, str]]) -> set[int]:
    """Put one cue right as far as it can be; the indices of cues whose times changed."""
    touched = set()
    start, end = times[index]
    following = times[index + 1][0] if index + 1 < len(times) else None
    broken = faults.of(index, start, end, following)
    if "cue-start-off-cut" in broken and _move_start(index, times, faults):
        moved.append((index, "cue-start-off-cut"))
        touched |= {index - 1, index}
        start, end = times[index]
        broken = faults.of(index, start, end, following)
    if broken - {"cue-start-off-cut", "cue-too-long"}:
        better = _better_end(index, start, end, following, broken, faults)
        if better is not None:
            times[index] = (start, better)
            moved += [(index, rule) for rule in sorted(broken - faults.of(index, start, better, following))]
            touched.add(index)
    return {near for near in touched if near >= 0}


def _better_end(
    index: int, start: float, end: float, following: float | None, broken: frozenset[str], faults: Faults
) -> float | None:
    """The end that leaves the fewest faults, and moves the least; None where the present one is as good."""
    best: tuple[int, float, float] | None = None
    for wanted in (round(end, 3) for end in _ends(index, start, end, following, faults)):
        if wanted < start + 0.001 or (
            abs(wanted - end) > _FARTHEST + TOLERANCE and end > start and not _closes(wanted, end, faults)
        ):
            continue
        left = faults.of(index, start, wanted, following)
        if "cue-overlap" in left and wanted > end:
            continue
        if left - broken <= _TOO_SOON and _weight(left) < _weight(broken):
            rank = (_weight(left), abs(wanted - end), wanted)
            best = min(best, rank) if best else rank
    return best[2] if best else None


def _weight(broken: frozenset[str]) -> int:
    return sum(_WEIGHTS.get(rule, 2 if rule != "cue-too-fast" else 1) for rule in broken)


def _closes(wanted: float, end: float, faults: Faults) -> bool:
    """True for a cue that stays on until the next one, over a gap that the house takes for none."""
    return end < wanted <= end + float(faults.track.profile.small_gap) + TOLERANCE


def _ends(index: int, start: float, end: float, following: float | None, faults: Faults) -> Iterator[float]:
    track = faults.track
    clock, rate = track.clock, float(track.rate)
    for seconds in (float(track.profile.shortest), faults.reading[index]):
        last = start + seconds
        # A cue that begins on a frame ends on one: a file keeps the rate that its times show.
        on_frame = abs(round(start * rate) / rate - start) <= TOLERANCE
        yield ceil((last - TOLERANCE) * rate) / rate if on_frame else last
    if following is not None:
        yield following - clock.gap / rate
        yield following - clock.small_gap / rate
    if track.seconds is not None:
        yield track.seconds
    near, frame = round(rate), round(end * rate)
    for cut in clock.cuts_between(frame - near, frame + near):
        yield (cut - clock.gap) / rate
        yield (cut + max(clock.near, clock.overhang)) / rate


def _move_start(index: int, times: list[tuple[float, float]], faults: Faults) -> bool:
    """Let a cue begin on the cut near by, or clear of it, if that does no harm to it or to the one before."""
    track = faults.track
    clock, rate = track.clock, float(track.rate)
    start, end = times[index]
    cut = begins_off_cut(round(start * rate), round(end * rate), clock)
    assert cut is not None
    following = times[index + 1][0] if index + 1 < len(times) else None
    before = times[index - 1] if index else None
    old = _both(index, before, (start, end), following, faults)
    choices = (round(cut / rate, 3), round((cut - clock.snap) / rate, 3))
    for wanted in sorted(choices, key=lambda at: abs(at - start)):
        if abs(wanted - start) > _FARTHEST + TOLERANCE or wanted < 0 or (following is not None and wanted >= following):
            continue
        earlier = before
        if before is not None:
            if wanted <= before[0]:
                continue
            # Who stays until this one comes, stays until it comes.
            chained = abs(start - before[1] - clock.gap / rate) < 1.5 / rate
            limit = round(wanted - clock.gap / rate, 3)
            earlier = (before[0], limit if chained else min(before[1], limit))
        new = _both(index, earlier, (wanted, end), following, faults)
        if new < old:
            times[index] = (wanted, end)
            if before is not None and earlier is not None:
                times[index - 1] = earlier
            return True
    return False


def _both(
    index: int, before: tuple[float, float] | None, own: tuple[float, float], following: float | None, faults: Faults
) -> frozenset[tuple[int, str]]:
    found = {(index, rule) for rule in faults.of(index, *own, following)}
    if before is not None:
        found |= {(index - 1, rule) for rule in faults.of(index - 1, *before, own[0])}
    return frozenset(found)
