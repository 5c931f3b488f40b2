"""Spellings brought together, the one to write chosen, and names found again in other texts."""

import time
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from transcripts.gathering import OwnName, Writing, gather
from transcripts.lexicon import Lexicon, Name, form_key
from transcripts.vocabulary import words_of

KYIV = ("Kiev", "Kief", "Kij", "Київ", "Киев")


def lexicon_of(*texts: str, own: Sequence[OwnName] = ()) -> Lexicon:
    writings = [Writing(f"text {number}", (text,)) for number, text in enumerate(texts)]
    return gather(writings, own, lambda name: KYIV if name in ("Kyiv", "Kiev") else (), words_of)


def test_spellings_that_differ_in_little_are_one_name_and_the_commoner_is_preferred() -> None:
    lexicon = lexicon_of(
        "In Ankara, Erdoğan met Erdogan; the road from Bab el-Mandeb, or Bab el Mandeb.", "It was Erdoğan."
    )
    [name] = lexicon.search("erdogan")
    assert (name.text, name.variants, name.count) == ("Erdoğan", ("Erdogan",), 3)
    assert name.seen == (("text 0", 2), ("text 1", 1))
    [strait] = lexicon.search("mandeb")
    assert strait.spelt == (("Bab el-Mandeb", 1), ("Bab el Mandeb", 1))


def test_diacritics_decide_between_spellings_as_frequent() -> None:
    assert lexicon_of("He met Sabanci and Sabancı.").names[0].text == "Sabancı"


def test_what_a_gazetteer_spells_otherwise_is_one_name_and_other_alphabets_are_kept_apart() -> None:
    name = lexicon_of("The road to Kyiv, and to Kyiv again, not to Kiev.").get("Kiev")
    assert name is not None
    assert name.text == "Kyiv"
    assert name.variants == ("Kiev", "Kief")
    assert name.also == ("Київ", "Киев")
    assert "Kij" not in name.forms, "three letters are some other word too often"


def test_the_studio_has_the_last_word() -> None:
    own = (
        OwnName("Kiev", ("Kyiv",), ("key eff",)),
        OwnName("Black Friday", leave_out=True),
        OwnName("Idlib", ("Idleb", "إدلب")),
    )
    lexicon = lexicon_of("To Kyiv and to Kyiv on Black Friday.", own=own)
    assert lexicon.get("Black Friday") is None
    kiev = lexicon.get("kyiv")
    assert kiev is not None
    assert (kiev.text, kiev.says, kiev.own) == ("Kiev", ("key eff",), True)
    idlib = lexicon.get("إدلب")
    assert idlib is not None
    assert (idlib.text, idlib.variants, idlib.also) == ("Idlib", ("Idleb",), ("إدلب",))


def test_a_word_in_another_alphabet_with_the_consonants_of_a_name_is_that_name() -> None:
    writings = [Writing("a", ("The way through Hormuz and Hama.",)), Writing("b", ("مضيق هرمز قرب حماة",), (), "ar")]
    lexicon = gather(writings, words_of=words_of)
    assert lexicon.get("هرمز") is lexicon.get("Hormuz")
    assert lexicon.get("حماة") is None, "three consonants are not enough to know a name by"


def test_the_longest_name_is_found_and_small_letters_are_no_name() -> None:
    lexicon = Lexicon((Name("Suez"), Name("Suez Canal"), Name("Turkey", ("Türkiye",)), Name("هرمز")))
    found = [
        (one.name.text, one.written)
        for one in lexicon.find_in("“Suez Canal’s” owners ate turkey in TÜRKIYE, near هرمز.")
    ]
    assert found == [("Suez Canal", "Suez Canal"), ("Turkey", "TÜRKIYE"), ("هرمز", "هرمز")]


def test_a_lexicon_survives_its_cache() -> None:
    lexicon = lexicon_of("To Kyiv.", own=(OwnName("Idlib", ("Idleb",), ("id lib",), ("ad lib",)),))
    assert Lexicon.from_json(lexicon.to_json()) == lexicon


@given(st.text(max_size=80))
def test_any_text_at_all_can_be_looked_through(text: str) -> None:
    lexicon = lexicon_of(text, "In Kyiv.")
    for found in lexicon.find_in(text):
        assert 0 <= found.first < found.last
    assert all(form_key(name.text) for name in lexicon.names)


def test_twice_as_many_names_take_twice_as_long() -> None:
    def seconds(count: int) -> float:
        words = [
            f"{a}{b}{c}{d}"
            for a in "BDFGKLMN"
            for b in ("ab", "er", "im", "on")
            for c in "bdfgklmnprst"
            for d in range(200)
        ]
        names = [word.translate(str.maketrans("0123456789", "aeioumrtsk")).title() for word in words[:count]]
        begun = time.process_time()
        lexicon = gather([Writing("a", tuple(f"they went to {name} then." for name in names))], words_of=words_of)
        list(lexicon.find_in(" and ".join(names[:5000])))
        assert len(lexicon.names) > count * 0.9
        return time.process_time() - begun

    seconds(1_000)
    small, large = seconds(6_000), seconds(12_000)
    assert large < 3 * small
