"""Timeline: two to six events on one line, drawn as far as the narrator has come."""

from __future__ import annotations

from itertools import product
from typing import ClassVar, Literal

from pydantic import Field

from render.bidi_runs import reads_right_to_left
from render.composition import Key, Layer, Motion, Plate
from render.scenes.base import Element
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.entrances import enter, entrance, unroll
from render.scenes.frame import Frame, frame_of
from render.scenes.placing import Placed, mirror
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import TextBlock, TextStyle, layout_heading, layout_row

_Spot = tuple[TextBlock, float, float]
"""A text and where it stands: its left edge and its top."""
_Way = tuple[float, list[tuple[float, float]], list[_Spot], list[_Spot]]
"""Where a timeline begins, its dots, its dates and what happened."""
_DOT = 14
_STACKED = 4
"""In 9:16, more events than these have their dates beside what happened, not over it."""
_ROW = 190
"""Pixels at 1080 lines from one such date to the next, at most."""
_RUNS = 0.6
"""Seconds that the line takes to the next event."""


class TimelineEvent(Element):
    """Something that happened."""

    date: str = Field(min_length=1, description="when, as it is said: a year, a month, a day")
    text: str = Field(min_length=1, description="what, in a few words")


class TimelineScene(DrawnScene):
    """Events in their order, evenly spaced; each may wait for its word."""

    kind: ClassVar[str] = "timeline"
    example: ClassVar[str] = (
        'heading: Three closures\nevents:\n- {date: "1956", text: Blocked with sunken ships}\n'
        '- {date: "1967", text: Shut for eight years}\n- {date: "2021", text: One ship aground}\n'
    )

    heading: str = Field(default="", description="what the events have in common")
    events: tuple[TimelineEvent, ...] = Field(min_length=2, max_length=6, description="the events, earliest first")

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """Dates over a line, what happened under it; in 9:16 the line runs down."""
        frame, colours, sizes = frame_of(stage), stage.theme.colours, stage.theme.sizes
        ground, last, down = colours.glow, shot.frames, frame.vertical
        begin = entrance(stage, shot, ("heading",))
        heading = layout_heading(
            self.heading,
            display(stage, (sizes.chapter if down else sizes.quote) * frame.type_unit),
            frame.text_width,
            2,
            52 * frame.unit,
        )
        head = heading.height + 72 * frame.unit if self.heading else 0.0
        top, dots, dated, said = self._down(stage, frame, head) if down else self._across(stage, frame, head)
        dates: list[Placed] = []
        texts: list[Placed] = []
        for index, ((date, date_x, date_y), (what, what_x, what_y)) in enumerate(zip(dated, said, strict=True)):
            first = entrance(stage, shot, ("events", index), order=2 + 3 * index)
            dates.append(Placed(date, date_x, date_y, colours.accent, ground, first, last))
            texts.append(Placed(what, what_x, what_y, colours.ink, ground, first, last))
        title = Placed(heading, frame.left, top, colours.ink, ground, begin, last)
        rtl = reads_right_to_left(self.heading or self.events[0].text)
        if rtl:
            title = mirror(title, frame)
            dates, texts = ([mirror(placed, frame) for placed in row] for row in (dates, texts))
            dots = [(frame.left + frame.right - x, y) for x, y in dots]
        edge: Literal["left", "right", "top"] = "top" if down else "right" if rtl else "left"
        svg = draw_layers("timeline", stage, heading=title, dates=dates, texts=texts, dots=dots, down=down)
        layers = [Layer("rail", Plate(svg["rail"], reveal=edge), begin, motion=unroll(stage, begin, 0.8))]
        if self.heading:
            layers.append(Layer("heading", Plate(svg["heading"]), begin, motion=enter(stage, begin)))
        for index, entered in enumerate(dates):
            number = index + 1
            if index:
                start = max(0, entered.first - stage.frames(_RUNS / 2))
                run = Motion(reveal=(Key(start, 0.0), Key(start + stage.frames(_RUNS), 1.0, "both")))
                layers.append(
                    Layer(
                        f"run-{number}",
                        Plate(svg[f"run-{number}"], reveal=edge),
                        start,
                        motion=run,
                    )
                )
            layers.append(
                Layer(
                    f"event-{number}",
                    Plate(svg[f"event-{number}"]),
                    entered.first,
                    motion=enter(stage, entered.first, travel=0),
                )
            )
        return Layout(
            tuple(layers), (*((title,) if self.heading else ()), *dates, *texts), motif="horizon", strength=0.7
        )

    def _across(self, stage: Stage, frame: Frame, head: float) -> _Way:
        """From margin to margin, evenly: the last event ends at the right one, so that the line stops where the story does."""
        unit, count = frame.unit, len(self.events)
        slot = frame.text_width / count
        width = slot - 40 * unit
        dates = layout_row(
            [event.date for event in self.events],
            display(stage, stage.theme.sizes.quote * unit, tabular=True),
            width,
            1,
            44 * unit,
        )
        said = layout_row(
            [event.text for event in self.events], text(stage, 52 * unit, weight=500, leading=1.22), width, 4, 34 * unit
        )
        date_height = max(date.height for date in dates)
        tallest = max(block.height for block in said)
        top = frame.middle - (head + date_height + 88 * unit + tallest) / 2
        line = top + head + date_height + 40 * unit
        step = max(slot, (frame.text_width - max(said[-1].width, dates[-1].width)) / (count - 1))
        lefts = [frame.left + step * index for index in range(count)]
        return (
            top,
            [(x + _DOT * unit, line) for x in lefts],
            [(date, x, top + head) for date, x in zip(dates, lefts, strict=True)],
            [(block, x, line + 48 * unit) for block, x in zip(said, lefts, strict=True)],
        )

    def _down(self, stage: Stage, frame: Frame, head: float) -> _Way:
        """One under the other beside a line, as large as the height allows, with even gaps."""
        unit, count = frame.unit, len(self.events)
        room = frame.body_bottom - frame.body_top - head
        left, width = frame.left + 80 * unit, frame.text_width - 80 * unit
        if count > _STACKED:
            return self._table(stage, frame, head)
        size = 1.0
        while True:
            date_style = display(stage, size * stage.theme.sizes.quote * frame.type_unit, tabular=True)
            text_style = text(stage, size * 50 * frame.type_unit, weight=500, leading=1.22)
            dates = layout_row([event.date for event in self.events], date_style, width, 1, 44 * unit)
            said = layout_row([event.text for event in self.events], text_style, width, 3, 36 * unit)
            heights = [date.height + block.height for date, block in zip(dates, said, strict=True)]
            gap = (room - sum(heights)) / (count - 1)
            if gap >= 28 * unit or text_style.size <= 40 * unit:
                break
            size *= 0.95
        gap = min(gap, 96 * unit)
        top = frame.middle - (head + sum(heights) + gap * (count - 1)) / 2
        tops = [top + head + sum(heights[:index]) + gap * index for index in range(count)]
        return (
            top,
            [
                (frame.left + _DOT * unit, y + date.baseline() - date.cap_height / 2)
                for date, y in zip(dates, tops, strict=True)
            ],
            [(date, left, y) for date, y in zip(dates, tops, strict=True)],
            [(block, left, y + date.height) for block, date, y in zip(said, dates, tops, strict=True)],
        )

    def _table(self, stage: Stage, frame: Frame, head: float) -> _Way:
        """One under the other in two columns, dates beside a line and what happened beside its date; rows are as high as
        the taller of the two, all alike where the height allows, else with even gaps."""
        unit, count = frame.unit, len(self.events)
        room = frame.body_bottom - frame.body_top - head
        slot = min(_ROW * unit, room / count)
        left = frame.left + 64 * unit
        sizes = [0.95**step for step in range(10)]
        # Rows of one height look best; where not even small type allows them, each is as high as it must be.
        for alike, size in product((True, False), sizes):
            date_style = display(stage, size * stage.theme.sizes.quote * frame.type_unit, tabular=True)
            text_style = text(stage, size * 50 * frame.type_unit, weight=500, leading=1.18)
            dates = self._dates(date_style, 0.4 * frame.text_width, unit)
            beside = left + max(date.width for date in dates) + 40 * unit
            least = min(text_style.size, 40 * unit)
            said = layout_row([event.text for event in self.events], text_style, frame.right - beside, 3, least)
            heights = [max(pair) for pair in zip(_heights(dates), _heights(said), strict=True)]
            if alike:
                heights, gap = [slot] * count, slot - max(heights)
            else:
                gap = min(64 * unit, (room - sum(heights)) / (count - 1))
            if gap >= 16 * unit:
                break
        gap = 0.0 if alike else gap
        top = frame.middle - (head + sum(heights) + gap * (count - 1)) / 2
        lines = [top + head + sum(heights[:index]) + gap * index + heights[index] / 2 for index in range(count)]
        return (
            top,
            [(frame.left + _DOT * unit, line) for line in lines],
            [(date, left, line - date.height / 2) for date, line in zip(dates, lines, strict=True)],
            [(block, beside, line - block.height / 2) for block, line in zip(said, lines, strict=True)],
        )

    def _dates(self, style: TextStyle, width: float, unit: float) -> list[TextBlock]:
        """The dates on one line each, on two only where even small type is too wide for one."""
        written, least = [event.date for event in self.events], min(style.size, 44 * unit)
        dates = layout_row(written, style, width, 1, least)
        return layout_row(written, style, width, 2, least) if any(date.overflow for date in dates) else dates


def _heights(blocks: list[TextBlock]) -> list[float]:
    return [block.height for block in blocks]
