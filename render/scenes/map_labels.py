"""The names on a map: which of them are shown, and when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from render.geography.camera import Move, Rest
from render.geography.drawn import Label
from render.geography.painting import MapPainting
from render.scenes.map_legend import Legend
from render.scenes.map_names import map_names
from render.scenes.map_spots import Spots
from render.scenes.map_times import SHORTEST, at_most, hand_over
from render.scenes.map_views import SCALE_CHANGE
from render.scenes.placing import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from render.scenes.map import MapScene
    from render.stage import Shot, Stage

MOST, MOST_VERTICAL = 8, 5
"""Names at once (VISUAL.md, Maps)."""
_RETURN = 0.3
"""Seconds after a change of scale until names are there again; before it they are gone (VISUAL.md, Maps)."""


def place_labels(
    scene: MapScene, shot: Shot, stage: Stage, painting: MapPainting, legends: Sequence[Legend] = ()
) -> tuple[MapPainting, tuple[str, ...]]:
    """The painting with its labels, and the names that found no room in any view that has room for them.

    No name lies under one of the `legends` while it is there.
    """
    names = list(map_names(scene, shot, stage, painting))
    rank = {name.key: order for order, name in enumerate(names)}
    rests = [step for step in painting.camera.steps if isinstance(step, Rest)]
    move = next((step for step in painting.camera.steps if isinstance(step, Move)), None)
    layout = Spots(scene, shot, stage, painting, rests[-1], _boxes(legends, rests[-1]))
    after, missed = layout.place([name for name in names if not name.passing], (0, shot.frames))
    labels = sorted(after, key=lambda label: rank[label.key])
    if move is not None:
        start = Spots(scene, shot, stage, painting, rests[0], _boxes(legends, rests[0]))
        if max(move.start.width / move.end.width, move.end.width / move.start.width) > SCALE_CHANGE:
            wanted = [name for name in names if name.first < move.first]
            before, passed = start.place(wanted, (0, shot.frames))
            labels = _part(before, labels, move, stage)
        else:
            wanted = [name for name in names if name.first < move.last]
            stays = {label.key for label in labels} & {name.key for name in wanted}
            kept = [label for label in labels if label.key in stays and start.keep(label)]
            keys = {label.key for label in kept}
            before, passed = start.place([name for name in wanted if name.key not in keys], (0, shot.frames))
            before = sorted([*kept, *before], key=lambda label: rank[label.key])
            size = (stage.size[0] / painting.unit, stage.size[1] / painting.unit)
            labels = hand_over(before, labels, painting.camera, move, size, float(stage.rate))
        missed = [*missed, *passed]
    limit = MOST if stage.size[0] >= stage.size[1] else MOST_VERTICAL
    labels.sort(key=lambda label: (rank[label.key], label.shown[0]))
    shown = at_most(labels, limit, SHORTEST * float(stage.rate))
    named = {label.key for label in shown}
    lost = [*missed, *(label.key for label in labels)]
    dropped = [name for name in names if name.key in lost and name.key not in named and not name.passing]
    return replace(painting, labels=tuple(shown)), tuple(" ".join(name.texts[0]) for name in dropped)


def _boxes(legends: Sequence[Legend], rest: Rest) -> list[Box]:
    return [legend.box for legend in legends if legend.first <= rest.last and legend.last > rest.first]


def _part(before: Sequence[Label], after: Sequence[Label], move: Move, stage: Stage) -> list[Label]:
    """Names about a change of scale: those before it are gone when it begins, those after it come a moment later."""
    back = move.last + stage.frames(_RETURN)
    leaving = [replace(label, shown=(label.shown[0], min(label.shown[1], move.first))) for label in before]
    coming = [replace(label, shown=(max(label.shown[0], back), label.shown[1])) for label in after]
    least = stage.frames(SHORTEST)
    return [label for label in (*leaving, *coming) if label.shown[1] - label.shown[0] >= min(least, stage.frames(0.5))]
