"""The camera over a map: views in the plane, van Wijk and Nuij's path between them, a slow push while it rests. Pure.

J. J. van Wijk and W. A. A. Nuij, Smooth and efficient zooming and panning, IEEE InfoVis 2003, equations 9 and 10.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_RHO = 1.42
"""How much zooming is preferred over panning: the value their users liked best."""
_EDGE = 0.2
"""The share of a rest in which a slow push gathers speed, or loses it."""


@dataclass(frozen=True)
class View:
    """What the camera sees: its centre and its width, in the plane's units."""

    x: float
    y: float
    width: float

    def zoomed(self, factor: float) -> View:
        """The same centre seen `factor` times larger."""
        return View(self.x, self.y, self.width / factor)


@dataclass(frozen=True)
class Move:
    """A move from one view to another over frames [first, last].

    `push` is the slow growth, as a logarithm, that goes on under it: with it no rest begins from a standstill.
    """

    start: View
    end: View
    first: int
    last: int
    push: float = 0.0


@dataclass(frozen=True)
class Rest:
    """A rest over frames [first, last], drifting from one view to another very slowly.

    `eased` says whether it starts and whether it ends from a standstill; beside a move it goes on at its speed.
    """

    start: View
    end: View
    first: int
    last: int
    eased: tuple[bool, bool] = (True, True)


@dataclass(frozen=True)
class Camera:
    """Moves and rests, one after another."""

    steps: tuple[Move | Rest, ...]

    def at(self, frame: float) -> View:
        """The view at a frame; before the first step its start, after the last its end."""
        for step in self.steps:
            if frame <= step.last:
                break
        span = max(1, step.last - step.first)
        share = min(1.0, max(0.0, (frame - step.first) / span))
        if isinstance(step, Move):
            goal = step.end.zoomed(math.exp(-step.push))
            return travel(step.start, goal, _eased(share)).zoomed(math.exp(step.push * share))
        return _drifted(step.start, step.end, _gentle(share, step.eased))


def path_length(start: View, end: View) -> float:
    """How far apart two views are along the path, in van Wijk and Nuij's measure (a zoom by e is 1 / 1.42)."""
    return _path(start, end)[0]


def travel(start: View, end: View, share: float) -> View:
    """The view after a `share` from 0 to 1 of the path."""
    length, pan, r0, close = _path(start, end)
    if share <= 0 or length == 0:
        return start if share < 1 else end
    if share >= 1:
        return end
    s = share * length
    if close:
        factor = math.exp((-1 if end.width < start.width else 1) * _RHO * s)
        return View(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share, start.width * factor)
    cosh0 = math.cosh(r0)
    u = start.width / _RHO**2 * (cosh0 * math.tanh(_RHO * s + r0) - math.sinh(r0))
    width = start.width * cosh0 / math.cosh(_RHO * s + r0)
    along = u / pan
    return View(start.x + (end.x - start.x) * along, start.y + (end.y - start.y) * along, width)


def _path(start: View, end: View) -> tuple[float, float, float, bool]:
    """(length, distance panned, r0, whether it only zooms)."""
    pan = math.hypot(end.x - start.x, end.y - start.y)
    w0, w1 = start.width, end.width
    if pan < 1e-6 * min(w0, w1):
        return abs(math.log(w1 / w0)) / _RHO, pan, 0.0, True
    r = [
        math.asinh(-(w1**2 - w0**2 + sign * _RHO**4 * pan**2) / (2 * w * _RHO**2 * pan))
        for w, sign in ((w0, 1), (w1, -1))
    ]
    return (r[1] - r[0]) / _RHO, pan, r[0], False


def _eased(share: float) -> float:
    """Smooth start and end, a little faster in the middle than a sine."""
    return share**3 * (share * (6 * share - 15) + 10)


def steady_share(eased: tuple[bool, bool]) -> float:
    """The time that a rest would take at its full speed, as a share of its length."""
    return 1 - _EDGE * sum(eased) / 2


def _gentle(share: float, eased: tuple[bool, bool]) -> float:
    """A steady push, eased over a fifth of its time at the ends that are."""
    whole = steady_share(eased)
    if eased[0] and share < _EDGE:
        return share * share / (2 * _EDGE * whole)
    if eased[1] and share > 1 - _EDGE:
        return 1 - (1 - share) ** 2 / (2 * _EDGE * whole)
    return (share - (_EDGE / 2 if eased[0] else 0.0)) / whole


def _drifted(start: View, end: View, share: float) -> View:
    width = start.width * (end.width / start.width) ** share
    # Centre and width change together, so that the picture grows about one fixed point.
    along = share if start.width == end.width else (start.width - width) / (start.width - end.width)
    return View(start.x + (end.x - start.x) * along, start.y + (end.y - start.y) * along, width)


def union(views: Sequence[View], aspect: float) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of the plane seen by any of the views, whose frames are `aspect` wide for 1 high."""
    return (
        min(view.x - view.width / 2 for view in views),
        min(view.y - view.width / aspect / 2 for view in views),
        max(view.x + view.width / 2 for view in views),
        max(view.y + view.width / aspect / 2 for view in views),
    )
