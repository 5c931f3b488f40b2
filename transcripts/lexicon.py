"""The lexicon: the names that a studio writes, each with its preferred form, its other spellings, and where it was seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from transcripts.spoken import fold

_EDGES = "\"'“”‘’«»‹›„()[]{}…—–,;:!?¡¿*_.،؛؟۔。"
_MODIFIERS = re.compile(r"[ʻʼʽʾʿˈ]")
_LONGEST = 8
"""Words in the longest name that is looked for."""


def form_key(text: str) -> str:
    """What of a name's spelling counts when two are compared: letters and digits, without capitals, diacritics and the article."""
    return fold(_MODIFIERS.sub("", re.sub(r"^[Tt]he\s+", "", text.strip())))


@dataclass(frozen=True)
class Name:
    """`text` is the form to write. `variants` are spellings that are put right where they are heard; `also` are what the same is called
    besides, in other alphabets or altogether otherwise, which is never put right. `says` are respellings of how it is spoken;
    `never` are words that must not be taken for it. `seen` counts by the text it was seen in, such as a script's path.
    """

    text: str
    variants: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    seen: tuple[tuple[str, int], ...] = ()
    spelt: tuple[tuple[str, int], ...] = ()
    """How often each spelling was seen, the preferred one among them."""
    own: bool = False
    """True when the studio says so itself, in `names.toml`."""

    @property
    def count(self) -> int:
        """How often it was seen in all."""
        return sum(times for _, times in self.seen)

    @property
    def forms(self) -> tuple[str, ...]:
        """Every spelling, the preferred one first."""
        return tuple(dict.fromkeys((self.text, *self.variants, *self.also)))

    def to_json(self) -> dict[str, Any]:
        """The shape in `slugline names --json`."""
        return {
            "name": self.text,
            "variants": list(self.variants),
            "also": list(self.also),
            "says": list(self.says),
            "count": self.count,
            "spelt": dict(self.spelt),
            "seen": [{"in": where, "count": times} for where, times in self.seen],
            "own": self.own,
        }


@dataclass(frozen=True)
class Found:
    """A name where a text has it: words [first, last) as they are split at spaces, and as `written` there."""

    name: Name
    first: int
    last: int
    written: str


@dataclass(frozen=True)
class Lexicon:
    """Names in the order of how often they were seen."""

    names: tuple[Name, ...] = ()

    @cached_property
    def _by_key(self) -> Mapping[str, Name]:
        known: dict[str, Name] = {}
        for name in self.names:
            known.setdefault(form_key(name.text), name)
        for name in self.names:
            for form in (*name.variants, *name.also):
                known.setdefault(form_key(form), name)
        return known

    @cached_property
    def _starts(self) -> Mapping[str, int]:
        """The longest name, in words, that begins with a word."""
        longest: dict[str, int] = {}
        for name in self.names:
            for form in name.forms:
                words = form.split()
                if words and len(words) <= _LONGEST:
                    key = form_key(words[0])
                    longest[key] = max(longest.get(key, 0), len(words))
        return longest

    def get(self, text: str) -> Name | None:
        """The name of which this is a form; capitals, diacritics and hyphens do not count."""
        return self._by_key.get(form_key(text))

    def with_names(self, others: Iterable[Name]) -> Lexicon:
        """This lexicon and the names of others that it does not have."""
        new = tuple(name for name in others if self.get(name.text) is None)
        return Lexicon((*self.names, *new)) if new else self

    def search(self, query: str) -> tuple[Name, ...]:
        """Names with a form that has the query in it, or that is nearly it."""
        from core.nearest import all_near

        key = form_key(query)
        if not key:
            return self.names
        found = [name for name in self.names if any(key in form_key(form) for form in name.forms)]
        if not found:
            near = all_near(query, (name.text for name in self.names))
            found = [name for text in near if (name := self.get(text))]
        return tuple(found)

    def find_in(self, text: str) -> Iterator[Found]:
        """The names in a text, left to right, the longest at every place. A name with a capital is not found in small letters."""
        yield from self.find_words(text.split())

    def find_words(self, words: list[str]) -> Iterator[Found]:
        """The same for words."""
        at = 0
        while at < len(words):
            found = self._at(words, at)
            if found:
                yield found
            at = found.last if found else at + 1

    def _at(self, words: list[str], at: int) -> Found | None:
        head = words[at].strip(_EDGES)
        for first in dict.fromkeys((without_possessive(head), head)):
            for length in range(min(self._starts.get(form_key(first), 0), len(words) - at), 0, -1):
                written = " ".join(words[at : at + length]).strip(_EDGES)
                for form in dict.fromkeys((without_possessive(written), written)):
                    name = self._by_key.get(form_key(form)) if form_key(form) else None
                    if name and not (name.text[:1].isupper() and form.islower()):
                        return Found(name, at, at + length, form)
        return None

    def to_json(self) -> list[dict[str, Any]]:
        """All of it, for the cache."""
        return [asdict(name) for name in self.names]

    @staticmethod
    def from_json(document: Iterable[Mapping[str, Any]]) -> Lexicon:
        """What `to_json` gave. Raises TypeError or ValueError for anything else."""
        names = []
        for facts in document:
            variants, also, says, never = (tuple(map(str, facts[key])) for key in ("variants", "also", "says", "never"))
            seen, spelt = (tuple((str(a), int(b)) for a, b in facts[key]) for key in ("seen", "spelt"))
            names.append(Name(str(facts["text"]), variants, also, says, never, seen, spelt, bool(facts["own"])))
        return Lexicon(tuple(names))


def without_possessive(text: str) -> str:
    """`Erdoğan’s` and `Houthis’` without what makes them possessive."""
    return re.sub(r"(?<=\w)[’'](?:s|S)?$", "", text)
