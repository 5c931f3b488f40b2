"""Text as a voice should read it: years, decades, money and units in words, names that English rules get wrong respelled.

Plain counts are left to the voice, which reads "26,434" and "12.5%" rightly. What it gets wrong is here: it says
"one thousand eight hundred sixty-nine" for a year and "pound ten" for £10.
"""

from __future__ import annotations

import re

_YEAR = re.compile(r"(?<![\d,.£$€])(1[1-9]\d\d|20\d\d)(?![\d,]\d|\d|\.\d|%)")
_DECADE = re.compile(r"(?<![\d,.£$€])(1[1-9]\d0|20\d0)['’]?s\b")
_RANGE = re.compile(r"(?<=\d)\s?[–—-]\s?(?=\d)")
_MONEY = re.compile(r"([£$€])\s?(\d+(?:,\d{3})*(?:\.\d+)?)(\s(?:thousand|million|billion|trillion))?")
_UNIT = re.compile(r"(?<=\d)\s?(km²|km2|km|kg|m²|nm|mph)(?![\w²])")
_CURRENCIES = {"£": ("pound", "pounds"), "$": ("dollar", "dollars"), "€": ("euro", "euros")}
_UNITS = {
    "km²": "square kilometres",
    "km2": "square kilometres",
    "km": "kilometres",
    "kg": "kilograms",
    "m²": "square metres",
    "nm": "nautical miles",
    "mph": "miles an hour",
}
# Names in the news that espeak's English rules misread; in the phonemes that Piper takes between double brackets.
_NAMES = {
    "Houthi": "hˈuːθi",
    "Houthis": "hˈuːθiz",
    "Türkiye": "tˈʊɹkijə",
    "Erdoğan": "ˈɛɹdəwɑːn",
    "Sabancı": "sˈɑːbɑːndʒə",
    "Gamal": "ɡəmˈɑːl",
    "Hodeidah": "hoʊdˈeɪdə",
    "Idlib": "ˈɪdlɪb",
}
_NAME = re.compile(r"\b(" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")\b([,;:.!?]*)")


def text_to_voice(text: str) -> str:
    """One paragraph for the voice: a single line, nothing added and nothing left out."""
    line = " ".join(text.split()).replace("[[", "").replace("]]", "")
    line = _MONEY.sub(_money, line)
    line = _RANGE.sub(" to ", line)
    line = _UNIT.sub(lambda match: " " + _UNITS[match[1]], line)
    line = _DECADE.sub(lambda match: _many(_year(match)), line)
    line = _YEAR.sub(_year, line)
    # Punctuation goes inside the brackets: what follows a block of phonemes loses its own.
    return _NAME.sub(lambda match: f"[[{_NAMES[match[1]]}{match[2]}]]", line)


def _money(match: re.Match[str]) -> str:
    one, many = _CURRENCIES[match[1]]
    return f"{match[2]}{match[3] or ''} {one if match[2] == '1' and not match[3] else many}"


def _year(match: re.Match[str]) -> str:
    from num2words import num2words

    return str(num2words(int(match[1]), to="year"))


def _many(words: str) -> str:
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"
