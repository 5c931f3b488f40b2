"""What of a word's spelling can be compared: letters and digits without case and diacritics."""

import unicodedata

Form = tuple[str, ...]
"""Folded words in the order in which they are spoken."""

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "ħ": "h"}
    | {"ـ": None, "ة": "ه", "ى": "ي"}
)
"""Letters that Unicode does not take apart. Turkish writes two letters i, and its capital I is neither's elsewhere: all are one.
Arabic's line of elongation is no letter, and at a word's end tāʾ marbūṭa and alif maqṣūra are written one way and the other."""


def fold(text: str) -> str:
    """Letters and digits only, lower case, without diacritics: what of a word's spelling can be compared with what was heard."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(mark for mark in plain if mark.isalnum())
