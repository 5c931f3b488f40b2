"""Words said in the place of others are the voice's; words that were misheard are the script's."""

import pytest

from tests.unit.transcripts.test_align import heard
from tests.unit.transcripts.test_settling import settled
from transcripts.align import align
from transcripts.tokens import script_tokens

SCRIPT = (
    "Before the war, more than 26,000 bakers worked around Idlib, says Abdulrahman. The price of bread has doubled, and three of the "
    "mills still turn. Some 33 million people live within a day of the border, and in 1956 the fifteenth army crossed it."
)


def told(said: str, probability: float = 0.95) -> list[tuple[str, str, str]]:
    alignment = align(heard(said, probability=probability), script_tokens(SCRIPT))
    assert " ".join(word.text for word in alignment.script_words) == SCRIPT
    return (
        [(one.kind, one.written, one.said) for one in settled(said, SCRIPT, SCRIPT).differences]
        if probability > 0.8
        else [("", "", word) for word in alignment.ad_libbed]
    )


@pytest.mark.parametrize(
    ("written", "heard_as", "said"),
    [
        ("26,000", "40,000", "40,000"),
        ("26,000", "forty thousand", "forty thousand"),
        ("26,000", "46,000", "46,000"),
        ("doubled,", "fallen,", "fallen,"),
        ("doubled,", "fallen", "fallen,"),
        ("three", "eleven", "eleven"),
        ("three", "11", "11"),
        ("33", "50", "50"),
        ("1956", "1967", "1967"),
        ("fifteenth", "21st", "21st"),
    ],
)  # fmt: skip
def test_another_number_or_word_is_told_and_shown_as_it_was_said(written: str, heard_as: str, said: str) -> None:
    assert told(SCRIPT.replace(written, heard_as)) == [("said-otherwise", written, said)]
    alignment = align(heard(SCRIPT.replace(written, heard_as)), script_tokens(SCRIPT))
    shown = " ".join(word.text for word in alignment.words if word.start is not None)
    assert shown == SCRIPT.replace(written, said), "captions have the narrator's words, at their times"
    assert told(SCRIPT.replace(written, heard_as), probability=0.6) == [], "the model is not sure"


@pytest.mark.parametrize(
    ("written", "misheard"),
    [
        ("26,000", "twenty six thousand"),
        ("26,000", "26 thousand"),
        ("33 million", "33,000,000"),
        ("1956", "nineteen fifty-six"),
        ("Idlib", "Italy"),
        ("Idlib", "it live"),
        ("Abdulrahman", "Raymond"),
        ("Abdulrahman", "up the ramen"),
        ("bread", "breath"),
        ("mills", "meals"),
        ("of the", "in a"),
        ("around", "a round"),
        ("fifteenth", "15th"),
        ("says", "say"),
        ("crossed", "cross"),
    ],
)  # fmt: skip
def test_what_was_merely_misheard_is_the_scripts(written: str, misheard: str) -> None:
    assert told(SCRIPT.replace(written, misheard)) == []


def test_several_places_of_one_recording() -> None:
    said = (
        SCRIPT.replace("26,000", "40,000").replace("doubled", "fallen").replace("three", "eleven").replace("33", "50")
    )
    assert [one[1:] for one in told(said)] == [
        ("26,000", "40,000"), ("doubled,", "fallen,"), ("three", "eleven"), ("33", "50"),
    ]  # fmt: skip
    settlement = settled(said, SCRIPT, SCRIPT)
    assert settlement.amended == said
    assert (
        "said for “26,000”: … the war, more than [40,000] bakers worked around Idlib," in settlement.findings[0].message
    )


def test_a_voice_that_can_only_read_says_what_is_written() -> None:
    tokens = script_tokens(SCRIPT)
    said = (
        SCRIPT.replace("26,000", "40,000")
        .replace("around Idlib", "around the Idlib")
        .replace("Some 33", "And so some 33")
    )
    assert align(heard(said), tokens).ad_libbed
    alignment = align(heard(said), tokens, verbatim=True)
    assert " ".join(word.text for word in alignment.words) == SCRIPT
    assert alignment.ad_libbed == alignment.unspoken == ()
