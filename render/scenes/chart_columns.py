"""The columns of a stacked chart: how high and how wide, where each stands, and what is written under, over and beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from render.charts import Scale, bar_scale, rounded_shares
from render.scenes.chart_data import Line
from render.scenes.chart_parts import Head, figures, name_style_row, thinned, waits
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import text
from render.stage import Shot, Stage
from render.text import TextBlock, layout_row, layout_text

_SHARE = 0.62
_WIDEST = 240


@dataclass(frozen=True)
class Columns:
    """`values` by column, upwards from zero; `scale` upwards, `middles` and `width` of the columns, all in pixels.

    `ends` are the words beside the last column, from `right` on; `totals` stand `over` the columns; `labels` are the names under those
    that are `shown`, which is not all of them where they are many.
    """

    values: list[list[float]]
    tops: list[float]
    scale: Scale
    middles: list[float]
    width: float
    right: float
    ends: list[TextBlock]
    totals: list[TextBlock]
    over: float
    shown: Sequence[int]
    labels: list[Placed]


def plan_columns(lines: Sequence[Line], head: Head, shot: Shot, stage: Stage, *, shared: bool) -> Columns:
    """Lay the columns out: as wide as what stands beside them leaves them; `shared`, of a hundred each."""
    unit, count = frame_of(stage).unit, len(lines[0].points)
    values, tops, bottoms = _values(lines, shared=shared)
    ends = _end_labels(lines, values[-1], stage, shared=shared, width=(head.right - head.left) * 0.36)
    right = head.right - max(block.width for block in ends) - 36 * unit
    slot = (right - head.left) / count
    names, crowded = _names([point.label for point in lines[0].points], slot, stage)
    totals = [] if shared else _totals(values, 400 * unit if crowded else slot * 0.86, stage)
    foot = max(name.height for name in names) + 20 * unit
    over = totals[0].height + 12 * unit if totals else 0.0
    # A wide column stands at the edge of its names, so that they are beside it.
    middles = [head.left + slot * (number + 0.5) for number in range(count)]
    spoken = {
        number for line in lines for number, point in enumerate(line.points) if waits(point, shot) or point.highlight
    }
    shown = thinned(names, middles, spoken, 24 * unit) if crowded else range(count)
    colours, y = stage.theme.colours, head.bottom - foot + 20 * unit
    return Columns(
        values=values,
        tops=tops,
        scale=bar_scale([*tops, *bottoms], head.top + over, head.bottom - foot),
        middles=middles,
        width=min(_WIDEST * unit, slot * (0.8 if crowded else _SHARE)),
        right=right,
        ends=ends,
        totals=totals,
        over=over,
        shown=shown,
        labels=[
            Placed(names[at], middles[at], y, colours.muted, colours.glow, head.first, shot.frames, "middle")
            for at in shown
        ],
    )


def _values(lines: Sequence[Line], *, shared: bool) -> tuple[list[list[float]], list[float], list[float]]:
    """The values by column, and how high and how low each reaches; shares are of a hundred."""
    columns = [[line.points[number].value for line in lines] for number in range(len(lines[0].points))]
    tops = [sum(value for value in column if value > 0) for column in columns]
    bottoms = [sum(value for value in column if value < 0) for column in columns]
    if shared:
        columns = [[value / top * 100 for value in column] for column, top in zip(columns, tops, strict=True)]
        tops = [100.0] * len(columns)
    return columns, tops, bottoms


def _totals(columns: Sequence[Sequence[float]], width: float, stage: Stage) -> list[TextBlock]:
    """What each column adds up to."""
    frame = frame_of(stage)
    style = text(stage, 44 * frame.type_unit, weight=600, tabular=True)
    written = figures([round(sum(column), 9) for column in columns], stage)
    return layout_row(written, style, width, 1, 34 * frame.unit)


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
