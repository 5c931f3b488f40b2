"""A line of text as runs of one script and one direction, in the order in which they stand on screen (Unicode UAX 9 and 24)."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import bidirectional

_RIGHT = {"R", "AL", "RLE", "RLO", "RLI", "AN"}
# The algorithm's implementation drops these from its storage, or does not know them; they take their neighbour's level.
_PASSED_OVER = {"BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@dataclass(frozen=True)
class Run:
    """Text of one script (ISO 15924, such as `Arab`), read right to left or not."""

    text: str
    script: str
    right_to_left: bool


def reads_right_to_left(text: str) -> bool:
    """True when the first strong character is Arabic, Hebrew or the like (UAX 9, P2 and P3)."""
    for char in text:
        kind = bidirectional(char)
        if kind == "L":
            return False
        if kind in {"R", "AL"}:
            return True
    return False


def visual_runs(text: str, *, right_to_left: bool = False) -> list[Run]:
    """The runs of one line, leftmost first; `right_to_left` is the direction of the paragraph.

    Each run's text stays in logical order, as HarfBuzz wants it.
    """
    scripts = _scripts(text)
    levels = _levels(text, right_to_left)
    runs: list[tuple[int, int, int]] = []
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or (scripts[index], levels[index]) != (scripts[start], levels[start]):
            runs.append((start, index, levels[start]))
            start = index
    return [Run(text[a:b], scripts[a], level % 2 == 1) for a, b, level in _reordered(runs)]


def _reordered(runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """UAX 9, rule L2: from the highest level down, turn every stretch at that level or above around."""
    out = list(runs)
    highest = max((level for _, _, level in out), default=0)
    for level in range(highest, 0, -1):
        start = 0
        while start < len(out):
            if out[start][2] < level:
                start += 1
                continue
            end = start
            while end < len(out) and out[end][2] >= level:
                end += 1
            out[start:end] = out[start:end][::-1]
            start = end
    return out


def _levels(text: str, right_to_left: bool) -> list[int]:
    if not right_to_left and not any(bidirectional(char) in _RIGHT for char in text):
        return [0] * len(text)
    from bidi import algorithm

    base = 1 if right_to_left else 0
    kept = [index for index, char in enumerate(text) if bidirectional(char) not in _PASSED_OVER]
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels("".join(text[index] for index in kept), storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    found = {index: int(char["level"]) for index, char in zip(kept, storage["chars"], strict=True)}
    levels: list[int] = []
    for index in range(len(text)):
        levels.append(found.get(index, levels[-1] if levels else base))
    return levels


def _scripts(text: str) -> list[str]:
    """Each character's script; what is common to all scripts (spaces, digits, marks) goes with what stands before it."""
    from fontTools.unicodedata import script

    own = [script(char) for char in text]
    strong = [name not in {"Zyyy", "Zinh", "Zzzz"} for name in own]
    current = next((name for name, is_strong in zip(own, strong, strict=True) if is_strong), "Latn")
    out: list[str] = []
    for name, is_strong in zip(own, strong, strict=True):
        current = name if is_strong else current
        out.append(current)
    return out
