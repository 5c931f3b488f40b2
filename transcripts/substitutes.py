"""Words said in the place of others: told from words that were merely misheard by how sure the recogniser was and how they sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from transcripts.grammars import find_grammar
from transcripts.pronunciations import Phones
from transcripts.sounds import alike, phones_of
from transcripts.spoken import Form, fold, spoken_forms
from transcripts.tokens import Token
from transcripts.words import Word

_CERTAIN = 0.8
"""Recognition probability of each word from which it is not a guess at another."""

_SOUNDS_LIKE = 0.5
"""Likeness of sounds from which one word may have been heard for the other."""

_MOST = 4
"""Words on either side: of a longer passage the words around say whether it was said, not these."""

_LEAST = 4
"""Letters of a word that is more than a particle."""

_LIGHT = frozenset(("then", "there", "here", "when", "where", "just", "also", "even", "still", "well"))
"""Words that recognisers put where they hear little."""

_PUNCTUATION = "\"'“”‘’«»()[]{}…—–-,;:.!?¡¿"


def _list(text: str) -> list[str]:
    return text.split()


_CARDINALS = _list(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion"""
)
_ORDINALS = _list(
    """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth
    hundredth thousandth millionth billionth trillionth"""
)
_NUMBERS = (
    {word: word for word in _CARDINALS}
    | dict(zip(_ORDINALS, _CARDINALS, strict=True))
    | {word.removesuffix("y") + "ies": word for word in _CARDINALS if word.endswith("ty")}
)
_PARTS = frozenset(_list("half halves quarter quarters dozen couple double twice"))
"""Words by which a number may be said without its digits: three and a half thousand."""


@dataclass(frozen=True)
class Substitute:
    """Script words `tokens`, in whose place the heard words `ears` were said; both rise without a gap."""

    tokens: tuple[int, ...]
    ears: tuple[int, ...]


def find_substitutes(
    tokens: Sequence[Token],
    heard: Sequence[Word],
    ears: Mapping[int, Sequence[int]],
    matched: Sequence[bool],
    dictionary: Mapping[str, tuple[Phones, ...]],
) -> Iterator[Substitute]:
    """Where English says something else than is written. `ears` gives the heard words that a script word was taken to be,
    `matched` whether it was heard as such; `dictionary` is CMU's.

    Numbers that differ, and common words that sound nothing alike; in either case heard with certainty, between words that were
    heard as written. Names are left alone: recognisers write them as anything.
    """
    for group in _groups(tokens, ears):
        row = sorted({ear for token in group for ear in ears[token]})
        if len(group) > _MOST + 2 or len(row) > _MOST or row != list(range(row[0], row[-1] + 1)):
            continue
        if any(heard[ear].probability < _CERTAIN for ear in row):
            continue
        if not all(matched[at] for at in (group[0] - 1, group[-1] + 1) if 0 <= at < len(tokens)):
            continue
        written, said = [tokens[at].key for at in group], [spoken_forms(heard[ear].text, "en") for ear in row]
        numbers = _numbers_differ(written, said)
        if numbers or (
            numbers is None
            and not any(matched[at] for at in group)
            and _words_differ([tokens[at].text for at in group], [heard[ear].text for ear in row], dictionary)
        ):
            yield Substitute(tuple(group), tuple(row))


def punctuated(said: str, written: Sequence[str], *, first: bool, last: bool) -> str:
    """A heard word with the marks around what is written in its place, of which it is the first, the last, or both."""
    core = said.strip(_PUNCTUATION) or said
    opening, closing = written[0], written[-1]
    before = opening[: len(opening) - len(opening.lstrip(_PUNCTUATION))] if first else ""
    after = closing[len(closing.rstrip(_PUNCTUATION)) :] if last else ""
    return before + core + after


def _groups(tokens: Sequence[Token], ears: Mapping[int, Sequence[int]]) -> Iterator[list[int]]:
    """Neighbouring script words that share heard ones, such as `ninety-three million` heard as 93,000,000."""
    group: list[int] = []
    for token in range(len(tokens)):
        if token in ears and group and group[-1] == token - 1 and set(ears[token]) & set(ears[group[-1]]):
            group.append(token)
            continue
        if group:
            yield group
        group = [token] if token in ears else []
    if group:
        yield group


def _numbers_differ(written: Sequence[tuple[Form, ...]], said: Sequence[tuple[Form, ...]]) -> bool | None:
    """Whether both are numbers, and no reading of one is one of the other; None where not both are numbers."""
    ours, theirs = set(_readings(written)), set(_readings(said))
    if not (any(ours) and any(theirs)) or any(
        part in _PARTS for keys in (*written, *said) for form in keys for part in form
    ):
        return None
    return not {_number(form) for form in ours} & {_number(form) for form in theirs}


def _readings(keys: Sequence[tuple[Form, ...]], most: int = 64) -> list[Form]:
    readings: list[Form] = [()]
    for key in keys:
        readings = [reading + form for reading in readings for form in key or ((),)][:most]
    return [tuple(_NUMBERS[part] for part in _whole(reading) if part in _NUMBERS) for reading in readings]


def _whole(form: Form) -> Form:
    return form[: form.index("point")] if "point" in form else form


def _number(form: Form) -> Form:
    """`a thousand` and one thousand are the same."""
    return form[1:] if len(form) > 1 and form[0] == "one" else form


def _words_differ(written: Sequence[str], said: Sequence[str], dictionary: Mapping[str, tuple[Phones, ...]]) -> bool:
    particles = find_grammar("en").binds | _LIGHT
    for side in (written, said):
        cores = [word.strip(_PUNCTUATION) for word in side]
        folded = [fold(core) for core in cores]
        if any(core[:1].isupper() for core in cores) or any(word not in dictionary for word in folded):
            return False
        if all(word in particles or len(word) < _LEAST for word in folded):
            return False
    ours, theirs = (phones_of(" ".join(side), dictionary) for side in (written, said))
    return alike(theirs, ours) < _SOUNDS_LIKE
