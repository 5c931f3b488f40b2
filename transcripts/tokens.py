"""The script's words: as they are read, and as they may be spoken."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transcripts.numerals import SIGNS
from transcripts.spoken import Form, fold, spoken_forms


@dataclass(frozen=True)
class Token:
    """One word of the script. `text` carries its punctuation; `key` holds the ways it may be spoken, likeliest first;
    `start` and `end` are offsets into the text it came from.
    """

    text: str
    key: tuple[Form, ...]
    start: int
    end: int


class PhraseError(LookupError):
    """A phrase cannot be placed in a narration."""


class PhraseMissing(PhraseError):
    """The narration never says it. `nearest` is what it says that comes closest, or empty."""

    def __init__(self, phrase: str, nearest: str) -> None:
        super().__init__(f"the narration does not say “{phrase}”")
        self.phrase = phrase
        self.nearest = nearest


class PhraseRepeated(PhraseError):
    """The narration says it `times` times, and the one meant is not named, or there are fewer than the number asked for."""

    def __init__(self, phrase: str, times: int) -> None:
        super().__init__(f"the narration says “{phrase}” {times} time{'s' * (times != 1)}")
        self.phrase = phrase
        self.times = times


_WORD = re.compile(r"[^\s—]+(?:—+(?=\s|$))?|—+")


def script_tokens(text: str, language: str = "en") -> tuple[Token, ...]:
    """The words of a text in order. A dash between words ends the first; marks that nobody speaks stay with the word before."""
    out: list[Token] = []
    lead: int | None = None
    for match in _WORD.finditer(text):
        key = spoken_forms(match.group(), language)
        start = match.start() if lead is None else lead
        if key:
            out.append(Token(" ".join(text[start : match.end()].split()), key, start, match.end()))
            lead = None
        elif out and lead is None:
            last = out.pop()
            # A sign behind its number, as most languages write "20 %" and "5 €", is spoken with it.
            sign = match.group().strip(",.;:!?)”»")
            key = spoken_forms(last.text + sign, language) if sign in SIGNS and last.text[-1:].isdecimal() else last.key
            out.append(Token(" ".join(text[last.start : match.end()].split()), key, last.start, match.end()))
        else:
            lead = start
    return tuple(out)


def find_phrase(tokens: Sequence[Token], phrase: str, nth: int | None, language: str = "en") -> int:
    """Index of the token at which a phrase begins; `nth` counts from 1 when it is spoken more than once.

    Numbers, hyphens, diacritics and a possessive s at its end do not stand in the way. Raises PhraseMissing or PhraseRepeated.
    """
    wanted = list(_readings([token.key for token in script_tokens(phrase, language)]))
    places = [
        index for index in range(len(tokens)) if any(_speaks(tokens, index, reading) for reading in wanted if reading)
    ]
    if not places:
        raise PhraseMissing(phrase, _nearest(tokens, phrase, language))
    if nth is None and len(places) > 1:
        raise PhraseRepeated(phrase, len(places))
    if nth is not None and not 1 <= nth <= len(places):
        raise PhraseRepeated(phrase, len(places))
    return places[(nth or 1) - 1]


def _readings(keys: Sequence[tuple[Form, ...]], most: int = 64) -> Iterator[Form]:
    """Every way to speak a row of words, up to `most`."""
    readings: list[Form] = [()]
    for key in keys:
        readings = [reading + form for reading in readings for form in key][:most]
    yield from readings


def _speaks(tokens: Sequence[Token], index: int, reading: Form) -> bool:
    """True when the tokens from `index` on say exactly this, ending where a token ends."""
    if not reading:
        return True
    if index == len(tokens):
        return False
    for form in tokens[index].key:
        if reading[: len(form)] == form and _speaks(tokens, index + 1, reading[len(form) :]):
            return True
        possessive = form[-1].endswith("s") and re.search(r"[’']s?\W*$", tokens[index].text)
        if possessive and reading == (*form[:-1], form[-1][:-1]):
            return True
    return False


def _nearest(tokens: Sequence[Token], phrase: str, language: str) -> str:
    from rapidfuzz import fuzz, process

    length = max(1, len(script_tokens(phrase, language)))
    rows = [
        " ".join(token.text for token in tokens[at : at + length]) for at in range(max(1, len(tokens) - length + 1))
    ]
    best = process.extractOne(phrase, rows, scorer=fuzz.ratio, processor=_folded_words, score_cutoff=50)
    return best[0].strip(' .,;:!?—…“”"()') if best else ""


def _folded_words(text: str) -> str:
    return " ".join(fold(word) for word in text.split())
