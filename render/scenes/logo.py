"""The theme's logo as a picture inside a drawing: large on the slate, small in a corner as a watermark."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from render.pictures import picture_size
from render.scenes.frame import Frame
from render.stage import Stage

_PIXELS = 512
"""The longer side in which a logo of pixels is embedded: more than any film shows of it."""
_MARK = (240, 56)
_SLATE = (480, 112)
"""The most width and height, at 1080 lines."""


@dataclass(frozen=True)
class Logo:
    """A picture in its place: `href` is its data, (`x`, `y`) its top left corner."""

    href: str
    x: float
    y: float
    width: float
    height: float


def watermark(stage: Stage, frame: Frame) -> Logo | None:
    """The logo at the top right of the text-safe area, where the theme asks for it. Raises BadInput for one that cannot be drawn."""
    if not stage.theme.watermark or not stage.theme.logo:
        return None
    href, width, height = _fitted(stage.theme.logo, _MARK, frame)
    return Logo(href, frame.right - width, frame.top, width, height)


def slate_logo(stage: Stage, frame: Frame) -> Logo | None:
    """The logo for the slate, at the left margin; its height is for the slate to decide. Raises BadInput as `watermark` does."""
    if not stage.theme.logo:
        return None
    href, width, height = _fitted(stage.theme.logo, _SLATE, frame)
    return Logo(href, frame.left, 0.0, width, height)


def _fitted(logo: str, most: tuple[float, float], frame: Frame) -> tuple[str, float, float]:
    path = Path(logo)
    wide, high = picture_size(path)
    factor = min(most[0] / wide, most[1] / high) * frame.type_unit
    stat = path.stat()
    return _embedded(path, stat.st_mtime_ns, stat.st_size), wide * factor, high * factor


@lru_cache(maxsize=8)
def _embedded(path: Path, _changed: int, _bytes: int) -> str:
    """The picture as a data address: a drawing as it is, pixels upright and no more of them than a film shows."""
    if path.suffix.lower() == ".svg":
        return "data:image/svg+xml;base64," + base64.b64encode(path.read_bytes()).decode("ascii")
    from PIL import Image, ImageOps

    with Image.open(path) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    picture.thumbnail((_PIXELS, _PIXELS), Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")
