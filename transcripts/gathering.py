"""From texts to a lexicon: spellings of one name brought together, the one to write chosen."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from anyascii import anyascii

from transcripts.lexicon import Lexicon, Name, form_key
from transcripts.mentions import find_mentions, settle, small_words

Spellings = Callable[[str], Sequence[str]]
"""Other spellings of a name that somebody else knows, such as a gazetteer; none of an unknown one."""

_VARIANT = 4
"""Letters that a gazetteer's spelling must have to be put right: shorter ones are other words too often (`Ko` for Kyiv)."""

_ROMANISED = 4
"""Consonants by which a word in another alphabet is known to be a name of the lexicon: `hrmz` for هرمز."""

_SPEECH = str.maketrans(
    {"p": "b", "t": "d", "c": "k", "q": "k", "g": "k", "f": "v", "w": "v", "z": "s", "j": "s", "x": "ks"}
)


@dataclass(frozen=True)
class Writing:
    """A text to find names in: `source` says what it is, `names` are those it marks as such (the places of its maps)."""

    source: str
    paragraphs: tuple[str, ...]
    names: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True)
class OwnName:
    """What a studio says of a name in its `names.toml`; see `Name`. With `leave_out` it is no name, whatever its capital."""

    text: str
    variants: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    leave_out: bool = False


def gather(
    writings: Iterable[Writing],
    own: Sequence[OwnName] = (),
    spellings: Spellings = lambda _name: (),
    words_of: Callable[[str], Collection[str]] = lambda _language: (),
) -> Lexicon:
    """The lexicon of texts. `words_of` gives the folded words of a language, as `find_mentions` takes them.

    Of spellings that differ in capitals, diacritics and hyphens only, or that the studio or a gazetteer calls one name, the studio's is
    preferred, else the one seen most, else the one with more diacritics. Linear in the texts.
    """
    writings = list(writings)
    seen = _seen(writings, words_of)
    groups = _Groups(own)
    for text in seen:
        groups.add(text)
    for text in list(seen):
        groups.add_known(text, spellings)
    names = [_name(group, seen, groups, words_of("en")) for group in groups.all() if not group.left_out]
    lexicon = Lexicon(tuple(sorted(names, key=lambda name: (-name.count, name.text))))
    return _with_other_alphabets(lexicon, writings)


def _seen(writings: Sequence[Writing], words_of: Callable[[str], Collection[str]]) -> dict[str, Counter[str]]:
    """By name as written, how often each text has it. What is written small, or is sure to be a name, holds across all texts."""
    found = [find_mentions(writing.paragraphs, writing.language) for writing in writings]
    sure = {mention.text for mentions in found for mention in mentions if mention.sure}
    sure.update(text for writing in writings for text in writing.names)
    small: dict[str, set[str]] = defaultdict(set)
    for writing in writings:
        small[writing.language] |= small_words(writing.paragraphs)
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for writing, mentions in zip(writings, found, strict=True):
        counts = settle(mentions, words_of(writing.language), small[writing.language], sure)
        counts.update(writing.names)
        for text, times in counts.items():
            seen[text][writing.source] += times
    return seen


@dataclass
class _Group:
    own: OwnName | None
    forms: list[str]
    known: list[str]

    @property
    def left_out(self) -> bool:
        return self.own is not None and self.own.leave_out


class _Groups:
    """Forms of one name each, by key."""

    def __init__(self, own: Sequence[OwnName]) -> None:
        self.by_key: dict[str, _Group] = {}
        for name in own:
            group = _Group(name, [], [])
            for form in (name.text, *name.variants):
                self.by_key[form_key(form)] = group

    def add(self, text: str) -> None:
        """Put a spelling with those that differ in little."""
        key = form_key(text)
        group = self.by_key.setdefault(key, _Group(None, [], [])) if key else None
        if group:
            group.forms.append(text)

    def add_known(self, text: str, spellings: Spellings) -> None:
        """Put what a gazetteer calls the same with it, if it sounds the same; keep what it knows besides."""
        group = self.by_key.get(form_key(text))
        if group is None or group.left_out:
            return
        for other in spellings(text):
            key = form_key(other)
            there = self.by_key.get(key)
            if there is None:
                group.known.append(other)
            elif there is not group and there.own is None and frame(other) == frame(text):
                group.forms += there.forms
                group.known += there.known
                for form in there.forms:
                    self.by_key[form_key(form)] = group

    def all(self) -> list[_Group]:
        """Every group once."""
        return list({id(group): group for group in self.by_key.values()}.values())


