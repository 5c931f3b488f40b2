"""How one scene gives way to the next: the outgoing scene's last frame is held still under the incoming one's first frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from render.composition import Composition
from render.motion import eased
from render.planes import Frame

Kind = Literal["fade", "crossfade", "wipe", "push"]

SECONDS: dict[Kind, float] = {"crossfade": 0.4, "fade": 0.6, "wipe": 0.5, "push": 0.5}
"""A crossfade of 10 to 15 frames (VISUAL.md); a fade goes through black in two halves of 0.3 s, so that nothing flashes."""


@dataclass(frozen=True)
class Transition:
    """`kind` over `frames`, from the last frame of `before` (black where there is none)."""

    kind: Kind
    frames: int
    before: Composition | None


def _mix(under: Frame, over: Frame, share: float) -> Frame:
    import cv2

    out = Frame(over.size)
    cv2.addWeighted(over.data, share, under.data, 1 - share, 0, out.data)
    return out


def _wipe(under: Frame, over: Frame, share: float) -> Frame:
    """From left to right behind a soft edge a twelfth of the width."""
    import cv2

    out = Frame(over.size)
    wide = over.size[0]
    edge = wide / 12
    front = share * (wide + edge)
    for plane, old, new in zip(
        (out.y, out.u, out.v), (under.y, under.u, under.v), (over.y, over.u, over.v), strict=True
    ):
        step = wide // plane.shape[1]
        columns = (np.arange(plane.shape[1]) + 0.5) * step
        row = np.clip((front - columns) / edge, 0.0, 1.0).astype(np.float32)
        weights = np.ascontiguousarray(np.broadcast_to(row, plane.shape))
        plane[:] = cv2.blendLinear(new, old, weights, 1 - weights)
    return out


def _push(under: Frame, over: Frame, share: float) -> Frame:
    """The new picture comes from the right and pushes the old one out, in one strip, to a fraction of a pixel."""
    import cv2

    out = Frame(over.size)
    wide = over.size[0]
    for plane, old, new in zip(
        (out.y, out.u, out.v), (under.y, under.u, under.v), (over.y, over.u, over.v), strict=True
    ):
        step = wide // plane.shape[1]
        matrix = np.array([[1.0, 0.0, share * wide / step], [0.0, 1.0, 0.0]])
        size = (plane.shape[1], plane.shape[0])
        plane[:] = cv2.warpAffine(
            np.hstack([old, new]),
            matrix,
            size,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
    return out


def mix(kind: Kind, under: Frame, over: Frame, number: int, frames: int) -> Frame:
    """Frame `number` (0 to frames - 1) of a transition; the frame after the last is the incoming scene alone."""
    # The first frame already shows a step: a transition that began with the old picture alone would hold it a frame too long.
    moment = (number + 1) / (frames + 1)
    share = float(eased(np.array([moment]), "both")[0])
    if kind == "crossfade":
        return _mix(under, over, share)
    if kind == "fade":
        black = Frame(over.size).fill("#000000")
        half = float(eased(np.array([moment * 2 % 1 if moment < 1 else 1.0]), "both")[0])
        return _mix(under, black, half) if moment < 0.5 else _mix(black, over, half)
    return (_wipe if kind == "wipe" else _push)(under, over, share)
