"""Lines and areas: axes with round ticks, and a plate a course that is uncovered from the left, as far as the narrator has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from render.composition import Layer, Plate
from render.scenes.chart_course import Course, draw_course
from render.scenes.chart_data import Line
from render.scenes.chart_parts import Drawing, Head, fills, legible
from render.scenes.chart_plot import LinePlot, Point, figure_style, plan_plot, speaks, value_text
from render.scenes.entrances import enter
from render.scenes.frame import Frame, frame_of
from render.scenes.placing import Placed
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import TextBlock, layout_text

if TYPE_CHECKING:
    from render.scenes.chart import ChartScene

_CLEAR = 30
"""Distance, at 1080 lines, of a value from its line."""


@dataclass(frozen=True)
class _Mark:
    """A point of a line with a dot and a value of its own, from frame `first`."""

    at: Point
    fill: str
    value: Placed
    first: int


def draw_lines(scene: ChartScene, lines: tuple[Line, ...], head: Head, shot: Shot, stage: Stage) -> Drawing:
    """Grid and tick labels, then each course with its dots, and name and last value at its end."""
    plot, hues, area = plan_plot(scene, lines, head, shot, stage), fills(lines, stage), scene.type == "area"
    courses = [
        draw_course(line, _shares(points), index, shot, stage)
        for index, (line, points) in enumerate(zip(lines, plot.curves, strict=True))
    ]
    marks = [
        mark
        for index, (line, course) in enumerate(zip(lines, courses, strict=True))
        for mark in _marks(plot, index, line, course, hues[index], shot, stage, area=area)
    ]
    ends = _ends(plot, courses, hues, shot, stage)
    drawn = [
        {"points": points, "fill": hue, "label": end, "under": _under(plot, index) if area else []}
        for index, (points, hue, end) in enumerate(zip(plot.curves, hues, ends, strict=True))
    ]
    svg = draw_layers(
        "chart_lines",
        stage,
        lines=drawn,
        marks=marks,
        labels=plot.labels,
        grid=[(round(y, 2), is_zero) for y, is_zero in plot.rules],
        left=plot.left,
        right=plot.right,
        shade=0.34 if len(lines) == 1 else 0.8,
        broken=plot.broken,
    )
    layers = _layers(svg, head, courses, marks, stage)
    return layers, [*plot.labels, *ends, *(mark.value for mark in marks)]


def _shares(points: list[Point]) -> list[float]:
    """How far along its course each point lies, from 0 to 1."""
    first, last = points[0][0], points[-1][0]
    return [(x - first) / (last - first) for x, _ in points]


def _marks(
    plot: LinePlot, index: int, line: Line, course: Course, hue: str, shot: Shot, stage: Stage, *, area: bool
) -> Iterator[_Mark]:
    """The points of a course that are spoken of, with their values; its last one has that at its end."""
    colours, style, last = stage.theme.colours, figure_style(stage), shot.frames
    for number, datum in enumerate(line.points[:-1]):
        if speaks(datum, shot):
            block = layout_text(value_text(datum, stage.script.front.language), style)
            first = min(course.reached[number], last - 1)
            at = plot.curves[index][number]
            y = _beside(plot, index, number, block, frame_of(stage))
            fill = colours.ink if area else hue
            yield _Mark(at, hue, Placed(block, at[0], y, fill, colours.glow, first, last, "middle"), first)


def _ends(plot: LinePlot, courses: list[Course], hues: Sequence[str], shot: Shot, stage: Stage) -> list[Placed]:
    """Each course's name and last value, from when it is there."""
    x, ground, last = plot.right + 28 * frame_of(stage).unit, stage.theme.colours.glow, shot.frames
    return [
        Placed(block, x, top, legible(hue, stage), ground, min(course.done, last - 1), last)
        for block, top, hue, course in zip(plot.ends, plot.tops, hues, courses, strict=True)
    ]


def _under(plot: LinePlot, index: int) -> list[Point]:
    """The lower edge of an area, from right to left: the area below it, else zero."""
    if index:
        return plot.curves[index - 1][::-1]
    zero = round(plot.up(0.0), 2)
    return [(plot.curves[index][-1][0], zero), (plot.curves[index][0][0], zero)]


def _layers(svg: dict[str, str], head: Head, courses: list[Course], marks: list[_Mark], stage: Stage) -> list[Layer]:
    layers = [Layer("axis", Plate(svg["axis"]), head.first, motion=enter(stage, head.first, travel=0))]
    for number, course in enumerate(courses, 1):
        if f"start-{number}" in svg:
            still = enter(stage, course.first, travel=0)
            layers.append(Layer(f"start-{number}", Plate(svg[f"start-{number}"]), course.first, motion=still))
        layers.append(Layer(f"line-{number}", Plate(svg[f"line-{number}"]), course.first, motion=course.motion))
        arrived = enter(stage, course.done, travel=0)
        layers.append(Layer(f"end-{number}", Plate(svg[f"end-{number}"]), course.done, motion=arrived))
    for number, mark in enumerate(marks, 1):
        said = enter(stage, mark.first, travel=0)
        layers.append(Layer(f"point-{number}", Plate(svg[f"point-{number}"]), mark.first, motion=said))
    return layers


def _beside(plot: LinePlot, index: int, number: int, block: TextBlock, frame: Frame) -> float:
    """The top of a value over or under its point, whichever is nearer, clear of its own line and, where that can be, of the others."""
    curves = plot.curves
    x, y = curves[index][number]
    near, far = x - block.width / 2 - 8 * frame.unit, x + block.width / 2 + 8 * frame.unit
    own = _passed(curves[index], near, far)
    over = min(own) - _CLEAR * frame.unit - block.baseline()
    under = max(own) + _CLEAR * frame.unit - block.cap_top
    fits = {over: over >= plot.top - block.cap_top, under: under + block.height <= plot.bottom}
    others = [_passed(curve, near, far) for other, curve in enumerate(curves) if other != index]

    def cost(place: float) -> tuple[bool, bool, float]:
        first, last = place + block.cap_top - 8 * frame.unit, place + block.baseline() + 8 * frame.unit
        crossed = any(min(heights) < last and max(heights) > first for heights in others if heights)
        return not fits[place], crossed, y - min(own) if place == over else max(own) - y

    return min((over, under), key=cost)


def _passed(points: list[Point], near: float, far: float) -> list[float]:
    """The heights of a line at the ends of its pieces between two places."""
    heights = [y for x, y in points if near <= x <= far]
    for (x1, y1), (x2, y2) in pairwise(points):
        begin, stop = max(x1, near), min(x2, far)
        if begin < stop:
            heights += [y1 + (y2 - y1) * (place - x1) / (x2 - x1) for place in (begin, stop)]
    return heights
