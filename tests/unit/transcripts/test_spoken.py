import pytest

from transcripts.spoken import fold, spoken_forms


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("193", "one hundred and ninety three"),
        ("193", "one hundred ninety three"),
        ("26,434", "twenty six thousand four hundred and thirty four"),
        ("3,500", "three and a half thousand"),
        ("1956", "nineteen fifty six"),
        ("1956", "one thousand nine hundred and fifty six"),
        ("1956,", "nineteen hundred fifty six"),
        ("2023", "twenty twenty three"),
        ("2023", "two thousand and twenty three"),
        ("2005", "two thousand and five"),
        ("£10", "ten pounds"),
        ("£1", "one pound"),
        ("$5bn", "five billion dollars"),
        ("3.5%", "three point five percent"),
        ("3.5%", "three point five per cent"),
        ("26th", "twenty sixth"),
        ("1st", "first"),
        ("1990s", "nineteen nineties"),
        ("’90s", "nineties"),
        ("10–15", "ten to fifteen"),
        ("10:30", "ten thirty"),
        ("120km", "one hundred and twenty kilometres"),
        ("007", "zero zero seven"),
        ("1,000,000", "one million"),
        ("Mr", "mister"),
        ("Dr.", "doctor"),
        ("St.", "street"),
        ("no.", "no"),
        ("No.", "number"),
        ("&", "and"),
        ("U.S.", "u s"),
        ("UN", "u n"),
        ("NATO", "nato"),
        ("don’t", "dont"),
        ("don't", "do not"),
        ("won't", "will not"),
        ("it’s", "it is"),
        ("Egypt’s", "egypts"),
        ("ninety-three", "ninety three"),
        ("cold-hearted,", "cold hearted"),
        ("“Erdoğan”", "erdogan"),
        ("Łódź.", "lodz"),
        ("A320", "a three hundred and twenty"),
    ],
)
def test_reads_as_a_narrator_would(written: str, spoken: str) -> None:
    assert tuple(spoken.split()) in spoken_forms(written)


@pytest.mark.parametrize("mark", ["—", "…", "“", "", "***", "👍"])
def test_marks_are_silent(mark: str) -> None:
    assert spoken_forms(mark) == ()


@pytest.mark.parametrize(
    ("language", "spoken"), [("fr", "cent quatre vingt treize"), ("de", "einhundertdreiundneunzig"), ("xx", "193")]
)
def test_numbers_in_other_languages(language: str, spoken: str) -> None:
    assert tuple(spoken.split()) in spoken_forms("193", language)


def test_folds_scripts_without_losing_them() -> None:
    assert fold("Сабанджи́!") == "сабанджи"
    assert fold("عَبْد") == "عبد"
    assert fold("İstanbul") == "istanbul"
