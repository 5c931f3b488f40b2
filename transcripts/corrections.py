"""Names put right that the recogniser wrote otherwise: only above a stated confidence, and every one listed.

A recogniser writes a name that it does not know as it sounds (*Kurson* for Kherson) or as words that it knows (*ed lib* for Idlib). Whether
such a reading is a name of the lexicon is judged by sound; how far the judgement is to be trusted, by what speaks against it: that the
words are words of the language, that the recogniser was sure of them, that another name is as near, that nobody expects the name here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from transcripts.lettering import plain
from transcripts.lexicon import Lexicon, Name, form_key, without_possessive
from transcripts.pronunciations import Phones
from transcripts.sounds import alike, frame_of, phones_of, shortened
from transcripts.words import Word

CONFIDENCE = 0.75
"""What a correction needs, from 0 to 1. See `Corrector.judge` for what it is made of."""

UNEXPECTED = 0.9
"""What is left of the confidence where the name is in the lexicon, but not in the texts of this video."""

GAZETTEER = 0.9
"""The confidence in a spelling that only a gazetteer says is the same name."""

_MOST_WORDS = 4
_FEWEST_SOUNDS = 4
_FEWEST_CONSONANTS = 2
"""Sounds that a name must have to be known by them: Om or Ur sound like half of the language."""

_AMBIGUOUS = 0.05
"""Two names whose likeness differs by less cannot be told apart."""

_EDGES = "\"'“”‘’«»„()[]{}…—–,;:!?¡¿*_.،؛؟"


@dataclass(frozen=True)
class Correction:
    """What was `heard` from `start` to `end` in seconds, what is written instead, and how sure that is. `why` is `spelling` or `sound`."""

    heard: str
    text: str
    start: float
    end: float
    confidence: float
    why: str

    def to_json(self) -> dict[str, Any]:
        """The contract's shape."""
        return {
            "heard": self.heard,
            "corrected": self.text,
            "start": self.start,
            "end": self.end,
            "confidence": round(self.confidence, 2),
            "by": self.why,
        }


@dataclass(frozen=True)
class _Sounding:
    name: Name
    key: str
    phones: Phones


@dataclass(frozen=True)
class _Reading:
    """Words [first, last) read as a name."""

    first: int
    last: int
    text: str
    confidence: float
    why: str


@dataclass(frozen=True)
class Corrector:
    """Puts right names of `lexicon`. `dictionary` is the language's pronunciations by folded word, empty where none is known:
    then only spellings are put right. `expected` are names of this video's own texts, `places` keys of names in the world, which
    are right where they are heard, whether the studio has written of them or not.
    """

    lexicon: Lexicon
    dictionary: Mapping[str, tuple[Phones, ...]]
    expected: Collection[str] = ()
    places: Collection[str] = ()

    @cached_property
    def _by_frame(self) -> Mapping[str, list[_Sounding]]:
        """How names sound, by the consonants of it with any one left out."""
        index: dict[str, list[_Sounding]] = defaultdict(list)
        if not self.dictionary:
            return index
        for name in self.lexicon.names:
            for spoken in _spoken(name):
                phones = phones_of(spoken, self.dictionary)
                frame = frame_of(phones)
                if len(phones) < _FEWEST_SOUNDS or frame.count(".") < _FEWEST_CONSONANTS:
                    continue
                for part in set(shortened(frame)):
                    index[part].append(_Sounding(name, form_key(name.text), phones))
        return index

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        """Words of names of several, by key, that the language does not have: whoever says `Soleimani` says a name that is right."""
        found: dict[str, str] = {}
        for name in self.lexicon.names:
            for part in name.text.split():
                key = form_key(part)
                if len(key) >= _FEWEST_SOUNDS and key not in self.dictionary:
                    found.setdefault(key, part)
        return found

    def correct(self, words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Correction, ...]]:
        """The words with names put right, and every correction. Only what was recognised or ad-libbed is touched; a script's words are
        a person's. Linear in the words.
        """
        right = self._right(words)
        readings = [
            reading for at in range(len(words)) if at not in right for reading in self._readings(words, at, right)
        ]
        taken: set[int] = set()
        chosen: dict[int, _Reading] = {}
        for reading in sorted(readings, key=lambda one: (-one.confidence, one.first - one.last, one.first)):
            if taken.isdisjoint(range(reading.first, reading.last)):
                taken.update(range(reading.first, reading.last))
                chosen[reading.first] = reading
        return _put_right(words, chosen)

    def _right(self, words: Sequence[Word]) -> set[int]:
        """Indices of words that are names as they stand."""
        right: set[int] = set()
        for found in self.lexicon.find_words([plain(word.text) for word in words]):
            if found.written in (found.name.text, *found.name.also):
                right.update(range(found.first, found.last))
        return right

    def _readings(self, words: Sequence[Word], at: int, right: Collection[int]) -> Iterator[_Reading]:
        """The readings of the words from one on that are sure enough."""
        for length in range(1, min(_MOST_WORDS, len(words) - at) + 1):
            window = words[at : at + length]
            if at + length - 1 in right or not _together(window):
                return
            text = without_possessive(" ".join(plain(word.text) for word in window).strip(_EDGES))
            reading = self.judge(window, text)
            if reading and reading[1] >= CONFIDENCE:
                yield _Reading(at, at + length, *reading)

    def judge(self, window: Sequence[Word], text: str) -> tuple[str, float, str] | None:
        """The name that words are read as, how sure that is, and why; None for none, or where they are right as they are.

        By spelling it is certain where the words are a variant that the studio knows, or differ in capitals and diacritics only;
        `GAZETTEER` else. By sound, the confidence is the likeness of the two pronunciations, times the doubt about what was heard,
        which is 1 where it holds a word that the language does not have, else one less the recogniser's probability for the word it
        was least sure of; times `UNEXPECTED` where nobody expects the name; nothing where two names are as near.
        """
        key = form_key(text)
        parts = [form_key(part) for part in text.replace("-", " ").split()]
        strange = [part for part in parts if part not in self.dictionary]
        known = self.lexicon.get(text)
        if known and (strange or _is_parted_alike(text, key, known)):
            return self._spelt(known, text, key)
        if len(window) == 1 and key in self._parts:
            return (self._parts[key], 1.0, "spelling") if text != self._parts[key] else None
        if not (self.dictionary and key and all(map(str.isalpha, parts))):
            return None
        if key in self.places or any(part in self.places for part in strange):
            return None
        doubt = 1.0 if strange else 1 - min(word.probability for word in window)
        if (len(parts) == 1 and not strange) or doubt < CONFIDENCE:
            return None
        phones = phones_of(text, self.dictionary)
        likeness = sorted(self._likely(phones, key), key=lambda one: -one[0])
        if not likeness:
            return None
        best, sounding = likeness[0]
        rival = next((other for other, one in likeness if one.name is not sounding.name), 0.0)
        if best - rival < _AMBIGUOUS or any(part in self._parts and part not in sounding.key for part in parts):
            return None
        expected = sounding.name.text in self.expected
        return sounding.name.text, best * doubt * (1.0 if expected else UNEXPECTED), "sound"

    def _spelt(self, known: Name, text: str, key: str) -> tuple[str, float, str] | None:
        if text.casefold().startswith("the ") and not known.text.casefold().startswith("the "):
            return None  # the name without its article will be looked at
        if text == known.text or key in {form_key(form) for form in known.also} - {form_key(known.text)}:
            return None
        if text.islower() and known.text[:1].isupper() and (key in self.dictionary or len(key) < _FEWEST_SOUNDS):
            return None  # turkey is not Turkey
        certain = known.own or key == form_key(known.text) or any(form_key(form) == key for form, _ in known.spelt)
        return known.text, 1.0 if certain else GAZETTEER, "spelling"

    def _likely(self, phones: Phones, key: str) -> Iterator[tuple[float, _Sounding]]:
        done: set[int] = set()
        for frame in set(shortened(frame_of(phones))):
            for sounding in self._by_frame.get(frame, ()):
                if id(sounding) in done or any(form_key(never) == key for never in sounding.name.never):
                    continue
                done.add(id(sounding))
                yield alike(phones, sounding.phones), sounding


