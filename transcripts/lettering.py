"""How much of a line its letters take: what counts as a character, and what is only there for the machine."""

import re
import unicodedata

UNSPACED = frozenset({"zh", "yue", "ja", "th", "lo", "my", "km"})
"""Languages that put no spaces between words."""

_HALVES = frozenset({"ja", "ko", "zh", "yue"})

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")

MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
"""Characters that only say in which direction to read."""

_UNSEEN = str.maketrans("", "", MARKS + "\u200b\u2060\ufeff")


def is_unspaced(language: str) -> bool:
    """True for a language whose words nobody parts with spaces."""
    return language.lower().split("-")[0] in UNSPACED


def plain(text: str) -> str:
    """A line as it is read: without tags (`<i>`, `{\\an8}`) and marks of direction."""
    if "<" in text or "{" in text:
        text = _TAG.sub("", text)
    return text.translate(_UNSEEN)


def tags(text: str) -> list[str]:
    """The tags in a line, in order."""
    return _TAG.findall(text) if "<" in text or "{" in text else []


def count_letters(text: str, language: str = "en") -> float:
    """Characters of a text, spaces among them. Accents that stand alone count nothing.

    In Chinese, Japanese and Korean a character of half the width counts half (Netflix Timed Text Style Guides of the three,
    Character Limitation).
    """
    seen = plain(text)
    if seen.isascii():
        return len(seen) * (0.5 if language.lower().split("-")[0] in _HALVES else 1.0)
    if language.lower().split("-")[0] in _HALVES:
        return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.5 for char in seen)
    return float(sum(unicodedata.category(char) != "Mn" for char in seen))
