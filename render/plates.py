"""Plates: an SVG document of the whole frame, rasterised once, cropped to what is drawn, kept on disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache as remember
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from core.cache import DAMAGED
from core.digest import digest
from core.errors import BadInput
from core.files import whole_file
from render.planes import Bytes, as_bytes

RASTER_VERSION = 1
"""Raise when the same SVG would give other pixels."""

_ROOT = re.compile(r"<svg\b[^>]*>", re.DOTALL)
_SIZE = re.compile(r"""\s(width|height)\s*=\s*["']([^"']*)["']""")


@dataclass(frozen=True)
class Raster:
    """What is left of a drawing after cropping: `rgba` uint8 (height, width, 4), straight alpha, at (`left`, `top`) of the frame.

    All four numbers are even, for 4:2:0. An empty drawing is 2×2 transparent pixels.
    """

    left: int
    top: int
    rgba: Bytes


@remember
def _options() -> Any:
    """One set of options a process: loading fonts costs 0.5 s, and ours come as outlines, so none are loaded."""
    from resvg import usvg

    return usvg.Options.default()


def fit_svg(svg: str, size: tuple[int, int]) -> str:
    """The same drawing made to fill `size`: the root keeps (or gets) its viewBox and loses its own width and height.

    Raises BadInput when there is no root element.
    """
    root = _ROOT.search(svg)
    if root is None:
        raise BadInput("this is not an SVG document: it has no <svg> element")
    tag = root.group()
    own = {name: float(re.sub(r"[^0-9.]", "", value) or 0) for name, value in _SIZE.findall(tag)}
    bare = _SIZE.sub("", tag)
    if "viewBox" not in bare:
        width, height = own.get("width") or size[0], own.get("height") or size[1]
        bare = bare.replace("<svg", f'<svg viewBox="0 0 {width:g} {height:g}"', 1)
    if "preserveAspectRatio" not in bare:
        bare = bare.replace("<svg", '<svg preserveAspectRatio="none"', 1)
    sized = bare.replace("<svg", f'<svg width="{size[0]}" height="{size[1]}"', 1)
    return svg[: root.start()] + sized + svg[root.end() :]


def draw_svg(svg: str, size: tuple[int, int]) -> Bytes:
    """Rasterise to uint8 (height, width, 4), straight alpha, RGBA. Raises BadInput for a document that cannot be read."""
    import cv2
    import resvg

    try:
        tree = resvg.usvg.Tree.from_str(fit_svg(svg, size), _options())
        png = resvg.render(tree=tree, transform=(1, 0, 0, 0, 1, 0))
    except BaseException as error:
        # The binding turns a parser's error into a Rust panic, which is no Exception.
        if isinstance(error, (KeyboardInterrupt, SystemExit, BadInput)):
            raise
        raise BadInput(
            f"a drawing cannot be read: {error}", hint="look for unclosed elements or unescaped & in the template"
        ) from error
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    return as_bytes(cv2.cvtColor(picture, cv2.COLOR_BGRA2RGBA))


def crop(rgba: Bytes) -> Raster:
    """Cut away what is transparent; edges on even pixels."""
    import cv2

    left, top, width, height = cv2.boundingRect(cv2.extractChannel(rgba, 3))
    if not width:
        return Raster(0, 0, np.zeros((2, 2, 4), np.uint8))
    right, bottom = left + width + (left + width) % 2, top + height + (top + height) % 2
    left, top = left - left % 2, top - top % 2
    return Raster(left, top, np.ascontiguousarray(rgba[top:bottom, left:right]))


def plate_key(svg: str, size: tuple[int, int]) -> str:
    """The address of a drawing at a size."""
    return digest(RASTER_VERSION, version("resvg"), svg, size)


def plate_file(svg: str, size: tuple[int, int], cache: Path) -> Path:
    """Where the rasterised drawing is kept."""
    return cache / "plates" / f"{plate_key(svg, size)}.npz"


def load_plate(svg: str, size: tuple[int, int], cache: Path | None) -> Raster:
    """The drawing's raster, from `cache` or made now and put there; a damaged file is made again."""
    file = plate_file(svg, size, cache) if cache else None
    if file and file.is_file():
        try:
            with file.open("rb") as stream, np.load(stream) as kept:
                left, top = (int(n) for n in kept["at"])
                return Raster(left, top, kept["rgba"])
        except DAMAGED:
            file.unlink(missing_ok=True)
    raster = crop(draw_svg(svg, size))
    if file:
        with whole_file(file) as temporary, temporary.open("wb") as made:
            np.savez(made, at=np.array([raster.left, raster.top]), rgba=raster.rgba)
    return raster
