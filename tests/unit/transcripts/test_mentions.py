"""Which words of a text are names, by how they are written."""

from collections.abc import Sequence

import pytest

from transcripts.mentions import find_mentions, settle, small_words
from transcripts.vocabulary import english_words


def names(text: str | Sequence[str], language: str = "en") -> set[str]:
    paragraphs = [text] if isinstance(text, str) else list(text)
    mentions = find_mentions(paragraphs, language)
    sure = {mention.text for mention in mentions if mention.sure}
    common = english_words() if language == "en" else {}
    return set(settle(mentions, common, small_words(paragraphs), sure))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tankers wait off Bandar Abbas and Fujairah.", {"Bandar Abbas", "Fujairah"}),
        ("Mohammed bin Salman met Bashar al-Assad in Deir ez-Zor.", {"Mohammed bin Salman", "Bashar al-Assad", "Deir ez-Zor"}),
        ("The Strait of Hormuz is narrow.", {"Strait of Hormuz"}),
        ("President Xi Jinping’s visit ended. Yesterday Putin met Ursula von der Leyen.",
         {"Xi Jinping", "Putin", "Ursula von der Leyen"}),
        ("In Paris, Macron smiled on Tuesday, the first of May.", {"Paris", "Macron"}),
        ("He bought an S-400, and the U.S. answered through NATO.", {"S-400", "U.S.", "NATO"}),
        ("Erdoğan’s answer came. Côte d’Ivoire waited.", {"Erdoğan", "Côte d’Ivoire"}),
        ("Ships wait. Waiting costs money. A captain said: “We wait.”", set()),
        ("Meanwhile the minister of Turkey and the King of Jordan spoke.", {"Turkey", "Jordan"}),
        ("I. I am. A. OK.", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_names_are_runs_of_capitals_that_no_sentence_gave(text: str, expected: set[str]) -> None:
    assert names(text) == expected


def test_a_word_at_a_sentence_start_is_a_name_when_it_is_one_elsewhere() -> None:
    assert names(["Suez was dug by hand.", "The way to Suez is long."]) == {"Suez"}
    assert names(["Harbour was shut.", "The harbour was full."]) == set()


def test_where_capitals_say_nothing_nothing_is_found() -> None:
    assert names("Der Minister fuhr mit dem Schiff nach Hamburg.", "de") == set()
    assert names("مضيق هرمز أضيق مما يظن الناس", "ar") == set()


def test_a_language_without_a_dictionary_is_not_guessed_at_sentence_starts() -> None:
    assert names("Demain sera long. Le train va à Marseille.", "fr") == {"Marseille"}
