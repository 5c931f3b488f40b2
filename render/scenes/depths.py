"""Lines of equal depth, as on a chart of the sea: a quiet motif of the backgrounds."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

_LINES = 9
_POINTS = 120


@lru_cache(maxsize=64)
def depth_path(x: float, y: float, radius: float, *, seed: int = 0) -> str:
    """SVG path data of closed lines around (x, y), out to about `radius`; their waves follow from `seed`.

    No two lines cross: each wave grows in step with its line's radius, and turns only slowly from one line to the next.
    """
    turns = [seed // 7**power % 360 / 180 * pi for power in range(4)]
    out: list[str] = []
    for line in range(1, _LINES + 1):
        share = (line / _LINES) ** 0.85
        points = []
        for step in range(_POINTS):
            angle = 2 * pi * step / _POINTS
            wave = sum(
                height * sin(count * angle + turn + 0.06 * count * line)
                for count, height, turn in zip((2, 3, 5, 7), (0.16, 0.1, 0.035, 0.012), turns, strict=True)
            )
            reach = radius * share * (1 + wave)
            points.append(f"{x + reach * cos(angle):.1f},{y + reach * sin(angle):.1f}")
        out.append("M" + "L".join(points) + "Z")
    return "".join(out)
