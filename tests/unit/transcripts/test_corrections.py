"""Names put right, and words that must be left alone."""

import time

import pytest

from transcripts.corrections import CONFIDENCE, Corrector
from transcripts.gathering import OwnName, Writing, gather
from transcripts.lexicon import Lexicon, Name
from transcripts.vocabulary import english_words
from transcripts.words import Word

TEXT = """\
The fighting around Idlib drew Recep Tayyip Erdoğan to the table. The Sabancı family left Hama, Homs and Deir ez-Zor for Kyiv and
Zaporizhzhia. From Hodeidah to Bab el-Mandeb, and from Kherson to Nakhchivan, Qasem Soleimani met Muqtada al-Sadr, Hamas and Turkey.
"""
LEXICON = gather(
    [Writing("text", (TEXT,))],
    (OwnName("Kyiv", ("Kiev",)), OwnName("Rafah", says=("rah fah",))),
    words_of=lambda _: english_words(),
)
EVERY = frozenset(name.text for name in LEXICON.names)


def heard(text: str, probability: float = 0.9) -> list[Word]:
    return [Word(word, float(at), at + 0.5, probability) for at, word in enumerate(text.split())]


def corrected(text: str, probability: float = 0.9, expected: frozenset[str] = EVERY, lexicon: Lexicon = LEXICON) -> str:
    words, _ = Corrector(lexicon, english_words(), expected).correct(heard(text, probability))
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("They spoke of Kurson, and of Maktada al-Sadir.", "They spoke of Kherson, and of Muqtada al-Sadr."),
        ("Kasim Soleimani’s men", "Qasem Soleimani’s men"),
        ("“Nakchevan” was shut.", "“Nakhchivan” was shut."),
        ("the Sabanci family in Kiev’s suburbs", "the Sabancı family in Kyiv’s suburbs"),
        ("president Erdogan and erdogan", "president Erdoğan and Erdoğan"),
        ("from Haudedah to the Babel Mandem", "from Hodeidah to the Bab el-Mandeb"),
        ("Dair Azor fell", "Deir ez-Zor fell"),
    ],
)
def test_what_sounds_like_a_name_and_is_no_word_is_put_right(said: str, written: str) -> None:
    assert corrected(said) == written


@pytest.mark.parametrize(
    "said",
    [
        "A mass of paper lay on the desk, and an ad lib remark was all.",
        "Her most loyal men kept quiet. The key of the safe was lost. Keep in mind that homes are dear.",
        "They ate turkey and hummus at home; the chilly wind was rough.",
        "In Homs and Hama, Hamas met Soleimani at the Bab el-Mandeb.",
        "The harm is done: ham, hems, hums and homes.",
        "",
        "— … ?",
        "10 more of 1956, and 33 %",
    ],
)
def test_words_of_the_language_are_never_put_right_however_they_sound(said: str) -> None:
    assert corrected(said) == said


def test_words_that_the_recogniser_was_sure_of_stay_and_those_it_guessed_may_go() -> None:
    assert corrected("around ed lib today", 0.9) == "around ed lib today"
    assert corrected("around ed lib today", 0.05) == "around Idlib today"
    assert corrected("a mass of", 0.05) == "a mass of", "it is not alike enough, even when nobody is sure of it"


def test_a_name_that_nobody_expects_has_to_be_more_alike() -> None:
    assert corrected("in Haudedah they") == "in Hodeidah they"
    assert corrected("in Haudedah they", expected=frozenset()) == "in Haudedah they"


def test_every_correction_is_listed_and_says_why() -> None:
    _, made = Corrector(LEXICON, english_words(), EVERY).correct(heard("to Kiev and Kurson and Idlib"))
    assert [(one.heard, one.text, one.start, one.end, one.why) for one in made] == [
        ("Kiev", "Kyiv", 1.0, 1.5, "spelling"),
        ("Kurson", "Kherson", 3.0, 3.5, "sound"),
    ]
    assert made[0].confidence == 1
    assert CONFIDENCE <= made[1].confidence <= 1
    assert made[1].to_json().keys() == {"heard", "corrected", "start", "end", "confidence", "by"}


