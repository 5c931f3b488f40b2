"""How things come and go (VISUAL.md, Motion): short, eased, a little travel, and on time with the narrator's word."""

from __future__ import annotations

from render.composition import Key, Motion
from render.stage import Shot, Stage
from render.transition import SECONDS

_LEAD = 0.375
"""The share of an entrance that lies before its word, so that it is four fifths visible within 100 ms of it (VISUAL.md, Motion)."""
_FADE = 0.75
"""The share of the entrance that the fade takes. It has an ease of its own: the one of the movement does two thirds of its way
in a fifteenth of a second, and what fades like that pops up.
"""
_SETTLE = 0.15
"""Seconds after the cut before the first thing enters."""


def lead(stage: Stage) -> int:
    """Frames that an entrance begins before its word."""
    # Rounded, so that the last digit of a product does not decide on a frame.
    return stage.frames(round(_LEAD * stage.theme.motion.enter, 6))


def opening(stage: Stage, shot: Shot) -> int:
    """The frame from which a scene's content may enter: the cut, or the word that the scene itself waits for."""
    return max(0, shot.at[()] - lead(stage)) if () in shot.at else _taken_over(stage, shot)


def _taken_over(stage: Stage, shot: Shot) -> int:
    """The frame on which the scene has taken over from the one before: what entered sooner would be lost in the transition."""
    kind = shot.scene.transition
    return 0 if kind == "cut" else stage.frames(SECONDS[kind] / 2)


def entrance(stage: Stage, shot: Shot, path: tuple[str | int, ...], order: int = 0, *, waits: bool = True) -> int:
    """The frame on which the element at `path` begins to enter: for its word, or after the opening as the `order`-th of a row.

    `waits` false lets it come after the cut even where the scene itself waits for a word.
    """
    if path in shot.at:
        return max(0, shot.at[path] - lead(stage))
    cut = _taken_over(stage, shot)
    start = opening(stage, shot) if waits else cut
    settle = stage.frames(_SETTLE) if start <= cut else 0
    return min(start + settle + round(order * stage.theme.motion.stagger * stage.rate), max(0, shot.frames - 2))


def enter(stage: Stage, first: int, *, travel: float | None = None) -> Motion:
    """Fade in from frame `first` while rising by `travel` pixels (the theme's, scaled to the frame, unless given)."""
    pace = stage.theme.motion
    distance = pace.travel * min(stage.size) / 1080 if travel is None else travel
    last = first + stage.frames(pace.enter)
    opacity = (Key(first, 0.0), Key(first + stage.frames(_FADE * pace.enter), 1.0, "both"))
    if not distance:
        return Motion(opacity=opacity)
    return Motion(y=(Key(first, distance), Key(last, 0.0, "enter")), opacity=opacity)


def enter_and_leave(stage: Stage, first: int, last: int, *, travel: float | None = None) -> Motion:
    """Enter from frame `first`, and fade out so as to be gone at frame `last`."""
    motion = enter(stage, first, travel=travel)
    away = max(first + stage.frames(stage.theme.motion.enter) + 1, last - stage.frames(stage.theme.motion.leave))
    return Motion(y=motion.y, opacity=(*motion.opacity, Key(away, 1.0), Key(max(last, away + 1), 0.0, "both")))


def unroll(stage: Stage, first: int, seconds: float) -> Motion:
    """Uncover from the plate's edge over `seconds`, from frame `first`."""
    return Motion(reveal=(Key(first, 0.0), Key(first + stage.frames(seconds), 1.0, "enter")))
