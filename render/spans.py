"""Stretches of frames [first, last), and what lies between them. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

Span = tuple[int, int]


def merge_spans(spans: Iterable[Span], frames: int) -> tuple[Span, ...]:
    """Stretches in order, those that touch as one, and nothing of them beyond `frames`."""
    merged: list[Span] = []
    for span_first, span_last in sorted(spans):
        first, last = max(0, span_first), min(frames, span_last)
        if first >= last:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def longest_gaps(spans: tuple[Span, ...], frames: int, least: float) -> list[Span]:
    """The stretches [first, last) of a scene that are longer than `least` frames and in which nothing of `spans` happens."""
    ends = [(0, 0), *spans, (frames, frames)]
    return [(one[1], other[0]) for one, other in itertools.pairwise(ends) if other[0] - one[1] > least]
