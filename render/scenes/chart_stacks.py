"""Columns made of parts: amounts on each other, or shares of a hundred, each part named beside the last column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from render.charts import Scale, bar_scale, rounded_shares, spread_labels
from render.composition import Layer, Plate
from render.scenes.chart_data import Line
from render.scenes.chart_parts import (
    SAID,
    Drawing,
    Head,
    figures,
    fills,
    grow,
    legible,
    moments,
    name_style_row,
    thinned,
    waits,
)
from render.scenes.entrances import enter, entrance
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import TextBlock, layout_row, layout_text

if TYPE_CHECKING:
    from render.scenes.chart import ChartScene

_SHARE = 0.62
_WIDEST = 240
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
    frame, colours = frame_of(stage), stage.theme.colours
    unit, large, last, ground = frame.unit, frame.type_unit, shot.frames, stage.theme.colours.glow
    shared, count = scene.type == "share", len(lines[0].points)
    columns = [[line.points[number].value for line in lines] for number in range(count)]
    tops = [sum(value for value in column if value > 0) for column in columns]
    bottoms = [sum(value for value in column if value < 0) for column in columns]
    if shared:
        columns = [[value / top * 100 for value in column] for column, top in zip(columns, tops, strict=True)]
        tops = [100.0] * count
    hues = fills(lines, stage)
    ends = _end_labels(lines, columns[-1], stage, shared=shared, width=(head.right - head.left) * 0.36)
    right = head.right - max(block.width for block in ends) - 36 * unit
    slot = (right - head.left) / count
    names, crowded = _names([point.label for point in lines[0].points], slot, stage)
    size = text(stage, 44 * large, weight=600, tabular=True)
    totals = [] if shared else layout_row(
        figures([round(sum(column), 9) for column in columns], stage), size, 400 * unit if crowded else slot * 0.86, 1, 34 * unit
    )  # fmt: skip
    foot = max(name.height for name in names) + 20 * unit
    over = totals[0].height + 12 * unit if totals else 0.0
    scale = bar_scale([*tops, *bottoms], head.top + over, head.bottom - foot)
    width = min(_WIDEST * unit, slot * (0.8 if crowded else _SHARE))
    # A wide column stands at the edge of its names, so that they are beside it.
    middles = [head.left + slot * (number + 0.5) for number in range(count)]
    first = _moments(lines, shot, stage)
    parts = [
        _stack(columns[number], scale, middles[number] - width / 2, width, hues, first[number], _GAP * unit)
        for number in range(count)
    ]
    spoken = {
        number for line in lines for number, point in enumerate(line.points) if waits(point, shot) or point.highlight
    }
    shown = thinned(names, middles, spoken, 24 * unit) if crowded else range(count)
    labels = [
        Placed(names[number], middles[number], head.bottom - foot + 20 * unit, colours.muted, ground, head.first, last, "middle")
        for number in shown
    ]  # fmt: skip
    stood = [max(moments_) for moments_ in first]
    said = {
        number: Placed(totals[number], middles[number], scale(tops[number]) - over, colours.ink, ground,
                       min(stood[number] + stage.frames(SAID), last - 1), last, "middle")
        for number in (shown if totals else ())
    }  # fmt: skip
    beside = _beside(ends, parts[-1], head, right + 36 * unit, hues, shot, stage)
    drawn = [(number, group) for number, column in enumerate(parts, 1) for group in _together(column)]
    svg = draw_layers(
        "chart_stacks",
        stage,
        groups=[{"id": f"part-{index}", "parts": group} for index, (_, group) in enumerate(drawn, 1)],
        totals=[{"number": number + 1, "text": placed} for number, placed in said.items()],
        names=beside,
        labels=labels,
        zero=round(scale(0.0), 2),
        left=head.left,
        right=round(right, 2),
    )
    layers = [Layer("axis", Plate(svg["axis"]), head.first, motion=enter(stage, head.first, travel=0))]
    for index, (_, group) in enumerate(drawn, 1):
        plate = Plate(svg[f"part-{index}"], reveal="top" if group[0].down else "bottom")
        layers.append(Layer(f"part-{index}", plate, group[0].first, motion=grow(group[0].first, stage)))
    for number, placed in said.items():
        motion = enter(stage, placed.first)
        layers.append(Layer(f"total-{number + 1}", Plate(svg[f"total-{number + 1}"]), placed.first, motion=motion))
    for index, placed in enumerate(beside, 1):
        motion = enter(stage, placed.first, travel=0)
        layers.append(Layer(f"name-{index}", Plate(svg[f"name-{index}"]), placed.first, motion=motion))
    return layers, [*labels, *said.values(), *beside]


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


def _end_labels(
    lines: Sequence[Line], final: Sequence[float], stage: Stage, *, shared: bool, width: float
) -> list[TextBlock]:
    """Each series' name with its value in the last column."""
    unit, large = frame_of(stage).unit, frame_of(stage).type_unit
    said = [f"{share} %" for share in rounded_shares(final)] if shared else figures(final, stage)
    style = text(stage, 44 * large, weight=600, tabular=True, leading=1.12)
    return layout_row(
        [f"{line.name} {value}" for line, value in zip(lines, said, strict=True)], style, width, 2, 34 * unit
    )


def _names(labels: Sequence[str], slot: float, stage: Stage) -> tuple[list[TextBlock], bool]:
    """The columns' names, and whether there are too many for all of them to be shown."""
    large = frame_of(stage).type_unit
    names = name_style_row(labels, slot, stage)
    if not any(name.overflow for name in names):
        return names, False
    return [layout_text(label, text(stage, stage.theme.sizes.axis * large)) for label in labels], True


def _beside(
    ends: Sequence[TextBlock],
    column: Sequence[_Part],
    head: Head,
    x: float,
    hues: Sequence[str],
    shot: Shot,
    stage: Stage,
) -> list[Placed]:
    """The names at the right, as near as can be to the middles of their parts."""
    wanted = [part.y + part.height / 2 - block.height / 2 for part, block in zip(column, ends, strict=True)]
    tops = spread_labels(wanted, max(block.height for block in ends) + 10 * frame_of(stage).unit, head.top, head.bottom)
    last = shot.frames
    return [
        Placed(
            block,
            x,
            top,
            legible(hue, stage),
            stage.theme.colours.glow,
            min(part.first + stage.frames(SAID), last - 1),
            last,
        )
        for block, top, hue, part in zip(ends, tops, hues, column, strict=True)
    ]
