"""How good a place between two words is for a line or a cue to end: grammar first, the voice's pauses next."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise

from transcripts.grammars import NUMERALS, find_grammar
from transcripts.lettering import is_unspaced, plain
from transcripts.words import Word

SENTENCE, CLAUSE, PAUSE, JOINT, PLAIN, LEANING, BOUND, NAME, NEVER = 0.0, 1.0, 2.0, 3.0, 6.0, 11.0, 16.0, 40.0, 400.0
"""Costs, from the end of a sentence to the inside of a name, and to what typography forbids. From `BOUND` on, a break is a fault."""

_OPENERS = "\"'“‘([«¿¡„‹（［｛〈《「『【〔〖"
_CLOSERS = "\"'”’)]»“›）］｝〉》」』】〕〗"
_SENTENCE_MARKS = ".!?…؟۔。！？।"
_CLAUSE_MARKS = ",;:—–،؛、，；："

_NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〉》」』】〕〗”’…‥〜～ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ%％℃"
)
_NOT_LAST = frozenset("（［｛〈《「『【〔〖“‘￥＄£#＃")
"""Kinsoku: what a Japanese or Chinese line must not begin with, and must not end on (JIS X 4051; W3C JLREQ, Line Composition)."""

_YEAR = re.compile(r"1\d{3}|20\d{2}")

_PAUSE = 0.3
"""Seconds of silence between two words that are a break of the voice's own."""


def ends_sentence(text: str, language: str = "en") -> bool:
    """True for a word that carries the end of a sentence, which the full stop of `Dr.` or `U.S.` is not."""
    bare = text.rstrip(_CLOSERS)
    if not bare.endswith(tuple(_SENTENCE_MARKS)):
        return False
    lower = bare.lower().lstrip(_OPENERS)
    if lower in find_grammar(language).short:
        return False
    return not (len(lower) > 2 and lower[-3] == "." and lower[-2].isalpha())


def break_costs(words: Sequence[Word], language: str, names: Collection[str] = ()) -> list[float]:
    """For every word but the last, the cost of breaking after it; 0 is best.

    `names` are names and phrases that must hold together, as they are written; case and punctuation around them do not count.
    """
    costs = [_cost(first, second, language) for first, second in pairwise(words)]
    for index in _inside_names(words, names):
        costs[index] = max(costs[index], NAME)
    return costs


def text_break_costs(words: Sequence[str], language: str, names: Collection[str] = ()) -> list[float]:
    """The same for words without times."""
    return break_costs([Word(word, None, None) for word in words], language, names)


def _inside_names(words: Sequence[Word], names: Collection[str]) -> list[int]:
    wanted: dict[str, list[list[str]]] = {}
    for name in names:
        parts = [bare for part in name.split() if (bare := _bare(part))]
        if len(parts) > 1:
            wanted.setdefault(parts[0], []).append(parts)
    if not wanted:
        return []
    said = [_bare(word.text) for word in words]
    inside: list[int] = []
    for index, word in enumerate(said):
        for parts in wanted.get(word, ()):
            if _same(said[index : index + len(parts)], parts):
                inside += range(index, index + len(parts) - 1)
    return inside


def _same(said: Sequence[str], parts: Sequence[str]) -> bool:
    """The last part of a name may carry a possessive."""
    return list(said[:-1]) == list(parts[:-1]) and bool(said) and said[-1].removesuffix("'s") == parts[-1]


@lru_cache(maxsize=65536)
def _bare(text: str) -> str:
    return plain(text).casefold().replace("’", "'").strip(_OPENERS + _CLOSERS + _SENTENCE_MARKS + _CLAUSE_MARKS)


def _cost(first: Word, second: Word, language: str) -> float:
    cost = _written(first.text, second.text, language)
    paused = first.end is not None and second.start is not None and second.start - first.end >= _PAUSE
    return min(cost, PAUSE) if paused and cost < BOUND else cost


@lru_cache(maxsize=65536)
def _written(first: str, second: str, language: str) -> float:
    """The cost by what is written alone."""
    first, second = plain(first), plain(second)
    if not first or not second:
        return PLAIN
    if first[-1] in _NOT_LAST or second[0] in _NOT_FIRST or _only_closes(second) or _only_opens(first):
        return NEVER
    if ends_sentence(first, language):
        return SENTENCE
    bare = first.rstrip(_CLOSERS)
    if bare.endswith(tuple(_CLAUSE_MARKS)):
        # "Idlib, Syria" and "28,000" lean together a little more than two clauses do.
        return CLAUSE if second[:1].islower() or not second[:1].isupper() else CLAUSE + 1
    if is_unspaced(language):
        return _unspaced(first[-1], second[0])
    return _grammar(bare, second, language)


def _only_closes(text: str) -> bool:
    """`?` or `»` that stands alone, as French sets it."""
    return all(char in _CLOSERS + _SENTENCE_MARKS + _CLAUSE_MARKS + "%" for char in text)


def _only_opens(text: str) -> bool:
    return all(char in _OPENERS for char in text) and text not in {'"', "'", "“"}


def _grammar(first: str, second: str, language: str) -> float:
    grammar = find_grammar(language)
    head, tail = _head(first), _tail(second)
    named = first.lstrip(_OPENERS)[:1].isupper() and second.lstrip(_OPENERS)[:1].isupper()
    if named and head not in grammar.leads | grammar.binds:
        # German writes every noun with a capital: two of them lean together, but are seldom a name.
        return NAME if language != "de" else BOUND
    if first[:1].isupper() and second[:1].isdigit() and head not in grammar.leads:
        return BOUND
    if head in grammar.binds and head in NUMERALS:
        return LEANING
    if head in grammar.binds or tail in grammar.clings or head.endswith(("’", "'")):
        return BOUND
    if tail in grammar.leads or (len(tail) > 2 and tail.startswith(grammar.prefixes)):
        return JOINT
    # "193 kilometres", but "in 1956 the canal"; and nothing tells a noun from a verb.
    return LEANING if first[-1:].isdigit() and second[:1].isalnum() and not _YEAR.fullmatch(first) else PLAIN


def _head(text: str) -> str:
    return text.lower().strip(_OPENERS)


def _tail(text: str) -> str:
    return text.lower().strip(_OPENERS + _CLOSERS + "[].,;:!?…—")


def _script(char: str) -> str:
    code = ord(char)
    if 0x3040 <= code < 0x30A0:
        return "hiragana"
    if 0x30A0 <= code < 0x3100:
        return "katakana"
    return "han" if 0x3400 <= code < 0xA000 else "other"


def _unspaced(last: str, first: str) -> float:
    """Between two letters of a language without spaces: in Japanese a phrase ends in hiragana and the next begins with something
    else; a run of katakana, of digits or of Latin letters is one word.
    """
    before, after = _script(last), _script(first)
    if before == after and before in {"katakana", "other"}:
        return BOUND
    if before == "hiragana" and after != "hiragana":
        return JOINT
    if after == "hiragana":
        return BOUND
    return PLAIN
