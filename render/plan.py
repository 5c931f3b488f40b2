"""Shots and compositions become a plan of render segments. Pure: nothing is drawn."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from render.composition import Clip, Composition
from render.encode import MASTER, Encoding
from render.segments import Segment, make_segment
from render.stage import Shot, Stage
from render.states import layer_states
from render.transition import SECONDS, Transition

SHORTEST_HOLD = 8
"""Frames. A shorter stretch is drawn with its neighbours: a key frame of its own would cost more than it saves."""
STEP, LONGEST = 120, 150
"""Frames of a moving segment: four or five seconds at 30 fps, enough pieces for every core and little lost when one is remade."""


def find_changes(composition: Composition, rate: Fraction) -> NDArray[np.bool_]:
    """For every frame, whether anything in it differs from the frame before; the first always does."""
    frames = np.arange(composition.frames)
    changes = np.zeros(composition.frames, bool)
    changes[:1] = True
    for layer in composition.layers:
        states = layer_states(layer, frames, float(rate))
        changes[1:] |= (states[1:] != states[:-1]).any(axis=1)
        if isinstance(layer.content, Clip):
            changes |= states[:, 0] > 0
    return changes


def find_stretches(changes: NDArray[np.bool_], start: int = 0) -> Iterator[tuple[int, int, bool]]:
    """Cut [start, end) into (first, end, hold): maximal holds of at least SHORTEST_HOLD frames, and what lies between.

    No stretch is a single frame where a neighbour can spare one (an IDR picture alone; see `Segment.packets`).
    """
    end = len(changes)
    marks = [start, *(int(n) for n in np.flatnonzero(changes) if n > start), end]
    holds = [(a, b) for a, b in itertools.pairwise(marks) if b - a >= SHORTEST_HOLD]
    at = start
    for index, (first, stop) in enumerate(holds):
        begin, until = first, stop
        if begin - at == 1:
            begin += 1
        following = holds[index + 1][0] if index + 1 < len(holds) else end
        if following - until == 1 and following == end:
            until -= 1
        if begin > at:
            yield at, begin, False
        yield begin, until, True
        at = until
    if at < end:
        yield at, end, False


def cut_moving(first: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a moving stretch into pieces of STEP frames, the last of up to LONGEST.

    The places do not depend on where it ends, so that what comes before a change at its end keeps its keys.
    """
    while end - first > LONGEST:
        yield first, first + STEP
        first += STEP
    yield first, end


def _plan_scene(
    scene: str, composition: Composition, rate: Fraction, encoding: Encoding, transition: Transition | None
) -> Iterator[Segment]:
    start = 0
    if transition:
        start = transition.frames
        yield make_segment(scene, composition, rate, encoding, 0, start, transition=transition)
    for first, end, hold in find_stretches(find_changes(composition, rate), start):
        if hold:
            yield make_segment(scene, composition, rate, encoding, first, end - first, hold=True)
        else:
            for a, b in cut_moving(first, end):
                yield make_segment(scene, composition, rate, encoding, a, b - a)


def plan_segments(
    shots: Sequence[Shot], compositions: Sequence[Composition], stage: Stage, encoding: Encoding = MASTER
) -> tuple[Segment, ...]:
    """Every segment of the film in order; their `frames` add up to the timeline's.

    Raises BadInput for a frame size that 4:2:0 cannot hold, or a composition that is not its shot's length or the stage's size.
    """
    if stage.size[0] % 2 or stage.size[1] % 2:
        raise BadInput(f"a film of {stage.size[0]}×{stage.size[1]} cannot be encoded", hint="choose even numbers")
    plan: list[Segment] = []
    before: Composition | None = None
    for shot, composition in zip(shots, compositions, strict=True):
        if composition.frames != shot.frames or composition.size != stage.size:
            raise BadInput(
                f"scene {shot.scene.id} was laid out as {composition.frames} frames of {composition.size}, "
                f"but takes {shot.frames} of {stage.size}"
            )
        kind = shot.scene.transition
        transition = None
        if kind != "cut":
            transition = Transition(kind, _transition_frames(SECONDS[kind] * stage.rate, shot.frames), before)
        scene = _plan_scene(shot.scene.id, composition, stage.rate, encoding, transition)
        plan += [_named(segment, number) for number, segment in enumerate(scene, 1)]
        before = composition
    return tuple(plan)


def _transition_frames(wanted: Fraction | float, frames: int) -> int:
    """How many of a shot's frames its transition takes: no single one is left over (an IDR picture alone; see `Segment.packets`)."""
    taken = min(max(2, round(wanted)), frames)
    return frames if frames - taken == 1 else taken


def _named(segment: Segment, number: int) -> Segment:
    return replace(segment, id=f"{segment.scene}-{number:02}")
