"""A studio's own polygons, and what is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.errors import BadInput
from render.geography.geojson import read_areas

SQUARE = [[10, 10], [12, 10], [12, 12], [10, 12], [10, 10]]


def test_every_way_to_write_a_polygon(tmp_path: Path) -> None:
    polygon = {"type": "Polygon", "coordinates": [SQUARE]}
    shapes: list[Any] = [
        polygon,
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        {"type": "Feature", "properties": {"name": "x"}, "geometry": polygon},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": polygon}]},
        {"type": "GeometryCollection", "geometries": [polygon, {"type": "Point", "coordinates": [1, 2]}]},
        {"type": "Polygon", "coordinates": [SQUARE[:-1]]},
    ]
    for number, shape in enumerate(shapes):
        file = tmp_path / f"{number}.geojson"
        file.write_text(json.dumps(shape))
        (ring,) = read_areas(file)
        assert ring[0] == ring[-1]
        assert set(ring) == {(10.0, 10.0), (12.0, 10.0), (12.0, 12.0), (10.0, 12.0)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "cannot read"),
        ("[]", "has no polygon"),
        ('{"type": "LineString", "coordinates": [[1, 2], [3, 4]]}', "has no polygon"),
        ('{"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}', "four or more places"),
        ('{"type": "Polygon", "coordinates": [[[500000, 4649776], [1, 1], [2, 2], [500000, 4649776]]]}', "in degrees"),
        ('{"type": "Polygon", "coordinates": [["a", "b", "c", "d"]]}', "four or more places"),
    ],
)
def test_what_is_none(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "a.geojson"
    file.write_text(text)
    with pytest.raises(BadInput, match=said):
        read_areas(file)


def test_a_file_that_has_changed_is_read_again(tmp_path: Path) -> None:
    """The storyboard that watches a script goes on for hours, and its areas are drawn meanwhile."""
    file = tmp_path / "area.geojson"
    file.write_text(json.dumps({"type": "Polygon", "coordinates": [SQUARE]}))
    before = read_areas(file)
    file.write_text(json.dumps({"type": "Polygon", "coordinates": [[[x + 10.0, y] for x, y in SQUARE]]}))
    assert before != read_areas(file)
