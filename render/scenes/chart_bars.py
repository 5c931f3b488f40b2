"""Bars: an axis plate, and plates of bars that grow from zero when their word comes. Columns, or rows where names are long."""

from __future__ import annotations

from render.charts import Bar, bar_scale, bars
from render.composition import Layer, Plate
from render.scenes.chart_data import Line, Point
from render.scenes.chart_parts import (
    SAID,
    Drawing,
    Grid,
    Head,
    amount_scale,
    draw_grid,
    figures,
    grow,
    moments,
    name_style_row,
    quiet,
    thinned,
    waits,
)
from render.scenes.chart_rows import draw_rows, rows_fit
from render.scenes.entrances import enter
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import TextBlock, layout_row, layout_text


def draw_bars(lines: tuple[Line, ...], head: Head, shot: Shot, stage: Stage) -> Drawing:
    """Columns with a figure on each; rows where names need the width; where neither fits, columns against round ticks."""
    points = lines[0].points
    slot = (head.right - head.left) / len(points)
    unit, large = frame_of(stage).unit, frame_of(stage).type_unit
    names = name_style_row([point.label for point in points], slot, stage)
    style = text(stage, 48 * large, weight=600, tabular=True)
    written = layout_row(figures([point.value for point in points], stage), style, slot * 0.86, 1, 34 * unit)
    whole = not any(block.overflow for block in (*names, *written))
    roomy = whole and names[0].size >= 36 * unit
    named = any(not point.label[:1].isdigit() for point in points)
    if not roomy and named and rows_fit(points, head, stage):
        return draw_rows(points, fill_bars(points, stage), head, shot, stage)
    return _draw_columns(points, head, shot, stage, crowded=not whole)


def fill_bars(points: tuple[Point, ...], stage: Stage) -> list[str]:
    """The accent for the bars to look at, and a quiet colour beside them; one hue where none stands out."""
    colours = stage.theme.colours
    plain = quiet(stage) if any(point.highlight for point in points) else colours.second
    return [colours.accent if point.highlight else plain for point in points]


def _draw_columns(points: tuple[Point, ...], head: Head, shot: Shot, stage: Stage, *, crowded: bool) -> Drawing:
    frame, colours = frame_of(stage), stage.theme.colours
    unit, large, last = frame.unit, frame.type_unit, shot.frames
    values = [point.value for point in points]
    left = head.left
    foot_style = text(stage, stage.theme.sizes.axis * large)
    if crowded:
        names = [layout_text(point.label, foot_style) for point in points]
    else:
        names = name_style_row([point.label for point in points], (head.right - left) / len(points), stage)
    wide = 400 * unit if crowded else (head.right - left) / len(points) * 0.86
    size = text(stage, (40 if crowded else 48) * large, weight=600, tabular=True)
    written = layout_row(figures(values, stage), size, wide, 1, 34 * unit)
    foot, over = max(name.height for name in names) + 20 * unit, written[0].height + 12 * unit
    below = over if min(values) < 0 else 0.0
    top, bottom = head.top + over, head.bottom - foot - below
    grid: Grid | None = None
    if crowded:
        scale, ticks = amount_scale(values, top, bottom)
        grid = draw_grid(scale, ticks, head, shot, stage)
        left = grid.left
    else:
        scale = bar_scale(values, top, bottom)
    rectangles = bars(values, scale, left, head.right, widest=220 * unit, share=0.76 if crowded else 0.64)
    middles = [bar.x + bar.width / 2 for bar in rectangles]
    spoken = {number for number, point in enumerate(points) if point.highlight or waits(point, shot)}
    shown = thinned(names, middles, spoken, 24 * unit) if crowded else range(len(points))
    labels = [
        Placed(
            names[number], _kept_in(middles[number], names[number], head), head.bottom - foot + 20 * unit,
            colours.ink if crowded and number in spoken else colours.muted, colours.glow, head.first, last, "middle",
        )
        for number in shown
    ]  # fmt: skip
    first = moments(points, shot, stage)
    said = {
        number: Placed(
            written[number], _kept_in(middles[number], written[number], head),
            bar.y + bar.height + 8 * unit if bar.down else _over(rectangles, number, written[number], 8 * unit) - over,
            colours.accent if points[number].highlight else colours.ink, colours.glow,
            min(first[number], last - 1), last, "middle",
        )
        for number, bar in enumerate(rectangles)
        if not crowded or number in spoken
    }  # fmt: skip
    groups = _groups(rectangles, first, fill_bars(points, stage))
    svg = draw_layers(
        "chart_bars",
        stage,
        groups=[{"number": number, "bars": items} for (number, _, _), items in groups],
        values=[{"number": number + 1, "text": placed} for number, placed in said.items()],
        labels=[*labels, *(grid.labels if grid else ())],
        grid=grid.rules if grid else [],
        zero=round(scale(0.0), 2),
        left=round(left, 2),
        right=head.right,
    )
    layers = [Layer("axis", Plate(svg["axis"]), head.first, motion=enter(stage, head.first, travel=0))]
    for (number, moment, down), _ in groups:
        plate = Plate(svg[f"bar-{number}"], reveal="top" if down else "bottom")
        layers.append(Layer(f"bar-{number}", plate, moment, motion=grow(moment, stage)))
    for number in said:
        moment = first[number] + stage.frames(SAID)
        layers.append(
            Layer(f"value-{number + 1}", Plate(svg[f"value-{number + 1}"]), moment, motion=enter(stage, moment))
        )
    return layers, [*labels, *(grid.labels if grid else ()), *said.values()]


def _kept_in(x: float, block: TextBlock, head: Head) -> float:
    """The middle of a text, moved so that it does not leave the plot at the right."""
    return min(x, head.right - block.width / 2)


def _over(rectangles: list[Bar], number: int, block: TextBlock, gap: float) -> float:
    """The highest top of a bar and of those neighbours over which its figure stands."""
    bar, reach = rectangles[number], block.width / 2 + gap
    middle = bar.x + bar.width / 2
    near = [other for other in rectangles if other.x < middle + reach and other.x + other.width > middle - reach]
    return min(other.y for other in near)


_Group = tuple[tuple[int, int, bool], list[dict[str, object]]]


def _groups(rectangles: list[Bar], first: list[int], colours: list[str]) -> list[_Group]:
    """Bars that grow together, up or down from zero, as one plate: (number of the first, frame, downwards) and the bars."""
    found: dict[tuple[int, bool], _Group] = {}
    for number, (bar, moment, fill) in enumerate(zip(rectangles, first, colours, strict=True), 1):
        _, items = found.setdefault((moment, bar.down), ((number, moment, bar.down), []))
        items.append({"bar": bar, "fill": fill})
    return list(found.values())
