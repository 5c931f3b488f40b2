"""Each rule sees its fault, and leaves alone what is only near it."""

import math
import time
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.profiles import PROFILES
from transcripts.rules import CHECKS, check_cues, find_rules
from transcripts.words import Cue, Mark


def cue(start: float, end: float, *lines: str, **settings: str) -> Cue:
    return Cue(start, end, lines, settings=tuple(settings.items()))


GOOD = cue(1, 3, "The canal is open.")
HEBREW = "\u05d4\u05ea\u05e2\u05dc\u05d4 \u05e4\u05ea\u05d5\u05d7\u05d4"
FAULTS: list[tuple[str, list[Cue], Mapping[str, Any]]] = [
    ("no-cues", [], {}),
    ("cue-time", [cue(math.nan, 3, "The canal.")], {}),
    ("cue-time", [cue(1, math.inf, "The canal.")], {}),
    ("cue-time", [cue(-1, 2, "The canal.")], {}),
    ("cue-backwards", [cue(3, 2, "The canal.")], {}),
    ("cue-backwards", [cue(3, 3, "The canal.")], {}),
    ("cue-order", [cue(5, 7, "The canal."), GOOD], {}),
    ("cue-too-short", [cue(1, 1.82, "Yes.")], {}),
    ("cue-too-short", [cue(1, 1.9, "Yes.")], {"profile": "bbc"}),
    ("cue-too-long", [cue(1, 8.1, "The canal is open.")], {}),
    ("cue-too-long", [cue(1, 7.1, "The canal is open.")], {"profile": "youtube"}),
    ("cue-too-fast", [cue(1, 2, "It is twenty-one char")], {}),
    ("cue-too-fast", [cue(1, 2, "It has eighteen ch")], {"children": True}),
    ("cue-too-fast", [cue(1, 2, "Er hat achtzehn Zei")], {"language": "de", "translation": True}),
    ("cue-too-fast", [cue(1, 2.1, "I do as I am.")], {"profile": "bbc"}),
    ("track-too-fast", [cue(n * 3, n * 3 + 3, "It is a lot that he has to say now.") for n in range(21)], {"profile": "bbc"}),
    ("cue-overlap", [GOOD, cue(2.9, 5, "It is shut.")], {}),
    ("cue-overlap", [cue(1, 7, "The canal is open."), cue(2, 3, "Now.", line="0"), cue(6, 8, "It is shut.")], {}),
    ("cue-gap", [GOOD, cue(3.04, 5, "It is shut.")], {}),
    ("cue-small-gap", [GOOD, cue(3.2, 5, "It is shut.")], {}),
    ("cue-small-gap", [GOOD, cue(3.9, 5, "It is shut.")], {"profile": "bbc"}),
    ("cue-after-end", [GOOD], {"seconds": 2.5}),
    ("cue-empty", [cue(1, 3, " ")], {}),
    ("cue-empty", [cue(1, 3)], {}),
    ("cue-empty", [cue(1, 3, "<i></i>")], {}),
    ("cue-empty-line", [cue(1, 3, "The canal", "", "is open.")], {}),
    ("cue-too-many-lines", [cue(1, 5, "The canal", "is open", "again.")], {}),
    ("cue-line-too-long", [cue(1, 5, "x" * 43)], {}),
    ("cue-line-too-long", [cue(1, 5, "\u904b" * 17)], {"language": "ja"}),
    ("cue-needless-break", [cue(1, 3, "The canal", "is open.")], {}),
    ("cue-line-break", [cue(1, 5, "The canal was taken over by Gamal", "Nasser in the summer of 1956.")], {}),
    ("cue-line-break", [cue(1, 5, "The owners of the canal had gone to the", "harbour, and they stayed.")], {}),
    ("cue-line-break", [cue(1, 5, "Der Kanal war nach dem Krieg f\u00fcr die", "Schiffe der ganzen Welt gesperrt.")], {"language": "de"}),
    ("cue-line-break", [cue(1, 5, "It was in the Bab el", "Mandeb, said the harbour master again.")], {"names": ["Bab el Mandeb"]}),
    ("cue-break", [cue(1, 3, "The canal was taken by the"), cue(3.067, 5, "people of Egypt.")], {}),
    ("cue-break", [cue(1, 3, "It was Gamal"), cue(3.067, 5, "Nasser who took it.")], {}),
    ("cue-spaces", [cue(1, 3, "The  canal is open.")], {}),
    ("cue-spaces", [cue(1, 3, "The canal is open. ")], {}),
    ("cue-three-dots", [cue(1, 3, "The canal...")], {}),
    ("cue-character", [cue(1, 3, "The \ufffdcanal.")], {}),
    ("cue-character", [cue(1, 3, "The \x07canal.")], {}),
    ("cue-tag", [cue(1, 3, "<b>The canal.</b>")], {}),
    ("cue-tag", [cue(1, 3, "{\\an8}The canal.")], {}),
    ("cue-tag", [Cue(1, 3, ("The canal.",), marks=(Mark(0, 3, "bold"),))], {}),
    ("cue-tag", [Cue(1, 3, ("The canal.",), marks=(Mark(0, 3, "size"),))], {"profile": "youtube"}),
    ("cue-speakers", [cue(1, 3, "-Is it open?", "It is not.")], {}),
    ("cue-speakers", [cue(1, 3, "- Is it open?", "- It is not.")], {}),
    ("cue-speakers", [cue(1, 3, "-Est-ce ouvert ?", "-Non.")], {"language": "fr"}),
    ("cue-number-start", [cue(1, 3, "193 ships pass it.")], {}),
    ("cue-direction", [cue(1, 3, HEBREW + ".")], {"language": "he"}),
    ("cue-start-off-cut", [GOOD], {"cuts": [0.8]}),
    ("cue-start-off-cut", [GOOD], {"cuts": [1.2]}),
    ("cue-start-off-cut", [GOOD], {"cuts": [1.8], "profile": "bbc"}),
    ("cue-end-off-cut", [GOOD], {"cuts": [3.3]}),
    ("cue-end-off-cut", [GOOD], {"cuts": [2.7]}),
    ("cue-end-off-cut", [GOOD], {"cuts": [3.0]}),
    ("cue-end-off-cut", [GOOD], {"cuts": [2.1], "profile": "bbc"}),
]  # fmt: skip
NEARLY: list[tuple[str, list[Cue], Mapping[str, Any]]] = [
    ("cue-too-short", [cue(1, 1.834, "Yes.")], {}),
    ("cue-too-long", [cue(1, 8, "The canal is open.")], {}),
    ("cue-too-fast", [cue(1, 2, "It is twenty long ch")], {}),
    ("cue-too-fast", [cue(1, 2.05, "<i>It is twenty long ch</i>")], {}),
    ("cue-too-fast", [cue(1, 2.2, "I do as I.")], {"profile": "bbc"}),
    ("cue-overlap", [cue(1, 5, "The canal is open."), cue(2, 4, "Now.", line="0")], {}),
    ("cue-gap", [GOOD, cue(3.067, 5, "It is shut.")], {}),
    ("cue-gap", [GOOD, cue(3, 5, "It is shut.")], {"profile": "youtube"}),
    ("cue-small-gap", [GOOD, cue(3.067, 5, "It is shut.")], {}),
    ("cue-small-gap", [GOOD, cue(3.5, 5, "It is shut.")], {}),
    ("cue-small-gap", [GOOD, cue(4, 5, "It is shut.")], {"profile": "bbc"}),
    ("cue-line-too-long", [cue(1, 5, "<i>" + "x" * 42 + "</i>")], {}),
    ("cue-line-too-long", [cue(1, 9, "\u904b" * 16)], {"language": "ja"}),
    ("cue-line-too-long", [cue(1, 9, "Suez" * 8)], {"language": "ja"}),
    ("cue-needless-break", [cue(1, 3, "-Open?", "-No.")], {}),
    ("cue-line-break", [cue(1, 5, "A" + "n" * 30 + " the", "b" * 40)], {}),
    ("cue-break", [cue(1, 3, "The canal was taken by the"), cue(4, 5, "people of Egypt.")], {}),
    ("cue-three-dots", [cue(1, 3, "The canal...")], {"profile": "bbc"}),
    ("cue-tag", [Cue(1, 3, ("The canal.",), marks=(Mark(0, 3, "italic"),))], {}),
    ("cue-speakers", [cue(1, 3, "- Est-ce ouvert ?", "- Non.")], {"language": "fr"}),
    ("cue-speakers", [cue(1, 3, HEBREW, "-" + HEBREW)], {"language": "he"}),
    ("cue-number-start", [cue(1, 3, "1956 was the year.")], {}),
    ("cue-number-start", [cue(1, 3, "The canal has"), cue(3.1, 5, "193 kilometres.")], {}),
    ("cue-direction", [cue(1, 3, HEBREW)], {"language": "he"}),
    ("cue-direction", [cue(1, 3, "\u202b" + HEBREW + ".\u202c")], {"language": "he"}),
    ("cue-start-off-cut", [GOOD], {"cuts": [1.0]}),
    ("cue-start-off-cut", [GOOD], {"cuts": [0.5]}),
    ("cue-start-off-cut", [GOOD], {"cuts": [0.8], "profile": "bbc"}),
    ("cue-end-off-cut", [GOOD], {"cuts": [3 + 2 / 30]}),
    ("cue-end-off-cut", [GOOD], {"cuts": [3.0], "profile": "bbc"}),
    ("cue-end-off-cut", [GOOD, cue(3.067, 5, "It is shut.")], {"cuts": [3.3]}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "cues", "given"), FAULTS)
