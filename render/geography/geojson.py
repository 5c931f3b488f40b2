"""Polygons of a studio's own, from GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.errors import BadInput, Place

Ring = tuple[tuple[float, float], ...]

_TOLERANCE = 0.001
"""Degrees by which a ring may leave the file's: a hundred metres, a pixel in the closest view."""
_MOST = 20_000
"""Points of all rings together that can be drawn for every frame."""


def read_areas(path: Path) -> tuple[Ring, ...]:
    """The closed rings, holes among them, of every polygon in a file. Raises BadInput: no GeoJSON, no polygon, no degrees."""
    try:
        stat = path.stat()
    except OSError as error:
        raise BadInput(f"cannot read {path.name}: {error}", place=Place(str(path))) from error
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int, _size: int) -> tuple[Ring, ...]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(
            f"cannot read {path.name}: {error}", place=Place(str(path)), hint="save it as GeoJSON"
        ) from error
    rings = [_ring(ring, path) for polygon in _polygons(document) for ring in polygon]
    if not rings:
        hint = "draw the area as a Polygon or MultiPolygon"
        raise BadInput(f"{path.name} has no polygon", place=Place(str(path)), hint=hint)
    if sum(len(ring) for ring in rings) > _MOST:
        raise BadInput(f"{path.name} has more than {_MOST:,} points", place=Place(str(path)), hint="simplify it")
    return tuple(rings)


def _polygons(thing: Any) -> Iterator[list[Any]]:
    """The coordinates of every polygon in a GeoJSON object."""
    if not isinstance(thing, dict):
        return
    match thing.get("type"):
        case "Polygon":
            yield thing.get("coordinates") or []
        case "MultiPolygon":
            yield from thing.get("coordinates") or []
        case "Feature":
            yield from _polygons(thing.get("geometry"))
        case "FeatureCollection" | "GeometryCollection":
            for part in thing.get("features") or thing.get("geometries") or []:
                yield from _polygons(part)


def _ring(coordinates: Any, path: Path) -> Ring:
    import shapely

    try:
        points = [(float(lon), float(lat)) for lon, lat, *_ in coordinates]
    except (TypeError, ValueError):
        points = []
    if len(points) < 4 or not all(-360 <= lon <= 360 and -90 <= lat <= 90 for lon, lat in points):
        raise BadInput(
            f"{path.name} has a ring that is not four or more places in degrees",
            place=Place(str(path)),
            hint="coordinates are [longitude, latitude] in WGS 84, as RFC 7946 says",
        )
    if points[0] != points[-1]:
        points.append(points[0])
    simple = shapely.get_coordinates(shapely.simplify(shapely.linestrings(points), _TOLERANCE))
    return tuple((round(float(lon), 4), round(float(lat), 4)) for lon, lat in simple)
