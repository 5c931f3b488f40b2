from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from transcripts.breaks import break_costs, ends_sentence
from transcripts.cues import build_cues
from transcripts.profiles import PROFILES
from transcripts.rules import check_cues
from transcripts.words import Word


def spoken(text: str, letter: float = 0.062, pause: float = 0.25) -> list[Word]:
    words, clock = [], 1.0
    for token, word in enumerate(text.split()):
        end = clock + letter * max(2, len(word))
        words.append(Word(word, clock, end, 1.0, "matched", token))
        clock = end + (pause if word[-1] in ".,;:?!" else 0.02)
    return words


NEWS = (
    "In July 1956 Gamal Abdel Nasser stood up in Alexandria, and took it. The company, he said, was Egypt’s own. Three months "
    "later Israel, Britain and France attacked. Within days the canal was blocked with sunken ships. It would stay shut until "
    "the spring, when a clearing fleet of the United Nations had lifted the last of the forty wrecks out of the channel."
)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30), Fraction(30000, 1001)])
def test_a_reading_at_ease_breaks_no_rule(profile: str, rate: Fraction) -> None:
    cues = build_cues(spoken(NEWS, letter=0.085), profile=profile, rate=rate)
    assert check_cues(cues, profile=profile, rate=rate) == []
    assert " ".join(cue.text for cue in cues) == NEWS


def test_names_and_articles_stay_with_their_word() -> None:
    ends = [line.split()[-1] for cue in build_cues(spoken(NEWS)) for line in cue.lines]
    assert not {"Gamal", "Abdel", "United", "the", "of", "a", "and", "July"} & set(ends)


def test_a_sentence_has_its_own_cue_when_it_can() -> None:
    cues = build_cues(spoken("The owners did the sum again, and again. A year later, half of the ships were gone."))
    assert [cue.text[-1] for cue in cues] == [".", "."]


def test_lines_are_balanced() -> None:
    (cue,) = build_cues(spoken("It can sail around the Cape, which takes it two more weeks at sea."))
    assert len(cue.lines) == 2
    assert min(map(len, cue.lines)) > 0.6 * max(map(len, cue.lines))


def test_a_cue_keeps_to_its_side_of_a_cut() -> None:
    words = spoken("the danger moved to the southern door where every ship for Suez must pass in single file", pause=0)
    cut = (words[6].end + words[7].start) / 2  # type: ignore[operator]
    cues = build_cues(words, breaks=[cut])
    assert all(cue.end <= cut or cue.start >= cut - 0.04 for cue in cues)


def test_close_cues_are_chained_to_two_frames() -> None:
    cues = build_cues(spoken(NEWS), rate=Fraction(25))
    gaps = {round((after.start - before.end) * 25) for before, after in pairwise(cues)}
    assert gaps == {2}


def test_a_house_that_asks_for_no_gap_gets_none() -> None:
    cues = build_cues(spoken(NEWS, letter=0.085), profile="bbc")
    assert {after.start - before.end for before, after in pairwise(cues)} == {0.0}


def test_a_voice_too_fast_is_reported_not_hidden() -> None:
    cues = build_cues(spoken(NEWS, letter=0.03, pause=0.02))
    assert " ".join(cue.text for cue in cues) == NEWS
    assert {finding.rule for finding in check_cues(cues)} == {"cue-too-fast"}


def test_unspoken_words_are_not_shown_and_nothing_gives_nothing() -> None:
    assert build_cues([Word("silence", None, None, 0.0, "unspoken", 0)]) == []
    with pytest.raises(BadInput, match="netflix, bbc"):
        build_cues(spoken("one"), profile="cinema")


@given(
    st.lists(
        st.tuples(st.text("abcdefgh,.", min_size=1, max_size=50), st.floats(0.01, 1.5), st.floats(0, 5)), max_size=60
    ),
    st.lists(st.floats(0, 60), max_size=5),
)
def test_any_words_come_out_once_in_order_without_overlap(
    pieces: list[tuple[str, float, float]], cuts: list[float]
) -> None:
    words, clock = [], 0.0
    for text, length, pause in pieces:
        words.append(Word(text, clock, clock + length))
        clock += length + pause
    cues = build_cues(words, breaks=cuts)
    assert " ".join(cue.text for cue in cues) == " ".join(word.text for word in words)
    assert all(before.end <= after.start for before, after in pairwise(cues))
    rules = {finding.rule for finding in check_cues(cues)}
    assert not rules & {"cue-overlap", "cue-backwards", "cue-too-many-lines", "cue-empty"}
    longest = max((len(text) for text, _, _ in pieces), default=0)
    assert longest > 42 or "cue-line-too-long" not in rules


@pytest.mark.parametrize(
    ("word", "ends"),
    [("it.", True), ("own.”", True), ("Dr.", False), ("U.S.", False), ("why?", True), ("mid,", False), ("…", True)],
)
def test_knows_where_a_sentence_ends(word: str, ends: bool) -> None:
    assert ends_sentence(word) is ends


def test_breaks_are_ranked_by_grammar() -> None:
    text = "it. The sea, which Gamal Nasser took with"
    words = [Word(word, i, i + 0.9) for i, word in enumerate(text.split())]
    costs = dict(zip([word.text for word in words], break_costs(words, "en"), strict=False))
    assert costs["it."] < costs["sea,"] < costs["took"] < costs["The"] < costs["Gamal"]