def test_a_rule_sees_its_fault(rule: str, cues: list[Cue], given: Mapping[str, Any]) -> None:
    assert rule in {finding.rule for finding in check_cues(cues, **given)}


@pytest.mark.parametrize(("rule", "cues", "given"), NEARLY)
def test_what_is_only_near_it_is_left_alone(rule: str, cues: list[Cue], given: Mapping[str, Any]) -> None:
    assert rule not in {finding.rule for finding in check_cues(cues, **given)}


def test_every_rule_has_a_fault_above_and_says_where_it_is_from() -> None:
    rules = find_rules()
    assert {rule.name for rule in rules} == {rule for rule, _, _ in FAULTS}
    assert len(rules) == len(CHECKS)
    assert all(rule.asks and rule.formula and rule.source for rule in rules)
    assert set().union(*(profile.strict for profile in PROFILES.values())) <= {rule.name for rule in rules}


def test_what_a_house_sends_back_is_an_error() -> None:
    long = [cue(1, 5, "x" * 43)]
    assert {finding.severity for finding in check_cues(long) if finding.rule == "cue-line-too-long"} == {"error"}
    assert {finding.severity for finding in check_cues(long, profile="youtube")} == {"warning"}


def test_a_finding_has_its_figure_and_its_limit() -> None:
    (found,) = [item for item in check_cues([cue(1, 8.25, "The canal is open.")]) if item.rule == "cue-too-long"]
    assert (found.cue, found.at, found.value, found.limit) == (1, 1, 7.25, 7.0)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_good_cue_breaks_none(profile: str) -> None:
    assert check_cues([GOOD], profile=profile, seconds=5.0, cuts=[0.2, 4.0]) == []


@given(
    st.lists(st.tuples(st.floats(), st.floats(), st.lists(st.text(max_size=20), max_size=4).map(tuple)), max_size=20),
    st.sampled_from(("en", "ja", "he", "fr", "xx")),
    st.sampled_from(sorted(PROFILES)),
)
def test_any_rubbish_is_judged(pieces: list[tuple[float, float, tuple[str, ...]]], language: str, profile: str) -> None:
    cues = [Cue(*piece) for piece in pieces]
    for finding in check_cues(cues, language=language, profile=profile, cuts=[1.0, 3.0], seconds=9.0):
        assert finding.at is None or math.isfinite(finding.at)


def test_twenty_thousand_cues_are_checked_in_seconds() -> None:
    lines = "Of the ships in the canal,", "most went on to the sea in the spring."
    cues = [cue(n * 3.0, n * 3.0 + 2.5, *lines) for n in range(20_000)]
    began = time.process_time()
    check_cues(cues, rate=Fraction(25), cuts=[n * 7.0 for n in range(8_000)])
    assert time.process_time() - began < 8
