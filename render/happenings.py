"""When something happens in a picture: what comes, goes, moves, grows, counts or plays. A camera's slow push is none. Pure."""

from __future__ import annotations

import numpy as np

from render.composition import Clip, Composition, Footage, Layer, Painting
from render.footage import last_frame, rate_of
from render.spans import Span, merge_spans
from render.states import State, layer_states

_SEEN = [State._fields.index(name) for name in ("seen", "x", "y", "opacity", "reveal")]
"""What changes when a layer comes or goes; a drift's scale and a camera's place in a photograph change all along."""
_CAPTION = "caption-"


def find_happenings(composition: Composition, rate: float) -> tuple[Span, ...]:
    """The stretches [first, last) of frames in which something happens, in order and apart. Captions say what is heard, and are none."""
    spans = [
        span for layer in composition.layers if not layer.name.startswith(_CAPTION)
        for span in _of_layer(layer, composition.frames, rate)
    ]  # fmt: skip
    return merge_spans(spans, composition.frames)


def _of_layer(layer: Layer, frames: int, rate: float) -> list[Span]:
    content = layer.content
    if isinstance(content, Clip):
        return [(layer.first, layer.last or frames)]
    rows = layer_states(layer, np.arange(frames), rate)[:, _SEEN]
    changes = (rows[1:] != rows[:-1]).any(axis=1)
    spans = [(frame, frame + 1) for frame in (np.flatnonzero(changes) + 1).tolist()]
    if isinstance(content, Footage):
        spans.append((layer.first, layer.first + last_frame(content, rate_of(rate)) + 1))
    elif isinstance(content, Painting):
        spans += content.happens
    return spans
