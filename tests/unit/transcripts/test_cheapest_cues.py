"""The cues are the cheapest there are: every other way to cut a short text, and every other frame to end on, costs as much or more."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.cue_times import end_cost
from transcripts.cues import Plan, cheapest, cue_cost, make_plan, reading_frames
from transcripts.profiles import PROFILES, find_profile
from transcripts.words import Word

TEXTS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                "the",
                "of",
                "Gamal",
                "Nasser",
                "canal,",
                "ships.",
                "and",
                "1956",
                "a",
                "Donaudampfschifffahrtsgesellschaft",
                "it",
            )
        ),
        st.floats(0.05, 1.2),
        st.sampled_from((0.0, 0.0, 0.05, 0.4, 0.9, 1.3, 1.6, 2.5)),
    ),
    min_size=1,
    max_size=9,
)
CUTS = st.lists(st.floats(0.1, 12), max_size=4)


def planned(pieces: list[tuple[str, float, float]], cuts: list[float], profile: str) -> Plan:
    words, clock = [], 0.3
    for text, length, pause in pieces:
        words.append(Word(text, clock, clock + length))
        clock += length + pause
    return make_plan(words, find_profile(profile), "en", cuts, Fraction(25), (), clock + 3)


def every_way(plan: Plan) -> float:
    """The least cost of all ways to cut the words, each cut tried."""
    room, long = plan.profile.line_length * plan.profile.lines, plan.clock.longest
    costs = {}
    for first in range(plan.count):
        for last in range(first + 1, plan.count + 1):
            length = sum(plan.widths[first:last]) + plan.glue * (last - first - 1)
            fits = length <= room and plan.ends[last - 1] - plan.starts[first] <= long
            if fits or last == first + 1:
                costs[first, last] = cue_cost(plan, first, last)[0]
    least = float("inf")
    for mask in range(1 << (plan.count - 1)):
        ends = [index + 1 for index in range(plan.count - 1) if mask >> index & 1]
        cues = list(pairwise([0, *ends, plan.count]))
        if all(cue in costs for cue in cues):
            least = min(least, sum(costs[cue] for cue in cues))
    return least


@pytest.mark.parametrize("profile", PROFILES)
@given(pieces=TEXTS, cuts=CUTS)
@settings(max_examples=100, deadline=None)
def test_no_other_way_to_cut_costs_less(
    profile: str, pieces: list[tuple[str, float, float]], cuts: list[float]
) -> None:
    plan = planned(pieces, cuts, profile)
    found = sum(cue_cost(plan, first, last)[0] for first, last, _ in cheapest(plan))
    assert found == pytest.approx(every_way(plan))


@pytest.mark.parametrize("profile", PROFILES)
@given(pieces=TEXTS, cuts=CUTS)
@settings(max_examples=100, deadline=None)
def test_no_other_frame_to_end_on_costs_less(
    profile: str, pieces: list[tuple[str, float, float]], cuts: list[float]
) -> None:
    plan = planned(pieces, cuts, profile)
    for first, last, end in cheapest(plan):
        start, spoken = plan.firsts[first], plan.ends[last - 1]
        following = plan.firsts[last] if last < plan.count else None
        reading = reading_frames(plan, first, last)
        ceiling = min(
            start + plan.clock.longest,
            plan.until if plan.until is not None else 10**6,
            following - plan.clock.gap if following is not None else 10**6,
        )
        least = min(
            end_cost(other, start, spoken, following, reading, plan.clock)
            for other in range(start + 1, max(ceiling, start + 1) + 1)
        )
        assert end_cost(end, start, spoken, following, reading, plan.clock) == pytest.approx(least)
