"""How many names a transcript has in their exact form: the measure by which hotwords and corrections are judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from transcripts.lexicon import Lexicon


@dataclass(frozen=True)
class NameRecall:
    """Of one name: how often the text says it, and how often the transcript has it in its exact form, at most as often.

    `otherwise` are spellings of it that the transcript has instead.
    """

    name: str
    said: int
    exact: int
    otherwise: tuple[tuple[str, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape in `slugline names recall --json`."""
        return {"name": self.name, "said": self.said, "exact": self.exact, "otherwise": dict(self.otherwise)}


def measure_recall(said: str, transcript: str, lexicon: Lexicon) -> tuple[NameRecall, ...]:
    """The recall of every name of the lexicon in the text that was said, the most often missed first.

    A form is exact when letters, capitals, diacritics and hyphens are those that the lexicon prefers. Names are counted over the whole,
    so that the transcript may have other sentences than the text.
    """
    wanted = Counter(found.name.text for found in lexicon.find_in(said))
    heard: dict[str, Counter[str]] = {name: Counter() for name in wanted}
    for found in lexicon.find_in(transcript):
        if found.name.text in heard:
            heard[found.name.text][found.written] += 1
    out = []
    for name, times in wanted.items():
        exact = min(times, heard[name][name])
        others = tuple((form, count) for form, count in heard[name].most_common() if form != name)
        out.append(NameRecall(name, times, exact, others))
    return tuple(sorted(out, key=lambda one: (one.exact - one.said, one.name)))


def share(recalls: Iterable[NameRecall]) -> float:
    """The part of all names said that are there in their exact form; 1 where none was said."""
    recalls = list(recalls)
    said = sum(one.said for one in recalls)
    return sum(one.exact for one in recalls) / said if said else 1.0
