"""Where to break lines: few of them, even in length, and not in the middle of what belongs together."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise

_NAME = 0.6
_SMALL_WORD = 0.15
_NUMBER = 0.5
_PART = 0.6
"""A break inside a part, where there are parts with signs between them."""
_ORPHAN = 4.0
"""A word alone on the last line is worse than any unevenness."""
_ENDS_SENTENCE = re.compile(r"[.!?:;…]['\"”’)\]]*$")
_ENDS_CLAUSE = re.compile(r"[,.!?:;…—–]['\"”’)\]]*$")
_BETWEEN = frozenset("·•|")
_SMALL = frozenset(
    re.findall(
        r"\w+", "a an the of in on at to by for from and or but nor is are was de la le les du des el al von van der"
    )
)
_GLUE = re.compile(r"(?<=[^\s\-][\-‐–—/])(?=\w)")


def break_lines(
    text: str, measure: Callable[[str], float], width: float, max_lines: int, max_characters: int | None = None
) -> list[str] | None:
    """The best way to break `text` into the fewest lines that fit, or None when `max_lines` are not enough.

    `measure` gives a piece's width in pixels. Among the ways with the same number of lines the evenest wins; breaks inside
    names, after articles and elsewhere than after the signs of "one · other" count as unevenness, and a lone last word more than all of it.
    """
    words = _pieces(text)
    if not words:
        return [""]
    if max_lines < 1:
        return None
    count = len(words)

    def join(start: int, end: int) -> str:
        return "".join(glue + word for glue, word in words[start:end]).strip(" ")

    ends = _ends(words, measure)

    def size(start: int, end: int) -> float:
        return ends[end - 1][1] - ends[start][0]

    def fits(start: int, end: int) -> bool:
        if max_characters is not None and end - start > 1 and len(join(start, end)) > max_characters:
            return False
        return size(start, end) <= width

    fewest = _fewest(count, fits)
    if fewest is None or fewest > max_lines:
        return None
    if fewest == 1:
        return [join(0, count)]
    ideal = size(0, count) / fewest
    parted = any(word in _BETWEEN for _, word in words)

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[int, ...]]:
        if lines == 1:
            cost = _cost(size(start, count), ideal) + (_ORPHAN if count - start == 1 and count > fewest else 0.0)
            return (cost, ()) if fits(start, count) else (float("inf"), ())
        found: tuple[float, tuple[int, ...]] = (float("inf"), ())
        for end in range(start + 1, count - lines + 2):
            if not fits(start, end):
                break
            rest, cuts = best(end, lines - 1)
            cost = _cost(size(start, end), ideal) + _break_cost(words[end - 1][1], words[end][0], words[end][1]) + rest
            cost += _PART if parted and words[end - 1][1] not in _BETWEEN else 0.0
            if cost < found[0]:
                found = (cost, (end, *cuts))
        return found

    _, cuts = best(0, fewest)
    edges = (0, *cuts, count)
    return [join(start, end) for start, end in pairwise(edges)]


def _ends(words: list[tuple[str, str]], measure: Callable[[str], float]) -> list[tuple[float, float]]:
    """Where each word begins and ends, all of them on one line: words and the joins between them are measured, not every line."""
    out: list[tuple[float, float]] = []
    at = 0.0
    for index, (glue, word) in enumerate(words):
        width = measure(word)
        if index:
            before = words[index - 1][1]
            at += measure(before + glue + word) - measure(before) - width
        out.append((at, at + width))
        at += width
    return out


def _pieces(text: str) -> list[tuple[str, str]]:
    """(glue before, word): a break may come before each; glue is a space, or nothing after a hyphen, dash or slash."""
    out: list[tuple[str, str]] = []
    for word in text.split(" "):
        if not word:
            continue
        for index, part in enumerate(_GLUE.split(word)):
            out.append(("" if index else " ", part))
    return out


def _fewest(count: int, fits: Callable[[int, int], bool]) -> int | None:
    lines, start = 0, 0
    while start < count:
        end = start + 1
        if not fits(start, end):
            return None
        while end < count and fits(start, end + 1):
            end += 1
        lines, start = lines + 1, end
    return lines


def _cost(size: float, ideal: float) -> float:
    return ((size - ideal) / ideal) ** 2 if ideal else 0.0


def _break_cost(before: str, glue: str, after: str) -> float:
    """What a break between two words costs: least after a comma or full stop, most inside a name or before a unit."""
    if _ENDS_SENTENCE.search(before):
        return -0.05
    if _ENDS_CLAUSE.search(before):
        return -0.03
    cost = 0.05 if not glue else 0.0
    if before[:1].isupper() and after[:1].isupper() and glue:
        cost += _NAME
    if before.lower() in _SMALL:
        cost += _SMALL_WORD
    if before[-1:].isdigit() and after[:1].isalpha():
        cost += _NUMBER
    return cost
