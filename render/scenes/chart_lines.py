"""Lines: axes with round ticks, and a plate a line that is uncovered from the left, as far as the narrator has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from render.charts import Scale, line_scale, spread_labels
from render.composition import Key, Layer, Motion, Plate
from render.scenes.chart_parts import Head
from render.scenes.counter import decimals_of, write_number
from render.scenes.entrances import enter, entrance, opening
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import layout_text

if TYPE_CHECKING:
    from render.scenes.chart import ChartScene, Series

_GROWS = 1.2
"""Seconds (VISUAL.md, Charts)."""
_MOST_TICKS = 7


def draw_lines(scene: ChartScene, head: Head, shot: Shot, stage: Stage) -> tuple[list[Layer], list[Placed]]:
    """Grid and tick labels, then each line with its dot, name and last value at its end."""
    frame, colours, sizes = frame_of(stage), stage.theme.colours, stage.theme.sizes
    unit, ground, last, language = frame.unit, colours.glow, shot.frames, stage.script.front.language
    lines = scene.lines()
    values = [datum.value for line in lines for datum in line.data]
    axis = text(stage, sizes.axis * unit, tabular=True)
    foot = axis.size * axis.leading + 20 * unit
    scale, ticks = line_scale(values, head.top + 20 * unit, head.bottom - foot)
    decimals = max(decimals_of(tick) for tick in ticks)
    written = [layout_text(write_number(tick, decimals, language), axis) for tick in ticks]
    left = head.left + max(block.width for block in written) + 28 * unit
    ends = [_end_label(line, language) for line in lines]
    end_style = text(stage, 48 * unit, weight=600, tabular=True, leading=1.15)
    end_blocks = [layout_text(label, end_style, 460 * unit, 2, min_size=40 * unit) for label in ends]
    right = head.right - max(block.width for block in end_blocks) - 32 * unit
    labels = [
        Placed(block, left - 28 * unit, scale(tick) - block.height / 2, colours.muted, ground, head.first, last, "end")
        for block, tick in zip(written, ticks, strict=True)
    ]
    across = Scale(0, max(1, len(lines[0].data) - 1), left, right)
    every = -(-len(lines[0].data) // _MOST_TICKS)
    for index in range(0, len(lines[0].data), every):
        block = layout_text(lines[0].data[index].label, axis)
        labels.append(
            Placed(
                block, across(index), head.bottom - foot + 20 * unit, colours.muted, ground, head.first, last, "middle"
            )
        )
    palette = [colours.accent, colours.second, colours.third, colours.muted, colours.land_focus]
    fills = [stage.theme.colour(line.colour) if line.colour else palette[index % 5] for index, line in enumerate(lines)]
    tops = spread_labels(
        [
            scale(line.data[-1].value) - block.baseline() + block.cap_height / 2
            for line, block in zip(lines, end_blocks, strict=True)
        ],
        max(block.height for block in end_blocks) + 8 * unit,
        head.top,
        head.bottom - foot,
    )
    layers: list[Layer] = []
    drawn: list[dict[str, object]] = []
    texts: list[Placed] = []
    motions: list[tuple[Motion, int, int]] = []
    for index, line in enumerate(lines):
        motion, first, done = _growth(scene, index, line, across, shot, stage)
        motions.append((motion, first, done))
        points = [(round(across(number), 2), round(scale(datum.value), 2)) for number, datum in enumerate(line.data)]
        placed = Placed(
            end_blocks[index], right + 28 * unit, tops[index], fills[index], ground, min(done, last - 1), last
        )
        texts.append(placed)
        drawn.append({"points": points, "fill": fills[index], "label": placed})
    grid = [(round(scale(tick), 2), tick == 0) for tick in ticks]
    svg = draw_layers("chart_lines", stage, lines=drawn, labels=labels, grid=grid, left=left, right=right)
    layers.append(Layer("axis", Plate(svg["axis"]), head.first, motion=enter(stage, head.first, travel=0)))
    for number, (motion, first, done) in enumerate(motions, 1):
        layers.append(Layer(f"line-{number}", Plate(svg[f"line-{number}"]), first, motion=motion))
        layers.append(Layer(f"end-{number}", Plate(svg[f"end-{number}"]), done, motion=enter(stage, done, travel=0)))
    return layers, [*labels, *texts]


def _end_label(line: Series, language: str) -> str:
    value = write_number(line.data[-1].value, decimals_of(line.data[-1].value), language)
    return f"{line.name} {value}" if line.name else value


def _growth(
    scene: ChartScene, index: int, line: Series, across: Scale, shot: Shot, stage: Stage
) -> tuple[Motion, int, int]:
    """The line's reveal, the frame it begins and the frame it is whole: it stops before each point that waits for its word."""
    path: tuple[str | int, ...] = ("series", index) if scene.series else ()
    waits_itself = bool(path) and path in shot.at
    first = entrance(stage, shot, path) if waits_itself else opening(stage, shot) + stage.frames(0.5 + 0.3 * index)
    waits = [
        (number, shot.at[(*path, "data", number)])
        for number in range(1, len(line.data))
        if (*path, "data", number) in shot.at
    ]
    length = across.end - across.start
    keys = [Key(first, 0.0)]
    frame, reached = first, 0
    for number, word in waits:
        before = (across(number - 1) - across.start) / length
        if number - 1 > reached:
            frame = min(frame + stage.frames(_GROWS), max(frame + 1, word - stage.frames(0.3)))
            keys.append(Key(frame, before, "both"))
        begin = max(frame + 1, word - stage.frames(0.1))
        keys.append(Key(begin, before))
        frame = begin + stage.frames(0.5)
        keys.append(Key(frame, (across(number) - across.start) / length, "enter"))
        reached = number
    if reached < len(line.data) - 1:
        frame += stage.frames(_GROWS)
        keys.append(Key(frame, 1.0, "both"))
    return Motion(reveal=tuple(keys)), first, min(frame, max(first + 1, shot.frames - 2))
