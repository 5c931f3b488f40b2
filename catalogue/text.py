"""One way to cut text into words and fold them, for what is searched and for what is asked, on every database.

Databases' own tokenisers disagree on "U.S.", "5.5" and "ğ"; this one feeds them all. It keeps where each word stands in the
original, so that what was found can be marked there.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 48
"""Characters of a word that count; longer runs are addresses or noise."""

# Combining marks of Latin, Cyrillic, Hebrew and Arabic, and joiners: inside a word although not letters.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d\u00ad"
)
_IDEOGRAPH = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_LETTER = rf"(?:(?![{_IDEOGRAPH}])[^\W\d_][{_MARKS}]*)"
# ' ’ ` ´ and the signs for ayn, hamza and the Hawaiian stop.
_SIGNS = "'’‘`´ʹʻʼʽʾʿـ"
_APOSTROPHE = f"[{_SIGNS}]"

_WORD = re.compile(
    rf"(?P<ideograph>[{_IDEOGRAPH}])"
    rf"|(?P<acronym>(?:{_LETTER}\.(?:{_LETTER}\.)+{_LETTER}?(?![^\W\d_])|(?:{_LETTER}\.)+{_LETTER}(?![^\W_]))(?:{_APOSTROPHE}s\b)?)"
    rf"|(?P<number>\d+(?:[.,'’٫٬]\d+)*)"
    rf"|(?P<word>{_LETTER}(?:{_APOSTROPHE}?(?:{_LETTER}|\d))*)"
)
_ELISION = re.compile(rf"^(?:l|d|j|qu|dell|nell|sull|all)(?={_APOSTROPHE}\w{{3,}})", re.IGNORECASE)
_POSSESSIVE = re.compile(rf"{_APOSTROPHE}[sS]$")
_GROUPED = re.compile(r"\d{1,3}(?:[,'’٬]\d{3})+(?:[.٫]\d+)?")

# Letters that Unicode does not take apart, and spellings of one letter.
_SAME = str.maketrans(
    {
        "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ə": "a", "æ": "ae", "œ": "oe", "þ": "th",
        "ŋ": "ng", "ґ": "г", "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ۀ": "ه", "ς": "σ",
        "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word and where it stands in the original: `text[start:end]`."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word without case, accents, apostrophes and joiners: `Erdoğan` → `erdogan`, `U.S.` → `us`, `١٢` → `12`."""
    # Folded before it is taken apart and after: İ folds to an i with a dot of its own.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()).translate(_SAME)
    letters = (
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in plain
        if sign.isalnum() and sign not in _SIGNS
    )
    return "".join(letters)[:LONGEST]


@lru_cache(maxsize=16_384)
def _number(text: str) -> str:
    """`1,000,000` → `1000000`; `5.5`, `5,5` and `٥٫٥` → `5.5`; dates and versions keep their points."""
    digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    if _GROUPED.fullmatch(digits):
        return re.sub(r"[,'’٬]", "", digits).replace("٫", ".")[:LONGEST]
    return re.sub(r"[,٫٬'’]", ".", digits)[:LONGEST]


def tokens(text: str) -> Iterator[Token]:
    """The words of a text, in order, folded.

    A hyphen parts words; a possessive `'s` is dropped; an elided article (`l'`, `d'`) is a word of its own; an ideograph is one
    word, as there are no spaces to part them; a number and the letters after it are two.
    """
    for match in _WORD.finditer(text):
        start, end, written = match.start(), match.end(), match.group()
        if match.lastgroup == "number":
            yield Token(_number(written), start, end)
            continue
        written = _POSSESSIVE.sub("", written)
        if match.lastgroup == "word":
            elided = _ELISION.match(written)
            if elided:
                yield Token(fold(elided.group()), start, start + elided.end())
                start, written = start + elided.end() + 1, written[elided.end() + 1 :]
        key = fold(written)
        if key:
            yield Token(key, start, end)


def keys(text: str) -> list[str]:
    """The folded words alone."""
    return [token.key for token in tokens(text)]


def encode(key: str) -> str:
    """A key in ASCII letters and digits, so that no database sees anything to fold or to part.

    Prefixes stay prefixes: every sign becomes itself or, from `z`, a code of fixed length.
    """
    if key.isascii() and key.isalnum() and "z" not in key:
        return key
    return "".join(
        sign if sign != "z" and sign.isascii() and sign.isalnum() else "zz" if sign == "z" else f"zx{ord(sign):05x}"
        for sign in key
    )