def test_a_script_is_a_person_s_and_is_left_alone() -> None:
    words = [Word("Kiev", 0.0, 0.5, 0.9, "matched", 0), Word("Kiev", 1.0, 1.5, 0.9, "ad-libbed")]
    out, made = Corrector(LEXICON, english_words(), EVERY).correct(words)
    assert [word.text for word in out] == ["Kiev", "Kyiv"]
    assert len(made) == 1


def test_words_that_must_not_be_taken_for_a_name_are_not() -> None:
    lexicon = Lexicon((Name("Sabancı", never=("Sabinzai",)),))
    assert corrected("the Sabinzai family", lexicon=lexicon) == "the Sabinzai family"
    assert corrected("the Sabanzi family", lexicon=lexicon) == "the Sabancı family"


def test_of_two_names_as_near_neither_is_taken() -> None:
    lexicon = Lexicon((Name("Kozar", says=("kozar",)), Name("Cozar", says=("kozar",))))
    assert corrected("then Qozar spoke", expected=frozenset({"Kozar", "Cozar"}), lexicon=lexicon) == "then Qozar spoke"


def test_other_names_of_the_world_are_right_as_they_are() -> None:
    words = heard("in Kurson today")
    out, _ = Corrector(LEXICON, english_words(), EVERY, places={"kurson"}).correct(words)
    assert [word.text for word in out] == ["in", "Kurson", "today"]


def test_without_a_dictionary_only_spellings_are_put_right() -> None:
    words, made = Corrector(LEXICON, {}, EVERY).correct(heard("à Kiev et Kurson"))
    assert [word.text for word in words] == ["à", "Kyiv", "et", "Kurson"]
    assert len(made) == 1


def test_a_name_of_other_words_than_were_heard_keeps_their_time() -> None:
    words, made = Corrector(LEXICON, english_words(), EVERY).correct(heard("from Babel Man Deb, on", 0.05))
    assert [(word.text, word.start, word.end) for word in words] == [
        ("from", 0.0, 0.5),
        ("Bab", 1.0, 1.577),
        ("el-Mandeb,", 1.577, 3.5),
        ("on", 4.0, 4.5),
    ]
    assert len(made) == 1


def test_the_time_grows_with_the_words_and_not_with_the_lexicon() -> None:
    syllables = ["ba", "der", "kha", "zor", "mil", "ush", "gan", "tir"]
    names = tuple(
        Name((a + b + c + d).title()) for a in syllables for b in syllables for c in syllables for d in syllables
    )
    text = "the kanal ov Suuez woz dug by hands and nobody knew hou long it wood take " * 150

    def seconds(count: int) -> float:
        corrector = Corrector(Lexicon(names[:count]), english_words())
        corrector.correct(heard("kanal"))
        begun = time.process_time()
        corrector.correct(heard(text))
        return time.process_time() - begun

    assert seconds(4096) < 10 * seconds(64), "64 times as many names"


def test_words_that_only_make_a_name_when_joined_are_no_name() -> None:
    lexicon = Lexicon((Name("Thāne", ("Thana",)), Name("Bhai Thana")))
    assert corrected("longer than a year", lexicon=lexicon) == "longer than a year"
    assert corrected("to Thana", lexicon=lexicon) == "to Thāne"


def test_the_odd_spellings_of_a_gazetteer_are_no_way_to_know_a_sound() -> None:
    lexicon = Lexicon((Name("Makhachkala", ("Makkala",)), Name("Kyiv", ("Kiev",), spelt=(("Kyiv", 3),))))
    assert corrected("in Makal today", lexicon=lexicon) == "in Makal today"
    _, [made] = Corrector(lexicon, english_words()).correct(heard("to Kiev"))
    assert (made.text, made.confidence) == ("Kyiv", 0.9)
