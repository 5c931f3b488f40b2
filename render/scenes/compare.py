"""Compare: two things side by side, row by row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from pydantic import Field

from render.composition import Layer, Plate
from render.scenes.base import Element
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.entrances import enter, entrance, unroll
from render.scenes.frame import Frame, frame_of
from render.scenes.placing import Placed, mirror
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import Anchor, TextBlock, layout_row


class CompareRow(Element):
    """One point of comparison."""

    label: str = Field(min_length=1, description="what is compared")
    left: str = Field(min_length=1, description="how it is on the left")
    right: str = Field(min_length=1, description="how it is on the right")


@dataclass(frozen=True)
class _Row:
    """A row in its place; `rule` is the height of the line over it."""

    rule: float
    texts: tuple[Placed, ...]


@dataclass(frozen=True)
class _Columns:
    """Where names and values stand, how wide they may be, and the same for labels."""

    left: float
    right: float
    side: Anchor
    width: float
    label: float
    label_side: Anchor
    label_width: float


class CompareScene(DrawnScene):
    """Two columns under their names, a label between them; each row may wait for its word."""

    kind: ClassVar[str] = "compare"
    example: ClassVar[str] = (
        'left: By Suez\nright: By the Cape\nrows:\n- {label: Distance, left: "8,400 miles", right: "11,900 miles"}\n'
        "- {label: Time at sea, left: 26 days, right: 36 days}\n"
    )

    left: str = Field(min_length=1, description="the name of the left column")
    right: str = Field(min_length=1, description="the name of the right column")
    rows: tuple[CompareRow, ...] = Field(min_length=1, max_length=5, description="points of comparison")

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """Names over two columns, values large, the label small: between them, or in 9:16 over them."""
        frame, colours = frame_of(stage), stage.theme.colours
        unit, ground, last = frame.unit, colours.glow, shot.frames
        columns = self._columns(frame)
        begin = entrance(stage, shot, ("left",))
        name_style = display(stage, stage.theme.sizes.chapter * unit)
        names = layout_row((self.left, self.right), name_style, columns.width, 1, 0.7 * name_style.size)
        if any(name.overflow for name in names):
            names = layout_row((self.left, self.right), name_style, columns.width, 2, 44 * unit)
        head = max(block.height for block in names) + 40 * unit
        room = (frame.body_bottom - frame.body_top - head) / len(self.rows)
        labels, values, height = self._fit_rows(stage, columns, room)
        top = frame.middle - (head + height * len(self.rows)) / 2
        texts = [
            Placed(names[0], columns.left, top, colours.accent, ground, begin, last),
            Placed(names[1], columns.right, top, colours.second, ground, begin, last, columns.side),
        ]
        rows: list[_Row] = []
        for index, label in enumerate(labels):
            first = entrance(stage, shot, ("rows", index), order=2 + 2 * index)
            y = top + head + height * index
            pair = values[2 * index : 2 * index + 2]
            tallest = max(block.height for block in pair)
            if frame.vertical:
                label_top = y + (height - label.height - tallest) / 2
                value_top = label_top + label.height
                downs = [value_top, value_top]
            else:
                label_top = y + (height - label.height) / 2
                downs = [y + (height - block.height) / 2 for block in pair]
            placed = (
                Placed(pair[0], columns.left, downs[0], colours.ink, ground, first, last),
                Placed(label, columns.label, label_top, colours.muted, ground, first, last, columns.label_side),
                Placed(pair[1], columns.right, downs[1], colours.ink, ground, first, last, columns.side),
            )
            rows.append(_Row(y, placed))
        if names[0].right_to_left:
            texts = [mirror(placed, frame) for placed in texts]
            rows = [replace(row, texts=tuple(mirror(placed, frame) for placed in row.texts)) for row in rows]
        svg = draw_layers("compare", stage, names=texts, rows=rows)
        layers = [Layer("names", Plate(svg["names"]), begin, motion=enter(stage, begin))]
        for number, drawn in enumerate(rows, 1):
            first = drawn.texts[0].first
            layers.append(
                Layer(f"rule-{number}", Plate(svg[f"rule-{number}"]), first, motion=unroll(stage, first, 0.5))
            )
            layers.append(Layer(f"row-{number}", Plate(svg[f"row-{number}"]), first, motion=enter(stage, first)))
        return Layout(
            tuple(layers),
            (*texts, *(placed for drawn in rows for placed in drawn.texts)),
            motif="horizon",
            strength=0.7,
        )

    def _columns(self, frame: Frame) -> _Columns:
        """Two columns at the edges with labels between them; in 9:16 two halves, both flush left, with labels over them."""
        if frame.vertical:
            left, (right, _) = frame.left, frame.columns(7, 12)
            width = right - left - 24 * frame.unit
            return _Columns(left, right, "start", width, left, "start", frame.text_width)
        label_width = 360 * frame.unit
        width = (frame.text_width - label_width) / 2 - 24 * frame.unit
        return _Columns(frame.left, frame.right, "end", width, frame.width / 2, "middle", label_width)

    def _fit_rows(self, stage: Stage, columns: _Columns, room: float) -> tuple[list[TextBlock], list[TextBlock], float]:
        """Labels, values (left, right, left, …), each of one size, and the height of a row: as large as `room` a row allows."""
        frame, sizes = frame_of(stage), stage.theme.sizes
        unit, few = frame.unit, len(self.rows) <= 3
        label_size = (48 if few else sizes.label) * unit
        size = (sizes.list + (12 if few else 0)) * frame.type_unit
        lines = 2 if frame.vertical else 1
        said = [value for row in self.rows for value in (row.left, row.right)]
        while True:
            labels = layout_row(
                [row.label for row in self.rows], text(stage, label_size), columns.label_width, lines, 32 * unit
            )
            style = text(stage, size, weight=600, tabular=True, leading=1.2)
            values = layout_row(said, style, columns.width, 1, max(min(size, 36 * unit), 0.68 * size))
            if any(value.overflow for value in values):
                values = layout_row(said, style, columns.width, lines, min(size, 36 * unit))
            tallest = max(block.height for block in values)
            if frame.vertical:
                tallest += max(label.height for label in labels)
            if tallest + 28 * unit <= room or size <= 36 * unit:
                most = tallest + (72 if frame.vertical else 88 if few else 64) * unit
                return labels, values, min(room, most)
            size *= 0.96
