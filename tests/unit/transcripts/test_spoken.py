import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.align import align
from transcripts.numerals import CONVENTIONS
from transcripts.spoken import fold, spoken_forms
from transcripts.tokens import script_tokens
from transcripts.words import Transcript, Word


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
    ("language", "written", "spoken"),
    [
        ("fr", "193", "cent quatre vingt treize"),
        ("fr", "1er", "premier"),
        ("fr", "1ère", "premiere"),
        ("fr", "3,5", "trois virgule cinq"),
        ("fr", "10€", "dix euros"),
        ("fr", "20%", "vingt pour cent"),
        ("de", "193", "einhundertdreiundneunzig"),
        ("de", "193", "hundertdreiundneunzig"),
        ("de", "26.434", "sechsundzwanzigtausendvierhundertvierunddreissig"),
        ("de", "1989", "neunzehnhundertneunundachtzig"),
        ("de", "3.", "dritten"),
        ("de", "3.", "drei"),
        ("de", "3,5", "drei komma funf"),
        ("de", "1980er", "neunzehnhundertachtziger"),
        ("de", "(€5)", "funf euro"),
        ("es", "1.º", "primera"),
        ("es", "1.000", "mil"),
        ("es", "3,05", "tres coma cero cinco"),
        ("it", "20%", "venti per cento"),
        ("tr", "1923’te", "bin dokuz yuz yirmi ucte"),
        ("tr", "193", "yuzdoksanuc"),
        ("tr", "%20", "yuzde yirmi"),
        ("tr", "2.", "ikinci"),
        ("tr", "10₺", "on lira"),
        ("ru", "1999", "тысяча девятьсот девяносто девять"),
        ("ru", "5-й", "пятыи"),
        ("ru", "20%", "двадцать процентов"),
        ("ar", "١٩٣", "ميه وثلاثه وتسعون"),
        ("ar", "٢٠٪", "عشرون بالميه"),
        ("xx", "193", "193"),
    ],
)
def test_numbers_in_other_languages(language: str, written: str, spoken: str) -> None:
    assert tuple(spoken.split()) in spoken_forms(written, language)


@given(st.text("0123456789.,%€£₺'’º°er-٣٫٪ ", max_size=12), st.sampled_from([*CONVENTIONS, "en", "nl", "xx"]))
def test_anything_with_digits_can_be_read(written: str, language: str) -> None:
    assert all(all(atom for atom in form) for form in spoken_forms(written, language))


@pytest.mark.parametrize(
    ("language", "written", "heard"),
    [
        (
            "de",
            "Die Donaudampfschifffahrt zahlte am 3. Oktober 1990 rund 1.000 €.",
            "die donaudampf schifffahrt zahlte am dritten oktober neunzehnhundertneunzig rund tausend euro",
        ),
        (
            "fr",
            "Le 1er mai, 20 % des navires, soit 3,5 millions d’euros, c’était l’été.",
            "le premier mai vingt pour cent des navires soit trois virgule cinq millions d'euros c'était l'été",
        ),
        (
            "tr",
            "Irmak’ın 2. köprüsü 1923’te %20 ucuza, 10₺’ye açıldı.",
            "ırmak'ın ikinci köprüsü bin dokuz yüz yirmi üçte yüzde yirmi ucuza on liraya açıldı",
        ),
        (
            "ru",
            "В 1999 году на 5-й версте было 20% судов.",
            "в тысяча девятьсот девяносто девятом году на пятой версте было двадцать процентов судов",
        ),
        (
            "ar",
            "في عام ١٩٥٦ أَمَّمَ عَبْدُ النَّاصِرِ القناة بنسبة ٢٠٪ كاملة.",
            "في عام ألف وتسعمئة وستة وخمسين أمم عبد الناصر القناه بنسبة عشرون بالمئة كاملة",
        ),
        (
            "es",
            "El 1.º de mayo, 3,5 millones de euros y el 20% del canal.",
            "el primero de mayo tres coma cinco millones de euros y el veinte por ciento del canal",
        ),
    ],
)  # fmt: skip
def test_a_narration_in_another_language_is_matched(language: str, written: str, heard: str) -> None:
    """Numbers said in words, the Turkish i, Arabic without its marks, a German compound heard as two words."""
    words = tuple(Word(word, at, at + 0.9) for at, word in enumerate(heard.split()))
    alignment = align(Transcript(language, len(words) + 1.0, words), script_tokens(written, language))
    assert alignment.matched_share == 1, [word for word in alignment.words if word.origin != "matched"]
    assert alignment.ad_libbed == ()


def test_folds_scripts_without_losing_them() -> None:
    assert fold("Сабанджи́!") == "сабанджи"
    assert fold("عَبْد") == "عبد"
    assert fold("İstanbul") == "istanbul"
