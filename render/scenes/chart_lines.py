"""Lines and areas: axes with round ticks, and a plate a course that is uncovered from the left, as far as the narrator has come."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from render.charts import Scale, line_scale, spread_labels
from render.composition import Layer, Plate
from render.scenes.chart_course import Course, draw_course
from render.scenes.chart_data import Line
from render.scenes.chart_data import Point as Datum
from render.scenes.chart_parts import Drawing, Head, amount_scale, draw_grid, fills, legible, thinned, waits
from render.scenes.counter import decimals_of, write_number
from render.scenes.entrances import enter
from render.scenes.frame import Frame, frame_of
from render.scenes.placing import Placed
from render.scenes.styles import text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import TextBlock, layout_row, layout_text

if TYPE_CHECKING:
    from render.scenes.chart import ChartScene

_BREAK = 72
"""Room, at 1080 lines, between zero and the lowest tick of a broken axis."""
_CLEAR = 30
"""Distance, at 1080 lines, of a value from its line."""

Point = tuple[float, float]


@dataclass(frozen=True)
class _Mark:
    """A point of a line with a dot and a value of its own, from frame `first`."""

    at: Point
    fill: str
    value: Placed
    first: int


def draw_lines(scene: ChartScene, lines: tuple[Line, ...], head: Head, shot: Shot, stage: Stage) -> Drawing:
    """Grid and tick labels, then each course with its dots, and name and last value at its end."""
    frame, colours, language = frame_of(stage), stage.theme.colours, stage.script.front.language
    unit, large, area = frame.unit, frame.type_unit, scene.type == "area"
    ground, last = colours.glow, shot.frames
    axis = text(stage, stage.theme.sizes.axis * large, tabular=True)
    names = [layout_text(point.label, axis) for point in lines[0].points]
    width = min(460 * unit, (head.right - head.left) * (0.34 if frame.vertical else 0.3))
    end_style = text(stage, 48 * large, weight=600, tabular=True, leading=1.15)
    ends = layout_row([_end_label(line, language) for line in lines], end_style, width, 2, 36 * unit)
    figures = text(stage, 44 * large, weight=600, tabular=True, leading=1.15)
    heights = _heights(lines, piled=area and len(lines) > 1)
    starts = [
        layout_text(_value(line.points[0], language), figures).width for line in lines if _speaks(line.points[0], shot)
    ]
    right = head.right - max(*(block.width + 32 * unit for block in ends), names[-1].width / 2)
    inset = 0.0 if area and not starts else max([names[0].width, *starts]) / 2 + 12 * unit
    bottom = head.bottom - axis.size * axis.leading - 20 * unit
    up, ticks, floor = _scale(scene, heights, head.top + 20 * unit, bottom, unit)
    grid = draw_grid(up, ticks, head, shot, stage)
    rules, labels, left = grid.rules, grid.labels, grid.left
    if floor is not None:
        zero = layout_text("0", axis)
        labels = [
            Placed(zero, left - 28 * unit, floor - zero.height / 2, colours.muted, ground, head.first, last, "end"),
            *labels,
        ]
        rules = [(floor, True), *rules]
    across = Scale(0, len(names) - 1, left + inset, right)
    places = [across(number) for number in range(len(names))]
    spoken = {number for line in lines for number, point in enumerate(line.points) if _speaks(point, shot)}
    labels = labels + [
        Placed(
            names[number], places[number], bottom + 20 * unit, colours.ink if number in spoken else colours.muted,
            ground, head.first, last, "middle",
        )
        for number in thinned(names, places, spoken, 24 * unit)
    ]  # fmt: skip
    hues = fills(lines, stage)
    curves = [[(round(x, 2), round(up(value), 2)) for x, value in zip(places, row, strict=True)] for row in heights]
    tops = spread_labels(
        _end_tops(curves, ends, up, piled=area and len(lines) > 1),
        max(block.height for block in ends) + 8 * unit,
        head.top,
        bottom + 8 * unit,
    )
    courses: list[Course] = []
    drawn: list[dict[str, object]] = []
    texts: list[Placed] = []
    marks: list[_Mark] = []
    for index, (line, points) in enumerate(zip(lines, curves, strict=True)):
        shares = [(x - points[0][0]) / (points[-1][0] - points[0][0]) for x, _ in points]
        course = draw_course(line, shares, index, shot, stage)
        courses.append(course)
        end = Placed(
            ends[index],
            right + 28 * unit,
            tops[index],
            legible(hues[index], stage),
            ground,
            min(course.done, last - 1),
            last,
        )
        for number, datum in enumerate(line.points[:-1]):
            if _speaks(datum, shot):
                block = layout_text(_value(datum, language), figures)
                first = min(course.reached[number], last - 1)
                y = _beside(curves, index, number, block, frame, head.top, bottom)
                value = Placed(
                    block, points[number][0], y, colours.ink if area else hues[index], ground, first, last, "middle"
                )
                marks.append(_Mark(points[number], hues[index], value, first))
        texts.append(end)
        under = _under(curves, index, up, piled=len(lines) > 1) if area else []
        drawn.append({"points": points, "under": under, "fill": hues[index], "label": end})
    svg = draw_layers(
        "chart_lines",
        stage,
        lines=drawn,
        marks=marks,
        labels=labels,
        grid=[(round(y, 2), is_zero) for y, is_zero in rules],
        left=left,
        right=right,
        shade=0.34 if len(lines) == 1 else 0.8,
        broken=(round(floor, 2), round(up(ticks[0]), 2)) if floor is not None else None,
    )
    layers = _layers(svg, head, courses, marks, stage)
    return layers, [*labels, *texts, *(mark.value for mark in marks)]


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


def _under(curves: list[list[Point]], index: int, up: Scale, *, piled: bool) -> list[Point]:
    """The lower edge of an area, from right to left: the area below it, else zero."""
    if piled and index:
        return curves[index - 1][::-1]
    zero = round(up(0.0), 2)
    return [(curves[index][-1][0], zero), (curves[index][0][0], zero)]


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


def _value(datum: Datum, language: str) -> str:
    return write_number(datum.value, decimals_of(datum.value), language)


def _end_label(line: Line, language: str) -> str:
    value = _value(line.points[-1], language)
    return f"{line.name} {value}" if line.name else value


def _speaks(point: Datum, shot: Shot) -> bool:
    """True for a point that the narrator names or that is highlighted."""
    return point.highlight or waits(point, shot)


def _beside(
    curves: list[list[Point]], index: int, number: int, block: TextBlock, frame: Frame, top: float, bottom: float
) -> float:
    """The top of a value over or under its point, whichever is nearer, clear of its own line and, where that can be, of the others."""
    x, y = curves[index][number]
    near, far = x - block.width / 2 - 8 * frame.unit, x + block.width / 2 + 8 * frame.unit
    own = _passed(curves[index], near, far)
    over = min(own) - _CLEAR * frame.unit - block.baseline()
    under = max(own) + _CLEAR * frame.unit - block.cap_top
    fits = {over: over >= top - block.cap_top, under: under + block.height <= bottom}
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
