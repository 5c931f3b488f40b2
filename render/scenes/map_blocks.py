"""How much room a name on a map takes, and where its lines begin in it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from render.shaping import TextStyle, shape_line


def measure(text: str, style: TextStyle) -> tuple[float, float, float, float]:
    """(width, height) of the ink, and where the pen starts from its upper left corner."""
    left, top, right, bottom = shape_line(text, style).ink
    return right - left, bottom - top, -left, -top


def block_size(lines: Sequence[str], style: TextStyle) -> tuple[float, float]:
    """(width, height) of lines under one another, capitals' heights counting."""
    widths = [shape_line(line, style).width for line in lines]
    return max(widths), style.size * (0.72 + style.leading * (len(lines) - 1))


def stacked(lines: Sequence[str], style: TextStyle) -> tuple[tuple[str, float, float], ...]:
    """Lines centred on a point, capitals' heights counting."""
    height = block_size(lines, style)[1]
    top = -height / 2 + 0.71 * style.size
    return tuple(
        (line, -shape_line(line, style).width / 2, top + number * style.leading * style.size)
        for number, line in enumerate(lines)
    )


def towards(left: float, top: float, box: tuple[float, float]) -> tuple[float, float]:
    """The nearest point of a box to its place at (0, 0), a little short of the letters."""
    x, y = min(max(0.0, left), left + box[0]), min(max(0.0, top), top + box[1])
    return round(x, 1), round(y, 1)
