"""Timeline: two to six events on one line, drawn as far as the narrator has come."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from render.composition import Key, Layer, Motion, Plate
from render.scenes.base import Element
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.entrances import enter, entrance, unroll
from render.scenes.frame import frame_of
from render.scenes.placing import Placed
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import layout_text

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
        unit, ground, last, count = frame.unit, colours.glow, shot.frames, len(self.events)
        begin = entrance(stage, shot, ("heading",))
        heading = layout_text(self.heading, display(stage, sizes.quote * unit), frame.text_width, 2, min_size=52 * unit)
        dates: list[Placed] = []
        texts: list[Placed] = []
        dots: list[tuple[float, float]] = []
        head = heading.height + 72 * unit if self.heading else 0.0
        down = frame.vertical
        room = frame.body_bottom - frame.body_top - head
        slot = room / count if down else frame.text_width / count
        width = frame.text_width - 72 * unit if down else slot - 40 * unit
        date_style, text_style = (
            display(stage, sizes.quote * unit, tabular=True),
            text(stage, sizes.label * unit, weight=500),
        )
        date_size = min(layout_text(event.date, date_style, width, 1, min_size=44 * unit).size for event in self.events)
        said = [
            layout_text(event.text, text_style, width, 2 if down else 4, min_size=34 * unit, max_characters=26)
            for event in self.events
        ]
        tallest = max(block.height for block in said)
        date_height = date_size * date_style.leading
        whole = head + date_height + 96 * unit + tallest
        top = frame.body_top if down else frame.middle - whole / 2
        line = top + head + date_height + 40 * unit
        # The last event ends at the right margin, so that the line fills the frame and stops where the story does.
        ends = max(said[-1].width, layout_text(self.events[-1].date, date_style.at(date_size)).width)
        step = max(slot, (frame.text_width - ends) / (count - 1))
        for index, event in enumerate(self.events):
            first = entrance(stage, shot, ("events", index), order=2 + 3 * index)
            date = layout_text(event.date, date_style.at(date_size), width, 1, min_size=date_size)
            if down:
                y = top + head + slot * index
                dots.append((frame.left + 14 * unit, y + date.baseline() - date.cap_height / 2))
                dates.append(Placed(date, frame.left + 72 * unit, y, colours.accent, ground, first, last))
                texts.append(
                    Placed(said[index], frame.left + 72 * unit, y + date.height, colours.ink, ground, first, last)
                )
                continue
            x = frame.left + step * index
            dots.append((x + 14 * unit, line))
            dates.append(Placed(date, x, top + head, colours.accent, ground, first, last))
            texts.append(Placed(said[index], x, line + 48 * unit, colours.ink, ground, first, last))
        title = Placed(heading, frame.left, top, colours.ink, ground, begin, last)
        svg = draw_layers("timeline", stage, heading=title, dates=dates, texts=texts, dots=dots, down=down)
        layers = [
            Layer("rail", Plate(svg["rail"], reveal="top" if down else "left"), begin, motion=unroll(stage, begin, 0.8))
        ]
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
                        Plate(svg[f"run-{number}"], reveal="top" if down else "left"),
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
