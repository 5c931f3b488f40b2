"""The ground that type stands on: a soft light, the lines of a globe, and a slow drift so that the picture lives."""

from __future__ import annotations

from dataclasses import dataclass

from render.composition import Key, Layer, Motion, Plate
from render.scenes.frame import frame_of
from render.scenes.graticule import globe_path
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage

_MOST = 0.12
"""A drift grows the picture by at most this much in all (VISUAL.md, Motion)."""


@dataclass(frozen=True)
class Globe:
    """Where the motif stands: centre and radius in pixels, `reach` of the light around it, and its lines as a path."""

    x: float
    y: float
    radius: float
    reach: float
    path: str


def background(stage: Stage, shot: Shot, *, globe: tuple[float, float, float] = (0.86, 0.62, 0.62)) -> Layer:
    """The background layer. `globe` is the motif's centre as shares of width and height, and its radius as one of the height."""
    frame = frame_of(stage)
    x, y = round(globe[0] * frame.width, 1), round(globe[1] * frame.height, 1)
    radius = round(globe[2] * min(frame.width, frame.height), 1)
    motif = Globe(x, y, radius, round(1.15 * frame.width, 1), globe_path(x, y, radius))
    svg = draw_layers("background", stage, globe=motif)["background"]
    return Layer("background", Plate(svg), motion=Motion(scale=drift(stage, shot)), anchor=(x, y))


def drift(stage: Stage, shot: Shot) -> tuple[Key, ...]:
    """A scale track that grows slowly until the scene's `hold:` begins, so that what is held can stand still."""
    last = shot.frames - (stage.frames(shot.scene.hold) if shot.scene.hold else 0)
    if last < 2 or not stage.theme.motion.drift:
        return ()
    growth = min(_MOST, stage.theme.motion.drift * float(last / stage.rate))
    return (Key(0, 1.0), Key(last, 1.0 + growth, "both" if shot.scene.hold else "linear"))
