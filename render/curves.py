"""Long series of measurements as short SVG paths, in a box 1000 wide and 100 high."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

WIDTH, HEIGHT = 1000, 100
POINTS = 600
"""Points of a curve: as many as a wide screen can show, each the highest of its stretch."""


def highest(values: Sequence[float], points: int = POINTS) -> list[float]:
    """The series in at most `points` stretches, of each its highest value."""
    count = min(points, len(values))
    edges = [index * len(values) // count for index in range(count + 1)] if count else []
    return [max(values[a:b]) for a, b in itertools.pairwise(edges)]


def to_height(value: float, low: float, high: float) -> float:
    """Where a value between `low` and `high` lies, from the top of the box; beyond them at its edge."""
    return HEIGHT * (1 - (min(max(value, low), high) - low) / (high - low))


def line(values: Sequence[float], low: float, high: float) -> str:
    """The path of a curve; broken where a value is at `low` or below, which stands for nothing."""
    short = highest(values)
    path, pen = [], "M"
    for index, value in enumerate(short):
        if value <= low:
            pen = "M"
            continue
        x = (index + 0.5) * WIDTH / len(short)
        path.append(f"{pen}{x:.1f} {to_height(value, low, high):.1f}")
        pen = "L"
    return "".join(path)


def area(values: Sequence[float], low: float, high: float) -> str:
    """The path of a curve filled down to `low`."""
    short = highest(values)
    if not short:
        return ""
    tops = "".join(f"L{(i + 0.5) * WIDTH / len(short):.1f} {to_height(v, low, high):.1f}" for i, v in enumerate(short))
    return f"M0 {HEIGHT}{tops}L{WIDTH} {HEIGHT}Z"
