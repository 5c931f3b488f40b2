"""What every chart has: a title, a unit, the room that they leave for the plot, colours, and ways to name what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from render.charts import Scale, nice_ticks
from render.composition import Key, Layer, Motion
from render.scenes.chart_data import Line, Point
from render.scenes.counter import decimals_of, write_number
from render.scenes.entrances import enter, entrance, opening
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import TextBlock, layout_row, layout_text

Drawing = tuple[list[Layer], list[Placed]]
"""A plot's layers, bottom first, and the texts among them."""

GROWS = 0.9
"""Seconds that a bar takes to grow (VISUAL.md, Charts: 0.8 to 1.2, once)."""
SAID = 0.12
"""Seconds after a bar began to grow that its figure enters."""
_ROW = 0.12
_ROWS = 0.5
"""Seconds between parts that do not wait for a word, and of all of them (VISUAL.md, Motion: 80 to 120 ms, 500 in all)."""
_MOST_NAMES = 7
_QUIET = 0.62
"""How much of the quiet text's colour is in a bar that is not the one to look at: 3:1 to its ground, and no more."""


@dataclass(frozen=True)
class Head:
    """Title and unit drawn, and the plot's edges in pixels under them."""

    svg: str
    texts: tuple[Placed, ...]
    first: int
    motion: Motion
    left: float
    top: float
    right: float
    bottom: float


def draw_head(title: str, unit_name: str, shot: Shot, stage: Stage) -> Head:
    """Title and unit at the top left, under the chapter's strap where there is one."""
    frame, colours, sizes = frame_of(stage), stage.theme.colours, stage.theme.sizes
    unit, large, last = frame.unit, frame.type_unit, shot.frames
    first = entrance(stage, shot, ("title",))
    top = frame.body_top if shot.opens_chapter else frame.top + 32 * unit
    heading = _heading(title, stage)
    texts = [Placed(heading, frame.left, top, colours.ink, colours.glow, first, last)]
    if unit_name:
        said = layout_text(
            unit_name, text(stage, sizes.label * large), frame.text_width, 1, min_size=32 * unit, max_characters=None
        )
        texts.append(Placed(said, frame.left, texts[0].bottom + 4 * unit, colours.muted, colours.glow, first, last))
    svg = draw_layers("chart_head", stage, texts=texts)["head"]
    return Head(
        svg=svg,
        texts=tuple(texts),
        first=first,
        motion=enter(stage, first),
        left=frame.left,
        top=texts[-1].bottom + 40 * unit,
        right=frame.right,
        bottom=frame.body_bottom,
    )


def _heading(title: str, stage: Stage) -> TextBlock:
    """The title on one line where that can be; in 9:16 no larger than that leaves the plot its height."""
    frame, size = frame_of(stage), stage.theme.sizes.quote
    one = layout_text(title, display(stage, size * frame.type_unit), frame.text_width, 1, max_characters=None)
    if not one.overflow:
        return one
    least = 52 * frame.unit
    return layout_text(
        title, display(stage, size * frame.unit), frame.text_width, 2, min_size=least, max_characters=None
    )


@dataclass(frozen=True)
class Grid:
    """Round values at the left of a plot and the lines that they stand at; `left` is where the plot begins."""

    labels: list[Placed]
    rules: list[tuple[float, bool]]
    left: float


def draw_grid(scale: Scale, ticks: Sequence[float], head: Head, shot: Shot, stage: Stage) -> Grid:
    """The ticks' labels and rules (y, whether it is zero)."""
    unit, large, colours = frame_of(stage).unit, frame_of(stage).type_unit, stage.theme.colours
    style = text(stage, stage.theme.sizes.axis * large, tabular=True)
    decimals, language = max(decimals_of(tick) for tick in ticks), stage.script.front.language
    blocks = [layout_text(write_number(tick, decimals if tick else 0, language), style) for tick in ticks]
    left = head.left + max(block.width for block in blocks) + 28 * unit
    labels = [
        Placed(block, left - 28 * unit, scale(tick) - block.height / 2, colours.muted, colours.glow, head.first,
               shot.frames, "end")
        for block, tick in zip(blocks, ticks, strict=True)
    ]  # fmt: skip
    return Grid(labels, [(round(scale(tick), 2), tick == 0) for tick in ticks], left)


