"""The plot of a line or area chart: its scales, its grid, where each course runs and where its name stands at its end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from render.charts import Scale, line_scale, spread_labels
from render.scenes.chart_data import Line
from render.scenes.chart_data import Point as Datum
from render.scenes.chart_parts import Head, amount_scale, draw_grid, thinned, waits
from render.scenes.counter import decimals_of, write_number
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import text
from render.stage import Shot, Stage
from render.text import TextBlock, TextStyle, layout_row, layout_text

if TYPE_CHECKING:
    from render.scenes.chart import ChartScene

_BREAK = 72
"""Room, at 1080 lines, between zero and the lowest tick of a broken axis."""

Point = tuple[float, float]


@dataclass(frozen=True)
class LinePlot:
    """Everything in its place, in pixels: `up` is the upward scale, `rules` are heights and whether one is zero, `labels` those of
    the ticks and of the points below.

    `curves` are the courses' points; `ends` the words at their ends, the tops of which are `tops`. `broken` are the heights between
    which an axis that does not begin at zero is broken.
    """

    up: Scale
    rules: list[tuple[float, bool]]
    labels: list[Placed]
    left: float
    right: float
    top: float
    bottom: float
    curves: list[list[Point]]
    ends: list[TextBlock]
    tops: list[float]
    broken: tuple[float, float] | None


def plan_plot(scene: ChartScene, lines: tuple[Line, ...], head: Head, shot: Shot, stage: Stage) -> LinePlot:
    """Lay the plot out: as wide as the names at its right leave it, its axis from zero or broken."""
    frame, area = frame_of(stage), scene.type == "area"
    unit, piled = frame.unit, area and len(lines) > 1
    axis = text(stage, stage.theme.sizes.axis * frame.type_unit, tabular=True)
    names = [layout_text(point.label, axis) for point in lines[0].points]
    ends = _end_blocks(lines, head, stage)
    right = head.right - max(*(block.width + 32 * unit for block in ends), names[-1].width / 2)
    bottom = head.bottom - axis.size * axis.leading - 20 * unit
    heights = _heights(lines, piled=piled)
    up, ticks, floor = _scale(scene, heights, head.top + 20 * unit, bottom, unit)
    grid = draw_grid(up, ticks, head, shot, stage)
    rules, labels = grid.rules, grid.labels
    if floor is not None:
        rules, labels = [(floor, True), *rules], [_zero(floor, grid.left, axis, head, shot, stage), *labels]
    across = Scale(0, len(names) - 1, grid.left + _inset(lines, names, shot, stage, area=area), right)
    places = [across(number) for number in range(len(names))]
    labels = labels + _below(names, places, spoken_points(lines, shot), bottom + 20 * unit, head, shot, stage)
    curves = [[(round(x, 2), round(up(value), 2)) for x, value in zip(places, row, strict=True)] for row in heights]
    wanted = _end_tops(curves, ends, up, piled=piled)
    tops = spread_labels(wanted, max(block.height for block in ends) + 8 * unit, head.top, bottom + 8 * unit)
    return LinePlot(
        up=up,
        rules=rules,
        labels=labels,
        left=grid.left,
        right=right,
        top=head.top,
        bottom=bottom,
        curves=curves,
        ends=ends,
        tops=tops,
        broken=(round(floor, 2), round(up(ticks[0]), 2)) if floor is not None else None,
    )


def figure_style(stage: Stage) -> TextStyle:
    """How a value beside its point is set."""
    return text(stage, 44 * frame_of(stage).type_unit, weight=600, tabular=True, leading=1.15)


def speaks(point: Datum, shot: Shot) -> bool:
    """True for a point that the narrator names or that is highlighted."""
    return point.highlight or waits(point, shot)


def spoken_points(lines: tuple[Line, ...], shot: Shot) -> set[int]:
    """The numbers of such points."""
    return {number for line in lines for number, point in enumerate(line.points) if speaks(point, shot)}


def value_text(datum: Datum, language: str) -> str:
    """A point's value as it is written."""
    return write_number(datum.value, decimals_of(datum.value), language)