def _spoken(name: Name) -> tuple[str, ...]:
    """What is read aloud to know how a name sounds: what the studio says, else how it writes it; a gazetteer's spellings are too odd."""
    return name.says or tuple(dict.fromkeys((name.text, *(name.variants if name.own else dict(name.spelt)))))


def _is_parted_alike(text: str, key: str, name: Name) -> bool:
    """False for words of the language that only make a name when nothing parts them: `than a` is not Thana."""
    return len(text.split()) in {len(form.split()) for form in name.forms if form_key(form) == key}


def _put_right(
    words: Sequence[Word], chosen: Mapping[int, _Reading]
) -> tuple[tuple[Word, ...], tuple[Correction, ...]]:
    out: list[Word] = []
    made: list[Correction] = []
    at = 0
    while at < len(words):
        reading = chosen.get(at)
        if reading is None:
            out.append(words[at])
            at += 1
            continue
        heard = words[at : reading.last]
        start, end = heard[0].start, heard[-1].end
        assert start is not None
        assert end is not None
        text = without_possessive(" ".join(plain(word.text) for word in heard).strip(_EDGES))
        made.append(Correction(text, reading.text, start, end, reading.confidence, reading.why))
        out += _written(heard, reading.text)
        at = reading.last
    return tuple(out), tuple(made)


def _together(window: Sequence[Word]) -> bool:
    """True for words that are free to be changed and that no mark parts."""
    free = all(word.origin in ("recognised", "ad-libbed") and word.start is not None for word in window)
    return free and not any(plain(word.text).rstrip("\"'”’»)")[-1:] in ".,;:!?…" for word in window[:-1])


def _written(heard: Sequence[Word], text: str) -> list[Word]:
    """The name at the heard words' times, with the marks that stood around them."""
    first, last = plain(heard[0].text), plain(heard[-1].text)
    before = first[: len(first) - len(first.lstrip(_EDGES))]
    bare = last.rstrip(_EDGES)
    ending = bare[len(without_possessive(bare)) :] + last[len(bare) :]
    parts = text.split()
    parts[0] = before + parts[0]
    parts[-1] += ending
    if len(parts) == len(heard):
        return [replace(word, text=part) for word, part in zip(heard, parts, strict=True)]
    start, end = heard[0].start, heard[-1].end
    assert start is not None
    assert end is not None
    letters = sum(map(len, parts))
    probability = min(word.probability for word in heard)
    out, at = [], start
    for part in parts:
        until = at + (end - start) * len(part) / letters
        out.append(replace(heard[0], text=part, start=round(at, 3), end=round(until, 3), probability=probability))
        at = until
    return out