def amount_scale(values: Sequence[float], top: float, bottom: float) -> tuple[Scale, list[float]]:
    """A scale from zero between round ticks, and the ticks: for amounts whose figures are not all written."""
    ticks = nice_ticks(min(0.0, *values), max(0.0, *values))
    return Scale(ticks[0], ticks[-1], bottom, top), ticks


def blend(one: str, other: str, share: float) -> str:
    """`share` of one colour in another, both `#rrggbb`."""
    mixed = (round(int(one[at : at + 2], 16) * share + int(other[at : at + 2], 16) * (1 - share)) for at in (1, 3, 5))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def quiet(stage: Stage) -> str:
    """The colour of a bar that is not the one to look at."""
    return blend(stage.theme.colours.muted, stage.theme.colours.glow, _QUIET)


def legible(fill: str, stage: Stage) -> str:
    """The colour of a text beside what is filled with `fill`: a quiet bar's is too dark for small type."""
    return stage.theme.colours.muted if fill == quiet(stage) else fill


def fills(lines: Sequence[Line], stage: Stage) -> list[str]:
    """A colour for each line: its own, else the theme's in order, the accent first."""
    colours = stage.theme.colours
    palette = [colours.accent, colours.second, colours.third, colours.muted, quiet(stage)]
    taken = {stage.theme.colour(line.colour) for line in lines if line.colour}
    spare = [colour for colour in palette if colour not in taken] or palette
    chosen, own = [], 0
    for line in lines:
        if line.colour:
            chosen.append(stage.theme.colour(line.colour))
        else:
            chosen.append(spare[own % len(spare)])
            own += 1
    return chosen


def moments(points: Sequence[Point], shot: Shot, stage: Stage) -> list[int]:
    """The frame on which each point enters: at its word, else one after another from the opening."""
    step = min(_ROW, _ROWS / max(1, len(points) - 1))
    return [
        entrance(stage, shot, point.path) if waits(point, shot) else opening(stage, shot) + stage.frames(0.4 + index * step)
        for index, point in enumerate(points)
    ]  # fmt: skip


def waits(point: Point, shot: Shot) -> bool:
    """True for a point that the narrator names."""
    return bool(point.path) and point.path in shot.at


def grow(first: int, stage: Stage) -> Motion:
    """Uncover a bar once."""
    return Motion(reveal=(Key(first, 0.0), Key(first + stage.frames(GROWS), 1.0, "enter")))


def figures(values: Sequence[float], stage: Stage) -> list[str]:
    """Values as they are written, all with the decimals that one of them needs."""
    decimals = max(decimals_of(value) for value in values)
    return [write_number(value, decimals, stage.script.front.language) for value in values]


_APART = 24
"""Pixels at 1080 lines between two names under an axis, at least: nearer than that, years read as one number."""


def name_style_row(labels: Sequence[str], slot: float, stage: Stage, least: float = 32) -> list[TextBlock]:
    """Labels under the bars of a plot, at most two lines and `slot` pixels wide each, at one size."""
    unit, large = frame_of(stage).unit, frame_of(stage).type_unit
    wide = min(0.94 * slot, slot - _APART * unit)
    return layout_row(labels, text(stage, stage.theme.sizes.label * large), wide, 2, least * unit)


def thinned(names: Sequence[TextBlock], places: Sequence[float], first: set[int], gap: float) -> list[int]:
    """The names that stand under an axis: those that must (`first`), the ends, then some evenly between, where there is room."""
    every = -(-len(names) // _MOST_NAMES)
    chosen: list[int] = []
    for number in dict.fromkeys([*sorted(first), 0, len(names) - 1, *range(0, len(names), every)]):
        clear = (
            abs(places[number] - places[other]) >= (names[number].width + names[other].width) / 2 + gap
            for other in chosen
        )
        if all(clear):
            chosen.append(number)
    return sorted(chosen)
