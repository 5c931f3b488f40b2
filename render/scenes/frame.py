"""The grid of a frame: text-safe margins, twelve columns, distances in units of a 1080-line picture."""

from __future__ import annotations

from dataclasses import dataclass

from render.stage import Stage

_COLUMNS = 12
_GUTTER = 24
_STRAP = 112
_UPRIGHT = 1.25
"""A phone held upright shows the frame half as wide as one held across: type is a quarter larger, on as many pixels."""
_FOOT = 72
_CREDIT = 48
_CAPTIONS = (150, 250)
"""Pixels at 1080 lines that burned captions take over the credit line, in 16:9 and in 9:16."""


@dataclass(frozen=True)
class Frame:
    """Edges in pixels. `left`, `top`, `right` and `bottom` bound text (EBU R 95 in 16:9); `unit` is a pixel at 1080 lines."""

    width: int
    height: int
    unit: float
    left: float
    top: float
    right: float
    bottom: float
    captions: float = 0.0
    """Height that is kept free for burned captions."""
    foot: float = 0.0
    """Height at the foot of the text area that is kept free for another reason."""

    @property
    def vertical(self) -> bool:
        """True for 9:16."""
        return self.height > self.width

    @property
    def type_unit(self) -> float:
        """What a size of type at 1080 lines is multiplied with: `unit`, and more in 9:16."""
        return self.unit * (_UPRIGHT if self.vertical else 1.0)

    @property
    def text_width(self) -> float:
        """Width between the text-safe margins."""
        return self.right - self.left

    @property
    def body_top(self) -> float:
        """Where a scene's content may begin: under the chapter strap."""
        return self.top + _STRAP * self.unit

    @property
    def body_bottom(self) -> float:
        """Where a scene's content must end: above the credit line, and above captions that are burned in."""
        return self.bottom - max(_FOOT * self.unit + self.captions, self.foot)

    @property
    def captions_bottom(self) -> float:
        """Where burned captions end: above the credit line."""
        return self.bottom - _CREDIT * self.unit

    @property
    def middle(self) -> float:
        """The height around which content is centred: a little above the middle, where the eye rests."""
        return (self.body_top + self.body_bottom) / 2

    def columns(self, first: int, last: int) -> tuple[float, float]:
        """(left, right) of a stretch of columns, both counted from 1 to 12."""
        gutter = _GUTTER * self.unit
        column = (self.text_width - (_COLUMNS - 1) * gutter) / _COLUMNS
        left = self.left + (first - 1) * (column + gutter)
        return left, left + (last - first + 1) * column + (last - first) * gutter


def frame_of(stage: Stage) -> Frame:
    """The grid of a stage's frame."""
    width, height = stage.size
    safe = stage.theme.safe
    unit = min(width, height) / 1080
    captions = _CAPTIONS[height > width] * unit if stage.script.front.burned_captions else 0.0
    shares = safe.vertical if height > width else (safe.text, safe.text, 1 - safe.text, 1 - safe.text)
    left, top, right, bottom = (share * side for share, side in zip(shares, (width, height) * 2, strict=True))
    return Frame(width, height, unit, left, top, right, bottom, captions, stage.foot)
