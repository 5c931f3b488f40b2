"""The ground that type stands on: a soft light, a quiet motif of lines, and a slow drift so that the picture lives."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from core.digest import digest
from render.composition import Key, Layer, Motion, Plate
from render.scenes.depths import depth_path
from render.scenes.frame import Frame, frame_of
from render.scenes.graticule import globe_path
from render.scenes.places import first_id
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage

Motif = Literal["globe", "horizon", "depths"]
"""What a background shows: a globe on the right, the edge of a large one from below, or lines of equal depth as on a chart
of the sea. All have lines: a light alone drifts unseen, and the delivery gate takes it for a frozen picture.
"""

_PLACES: dict[Motif, tuple[tuple[float, float, float], ...]] = {
    "globe": ((0.86, 0.62, 0.62), (0.98, 0.34, 0.66), (0.8, 1.0, 0.78), (0.9, 0.1, 0.7), (1.02, 0.78, 0.86)),
    "horizon": ((0.5, 2.2, 1.5), (0.7, 2.3, 1.64), (0.34, 2.32, 1.64)),
    "depths": ((0.94, 0.2, 1.0), (0.98, 0.76, 1.05), (0.88, 0.98, 1.0)),
}
_TALL_PLACES: dict[Motif, tuple[tuple[float, float, float], ...]] = {
    "globe": ((0.86, 0.8, 0.86), (1.0, 0.74, 0.9), (0.6, 0.98, 0.92), (0.98, 0.16, 0.72), (0.2, 0.9, 0.88)),
    "horizon": ((0.5, 1.6, 1.52), (0.7, 1.66, 1.64), (0.32, 1.66, 1.64)),
    "depths": ((0.9, 0.86, 1.0), (0.98, 0.16, 0.95), (0.16, 0.96, 1.05)),
}
"""Centre as shares of width and height, radius as a share of the shorter side: clear of where the type begins. In 9:16 most of
it stands below the type."""
_STEPS = {"globe": 15, "horizon": 10}
"""Degrees between a globe's lines."""
_NOISE = 6
"""Levels that the dither's noise spans, of 255."""
_INSIDE = 0.05
"""The drift's fixed point stays at least this share of the frame inside it: about a point outside, a growing plate would draw
its own edge into the picture."""
_SETTLES = 1.0
"""Seconds in which a drift comes to rest before a hold."""
_MOST = 0.12
"""A drift grows the picture by at most this much in all (VISUAL.md, Motion)."""


@dataclass(frozen=True)
class Globe:
    """Where the motif stands: centre and radius in pixels, `reach` of the light around it, its lines as a path; `rim` is
    true where a circle closes it."""

    x: float
    y: float
    radius: float
    reach: float
    strength: float
    path: str
    rim: bool


@dataclass(frozen=True)
class Light:
    """The glow as a dithered sum: `base` + `tint` × `scale` + noise × `noise`; the last two are factors of a filter."""

    base: str
    tint: str
    tint_half: str
    scale: float
    noise: float


def light_between(dark: str, bright: str) -> Light:
    """A light that raises `dark` to `bright` (#rrggbb), with noise around the steps between them."""
    low, high = ([int(colour[index : index + 2], 16) for index in (1, 3, 5)] for colour in (dark, bright))
    rise = [max(0, b - a) for a, b in zip(low, high, strict=True)]
    most = max(1, *rise)
    tint = [round(255 * part / most) for part in rise]
    lowered = [max(0, part - _NOISE // 2) for part in low]
    return Light(
        _hex(lowered), _hex(tint), _hex([part // 2 for part in tint]), round(most / 255, 4), round(_NOISE / 255, 4)
    )


def _hex(channels: list[int]) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def background(stage: Stage, shot: Shot, *, motif: Motif = "globe", strength: float = 1.0) -> Layer:
    """The background layer. Where its `motif` stands and how it is turned follow from the scene's id, so that scenes differ.

    `strength` is the opacity of its lines, 0 to 1.
    """
    frame = frame_of(stage)
    colours = stage.theme.colours
    chosen = int(digest(first_id(stage, shot.scene.id))[:8], 16)
    places = _TALL_PLACES if frame.vertical else _PLACES
    across, down, size = places[motif][chosen % len(places[motif])]
    x, y = round(across * frame.width, 1), round(down * frame.height, 1)
    radius = round(size * min(frame.width, frame.height), 1)
    reach = round(max(1.15 * max(frame.width, frame.height), 1.5 * radius, radius + 0.85 * frame.height), 1)
    globe = Globe(x, y, radius, reach, strength, _lines(motif, x, y, radius, chosen), motif in _STEPS)
    svg = draw_layers("background", stage, globe=globe, light=light_between(colours.background, colours.glow))[
        "background"
    ]
    return Layer("background", Plate(svg), motion=Motion(scale=drift(stage, shot)), anchor=_fixed_point(x, y, frame))


def _lines(motif: Motif, x: float, y: float, radius: float, chosen: int) -> str:
    """The motif's lines as path data; `chosen` is a number that turns them."""
    if motif == "depths":
        return depth_path(x, y, radius, seed=chosen)
    longitude, latitude = chosen // 7 % 360, chosen // 11 % 60 - 20
    return globe_path(x, y, radius, longitude=longitude, latitude=latitude, step=_STEPS[motif])


def _fixed_point(x: float, y: float, frame: Frame) -> tuple[float, float]:
    """The point nearest to the motif's centre about which the plate may grow and still fill the frame."""
    across, down = (
        min(max(place, _INSIDE * side), (1 - _INSIDE) * side) for place, side in ((x, frame.width), (y, frame.height))
    )
    return across, down


def drift(stage: Stage, shot: Shot) -> tuple[Key, ...]:
    """A scale track that grows slowly, and comes to rest where the scene's `hold:` begins, so that what is held stands still.

    Its speed changes evenly over the last second before: a movement that stops dead looks like a fault.
    """
    last = shot.frames - (stage.frames(shot.scene.hold) if shot.scene.hold else 0)
    if last < 2 or not stage.theme.motion.drift:
        return ()
    slows = min(last, stage.frames(_SETTLES)) if shot.scene.hold else 0
    # Slowing down evenly covers half of what full speed would.
    steady = last - slows
    way = steady + slows / 2
    growth = min(_MOST, stage.theme.motion.drift * float(Fraction(way) / stage.rate))
    keys = [Key(0, 1.0)]
    if steady:
        keys.append(Key(steady, 1.0 + growth * steady / way))
    if slows:
        keys.append(Key(last, 1.0 + growth, "settle"))
    return tuple(keys)
