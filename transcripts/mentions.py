"""Names in running text, found by how they are written: runs of words with a capital, not only because a sentence begins.

Which texts write names so is a matter of script and language: Arabic or Hebrew have no capitals, German gives one to every noun. There
only names that are known already are found (`Lexicon.find_in`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from transcripts.breaks import ends_sentence
from transcripts.grammars import find_grammar
from transcripts.spoken import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MARKS = "\"'“”‘’«»‹›„()[]{}…—–,;:!?¡¿*_#"
_INNER = _words("of bin ibn bint al el ez as de del da di du von van der den la le y e")
"""Small words inside names: Strait of Hormuz, Mohammed bin Salman, Ursula von der Leyen."""

_ARTICLE = re.compile(
    r"(?:al|el|ad|an|ar|as|ash|at|az|ez|es|ed|er|en|et|ul|bab|o|d|l)[-’'‘](?=[^\W\d_])", re.IGNORECASE
)
"""What a name may begin with in small letters: al-Assad, ez-Zor, d’Ivoire."""

_TITLES = _words(
    """president minister prime king queen prince princess emir sheikh sultan ayatollah pope general admiral colonel captain senator
    governor chancellor secretary ambassador professor doctor mr mrs ms dr prof gen col sgt lt gov sen sir lord lady saint st the chief
    foreign defence defense vice former minister’s marshal commander mayor judge father brother sister uncle"""
)
"""Before a name, and no part of it."""

_NO_NAMES = _words(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
    november december christmas easter ramadan i ok mr mrs ms dr god"""
)
_OPENING = _words(
    """yesterday today tomorrow now then still only even both like unlike under here there once soon later again perhaps maybe meanwhile
    yet also today’s all most many few some ask take see call why how what where enter say not off near past inside outside"""
)
"""Words that a sentence may open with right before a name, besides those that lean on it (`Yesterday Putin spoke`)."""

_CAPITALISED_NOUNS = frozenset({"de", "lb", "nds"})
_LETTERS = re.compile(r"[^\W\d_]+")
_DESIGNATION = re.compile(r"[A-Z]{1,4}-?\d+[A-Z]?")
"""F-35, S-400, T72: capital letters and a number are one name."""


@dataclass(frozen=True)
class Mention:
    """A name as it is written once; `sure` is False where only a sentence's start may have given it its capital."""

    text: str
    sure: bool


def finds_by_capitals(language: str) -> bool:
    """True for languages in which a capital in mid-sentence means a name."""
    return language.lower().split("-")[0] not in _CAPITALISED_NOUNS


def find_mentions(paragraphs: Iterable[str], language: str = "en") -> list[Mention]:
    """Every name in a text, in order; nothing in a language that capitals say nothing of."""
    if not finds_by_capitals(language):
        return []
    return [mention for text in paragraphs for mention in _mentions(text, language)]


def small_words(paragraphs: Iterable[str]) -> set[str]:
    """The folded words that a text writes without a capital."""
    return {fold(word) for text in paragraphs for word in set(_LETTERS.findall(text)) if word[0].islower()}


def settle(
    mentions: Iterable[Mention], common: Collection[str], small: Collection[str], sure: Collection[str]
) -> Counter[str]:
    """How often each name occurs among mentions, those at a sentence's start decided.

    A word there counts when it is `sure` to be a name from elsewhere, or is neither a `common` word of the language nor written `small`
    anywhere; a run of words counts whole, but for a first word of the kind that sentences open with. `common` is empty where nobody
    knows the words of the language.
    """
    out: Counter[str] = Counter()
    for mention in mentions:
        head, _, rest = mention.text.partition(" ")
        plain = fold(head)
        if mention.sure or mention.text in sure:
            out[mention.text] += 1
        elif rest and rest.split()[0] not in _INNER and _only_opens(head, small):
            out[rest] += 1
        elif rest or (common and plain not in common and plain not in small):
            out[mention.text] += 1
    return out


def _only_opens(head: str, small: Collection[str]) -> bool:
    word = head.casefold()
    return word in _OPENING or word.endswith(("ing", "ly")) or fold(head) in small


def _mentions(text: str, language: str) -> Iterator[Mention]:
    begins, run = True, list[tuple[str, bool]]()
    for written in text.split():
        opened = written[:1] in _MARKS
        word = _bare(written)
        if run and (opened and written[0] not in "’'‘"):
            yield from _close(run, language)
            run = []
        if _is_name_word(word):
            run.append((word, begins))
        elif run and word in _INNER and written == word:
            run.append((word, False))
        else:
            yield from _close(run, language)
            run = []
        ended = ends_sentence(written, language)
        if word and (ended or written.rstrip('”’")]»')[-1:] in ",;:—–" or written[-1:] in ')]"”»' or _owns(written)):
            yield from _close(run, language)
            run = []
        begins = ended or (begins and not word) or written[-1:] == ":"
    yield from _close(run, language)


def _bare(written: str) -> str:
    word = written.strip(_MARKS)
    word = re.sub(r"[’'](?:s|S)$", "", word)
    return word if re.fullmatch(r"(?:\w\.)+\w?", word) else word.rstrip(".")


def _owns(written: str) -> bool:
    return re.search(r"[’']s?$", written.rstrip(_MARKS.replace("’", "").replace("'", ""))) is not None


def _is_name_word(word: str) -> bool:
    if _DESIGNATION.fullmatch(word):
        return True
    rest = _ARTICLE.sub("", word, count=1)
    return (word[:1].isupper() or rest[:1].isupper()) and not any(mark.isdigit() for mark in word)


def _close(run: Sequence[tuple[str, bool]], language: str) -> Iterator[Mention]:
    """The name in a run: small words at its edges, titles and words that only lean on others taken off."""
    grammar = find_grammar(language)
    words = list(run)
    while words and words[-1][0] in _INNER:
        words.pop()
    started = False
    while words:
        plain = words[0][0].casefold().rstrip(".")
        leaning = plain in grammar.leads or plain in grammar.binds
        if not (plain in _TITLES or words[0][0] in _INNER or (leaning and not words[0][0].isupper())):
            break
        started = True
        words.pop(0)
    if not words:
        return
    name = " ".join(word for word, _ in words)
    if sum(mark.isalnum() for mark in name) < 2 or fold(name) in _NO_NAMES:
        return
    capitals = sum(mark.isupper() for mark in words[0][0]) > 1
    yield Mention(name, sure=started or capitals or not words[0][1])
