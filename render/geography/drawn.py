"""What is drawn on a map, as plain values: fills, lines, marks and labels with their times. Their digests are addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from render.shaping import TextStyle

Span = tuple[int, int]
"""Frames [first, last): fading in begins at the first, fading out is over at the last."""


@dataclass(frozen=True)
class Palette:
    """The map's colours, `#rrggbb`."""

    sea: str
    land: str
    focus: str
    border: str
    coast: str
    ink: str
    water: str
    halo: str


@dataclass(frozen=True)
class Fill:
    """A country filled with `colour` from frame `first` on (None: always); `hatched` as stripes over what is below."""

    code: str
    colour: str
    hatched: bool = False
    first: int | None = None


@dataclass(frozen=True)
class Area:
    """A contested area, hatched from frame `first` on (None: always): one of the atlas's `claim`s, or the studio's own closed `rings`
    of longitude and latitude, whose edge is dashed with it."""

    claim: str = ""
    rings: tuple[tuple[tuple[float, float], ...], ...] = ()
    first: int | None = None


@dataclass(frozen=True)
class River:
    """A river from frame `first` on (None: always): the way that it takes, in degrees; all that the data has where there is none."""

    way: tuple[tuple[float, float], ...] = ()
    first: int | None = None


@dataclass(frozen=True)
class Mark:
    """A dot at a place of the plane."""

    kind: Literal["town", "capital", "strait", "cape"]
    at: tuple[float, float]
    first: int | None = None


@dataclass(frozen=True)
class Label:
    """Lines of text pinned to a place of the plane: the first line's baseline starts at `at` + `offset` pixels.

    `key` names the thing. `lines` are (text, x, y) with x and y in pixels from there. `leader` draws a thin line back to the place.
    `halo_width` is in pixels of the design; `angle` turns the lines about the place where they start, in degrees clockwise.
    """

    key: str
    lines: tuple[tuple[str, float, float], ...]
    style: TextStyle
    colour: str
    halo: str
    at: tuple[float, float]
    offset: tuple[float, float]
    shown: Span
    enters: bool = True
    leader: tuple[float, float] | None = None
    halo_width: float = 4.0
    angle: float = 0.0


@dataclass(frozen=True)
class RouteLine:
    """A route in the plane, drawn over frames [first, last]: by sea a line, by air dashes, by land a railway's sleepers.

    `side` shifts it in pixels where `shared` (0 to 1 a point) says so.
    """

    points: tuple[tuple[float, float], ...]
    colour: str
    first: int
    last: int
    mode: Literal["sea", "air", "land", "canal"] = "sea"
    side: float = 0.0
    shared: tuple[float, ...] = ()
