"""Lines: axes with round ticks, and a plate a line that is uncovered from the left, as far as the narrator has come."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from render.charts import Scale, line_scale, spread_labels
from render.composition import Layer, Plate
from render.scenes.chart_course import Course, draw_course
from render.scenes.chart_parts import Head
from render.scenes.counter import decimals_of, write_number
from render.scenes.entrances import enter
from render.scenes.frame import Frame, frame_of
from render.scenes.placing import Placed
from render.scenes.styles import text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import TextBlock, layout_text

if TYPE_CHECKING:
    from render.scenes.chart import ChartScene, Datum, Series

_MOST_TICKS = 7
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


def draw_lines(scene: ChartScene, head: Head, shot: Shot, stage: Stage) -> tuple[list[Layer], list[Placed]]:
    """Grid and tick labels, then each line with its dots, and name and last value at its end."""
    frame, colours, language = frame_of(stage), stage.theme.colours, stage.script.front.language
    unit, ground, last = frame.unit, colours.glow, shot.frames
    lines = scene.lines()
    first_line = lines[0].data
    axis = text(stage, stage.theme.sizes.axis * unit, tabular=True)
    bottom = head.bottom - axis.size * axis.leading - 20 * unit
    values = [datum.value for line in lines for datum in line.data]
    scale, ticks = line_scale(values, head.top + 20 * unit, bottom)
    broken = ticks[0] > 0
    if broken:
        scale, ticks = line_scale(values, head.top + 20 * unit, bottom - _BREAK * unit)
    grid = [(0.0, bottom)] * broken + [(tick, scale(tick)) for tick in ticks]
    decimals = max(decimals_of(tick) for tick in ticks)
    written = [layout_text(write_number(tick, decimals if tick else 0, language), axis) for tick, _ in grid]
    left = head.left + max(block.width for block in written) + 28 * unit
    end_style = text(stage, 48 * unit, weight=600, tabular=True, leading=1.15)
    ends = [layout_text(_end_label(line, language), end_style, 460 * unit, 2, min_size=40 * unit) for line in lines]
    names = [layout_text(datum.label, axis) for datum in first_line]
    right = head.right - max(*(block.width + 32 * unit for block in ends), names[-1].width / 2)
    figures = text(stage, 44 * unit, weight=600, tabular=True, leading=1.15)
    # The first point stands clear of the axis, so that neither its name nor its value touches the ticks' labels.
    starts = [
        layout_text(_value(line.data[0], language), figures).width for line in lines if _speaks(line, 0, shot, scene)
    ]
    inset = max([names[0].width, *starts]) / 2 + 12 * unit
    across = Scale(0, len(first_line) - 1, left + inset, right)
    labels = [
        Placed(block, left - 28 * unit, y - block.height / 2, colours.muted, ground, head.first, last, "end")
        for block, (_, y) in zip(written, grid, strict=True)
    ]
    spoken = {number for line in lines for number in range(len(line.data)) if _speaks(line, number, shot, scene)}
    labels += [
        Placed(
            names[number], across(number), bottom + 20 * unit, colours.ink if number in spoken else colours.muted,
            ground, head.first, last, "middle",
        )
        for number in _named(names, across, spoken, 24 * unit)
    ]  # fmt: skip
    palette = [colours.accent, colours.second, colours.third, colours.muted, colours.land_focus]
    fills = [stage.theme.colour(line.colour) if line.colour else palette[index % 5] for index, line in enumerate(lines)]
    tops = spread_labels(
        [
            scale(line.data[-1].value) - block.baseline() + block.cap_height / 2
            for line, block in zip(lines, ends, strict=True)
        ],
        max(block.height for block in ends) + 8 * unit,
        head.top,
        bottom,
    )
    courses: list[Course] = []
    drawn: list[dict[str, object]] = []
    texts: list[Placed] = []
    marks: list[_Mark] = []
    for index, line in enumerate(lines):
        points = [(round(across(number), 2), round(scale(datum.value), 2)) for number, datum in enumerate(line.data)]
        shares = [(x - points[0][0]) / (points[-1][0] - points[0][0]) for x, _ in points]
        course = draw_course(("series", index) if scene.series else (), shares, index, shot, stage)
        courses.append(course)
        end = Placed(
            ends[index], right + 28 * unit, tops[index], fills[index], ground, min(course.done, last - 1), last
        )
        for number, datum in enumerate(line.data[:-1]):
            if _speaks(line, number, shot, scene):
                block = layout_text(_value(datum, language), figures)
                first = min(course.reached[number], last - 1)
                y = _beside(points, number, block, frame, head.top, bottom)
                value = Placed(block, points[number][0], y, fills[index], ground, first, last, "middle")
                marks.append(_Mark(points[number], fills[index], value, first))
        texts.append(end)
        drawn.append({"points": points, "fill": fills[index], "label": end})
    svg = draw_layers(
        "chart_lines",
        stage,
        lines=drawn,
        marks=marks,
        labels=labels,
        grid=[(round(y, 2), tick == 0) for tick, y in grid],
        left=left,
        right=right,
        broken=(round(bottom, 2), round(scale(ticks[0]), 2)) if broken else None,
    )
    layers = _layers(svg, head, courses, marks, stage)
    return layers, [*labels, *texts, *(mark.value for mark in marks)]


def _layers(svg: dict[str, str], head: Head, courses: list[Course], marks: list[_Mark], stage: Stage) -> list[Layer]:
    layers = [Layer("axis", Plate(svg["axis"]), head.first, motion=enter(stage, head.first, travel=0))]
    for number, course in enumerate(courses, 1):
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


def _end_label(line: Series, language: str) -> str:
    value = _value(line.data[-1], language)
    return f"{line.name} {value}" if line.name else value


def _speaks(line: Series, number: int, shot: Shot, scene: ChartScene) -> bool:
    """True for a point that the narrator names or that is highlighted."""
    path: tuple[str | int, ...] = ("series", scene.series.index(line)) if scene.series else ()
    return line.data[number].highlight or (*path, "data", number) in shot.at


def _named(names: list[TextBlock], across: Scale, spoken: set[int], gap: float) -> list[int]:
    """The points whose names stand under the axis: those spoken of, the ends, then some evenly between, where there is room."""
    every = -(-len(names) // _MOST_TICKS)
    wanted = [*sorted(spoken), 0, len(names) - 1, *range(0, len(names), every)]
    chosen: list[int] = []
    for number in dict.fromkeys(wanted):
        clear = (
            abs(across(number) - across(other)) >= (names[number].width + names[other].width) / 2 + gap
            for other in chosen
        )
        if all(clear):
            chosen.append(number)
    return sorted(chosen)


def _beside(points: list[Point], number: int, block: TextBlock, frame: Frame, top: float, bottom: float) -> float:
    """The top of a value over or under its point, whichever is nearer and clear of the line."""
    x, y = points[number]
    near, far = x - block.width / 2 - 8 * frame.unit, x + block.width / 2 + 8 * frame.unit
    heights = [y]
    for (x1, y1), (x2, y2) in pairwise(points):
        begin, stop = max(x1, near), min(x2, far)
        if begin < stop:
            heights += [y1 + (y2 - y1) * (place - x1) / (x2 - x1) for place in (begin, stop)]
    over = min(heights) - _CLEAR * frame.unit - block.baseline()
    under = max(heights) + _CLEAR * frame.unit - block.cap_top
    fits_over, fits_under = over >= top - block.cap_top, under + block.height <= bottom
    if fits_over and (not fits_under or y - min(heights) <= max(heights) - y):
        return over
    return under
