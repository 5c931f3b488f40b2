"""Hypothesis strategies for what stands on screen: words of five alphabets, alone and mixed, short and far too long."""

from hypothesis import strategies as st

_ALPHABETS = {
    "Latin": "abcdefghijklmnopqrstuvwxyzäéğıñøšžABCDEFGİŁÖ",
    "Cyrillic": "абвгдежзийклмнопрстухцчшщыьэюяєіїАБВГДЖЗИ",
    "Greek": "αβγδεζηθικλμνξοπρστυφχψωάέήίόΑΒΓΔΘΛΣ",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىآأئء",
    "Hebrew": "אבגדהוזחטיכלמנסעפצקרשתםןףץ",
    "figures": "0123456789",
}
_MARKS = st.sampled_from(["", "", "", "", "", ",", ".", ":", "?", "!", "…", "’s", " –", "-"])


def _word(alphabet: str, longest: int) -> st.SearchStrategy[str]:
    return st.builds(str.__add__, st.text(alphabet, min_size=1, max_size=longest), _MARKS)


words = st.one_of([_word(alphabet, 11) for alphabet in _ALPHABETS.values()])
long_words = st.one_of([_word(alphabet, 60) for alphabet in _ALPHABETS.values()])
lines_of_one_alphabet = st.one_of(
    [st.lists(_word(alphabet, 11), min_size=1, max_size=16).map(" ".join) for alphabet in _ALPHABETS.values()]
)
mixed_lines = st.lists(words | long_words, min_size=1, max_size=16).map(" ".join)
display_texts = lines_of_one_alphabet | mixed_lines
