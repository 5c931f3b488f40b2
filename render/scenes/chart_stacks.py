"""Columns made of parts: amounts on each other, or shares of a hundred, each part named beside the last column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from render.charts import Scale, spread_labels
from render.composition import Layer, Plate
from render.scenes.chart_columns import Columns, plan_columns
from render.scenes.chart_data import Line
from render.scenes.chart_parts import (
    SAID,
    Drawing,
    Head,
    fills,
    grow,
    legible,
    moments,
    waits,
)
from render.scenes.entrances import enter, entrance
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage

if TYPE_CHECKING:
    from render.scenes.chart import ChartScene

_GAP = 3
"""Pixels of ground, at 1080 lines, between two parts."""
_STEP = 0.06
"""Seconds between columns of a series that waits for its word."""


@dataclass(frozen=True)
class _Part:
    """One series in one column: its rectangle in pixels, the frame on which it begins to grow."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    first: int
    down: bool


def draw_stacks(scene: ChartScene, lines: tuple[Line, ...], head: Head, shot: Shot, stage: Stage) -> Drawing:
    """The columns with their totals, names under them, and each series' name and last value at the right."""
    columns, hues = plan_columns(lines, head, shot, stage, shared=scene.type == "share"), fills(lines, stage)
    first, gap = _moments(lines, shot, stage), _GAP * frame_of(stage).unit
    parts = [
        _stack(values, columns.scale, middle - columns.width / 2, columns.width, hues, moments_, gap)
        for values, middle, moments_ in zip(columns.values, columns.middles, first, strict=True)
    ]
    totals = _totals(columns, [max(moments_) for moments_ in first], shot, stage)
    names = _beside(columns, parts[-1], head, hues, shot, stage)
    groups = [group for column in parts for group in _together(column)]
    svg = draw_layers(
        "chart_stacks",
        stage,
        groups=[{"id": f"part-{index}", "parts": group} for index, group in enumerate(groups, 1)],
        totals=[{"number": number + 1, "text": placed} for number, placed in totals.items()],
        names=names,
        labels=columns.labels,
        zero=round(columns.scale(0.0), 2),
        left=head.left,
        right=round(columns.right, 2),
    )
    layers = _layers(svg, head, groups, totals, names, stage)
    return layers, [*columns.labels, *totals.values(), *names]


def _totals(columns: Columns, stood: Sequence[int], shot: Shot, stage: Stage) -> dict[int, Placed]:
    """What stands over the columns that are named, by their numbers, from a moment after each has grown."""
    colours, last = stage.theme.colours, shot.frames
    return {
        number: Placed(
            columns.totals[number], columns.middles[number], columns.scale(columns.tops[number]) - columns.over,
            colours.ink, colours.glow, min(stood[number] + stage.frames(SAID), last - 1), last, "middle",
        )
        for number in (columns.shown if columns.totals else ())
    }  # fmt: skip


def _layers(
    svg: Mapping[str, str],
    head: Head,
    groups: Sequence[Sequence[_Part]],
    totals: Mapping[int, Placed],
    names: Sequence[Placed],
    stage: Stage,
) -> list[Layer]:
    layers = [Layer("axis", Plate(svg["axis"]), head.first, motion=enter(stage, head.first, travel=0))]
    for index, group in enumerate(groups, 1):
        plate = Plate(svg[f"part-{index}"], reveal="top" if group[0].down else "bottom")
        layers.append(Layer(f"part-{index}", plate, group[0].first, motion=grow(group[0].first, stage)))
    for number, placed in totals.items():
        motion = enter(stage, placed.first)
        layers.append(Layer(f"total-{number + 1}", Plate(svg[f"total-{number + 1}"]), placed.first, motion=motion))
    for index, placed in enumerate(names, 1):
        motion = enter(stage, placed.first, travel=0)
        layers.append(Layer(f"name-{index}", Plate(svg[f"name-{index}"]), placed.first, motion=motion))
    return layers


def _moments(lines: Sequence[Line], shot: Shot, stage: Stage) -> list[list[int]]:
    """The frame on which each series of each column begins to grow: at its own word, its series' word, or with its column."""
    rows = moments(lines[0].points, shot, stage)
    out = []
    for number, column in enumerate(rows):
        named = next((line.points[number] for line in lines if waits(line.points[number], shot)), None)
        whole = entrance(stage, shot, named.path) if named else column
        out.append(
            [
                entrance(stage, shot, line.points[number].path)
                if waits(line.points[number], shot)
                else max(entrance(stage, shot, line.path) + stage.frames(_STEP * number), whole if named else 0)
                if line.path in shot.at
                else whole
                for line in lines
            ]
        )
    return out


def _stack(
    values: Sequence[float], scale: Scale, x: float, width: float, hues: Sequence[str], first: Sequence[int], gap: float
) -> list[_Part]:
    """A column's parts, upwards and downwards from zero, in the order of the series."""
    up = down = 0.0
    parts = []
    for value, hue, moment in zip(values, hues, first, strict=True):
        base = down if value < 0 else up
        near, far = scale(base), scale(base + value)
        top, high = min(near, far), abs(far - near)
        inset = min(gap, high / 2) if base else 0.0
        parts.append(
            _Part(round(x, 2), round(top + (inset if value < 0 else 0), 2), round(width, 2), round(high - inset, 2), hue, moment, value < 0)
        )  # fmt: skip
        if value < 0:
            down += value
        else:
            up += value
    return parts


def _together(column: Sequence[_Part]) -> list[list[_Part]]:
    """Neighbours that grow at once and the same way are one plate."""
    seen = sorted((part for part in column if part.height > 0), key=lambda part: part.down)
    return [list(group) for _, group in groupby(seen, key=lambda part: (part.down, part.first))]


def _beside(
    columns: Columns, column: Sequence[_Part], head: Head, hues: Sequence[str], shot: Shot, stage: Stage
) -> list[Placed]:
    """The names at the right, as near as can be to the middles of the last column's parts."""
    unit, ends, last = frame_of(stage).unit, columns.ends, shot.frames
    wanted = [part.y + part.height / 2 - block.height / 2 for part, block in zip(column, ends, strict=True)]
    tops = spread_labels(wanted, max(block.height for block in ends) + 10 * unit, head.top, head.bottom)
    return [
        Placed(
            block, columns.right + 36 * unit, top, legible(hue, stage), stage.theme.colours.glow,
            min(part.first + stage.frames(SAID), last - 1), last,
        )
        for block, top, hue, part in zip(ends, tops, hues, column, strict=True)
    ]  # fmt: skip
