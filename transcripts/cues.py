"""Cues from timed words: the cheapest of all legal ways to cut a text into subtitles, not the first that fits."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from core.timecode import frame_to_seconds, seconds_to_frame
from transcripts.breaks import SENTENCE, break_costs
from transcripts.profiles import Profile, find_profile
from transcripts.words import Cue, Word

CUE_VERSION = "1"
"""Part of the address of what is made from cues: changes when `build_cues` gives other cues for the same words."""

_EACH = 3.0
_SECOND_LINE = 0.6
_SPANS_CUT = 9.0
_OVER_CUT = 0.2
_MERGED_SENTENCES = 5.0
_TOO_FAST = 6.0
_TOO_SHORT = 30.0
_SILENCE = 6.0
_IMPOSSIBLE = 1e9
_UNSPACED = {"zh", "yue", "ja", "th", "lo", "my"}

_CHAIN = Fraction(1, 2)
"""Two cues less than this apart are joined up to the smallest gap (Netflix Timing Guidelines: gaps of 3 to 11 frames are closed)."""

_LINGER = Fraction(1, 2)
"""How long a cue stays after its last word where nothing else wants the screen (Netflix Timing Guidelines: at least half a second)."""


@dataclass(frozen=True)
class _Plan:
    """Everything that the cost of a cue depends on."""

    words: tuple[Word, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    costs: tuple[float, ...]
    cuts: tuple[int, ...]
    profile: Profile
    rate: Fraction
    glue: str

    @property
    def gap(self) -> int:
        return self.profile.gap_frames

    # Fractions are slow, and these are asked for once for every possible cue.

    @cached_property
    def margin(self) -> int:
        """Frames by which a cue may reach over a cut before it counts as spanning it."""
        return self.frames(_OVER_CUT)

    @cached_property
    def longest(self) -> int:
        return self.frames(self.profile.longest)

    @cached_property
    def linger(self) -> int:
        return self.frames(_LINGER)

    @cached_property
    def chain(self) -> int:
        return self.frames(_CHAIN)

    @cached_property
    def shortest(self) -> int:
        return _ceil(self.profile.shortest * self.rate)

    @cached_property
    def _a_letter(self) -> Fraction:
        return self.rate / Fraction(self.profile.reading_speed)

    def to_read(self, letters: int) -> int:
        """Frames in which so many letters are read at the profile's speed."""
        return -(-letters * self._a_letter.numerator // self._a_letter.denominator)

    def frames(self, seconds: Fraction | float) -> int:
        return seconds_to_frame(seconds, self.rate)


def build_cues(
    words: Sequence[Word],
    *,
    profile: str = "netflix",
    language: str = "en",
    breaks: Sequence[float] = (),
    rate: Fraction = Fraction(30),
) -> list[Cue]:
    """The best cues for timed words, on whole frames at `rate`.

    `breaks` are times in seconds at which the picture cuts or a chapter begins: cues keep to one side of them where the voice
    allows. Words without a time are left out. Dynamic programming over every break within a cue's length: linear in the words.
    A voice faster than the profile gives cues that are too fast, for `rules.check_cues` to report. Raises BadInput for an
    unknown profile.
    """
    spoken = tuple(word for word in words if word.start is not None and word.end is not None)
    if not spoken:
        return []
    limits = find_profile(profile)
    starts = tuple(seconds_to_frame(word.start or 0.0, rate) for word in spoken)
    ends = tuple(seconds_to_frame(word.end or 0.0, rate) for word in spoken)
    cuts = tuple(sorted({seconds_to_frame(at, rate) for at in breaks}))
    glue = "" if language in _UNSPACED else " "
    plan = _Plan(spoken, starts, ends, tuple(break_costs(spoken, language)), cuts, limits, rate, glue)
    groups = _cheapest(plan)
    spans = [_span(plan, first, last) for first, last in groups]
    return [
        Cue(
            float(frame_to_seconds(start, rate)),
            float(frame_to_seconds(end, rate)),
            _lines(plan, first, last)[1],
        )
        for (first, last), (start, end) in zip(groups, spans, strict=True)
    ]


def _cheapest(plan: _Plan) -> list[tuple[int, int]]:
    """Word ranges `[first, last)` of the cues, least total cost."""
    count = len(plan.words)
    room = plan.profile.line_length * plan.profile.lines
    best = [0.0] + [_IMPOSSIBLE * count * 2] * count
    origin = [0] * (count + 1)
    for first in range(count):
        length = 0
        for last in range(first + 1, count + 1):
            length += len(plan.words[last - 1].text) + (len(plan.glue) if last - 1 > first else 0)
            too_long = plan.ends[last - 1] - plan.starts[first] > plan.longest
            if last > first + 1 and (length > room or too_long):
                break
            cost = best[first] + _cue_cost(plan, first, last, length)
            if cost < best[last]:
                best[last], origin[last] = cost, first
    groups = []
    at = count
    while at:
        groups.append((origin[at], at))
        at = origin[at]
    return groups[::-1]


def _cue_cost(plan: _Plan, first: int, last: int, length: int) -> float:
    cost, _ = _lines(plan, first, last)
    start, end = _span(plan, first, last)
    seconds = float((end - start) / plan.rate)
    cost += _EACH
    if last < len(plan.words):
        cost += plan.costs[last - 1]
    if seconds <= 0:
        return cost + _IMPOSSIBLE
    limits = plan.profile
    cost += _TOO_FAST * max(0.0, length / seconds - limits.reading_speed)
    cost += _TOO_SHORT * max(0.0, float(limits.shortest) - seconds)
    for index in range(first, last - 1):
        if plan.costs[index] == SENTENCE:
            cost += _MERGED_SENTENCES
        pause = float((plan.starts[index + 1] - plan.ends[index]) / plan.rate)
        cost += _SILENCE * max(0.0, pause - 0.8)
    inside = bisect_left(plan.cuts, plan.ends[last - 1] - plan.margin) - bisect_right(
        plan.cuts, plan.starts[first] + plan.margin
    )
    return cost + _SPANS_CUT * max(0, inside)


def _span(plan: _Plan, first: int, last: int) -> tuple[int, int]:
    """First frame and the frame after the last of a cue, given the words on either side of it."""
    start, spoken = plan.starts[first], plan.ends[last - 1]
    limits = plan.profile
    length = sum(len(word.text) for word in plan.words[first:last]) + len(plan.glue) * (last - first - 1)
    wanted = max(spoken + plan.linger, start + plan.shortest, start + plan.to_read(length))
    if last < len(plan.words):
        ceiling = plan.starts[last] - plan.gap
        if ceiling - wanted < plan.chain:
            wanted = ceiling
        wanted = min(wanted, ceiling)
    after = bisect_left(plan.cuts, spoken)
    cut = plan.cuts[after] if after < len(plan.cuts) and plan.cuts[after] < wanted else None
    readable = start + max(plan.shortest, plan.to_read(length))
    if cut is not None and cut - plan.gap >= max(spoken, readable):
        wanted = cut - plan.gap
    return start, min(max(wanted, start + 1), start + int(limits.longest * plan.rate))


def _ceil(frames: Fraction) -> int:
    return -(-frames.numerator // frames.denominator)


@lru_cache(maxsize=200_000)
def _balance(left: int, right: int) -> float:
    """Cost of uneven lines; a longer second line is liked a little better, as it hides less of the picture."""
    uneven = abs(left - right) / max(left, right, 1)
    return 3.0 * uneven * uneven + (0.3 if left > right else 0.0)


def _lines(plan: _Plan, first: int, last: int) -> tuple[float, tuple[str, ...]]:
    """The cheapest way to set a cue in lines, and its cost; dear where a line is too long for the profile."""
    limit = plan.profile.line_length
    texts = [word.text for word in plan.words[first:last]]
    whole = plan.glue.join(texts)
    if len(whole) <= limit:
        return 0.0, (whole,)
    best = _IMPOSSIBLE
    lines: tuple[str, ...] = (whole,)
    left = 0
    for index in range(1, len(texts)):
        left += len(texts[index - 1]) + (len(plan.glue) if index > 1 else 0)
        right = len(whole) - left - len(plan.glue)
        if left > limit or right > limit:
            continue
        cost = _SECOND_LINE + 0.5 * plan.costs[first + index - 1] + _balance(left, right)
        if cost < best:
            best, lines = cost, (plan.glue.join(texts[:index]), plan.glue.join(texts[index:]))
    return best, lines
