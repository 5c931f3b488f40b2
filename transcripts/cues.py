"""Cues from timed words: the cheapest of all legal ways to cut a text into subtitles, not the first that fits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from core.timecode import frame_to_seconds, seconds_to_frame
from transcripts.breaks import BOUND, CLAUSE, SENTENCE, break_costs
from transcripts.cue_times import BROKEN, Clock, best_end, first_frames, word_frames
from transcripts.direction import with_marks
from transcripts.lettering import count_letters, is_unspaced
from transcripts.line_setting import best_break
from transcripts.profiles import Profile, find_profile
from transcripts.words import Cue, Word

_EACH = 3.0
_MERGED_SENTENCES = 5.0
_SILENCE = 6.0
_SCRAP, _SCRAP_LINES = 6.0, Fraction(1, 3)
"""Cost of a cue that is less than so much of a line, and no clause of its own: `to make.`"""
_QUIET = 0.8
"""Seconds of silence that a cue may well bridge."""

_BY_LETTER = frozenset({"zh", "yue", "ja"})
"""Languages in which a line may break between any two letters that typography does not hold together."""


@dataclass(frozen=True)
class Plan:
    """Everything that the cost of a cue depends on, word by word, times in frames."""

    words: tuple[Word, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    firsts: Sequence[int]
    beginnings: Sequence[float]
    breaks: Sequence[float]
    widths: Sequence[float]
    glue: float
    profile: Profile
    language: str
    clock: Clock
    rate: Fraction
    until: int | None
    spaces: Sequence[int]
    """How many words as a reader counts them come before each."""
    reading: Fraction
    """Frames that a character takes to read, or a word where the house counts words."""

    @property
    def count(self) -> int:
        """How many words there are."""
        return len(self.words)


def build_cues(
    words: Sequence[Word],
    *,
    profile: str = "netflix",
    language: str = "en",
    breaks: Sequence[float] = (),
    rate: Fraction = Fraction(30),
    names: Collection[str] = (),
    seconds: float | None = None,
) -> list[Cue]:
    """The best cues for timed words, on whole frames at `rate`.

    `breaks` are times in seconds at which the picture cuts: cues come and go with them where the voice allows. `names` are names and
    phrases that hold together. `seconds` is where the film ends, and with it the last cue. Words without a time are left out.
    Dynamic programming over every break within a cue's length: linear in the words. A voice faster than the profile gives cues that
    are too fast, for `rules.check_cues` to report. Raises BadInput for an unknown profile.
    """
    plan = make_plan(words, find_profile(profile, language), language, breaks, rate, names, seconds)
    return [_cue(plan, first, last, end) for first, last, end in cheapest(plan)]


def make_plan(
    words: Sequence[Word],
    profile: Profile,
    language: str,
    cuts: Sequence[float],
    rate: Fraction,
    names: Collection[str] = (),
    seconds: float | None = None,
) -> Plan:
    """What there is to cut, measured."""
    spoken = [word for word in words if word.start is not None and word.end is not None and word.text]
    if language.lower().split("-")[0] in _BY_LETTER:
        spoken = [letter for word in spoken for letter in _letters(word)]
    clock = Clock.of(profile, rate, cuts)
    starts, ends = word_frames(spoken, rate)
    firsts, beginnings = first_frames(starts, clock)
    glue = 0.0 if is_unspaced(language) else count_letters(" ", language)
    return Plan(
        tuple(spoken),
        starts,
        ends,
        firsts,
        beginnings,
        break_costs(spoken, language, names),
        [count_letters(word.text, language) for word in spoken],
        glue,
        profile,
        language,
        clock,
        rate,
        None if seconds is None else seconds_to_frame(seconds, rate),
        tuple(accumulate((len(word.text.split()) for word in spoken), initial=0)),
        profile.reading_pace(language) * rate,
    )


def _letters(word: Word) -> list[Word]:
    """A word's letters, each with its share of the word's time; what is not of East Asia stays whole."""
    runs: list[str] = []
    for char in word.text:
        if runs and char.isascii() and runs[-1].isascii():
            runs[-1] += char
        else:
            runs.append(char)
    assert word.start is not None
    assert word.end is not None
    share = (word.end - word.start) / max(1, len(word.text))
    out, at = [], 0
    for run in runs:
        start = word.start + at * share
        at += len(run)
        out.append(Word(run, start, word.start + at * share, word.probability, word.origin, word.token))
    return out


def cheapest(plan: Plan) -> list[tuple[int, int, int]]:
    """The cues of least total cost, each as its words [first, last) and the frame after its last."""
    count, room = plan.count, plan.profile.line_length * plan.profile.lines
    long, starts, ends = plan.clock.longest, plan.starts, plan.ends
    best = [0.0] + [float("inf")] * count
    origin = [(0, 0)] * (count + 1)
    bad = list(accumulate((cost == SENTENCE for cost in plan.breaks), initial=0))
    for first in range(count):
        length = -plan.glue
        for last in range(first + 1, count + 1):
            length += plan.widths[last - 1] + plan.glue
            if last > first + 1 and (length > room or ends[last - 1] - starts[first] > long):
                break
            known = best[first] + _EACH + plan.beginnings[first] + _MERGED_SENTENCES * (bad[last - 1] - bad[first])
            if known >= best[last]:
                continue
            cost, end = cue_cost(plan, first, last)
            if best[first] + cost < best[last]:
                best[last], origin[last] = best[first] + cost, (first, end)
    cues = []
    at = count
    while at:
        first, end = origin[at]
        cues.append((first, at, end))
        at = first
    return cues[::-1]


def cue_cost(plan: Plan, first: int, last: int) -> tuple[float, int]:
    """What a cue of the words [first, last) costs, and the frame at which it had best end."""
    cost = _EACH + plan.beginnings[first] + set_lines(plan, first, last)[0]
    for index in range(first, last - 1):
        if plan.breaks[index] == SENTENCE:
            cost += _MERGED_SENTENCES
        quiet = (plan.starts[index + 1] - plan.ends[index]) / plan.clock.rate - _QUIET
        if quiet > 0:
            cost += _SILENCE * quiet
    if _torn_off(plan, first, last):
        cost += _SCRAP
    following = None
    if last < plan.count:
        # A bad place for a line to end is a broken rule where a cue ends on it.
        cost += plan.breaks[last - 1] + (BROKEN if plan.breaks[last - 1] >= BOUND else 0.0)
        following = plan.firsts[last]
    lasting, end = best_end(
        plan.firsts[first], plan.ends[last - 1], following, reading_frames(plan, first, last), plan.clock, plan.until
    )
    return cost + lasting, end


def _torn_off(plan: Plan, first: int, last: int) -> bool:
    """True for a few words that begin or end in the middle of a clause."""
    within = (first > 0 and plan.breaks[first - 1] > CLAUSE) or (last < plan.count and plan.breaks[last - 1] > CLAUSE)
    letters = sum(plan.widths[first:last]) + plan.glue * (last - first - 1)
    return within and letters < _SCRAP_LINES * plan.profile.line_length


def reading_frames(plan: Plan, first: int, last: int) -> int:
    """How many frames the words [first, last) take to read."""
    if plan.profile.counts_words(plan.language):
        halves = 2 * (plan.spaces[last] - plan.spaces[first])
    else:
        halves = int(2 * (sum(plan.widths[first:last]) + plan.glue * (last - first - 1)))
    return -(-halves * plan.reading.numerator // (2 * plan.reading.denominator))


def set_lines(plan: Plan, first: int, last: int) -> tuple[float, int]:
    """The cheapest way to set the words [first, last) in lines, as (cost, words on the first line)."""
    return best_break(plan.widths[first:last], plan.glue, plan.breaks[first : last - 1], plan.profile.line_length)


def _join(plan: Plan, first: int, last: int) -> str:
    return ("" if is_unspaced(plan.language) else " ").join(word.text for word in plan.words[first:last])


def _cue(plan: Plan, first: int, last: int, end: int) -> Cue:
    _, above = set_lines(plan, first, last)
    lines = [_join(plan, first, first + above)] if above else []
    lines.append(_join(plan, first + above, last))
    return Cue(
        float(frame_to_seconds(plan.firsts[first], plan.rate)),
        float(frame_to_seconds(end, plan.rate)),
        tuple(with_marks(line, plan.language) for line in lines),
    )
