"""How a line comes to be drawn: as far as the narrator has come, from the beginning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from render.composition import Key, Motion
from render.scenes.chart_data import Line
from render.scenes.entrances import entrance, opening
from render.stage import Shot, Stage

_GROWS = 1.2
"""Seconds (VISUAL.md, Charts)."""
_BEGINS = 0.3
"""Seconds after the opening: an axis with nothing on it says nothing."""


@dataclass(frozen=True)
class Course:
    """A line's reveal, and the frames on which it begins, reaches each of its points, and is whole."""

    motion: Motion
    first: int
    reached: tuple[int, ...]
    done: int


def draw_course(line: Line, shares: Sequence[float], order: int, shot: Shot, stage: Stage) -> Course:
    """The course of the `order`-th line, whose points lie at `shares` (0 to 1) of the way across.

    The line is at a point that waits for a word when the word is said, and on its way to it before; what comes after the
    last such point follows at once.
    """
    waits_itself = bool(line.path) and line.path in shot.at
    begins = _BEGINS + 0.3 * order
    first = entrance(stage, shot, line.path) if waits_itself else opening(stage, shot) + stage.frames(begins)
    waits = {
        number: shot.at[point.path] for number, point in enumerate(line.points) if point.path and point.path in shot.at
    }
    keys = [Key(first, 0.0)]
    for number, word in sorted(waits.items(), key=lambda wait: wait[1]):
        if shares[number] > keys[-1].value:
            keys.append(Key(max(keys[-1].frame + 1, word), shares[number], "both"))
    if keys[-1].value < 1:
        keys.append(Key(keys[-1].frame + stage.frames(_GROWS), 1.0, "both"))
    latest = max(first + 1, shot.frames - 2)
    reached = tuple(
        entrance(stage, shot, line.points[number].path) if number in waits else min(latest, _passes(keys, share))
        for number, share in enumerate(shares)
    )
    return Course(Motion(reveal=tuple(keys)), first, reached, min(latest, max(reached[-1], first)))


def _passes(keys: Sequence[Key], share: float) -> int:
    """About the frame on which the line passes a share of its way."""
    for before, after in pairwise(keys):
        if share <= after.value:
            part = (share - before.value) / (after.value - before.value) if after.value > before.value else 0.0
            return round(before.frame + part * (after.frame - before.frame))
    return round(keys[-1].frame)
