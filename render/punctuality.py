"""Does what waits for a word come on it? An element with `at:` is four fifths visible within 100 ms of its word (VISUAL.md, Motion)."""

from __future__ import annotations

import numpy as np

from core.findings import Finding
from render.composition import Clip, Composition, Layer, Painting
from render.scenes.places import field_place
from render.stage import Shot, Stage
from render.states import State, layer_states

VISIBLE = 0.8
TOLERANCE = 0.1
"""Seconds."""
_AT_THE_CUT = 0.3
"""Seconds after a cut within which the cut itself shows what its first words name."""
_AROUND = 1.0
"""Seconds around the word in which an entrance is looked for."""


def review_punctuality(shot: Shot, composition: Composition, stage: Stage) -> list[Finding]:
    """A warning for each waiting element of a shot of which no layer arrives on its word; `value` is by how much, in seconds."""
    findings = []
    for path, word in shot.at.items():
        if word <= stage.frames(_AT_THE_CUT) or word >= shot.frames - stage.frames(TOLERANCE):
            continue
        off = _nearest(composition, word, stage)
        # Half a frame is what a frame's own length leaves open.
        if off is None or abs(off) <= TOLERANCE + 0.5 / float(stage.rate):
            continue
        phrase = next((element.at for where, element in shot.scene.waiting() if where == path), "")
        side = "after" if off > 0 else "before"
        message = f"what waits for “{phrase}” comes {abs(off):.2f} s {side} it"
        hint = "shorten the theme's `enter`, or let it wait for another word"
        place = field_place(stage, shot.scene.id, *path, "at")
        findings.append(
            Finding("off-word", "warning", message, hint, place, shot.scene.id, value=round(off, 2), limit=TOLERANCE)
        )
    return findings


def _nearest(composition: Composition, word: int, stage: Stage) -> float | None:
    """Seconds from a word to the nearest arrival of any layer; None where something drawn frame by frame moves then, which has
    times of its own, or where nothing arrives near it at all and so nothing can be said."""
    rate = float(stage.rate)
    nearest: int | None = None
    for layer in composition.layers:
        if isinstance(layer.content, Clip):
            return None
        if isinstance(layer.content, Painting) and _moves(layer.content, word, stage):
            return None
        arrived = _arrival(layer, word, composition.frames, stage)
        if arrived is not None and (nearest is None or abs(arrived - word) < abs(nearest - word)):
            nearest = arrived
    return None if nearest is None else (nearest - word) / rate


def _moves(painting: Painting, word: int, stage: Stage) -> bool:
    slack = stage.frames(TOLERANCE)
    return any(first - slack <= word <= last + slack for first, last in painting.busy)


def _arrival(layer: Layer, word: int, frames: int, stage: Stage) -> int | None:
    """The frame around a word on which a layer comes to be four fifths as visible as it gets; None where it does not."""
    reach = stage.frames(_AROUND)
    window = np.arange(max(0, word - reach), min(frames, word + reach + 1))
    states = layer_states(layer, window, float(stage.rate))
    opacity, reveal = (states[:, State._fields.index(name)] for name in ("opacity", "reveal"))
    visible = states[:, 0] * opacity * reveal
    if visible.max() == 0:
        return None
    there = visible >= VISIBLE * visible.max()
    arrivals = np.flatnonzero(there[1:] & ~there[:-1]) + 1
    return int(window[arrivals[np.abs(window[arrivals] - word).argmin()]]) if len(arrivals) else None
