"""What a scene is laid out on: the frame, the rate, the theme; and a scene with its time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from render.scenes.base import Scene
    from render.theme import Theme
    from render.videos import FindVideo
    from script.document import Script


SETTLED = 20
"""Frames after its word by which an element stands."""


@dataclass(frozen=True)
class Stage:
    """The frame's `size` (width, height), the frame `rate`, the theme, the script and the studio that scenes come from."""

    size: tuple[int, int]
    rate: Fraction
    theme: Theme
    script: Script
    studio: Path | None = None
    find_video: FindVideo | None = None
    """Finds films in the catalogue, where there is one."""
    foot: float = 0.0
    """Pixels at the foot of the text area that one scene keeps free of its own, for what lies over it."""

    def frames(self, seconds: float) -> int:
        """Seconds as whole frames, at least one."""
        return max(1, round(seconds * self.rate))


@dataclass(frozen=True)
class ShotCue:
    """A cue over the scene's frames [first, last)."""

    first: int
    last: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Shot:
    """A scene laid on the timeline: `start` and `frames` are the film's frames; `at` gives, by the path of the element
    in the scene (such as `("places", 1)`), the scene-local frame at which the narrator begins its phrase."""

    scene: Scene
    start: int
    frames: int
    at: Mapping[tuple[str | int, ...], int]
    chapter: int = 0
    opens_chapter: bool = False
    """True for the first scene of a chapter that has a heading."""

    @property
    def peak(self) -> int:
        """The frame at which most of the scene is there: after its last element has come, before its last quarter second."""
        return min(self.frames - 1, max(round(self.frames * 0.8), max(self.at.values(), default=0) + SETTLED))

    cues: tuple[ShotCue, ...] = ()
    """The captions over it, where they are burned in."""
