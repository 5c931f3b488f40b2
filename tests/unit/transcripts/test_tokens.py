from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.tokens import PhraseMissing, PhraseRepeated, find_phrase, script_tokens

TEXT = (
    "The canal — one hundred and ninety-three kilometres—from sea to sea. It was Egypt’s own. The canal opened in 1869."
)


def test_words_keep_their_punctuation_and_place() -> None:
    tokens = script_tokens(TEXT)
    assert [token.text for token in tokens[:7]] == [
        "The",
        "canal —",
        "one",
        "hundred",
        "and",
        "ninety-three",
        "kilometres—",
    ]
    assert all(TEXT[token.start : token.end].split() == token.text.split() for token in tokens)


@given(st.text(max_size=200))
def test_any_text_gives_words_in_order(text: str) -> None:
    tokens = script_tokens(text)
    assert all(token.key for token in tokens)
    assert all(before.end <= after.start for before, after in pairwise(tokens))


@pytest.mark.parametrize(
    ("phrase", "index"),
    [("193", 2), ("Egypt", 13), ("ninety-three", 5), ("Sea to sea", 8), ("eighteen sixty-nine", 19), ("kilometres", 6)],
)
def test_finds_a_phrase_however_it_is_written(phrase: str, index: int) -> None:
    assert find_phrase(script_tokens(TEXT), phrase, None) == index


def test_finds_the_one_that_is_meant() -> None:
    assert find_phrase(script_tokens(TEXT), "the canal", 2) == 15


def test_says_how_often_a_phrase_is_spoken() -> None:
    with pytest.raises(PhraseRepeated) as caught:
        find_phrase(script_tokens(TEXT), "the canal", None)
    assert caught.value.times == 2
    with pytest.raises(PhraseRepeated):
        find_phrase(script_tokens(TEXT), "the canal", 3)


def test_names_the_nearest_phrase() -> None:
    with pytest.raises(PhraseMissing) as caught:
        find_phrase(script_tokens(TEXT), "Egypts’ oan", None)
    assert caught.value.nearest == "Egypt’s own"
    with pytest.raises(PhraseMissing) as caught:
        find_phrase((), "anything", None)
    assert caught.value.nearest == ""
