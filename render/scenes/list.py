"""List: a heading and up to five points, each arriving when the narrator says it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from core.findings import Finding
from render.composition import Key, Layer, Motion, Plate
from render.scenes.base import Element
from render.scenes.drawn import DrawnScene, Layout
from render.scenes.entrances import enter, entrance, unroll
from render.scenes.frame import frame_of
from render.scenes.places import field_place
from render.scenes.placing import Placed, mirror
from render.scenes.styles import display, text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import TextBlock, layout_row, layout_text

_MOST_ITEMS = 5
_MOST_WORDS = 6
"""Five items of six words (VISUAL.md, Reading)."""
_QUIET = 0.3


class ListItem(Element):
    """One point of a list."""

    text: str = Field(min_length=1, description="the point, in six words or fewer")


class ListScene(DrawnScene):
    """Points that stay once said; the one being spoken of carries the accent."""

    kind: ClassVar[str] = "list"
    example: ClassVar[str] = (
        "heading: What a closed strait costs\nitems: [{text: Ten days more at sea}, {text: A longer fuel bill}]\n"
    )

    heading: str = Field(min_length=1, description="what the points have in common")
    items: tuple[ListItem, ...] = Field(
        min_length=1, max_length=8, description="the points, in the order of the narration"
    )

    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """Heading in the left third, points in the right two thirds, rules between; in 9:16 one above the other."""
        frame, colours, sizes = frame_of(stage), stage.theme.colours, stage.theme.sizes
        unit, ground, last = frame.unit, stage.theme.colours.glow, shot.frames
        side = not frame.vertical
        heading_left, heading_right = frame.columns(1, 4) if side else frame.columns(1, 12)
        left, right = frame.columns(6, 12) if side else frame.columns(1, 12)
        heading = layout_text(
            self.heading,
            display(stage, sizes.chapter * frame.type_unit),
            heading_right - heading_left,
            5 if side else 3,
            min_size=56 * unit,
            max_characters=None,
        )
        over = 0.0 if side else heading.height + 48 * unit
        room = frame.body_bottom - frame.body_top - over
        largest = (sizes.list + (12 if len(self.items) < 4 else 0)) * frame.type_unit
        blocks, gap = self._fit_items(stage, right - left - 56 * unit, room, largest)
        heights = [block.height + gap for block in blocks]
        top = frame.middle - (over + sum(heights)) / 2 + over
        heading_top = top + gap / 2 - heading.cap_top + blocks[0].cap_top if side else top - over
        begin = entrance(stage, shot, ("heading",))
        texts = [Placed(heading, heading_left, heading_top, colours.ink, ground, begin, last)]
        items: list[Placed] = []
        rules: list[float] = []
        y = top
        for index, (block, height) in enumerate(zip(blocks, heights, strict=True)):
            first = entrance(stage, shot, ("items", index), order=index + 2)
            items.append(Placed(block, left + 56 * unit, y + gap / 2, colours.ink, ground, first, last))
            rules.append(y)
            y += height
        bar = left
        if heading.right_to_left:
            texts, items = [mirror(texts[0], frame)], [mirror(item, frame) for item in items]
            left, right = frame.left + frame.right - right, frame.left + frame.right - left
            bar = right - 8 * unit
        svg = draw_layers(
            "list", stage, heading=texts[0], items=items, rules=[*rules, y], left=left, right=right, bar=bar, gap=gap
        )
        layers = [
            Layer("heading", Plate(svg["heading"]), begin, motion=enter(stage, begin)),
            Layer(
                "rules",
                Plate(svg["rules"], reveal="right" if heading.right_to_left else "left"),
                begin,
                motion=unroll(stage, begin, 0.6),
            ),
        ]
        for index, item in enumerate(items):
            after = items[index + 1].first if index + 1 < len(items) else last
            number = index + 1
            layers.append(
                Layer(f"item-{number}", Plate(svg[f"item-{number}"]), item.first, motion=enter(stage, item.first))
            )
            layers.append(
                Layer(
                    f"mark-{number}",
                    Plate(svg[f"mark-{number}"], reveal="top"),
                    item.first,
                    motion=_mark(stage, item.first, after, last),
                )
            )
        return Layout(tuple(layers), (*texts, *items), self._sizes(stage), motif="depths", strength=0.5)

    def _fit_items(self, stage: Stage, width: float, room: float, size: float) -> tuple[list[TextBlock], float]:
        """All items at one size, as large as the room in height allows, and the space between two of them."""
        smallest = 44 * frame_of(stage).unit
        while True:
            style = text(stage, size, weight=500, leading=1.2)
            blocks = layout_row([item.text for item in self.items], style, width, 2, smallest)
            spare = room - sum(block.height for block in blocks)
            gap = min(1.5 * size, spare / len(blocks))
            if gap >= 0.7 * size or size <= smallest:
                return blocks, gap
            size = max(smallest, size * 0.94)

    def _sizes(self, stage: Stage) -> tuple[Finding, ...]:
        found: list[Finding] = []
        if len(self.items) > _MOST_ITEMS:
            message = f"the list has {len(self.items)} items"
            found.append(
                Finding(
                    "list-length",
                    "warning",
                    message,
                    "make two lists of it",
                    field_place(stage, self.id, "items"),
                    scene=self.id,
                    value=len(self.items),
                    limit=_MOST_ITEMS,
                )
            )
        for index, item in enumerate(self.items):
            words = len(item.text.split())
            if words > _MOST_WORDS:
                message = f"“{item.text}” has {words} words"
                found.append(
                    Finding(
                        "item-length",
                        "warning",
                        message,
                        "name it, the narrator explains it",
                        field_place(stage, self.id, "items", index, "text"),
                        scene=self.id,
                        value=words,
                        limit=_MOST_WORDS,
                    )
                )
        return tuple(found)


def _mark(stage: Stage, first: int, after: int, last: int) -> Motion:
    """The accent grows beside a point, and fades back when the next one comes."""
    grown = Motion(reveal=unroll(stage, first, 0.4).reveal)
    if after >= last:
        return grown
    quiet = after + stage.frames(stage.theme.motion.leave)
    return Motion(reveal=grown.reveal, opacity=(Key(after, 1.0), Key(quiet, _QUIET, "linear")))
