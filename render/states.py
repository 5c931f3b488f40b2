"""What every layer is doing at every frame, as numbers: the planner compares them, the compositor draws from them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from render.composition import Clip, Footage, Layer, Painting, Photograph
from render.footage import last_frame, rate_of
from render.motion import Array, sample
from render.photograph import camera_share

UNSEEN = 0.5 / 255
"""Opacity below which nothing reaches an 8-bit picture."""


class State(NamedTuple):
    """One layer at one frame. `seen` is 0 or 1; `content` is the moment inside the layer: camera share, or the frame of a
    painting, clip or footage."""

    seen: float
    x: float
    y: float
    scale: float
    opacity: float
    reveal: float
    content: float


def _painting_frames(painting: Painting, frames: Array) -> Array:
    """The frame that stands for each: between busy stretches nothing changes, so the first one after the last stretch does."""
    out = np.zeros(frames.shape)
    for first, last in painting.busy:
        out = np.where(frames >= last, np.maximum(out, last), out)
        out = np.where((frames >= first) & (frames < last), frames, out)
    return out


def layer_states(layer: Layer, frames: NDArray[np.int64], rate: float) -> Array:
    """A row of `State` values for each frame: float64 (len(frames), 7). A layer that cannot be seen is all zeros."""
    at = frames.astype(np.float64)
    motion, content = layer.motion, layer.content
    inside = np.zeros(at.shape)
    if isinstance(content, Photograph):
        inside = camera_share(content, at, rate)
    elif isinstance(content, Clip):
        inside = at - layer.first
    elif isinstance(content, Footage):
        inside = np.clip(at - layer.first, 0, last_frame(content, rate_of(rate)))
    elif isinstance(content, Painting):
        inside = _painting_frames(content, at)
    opacity = np.clip(sample(motion.opacity, at, 1.0), 0.0, 1.0)
    reveal = np.clip(sample(motion.reveal, at, 1.0), 0.0, 1.0)
    scale = sample(motion.scale, at, 1.0)
    seen = (at >= layer.first) & (opacity >= UNSEEN) & (reveal > 0) & (scale > 0)
    if layer.last is not None:
        seen &= at < layer.last
    columns = (seen, sample(motion.x, at, 0.0), sample(motion.y, at, 0.0), scale, opacity, reveal, inside)
    # Rounded, so that the last digits of an easing are no change, and no other key on another machine.
    table = np.stack(columns, axis=1).astype(np.float64) * seen[:, None]
    return np.round(table, 6) + 0.0
