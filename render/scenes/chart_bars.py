"""Bars: an axis plate, and a plate a bar that grows from zero when its word comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from render.charts import Bar, bar_scale, bars
from render.composition import Key, Layer, Motion, Plate
from render.scenes.chart_parts import Head
from render.scenes.counter import decimals_of, write_number
from render.scenes.entrances import enter, entrance, opening
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import layout_row

if TYPE_CHECKING:
    from render.scenes.chart import ChartScene

_GROWS = 0.9
"""Seconds (VISUAL.md, Charts: 0.8 to 1.2, once)."""
_ROW = 0.12
"""Seconds between bars that do not wait for a word."""


def draw_bars(scene: ChartScene, head: Head, shot: Shot, stage: Stage) -> tuple[list[Layer], list[Placed]]:
    """Axis, bars, values over them and labels under them."""
    frame, colours, sizes = frame_of(stage), stage.theme.colours, stage.theme.sizes
    unit, ground, last = frame.unit, colours.glow, shot.frames
    values = [datum.value for datum in scene.data]
    slot = (head.right - head.left) / len(values)
    names = layout_row(
        [datum.label for datum in scene.data], text(stage, sizes.label * unit), slot * 0.94, 2, 30 * unit
    )
    decimals = max(decimals_of(value) for value in values)
    written = [write_number(value, decimals, stage.script.front.language) for value in values]
    figures = layout_row(written, text(stage, 48 * unit, weight=600, tabular=True), slot * 0.94, 1, 30 * unit)
    foot, over = max(name.height for name in names) + 20 * unit, figures[0].height + 12 * unit
    below = over if min(values) < 0 else 0.0
    scale = bar_scale(values, head.top + over, head.bottom - foot - below)
    rectangles = bars(values, scale, head.left, head.right, widest=220 * unit)
    zero = round(scale(0.0), 2)
    texts: list[Placed] = []
    labels: list[Placed] = []
    for index, (bar, name, figure) in enumerate(zip(rectangles, names, figures, strict=True)):
        first = entrance(stage, shot, ("data", index)) if ("data", index) in shot.at else _in_row(stage, shot, index)
        middle = bar.x + bar.width / 2
        labels.append(
            Placed(name, middle, head.bottom - foot + 20 * unit, colours.muted, ground, head.first, last, "middle")
        )
        y = bar.y + bar.height + 8 * unit if bar.down else bar.y - over
        fill = colours.accent if scene.data[index].highlight else colours.ink
        texts.append(Placed(figure, middle, y, fill, ground, min(first, last - 1), last, "middle"))
    plain = colours.land_focus if any(datum.highlight for datum in scene.data) else colours.second
    svg = draw_layers(
        "chart_bars",
        stage,
        bars=[
            {"bar": bar, "fill": colours.accent if datum.highlight else plain, "value": value}
            for bar, datum, value in zip(rectangles, scene.data, texts, strict=True)
        ],
        labels=labels,
        zero=zero,
        left=head.left,
        right=head.right,
    )
    layers = [Layer("axis", Plate(svg["axis"]), head.first, motion=enter(stage, head.first, travel=0))]
    for index, (bar, placed) in enumerate(zip(rectangles, texts, strict=True), 1):
        layers += _grow(index, bar, placed.first, svg, stage)
    return layers, [*labels, *texts]


def _grow(index: int, bar: Bar, first: int, svg: dict[str, str], stage: Stage) -> list[Layer]:
    until = first + stage.frames(_GROWS)
    growth = Motion(reveal=(Key(first, 0.0), Key(until, 1.0, "enter")))
    said = first + stage.frames(0.12)
    return [
        Layer(f"bar-{index}", Plate(svg[f"bar-{index}"], reveal="top" if bar.down else "bottom"), first, motion=growth),
        Layer(f"value-{index}", Plate(svg[f"value-{index}"]), said, motion=enter(stage, said)),
    ]


def _in_row(stage: Stage, shot: Shot, index: int) -> int:
    return opening(stage, shot) + stage.frames(0.4 + index * _ROW)
