"""When a map's names are shown: through a move that keeps the scale where they can stay, and never more at once than can be read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from render.geography.camera import Camera, Move, View
from render.geography.drawn import Label
from render.shaping import shape_line

Box = tuple[float, float, float, float]

_SAFE = 0.04
"""The share of the frame at its edges where a moving name has to be gone."""
_STEP = 3
"""Frames from one look at a moving name to the next."""
SHORTEST = 0.8
"""Seconds on screen below which a name is not worth reading."""


def label_box(label: Label, x: float, y: float) -> Box:
    """(left, top, right, bottom) of a label's ink whose place is at (x, y), in pixels of the design."""
    cos, sin = math.cos(math.radians(label.angle)), math.sin(math.radians(label.angle))
    across, down = [], []
    for text, dx, dy in label.lines:
        left, top, right, bottom = shape_line(text, label.style).ink
        for px, py in ((left, top), (right, top), (right, bottom), (left, bottom)):
            across.append(x + label.offset[0] + (px + dx) * cos - (py + dy) * sin)
            down.append(y + label.offset[1] + (px + dx) * sin + (py + dy) * cos)
    return (min(across), min(down), max(across), max(down))


def box_in(label: Label, view: View, size: tuple[float, float]) -> Box:
    """The same under a camera."""
    scale = size[0] / view.width
    x, y = (label.at[0] - view.x) * scale + size[0] / 2, (label.at[1] - view.y) * scale + size[1] / 2
    return label_box(label, x, y)


def hand_over(
    before: Sequence[Label],
    after: Sequence[Label],
    camera: Camera,
    move: Move,
    size: tuple[float, float],
    rate: float,
) -> list[Label]:
    """One list of labels for both rests about a move that hardly changes the scale, most wanted first in each.

    Names stay on through the move while they are in the frame and over no other; those of the second rest come at their word,
    else when the scale is nearer to theirs. A label in both lists with the same place and offset is one label.
    """
    sight = _Sight(camera, size)
    half = _halfway(camera, move)
    earlier = {label.key: label for label in before}
    leave = round(0.2 * rate)
    shown: list[Label] = []
    staying: set[str] = set()
    for label in after:
        twin = earlier.get(label.key)
        joined = twin is not None and (twin.at, twin.offset, twin.lines) == (label.at, label.offset, label.lines)
        word = label.shown[0]
        if joined:
            wanted = word
            staying.add(label.key)
        else:
            # What has a name already keeps it until the halves meet; what is called for in the move comes at its word.
            wanted = word if twin is None and word > move.first else max(word, half + (leave if twin else 0))
        first = sight.earliest(label, wanted, move.last, shown, inside=not joined)
        if joined and first > wanted and twin is not None:
            staying.discard(label.key)
            first = max(first, half)
        shown.append(replace(label, shown=(first, label.shown[1])))
    for label in before:
        if label.key in staying:
            continue
        end = next((other.shown[0] for other in shown if other.key == label.key), move.last)
        last = sight.latest(label, move.first, min(end, move.last), shown)
        if last - label.shown[0] >= SHORTEST * rate:
            shown.append(replace(label, shown=(label.shown[0], last)))
    return shown


def at_most(labels: Iterable[Label], limit: int, least: float) -> list[Label]:
    """Labels, most wanted first, without those that would be one too many: they leave early, or never come.

    `least` is the fewest frames that a label is worth.
    """
    kept: list[Label] = []
    for label in labels:
        first, last = label.shown
        starts = sorted({first, *(other.shown[0] for other in kept if first < other.shown[0] < last)})
        full = next((frame for frame in starts if _count(kept, frame) >= limit), last)
        if full >= last or full - first >= least:
            kept.append(replace(label, shown=(first, min(last, full))))
    return kept


def _count(labels: Iterable[Label], frame: int) -> int:
    return sum(1 for label in labels if label.shown[0] <= frame < label.shown[1])


def _halfway(camera: Camera, move: Move) -> int:
    """The frame of a move at which its scale is half way between its ends."""
    goal = math.sqrt(move.start.width * move.end.width)
    shrinks = move.end.width < move.start.width
    frames = range(move.first, move.last + 1)
    return next((f for f in frames if (camera.at(f).width < goal) == shrinks and f > move.first), move.last)


class _Sight:
    """Where labels are while the camera moves."""

    def __init__(self, camera: Camera, size: tuple[float, float]) -> None:
        self._camera, self._size = camera, size

    def earliest(self, label: Label, wanted: int, last: int, others: Sequence[Label], *, inside: bool = True) -> int:
        """The first frame from `wanted` on after which a label stays clear until `last`."""
        first = last
        for frame in range(last, wanted - 1, -_STEP):
            if not self._clear(label, frame, others, inside=inside):
                return first
            first = frame
        return wanted

    def latest(self, label: Label, first: int, last: int, others: Sequence[Label]) -> int:
        """The frame from `first` on at which a label has to be gone, `last` at most."""
        return next((f for f in range(first, last, _STEP) if not self._clear(label, f, others)), last)

    def _clear(self, label: Label, frame: int, others: Sequence[Label], *, inside: bool = True) -> bool:
        view = self._camera.at(frame)
        box = box_in(label, view, self._size)
        if inside and not self._inside(box):
            return False
        for other in others:
            if not other.shown[0] <= frame < other.shown[1]:
                continue
            its = box_in(other, view, self._size)
            if box[0] < its[2] and its[0] < box[2] and box[1] < its[3] and its[1] < box[3]:
                return False
        return True

    def _inside(self, box: Box) -> bool:
        across, down = _SAFE * self._size[0], _SAFE * self._size[1]
        return box[0] > across and box[1] > down and box[2] < self._size[0] - across and box[3] < self._size[1] - down
