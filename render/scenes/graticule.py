"""A globe's meridians and parallels, seen from afar (orthographic projection): the quiet motif of the backgrounds."""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians, sin


@lru_cache(maxsize=64)
def globe_path(
    x: float, y: float, radius: float, *, longitude: float = 35.0, latitude: float = 22.0, step: int = 15
) -> str:
    """SVG path data of the lines on a globe centred at (x, y), looking down on (`longitude`, `latitude`) degrees."""
    # Meridians stop at 75°: where all of them met, the pole would be a blot.
    turn, tilt = radians(longitude), radians(latitude)
    lines = [[(float(lon), float(lat)) for lat in range(-75, 76, 3)] for lon in range(-180, 180, step)]
    lines += [[(float(lon), float(lat)) for lon in range(-180, 181, 3)] for lat in range(-90 + step, 90, step)]
    out: list[str] = []
    for line in lines:
        pen = "M"
        for lon, lat in line:
            a, b = radians(lon) - turn, radians(lat)
            if sin(tilt) * sin(b) + cos(tilt) * cos(b) * cos(a) < 0:
                pen = "M"
                continue
            px = x + radius * cos(b) * sin(a)
            py = y - radius * (cos(tilt) * sin(b) - sin(tilt) * cos(b) * cos(a))
            out.append(f"{pen}{px:.1f},{py:.1f}")
            pen = "L"
    return "".join(out)
