"""Text as skia paths, from the outlines that HarfBuzz shaped."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from render.shaping import TextStyle, shape_line

_TOKEN = re.compile(r"([MLQCZ])([^MLQCZ]*)")


@lru_cache(maxsize=512)
def text_path(text: str, style: TextStyle) -> Any:
    """One line as a skia path with its pen starting at (0, 0) on the baseline."""
    return svg_path(shape_line(text, style).path)


def svg_path(data: str) -> Any:
    """SVG path data of absolute M, L, Q, C and Z as a skia path. `Q` with several controls is TrueType's implied curve."""
    import skia

    path = skia.Path()
    for letter, body in _TOKEN.findall(data):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", body)]
        if letter == "M":
            path.moveTo(*numbers)
        elif letter == "L":
            path.lineTo(*numbers)
        elif letter == "Q":
            for start in range(0, len(numbers), 4):
                path.quadTo(*numbers[start : start + 4])
        elif letter == "C":
            path.cubicTo(*numbers)
        else:
            path.close()
    return path
