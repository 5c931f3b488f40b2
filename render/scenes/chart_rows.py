"""Bars lying down: for names that are too long to stand under a column."""

from __future__ import annotations

from render.charts import Scale
from render.composition import Layer, Plate
from render.scenes.chart_data import Point
from render.scenes.chart_parts import SAID, Drawing, Head, figures, grow, moments
from render.scenes.entrances import enter
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import Anchor, layout_row

_LEAST, _MOST = 54, 124
"""Height of a row, at 1080 lines."""
_DECK = 74
"""Height from which a row in 9:16 has its name over the bar, so that the bars have the whole width."""
_ROOMY = 104
"""Height from which the names of such rows are as large as other type in 9:16."""
_TWO_LINES = 96
_NAMES, _NAMES_UPRIGHT = 0.38, 0.46
"""Share of the width that names may take beside the bars."""


def rows_fit(points: tuple[Point, ...], head: Head, stage: Stage) -> bool:
    """True when the plot is high enough for that many rows."""
    return len(points) * _LEAST * frame_of(stage).unit <= head.bottom - head.top


def draw_rows(points: tuple[Point, ...], colours: list[str], head: Head, shot: Shot, stage: Stage) -> Drawing:
    """Names at the left or over the bars, bars from a common zero, figures at their ends."""
    frame, theme = frame_of(stage), stage.theme
    unit, last, ground = frame.unit, shot.frames, theme.colours.glow
    height = min((head.bottom - head.top) / len(points), _MOST * unit)
    decked = frame.vertical and height >= _DECK * unit
    large = frame.type_unit if height >= _ROOMY * unit or not decked else unit
    several = 1 if decked or height < _TWO_LINES * unit else 2
    width = (head.right - head.left) * (1 if decked else _NAMES_UPRIGHT if frame.vertical else _NAMES)
    style = text(stage, (36 if decked else theme.sizes.label) * large, leading=1.15)
    names = layout_row([point.label for point in points], style, width, several, 32 * unit)
    values = [point.value for point in points]
    written = layout_row(
        figures(values, stage),
        text(stage, (38 if decked else 44) * large, weight=600, tabular=True),
        width,
        1,
        34 * unit,
    )
    room = max(block.width for block in written) + 20 * unit
    beside = 0.0 if decked else max(block.width for block in names) + 32 * unit
    begin = head.left + beside + (room if min(values) < 0 and not decked else 0)
    low, high = min(0.0, *values), max(0.0, *values)
    scale = Scale(low, high if high > low else low + 1, begin, head.right - (room if high > 0 else 0))
    zero, over = scale(0.0), names[0].height if decked else 0.0
    thick = min((height - over) * 0.62 if decked else height * 0.62, 72 * unit)
    first = moments(points, shot, stage)
    labels, texts, bars = [], [], []
    for number, point in enumerate(points):
        row = head.top + height * number
        middle = row + over + thick / 2 if decked else row + height / 2
        end = scale(point.value)
        name, figure = names[number], written[number]
        fill = theme.colours.ink if point.highlight else theme.colours.muted
        labels.append(
            Placed(name, head.left, row if decked else middle - name.height / 2, fill, ground, head.first, last)
        )
        down = point.value < 0
        # Over the bars stand names: there a figure below zero stands on the free side of its bar.
        out = down and not decked
        x = end - 20 * unit if out else max(end, zero) + 20 * unit
        shade = theme.colours.accent if point.highlight else theme.colours.ink
        moment = min(first[number], last - 1)
        side: Anchor = "end" if out else "start"
        texts.append(Placed(figure, x, middle - figure.height / 2, shade, ground, moment, last, side))
        long = max(abs(end - zero), 2 * unit)
        bars.append(
            {"x": round(zero - long if down else zero, 2), "y": round(middle - thick / 2, 2), "width": round(long, 2),
             "height": round(thick, 2), "fill": colours[number], "value": texts[-1]}
        )  # fmt: skip
    rules = (
        [(bar["y"], bar["height"]) for bar in bars]
        if decked
        else [(round(head.top, 2), round(height * len(points), 2))]
    )
    svg = draw_layers("chart_rows", stage, bars=bars, labels=labels, zero=round(zero, 2), rules=rules)
    layers = [Layer("axis", Plate(svg["axis"]), head.first, motion=enter(stage, head.first, travel=0))]
    for number, (moment, value) in enumerate(zip(first, values, strict=True), 1):
        said = moment + stage.frames(SAID)
        plate = Plate(svg[f"bar-{number}"], reveal="right" if value < 0 else "left")
        layers.append(Layer(f"bar-{number}", plate, moment, motion=grow(moment, stage)))
        layers.append(
            Layer(f"value-{number}", Plate(svg[f"value-{number}"]), said, motion=enter(stage, said, travel=0))
        )
    return layers, [*labels, *texts]
