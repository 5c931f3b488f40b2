"""How English words are pronounced, as ARPAbet phones: the dictionary first, its parts next, letter by letter at last."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from transcripts.spoken import fold

Phones = tuple[str, ...]

_RULES = [
    (r"\bkn", "N"), (r"\bgn", "N"), (r"\bps", "S"), (r"\bwr", "R"), (r"\bx", "Z"), (r"\by(?=[aeiou])", "Y"), (r"\bmc", "M AH K"),
    (r"tch", "CH"), (r"sch", "SH"), (r"dge", "JH"), (r"tion", "SH AH N"), (r"sion", "ZH AH N"), (r"ough", "AO"), (r"igh", "AY"),
    (r"ch", "CH"), (r"sh", "SH"), (r"th", "TH"), (r"ph", "F"), (r"gh", "G"), (r"kh", "K"), (r"zh", "ZH"), (r"dj", "JH"), (r"dh", "DH"),
    (r"ts", "T S"), (r"tz", "T S"), (r"ck", "K"), (r"qu", "K W"), (r"ng\b", "NG"), (r"nk", "NG K"), (r"wh", "W"), (r"sc(?=[eiy])", "S"),
    (r"([bdfgklmnprstvz])\1", r"\1"), (r"cc(?=[eiy])", "K S"), (r"cc", "K"),
    (r"eau", "OW"), (r"ee", "IY"), (r"ea", "IY"), (r"oo", "UW"), (r"ou", "UW"), (r"ow", "OW"), (r"ai", "AY"), (r"ay", "EY"), (r"ei", "EY"),
    (r"ey\b", "IY"), (r"au", "AW"), (r"aw", "AO"), (r"oa", "OW"), (r"oi", "OY"), (r"oy", "OY"), (r"ie", "IY"), (r"ia", "IY AH"),
    (r"io", "IY OW"), (r"iu", "IY UW"), (r"ua", "W AA"), (r"ue", "UW"), (r"ui", "W IY"), (r"eu", "Y UW"), (r"ew", "UW"), (r"aa", "AA"),
    (r"ii", "IY"), (r"uu", "UW"), (r"ae", "AY"), (r"ao", "AW"), (r"eo", "IY OW"), (r"oe", "OW"),
    (r"arr?", "AA R"), (r"err?(?![aeiou])", "ER"), (r"ir(?![aeiou])", "ER"), (r"or", "AO R"), (r"ur(?![aeiou])", "ER"),
    (r"a(?=[bcdfgklmnpstvz]e\b)", "EY"), (r"i(?=[bcdfgklmnpstvz]e\b)", "AY"), (r"o(?=[bcdfgklmnpstvz]e\b)", "OW"),
    (r"u(?=[bcdfgklmnpstvz]e\b)", "UW"), (r"(?<=[bcdfgklmnpstvz])e\b", ""), (r"a\b", "AH"), (r"e\b", "IY"), (r"i\b", "IY"),
    (r"o\b", "OW"), (r"u\b", "UW"), (r"y\b", "IY"), (r"ah\b", "AH"), (r"h\b", ""), (r"(?<=[aeioubdgvmnlr])s\b", "Z"),
    (r"a", "AE"), (r"e", "EH"), (r"i", "IH"), (r"o", "AA"), (r"u", "UH"), (r"y", "IH"),
    (r"c(?=[eiy])", "S"), (r"c", "K"), (r"g(?=[eiy])", "JH"), (r"b", "B"), (r"d", "D"), (r"f", "F"), (r"g", "G"), (r"h", "HH"),
    (r"j", "JH"), (r"k", "K"), (r"l", "L"), (r"m", "M"), (r"n", "N"),
    (r"p", "P"), (r"q", "K"), (r"r", "R"), (r"s", "S"), (r"t", "T"), (r"v", "V"),
    (r"w", "W"), (r"x", "K S"), (r"z", "Z"),
]  # fmt: skip
"""Letters to phones, tried in order at every place. Vowels are read as in names from abroad, which is what dictionaries lack."""

_COMPILED = [(re.compile(pattern), phones) for pattern, phones in _RULES]
_LETTERS = {
    "a": "EY", "b": "B IY", "c": "S IY", "d": "D IY", "e": "IY", "f": "EH F", "g": "JH IY", "h": "EY CH", "i": "AY", "j": "JH EY",
    "k": "K EY", "l": "EH L", "m": "EH M", "n": "EH N", "o": "OW", "p": "P IY", "q": "K Y UW", "r": "AA R", "s": "EH S", "t": "T IY",
    "u": "Y UW", "v": "V IY", "w": "D AH B AH L Y UW", "x": "EH K S", "y": "W AY", "z": "Z IY",
}  # fmt: skip
_VOICELESS = {"P", "T", "K", "F", "TH"}
_HISSING = {"S", "Z", "SH", "ZH", "CH", "JH"}


@lru_cache(maxsize=2)
def read_dictionary(path: Path) -> Mapping[str, tuple[Phones, ...]]:
    """A CMU-style dictionary by folded spelling, every pronunciation of each; some 134,000 lines in half a second."""
    out: dict[str, tuple[Phones, ...]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, *phones = line.split()
            spelling = word.partition("(")[0] if word.endswith(")") else word
            plain = spelling if spelling.isascii() and spelling.isalpha() else fold(spelling)
            out[plain] = (*out.get(plain, ()), tuple(phones))
    return out


def pronounce(word: str, dictionary: Mapping[str, tuple[Phones, ...]]) -> Phones:
    """Phones of one folded word; never empty for a word with Latin letters in it."""
    if known := dictionary.get(word):
        return known[0]
    if len(word) == 1 and word in _LETTERS:
        return tuple(_LETTERS[word].split())
    for ending, kind in (("s", "s"), ("es", "s"), ("ed", "d"), ("d", "d"), ("ing", "ing"), ("ly", "ly")):
        stem = (
            dictionary.get(word.removesuffix(ending)) if word.endswith(ending) and len(word) - len(ending) > 2 else None
        )
        if stem:
            return stem[0] + _ending(stem[0][-1], kind)
    for cut in range(len(word) - 3, 2, -1):
        first, second = dictionary.get(word[:cut]), dictionary.get(word[cut:])
        if first and second:
            return first[0] + second[0]
    return _spell(word)


def _ending(last: str, kind: str) -> Phones:
    if kind == "ing":
        return ("IH", "NG")
    if kind == "ly":
        return ("L", "IY")
    if kind == "s":
        return ("IH", "Z") if last in _HISSING else ("S",) if last in _VOICELESS else ("Z",)
    return ("IH", "D") if last in {"T", "D"} else ("T",) if last in _VOICELESS | {"S", "SH", "CH"} else ("D",)


def _spell(word: str) -> Phones:
    phones: list[str] = []
    at = 0
    while at < len(word):
        for pattern, sounds in _COMPILED:
            if match := pattern.match(word, at):
                if sounds.startswith("\\"):
                    phones += _spell(match.group(1))
                else:
                    phones += sounds.split()
                at = match.end()
                break
        else:
            at += 1
    return tuple(phones)