def _name(group: _Group, seen: Mapping[str, Counter[str]], groups: _Groups, common: Collection[str]) -> Name:
    spelt = Counter({form: sum(seen[form].values()) for form in dict.fromkeys(group.forms)})
    own = group.own
    text = own.text if own else max(spelt, key=lambda form: (spelt[form], _diacritics(form), form))
    where: Counter[str] = Counter()
    for form in spelt:
        where.update(seen[form])
    declared = [*(own.variants if own else ()), *(form for form in spelt if form != text)]
    variants = [form for form in declared if _alphabet(form) == _alphabet(text)]
    also = [form for form in declared if _alphabet(form) != _alphabet(text)]
    for form in dict.fromkeys(group.known):
        if form == text or form in declared:
            continue
        if _alphabet(form) != _alphabet(text):
            also.append(form)
        elif form_key(text) not in common and _is_spelling(form, text) and form_key(form) not in groups.by_key:
            # A recogniser spells Paris as everybody does: only of names that it may not know are rare spellings of use.
            variants.append(form)
    return Name(
        text,
        tuple(dict.fromkeys(variants)),
        tuple(dict.fromkeys(also)),
        own.says if own else (),
        own.never if own else (),
        tuple(where.most_common()),
        tuple(spelt.most_common()),
        own is not None,
    )


def _is_spelling(form: str, text: str) -> bool:
    """True for a gazetteer's form that is the same name written otherwise (Idleb), not another name (Constantinople)."""
    return (
        len(form_key(form)) >= _VARIANT
        and form[:1].isupper() == text[:1].isupper()
        and sum(mark.isupper() for mark in form) <= len(form.split())
        and frame(form) == frame(text)
    )


def frame(text: str, unspoken: str = "aeiouyh") -> str:
    """The consonants of a name in any alphabet, related ones alike, doubled ones once: `bndrbs` of Bandar Abbas and of بندر عباس."""
    latin = form_key(anyascii(text)).replace("kh", "h").replace("ph", "f").translate(_SPEECH)
    out = ""
    for mark in latin:
        if mark not in unspoken and out[-1:] != mark:
            out += mark
    return out


def _bones(text: str) -> str:
    """The same with its H, which other alphabets write where it is spoken: `hrms` of Hormuz and of هرمز."""
    return frame(text, "aeiouy")


def _with_other_alphabets(lexicon: Lexicon, writings: Iterable[Writing]) -> Lexicon:
    """The lexicon with words of texts in other alphabets that have a name's consonants."""
    frames = defaultdict(list)
    for name in lexicon.names:
        for part in {name.text, name.text.split()[-1]}:
            frames[_bones(part)].append(name)
    found: dict[str, list[str]] = defaultdict(list)
    for writing in writings:
        for word in {word for text in writing.paragraphs for word in text.split() if _alphabet(word) != "LATIN"}:
            form = "".join(mark for mark in word if mark.isalpha() or unicodedata.combining(mark))
            bones = _bones(form)
            if len(bones) >= _ROMANISED and len(frames[bones]) == 1 and lexicon.get(form) is None:
                found[frames[bones][0].text].append(form)
    if not found:
        return lexicon
    return Lexicon(
        tuple(
            Name(**{**vars(name), "also": tuple(dict.fromkeys((*name.also, *found[name.text])))})
            if name.text in found
            else name
            for name in lexicon.names
        )
    )


def _alphabet(text: str) -> str:
    """The script of a text's first letter, as Unicode names it."""
    letter = next((mark for mark in text if mark.isalpha()), "A")
    return unicodedata.name(letter, "LATIN").split()[0]


def _diacritics(text: str) -> int:
    return sum(not mark.isascii() for mark in text)
