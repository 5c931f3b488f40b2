"""How alike two pronunciations are, and the frame of consonants by which the ones that may be alike are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from transcripts.pronunciations import Phones, pronounce
from transcripts.spoken import fold

VOWELS = frozenset({"AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"})

_FAMILIES = (
    *("P B", "T D TH DH", "K G", "F V", "S Z", "SH ZH CH JH", "M", "N NG", "L", "R ER", "W", "Y"),
)  # fmt: skip
_FAMILY = {phone: family.split()[0] for family in _FAMILIES for phone in family.split()}
"""Consonants that differ in voice or little else: what is taken for the other. HH, which English drops or adds, has none."""

_NEAR_VOWELS = frozenset(
    frozenset(pair.split())
    for pair in (
        *("AA AO", "AA AH", "AA AE", "AE EH", "AE AH", "AH EH", "AH IH", "AH UH", "AO OW", "EH IH", "EH EY", "IH IY", "EY IY", "AY IY"),
        *("UH UW", "OW UW", "AH ER", "AO UH", "AW OW", "AW AO", "EY AY", "AE EY", "AH AO"),
    )
)  # fmt: skip
"""Vowels next to each other in the mouth, or that English writes with the same letter."""

SAME_FAMILY, NEAR_VOWEL, OTHER_VOWEL, WEAK, OTHER = 0.4, 0.25, 0.5, 0.4, 1.0
"""What it costs to take one sound for another, from 0 to 1: for its relative, for a vowel near by, for another vowel; to drop or add a
vowel or an H; anything else. English hears consonants far better than the vowels of names from abroad."""

_RESPELLED = str.maketrans("-·‧ˈ'’", "      ")


def phones_of(text: str, dictionary: Mapping[str, tuple[Phones, ...]]) -> Phones:
    """Phones of a name or phrase, word by word; of a respelling such as `ID-lib` too. Empty where it has no Latin letters."""
    return tuple(phone for word in text.translate(_RESPELLED).split() for phone in pronounce(fold(word), dictionary))


def frame_of(phones: Sequence[str]) -> str:
    """The consonants by family, with a point after each: `T.L.P.` of Idlib. Doubled ones count once, parted by a vowel twice."""
    frame: list[str] = []
    before = ""
    for phone in phones:
        family = _FAMILY.get(phone, "")
        if family and family != before:
            frame.append(family)
        before = family
    return "".join(f"{family}." for family in frame)


def shortened(frame: str) -> Iterator[str]:
    """A frame, and it without each one of its consonants: two that share one of these differ in a consonant or two."""
    yield frame
    parts = frame.split(".")[:-1]
    if len(parts) > 2:
        for index in range(len(parts)):
            yield "".join(f"{part}." for part in parts[:index] + parts[index + 1 :])


@lru_cache(maxsize=65_536)
def alike(heard: Phones, meant: Phones) -> float:
    """How alike two pronunciations are: 1 the same, 0 nothing in common."""
    if not heard or not meant:
        return 0.0
    row = [0.0]
    for phone in meant:
        row.append(row[-1] + _dropped(phone))
    for one in heard:
        above, row = row, [row[0] + _dropped(one)]
        for index, other in enumerate(meant):
            cheapest = min(
                above[index] + _taken(one, other), above[index + 1] + _dropped(one), row[-1] + _dropped(other)
            )
            row.append(cheapest)
    return max(0.0, 1 - row[-1] / max(_weight(heard), _weight(meant)))


def _weight(phones: Phones) -> float:
    return sum(_dropped(phone) for phone in phones)


def _dropped(phone: str) -> float:
    return WEAK if phone in VOWELS or phone == "HH" else OTHER


def _taken(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in VOWELS and other in VOWELS:
        return NEAR_VOWEL if frozenset((one, other)) in _NEAR_VOWELS else OTHER_VOWEL
    if one in _FAMILY and _FAMILY[one] == _FAMILY.get(other):
        return SAME_FAMILY
    return OTHER
