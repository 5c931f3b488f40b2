"""Text that has been given its place in the frame, its colour and its time: what templates draw and reviews read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from render.scenes.frame import Frame
from render.text import Anchor, TextBlock

Box = tuple[float, float, float, float]
"""(left, top, right, bottom) in pixels."""


@dataclass(frozen=True)
class Placed:
    """A text block at (x, y of its top), in `fill` on `ground` (both #rrggbb), readable on frames [first, last)."""

    block: TextBlock
    x: float
    y: float
    fill: str
    ground: str
    first: int = 0
    last: int = 0
    anchor: Anchor = "start"
    large: bool = True
    """Large type needs a contrast of 3:1, other type 4.5:1."""
    written: bool = True
    """False for what comes by itself, such as credits: it has to be there, whether there is time to read it or not."""

    @property
    def box(self) -> Box:
        """What is drawn."""
        return self.block.box(self.x, self.y, self.anchor)

    @property
    def bottom(self) -> float:
        """The block's own bottom, for what comes under it."""
        return self.y + self.block.height

    @property
    def baseline(self) -> float:
        """The last line's baseline."""
        return self.y + self.block.baseline(-1)

    def svg(
        self, fill: str = "", halo: str | None = None, halo_width: float = 4.0, lines: list[int] | None = None
    ) -> str:
        """The block as SVG paths, in its place."""
        return self.block.svg(
            self.x, self.y, self.anchor, fill or self.fill, halo=halo, halo_width=halo_width, lines=lines
        )


_OTHER: dict[Anchor, Anchor] = {"start": "end", "end": "start", "middle": "middle"}


def mirror(placed: Placed, frame: Frame) -> Placed:
    """The same text at the other side of the frame's text area: where what reads from the right belongs."""
    return replace(placed, x=frame.left + frame.right - placed.x, anchor=_OTHER[placed.anchor])


def overlap(one: Box, other: Box) -> bool:
    """True when two boxes share any area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
