"""The arithmetic of charts: ticks, scales, and where bars and points stand. Pure; pixels in, pixels out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_BROKEN_UP_TO = 0.4
"""An axis may leave zero out when the values differ by no more than this share of the largest."""


@dataclass(frozen=True)
class Scale:
    """A straight line from values to pixels: `low` lies at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass(frozen=True)
class Bar:
    """A bar's rectangle; `down` is true for a value below zero, which grows downwards."""

    x: float
    y: float
    width: float
    height: float
    down: bool = False


def nice_ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round values from at or under `low` to at or over `high`, some `about` steps apart: 1, 2, 2.5 or 5 times a power of ten."""
    if high <= low:
        high = low + (abs(low) or 1.0)
    raw = (high - low) / max(1, about)
    power = 10.0 ** floor(log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    digits = max(10, 2 - floor(log10(step)))
    return [round(number * step, digits) for number in range(first, last + 1)]


def bar_scale(values: Sequence[float], top: float, bottom: float) -> Scale:
    """A scale for bars: zero is always in it (VISUAL.md, Charts), the longest bar fills the height between `top` and `bottom`."""
    low, high = min(0.0, *values), max(0.0, *values)
    return Scale(low, high if high > low else low + 1, bottom, top)


def line_scale(
    values: Sequence[float], top: float, bottom: float, start: float | None = None
) -> tuple[Scale, list[float]]:
    """A scale for lines between round ticks, and the ticks. It starts at zero where the values span more than two fifths of
    the largest: a steeper fall than the true one would be a lie. Where it does not, the axis has to show that it is broken.
    `start` is where it is to start instead.
    """
    low, high = min(values), max(values)
    if start is not None:
        low = min(low, start)
    elif low > 0 and high - low > _BROKEN_UP_TO * high:
        low = 0.0
    ticks = nice_ticks(low, max(high, 0.0) if low < 0 else high)
    return Scale(ticks[0], ticks[-1], bottom, top), ticks


def bars(
    values: Sequence[float], scale: Scale, left: float, right: float, *, widest: float, share: float = 0.64
) -> list[Bar]:
    """One bar a value, evenly spread from `left` to `right`; each takes `share` of its slot but at most `widest` pixels."""
    slot = (right - left) / len(values)
    width = min(widest, slot * share)
    zero = scale(0.0)
    out = []
    for index, value in enumerate(values):
        end = scale(value)
        x = left + slot * (index + 0.5) - width / 2
        out.append(
            Bar(round(x, 2), round(min(zero, end), 2), round(width, 2), round(max(abs(zero - end), 2.0), 2), value < 0)
        )
    return out


def spread_labels(wanted: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Tops of labels `height` apart, as near as can be to the `wanted` ones, in their order, within `top` and `bottom`."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = [0.0] * len(wanted)
    floor_ = top
    for index in order:
        placed[index] = max(wanted[index], floor_)
        floor_ = placed[index] + height
    ceiling = bottom - height
    for index in reversed(order):
        placed[index] = min(placed[index], ceiling)
        ceiling = placed[index] - height
    return placed


def rounded_shares(values: Sequence[float]) -> list[int]:
    """Percentages of the values' sum, in whole numbers that add up to 100: the largest remainders are rounded up."""
    total = sum(values)
    exact = [value / total * 100 for value in values]
    shares = [floor(share) for share in exact]
    rest = sorted(range(len(values)), key=lambda index: shares[index] - exact[index])
    for index in rest[: 100 - sum(shares)]:
        shares[index] += 1
    return shares