def _end_blocks(lines: tuple[Line, ...], head: Head, stage: Stage) -> list[TextBlock]:
    """Each course's name with its last value, of one size."""
    frame, language = frame_of(stage), stage.script.front.language
    width = min(460 * frame.unit, (head.right - head.left) * (0.34 if frame.vertical else 0.3))
    style = text(stage, 48 * frame.type_unit, weight=600, tabular=True, leading=1.15)
    return layout_row([_end_label(line, language) for line in lines], style, width, 2, 36 * frame.unit)


def _inset(lines: tuple[Line, ...], names: list[TextBlock], shot: Shot, stage: Stage, *, area: bool) -> float:
    """How far from the axis the first point stands, for what is written under it and beside it; an area begins at the axis."""
    language, style = stage.script.front.language, figure_style(stage)
    starts = [
        layout_text(value_text(line.points[0], language), style).width for line in lines if speaks(line.points[0], shot)
    ]
    return 0.0 if area and not starts else max([names[0].width, *starts]) / 2 + 12 * frame_of(stage).unit


def _zero(floor: float, left: float, axis: TextStyle, head: Head, shot: Shot, stage: Stage) -> Placed:
    """The label of zero under a broken axis."""
    unit, colours, zero = frame_of(stage).unit, stage.theme.colours, layout_text("0", axis)
    y = floor - zero.height / 2
    return Placed(zero, left - 28 * unit, y, colours.muted, colours.glow, head.first, shot.frames, "end")


def _below(
    names: list[TextBlock], places: list[float], spoken: set[int], y: float, head: Head, shot: Shot, stage: Stage
) -> list[Placed]:
    """The points' names under the plot, as many as keep apart; those that are spoken of brighter."""
    colours = stage.theme.colours
    return [
        Placed(
            names[number], places[number], y, colours.ink if number in spoken else colours.muted, colours.glow,
            head.first, shot.frames, "middle",
        )
        for number in thinned(names, places, spoken, 24 * frame_of(stage).unit)
    ]  # fmt: skip


def _heights(lines: tuple[Line, ...], *, piled: bool) -> list[list[float]]:
    """Each line's values; of areas on each other, the sum up to each."""
    rows = [[point.value for point in line.points] for line in lines]
    if piled:
        for under, over in pairwise(rows):
            over[:] = [one + other for one, other in zip(under, over, strict=True)]
    return rows


def _scale(
    scene: ChartScene, heights: list[list[float]], top: float, bottom: float, unit: float
) -> tuple[Scale, list[float], float | None]:
    """The upward scale, its ticks, and the zero under a broken axis."""
    values = [value for row in heights for value in row]
    if scene.type == "area":
        scale, ticks = amount_scale(values, top, bottom)
        return scale, ticks, None
    scale, ticks = line_scale(values, top, bottom, scene.from_)
    if ticks[0] <= 0:
        return scale, ticks, None
    scale, ticks = line_scale(values, top, bottom - _BREAK * unit, scene.from_)
    return scale, ticks, bottom


def _end_tops(curves: list[list[Point]], ends: list[TextBlock], up: Scale, *, piled: bool) -> list[float]:
    """Where the names at the right would like to be: at the end of their line, or in the middle of their area."""
    wanted = []
    for index, block in enumerate(ends):
        y = curves[index][-1][1]
        if piled:
            y = (y + (curves[index - 1][-1][1] if index else up(0.0))) / 2
        base = block.baseline() - block.cap_height / 2 if len(block.lines) == 1 else block.height / 2
        wanted.append(y - base)
    return wanted


def _end_label(line: Line, language: str) -> str:
    value = value_text(line.points[-1], language)
    return f"{line.name} {value}" if line.name else value
