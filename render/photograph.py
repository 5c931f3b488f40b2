"""A picture seen through a moving camera: loaded once, scaled once, then one sub-pixel warp a frame."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput, Place
from render.bitmaps import bitmap_size, read_bitmap
from render.composition import Photograph, Region
from render.motion import glide
from render.pictures import is_drawing, kept_pictures
from render.planes import Bytes, Ink, as_bytes, rgb_to_ink
from render.plates import draw_svg, fit_svg

RAMP_SECONDS = 1.0
"""How long a camera takes to reach its speed, and to lose it."""
MOST_WHOLE = 24_000_000
"""Pixels above which a picture is reduced while it is read, as far as its closest view allows."""
MOST_SCALED = 64_000_000
"""Samples of luma that are kept of a picture; beyond this it is kept coarser than a pixel a pixel."""

View = tuple[float, float, float]
"""What the camera sees: left, top and width, in pixels of the picture; the height follows from the frame."""


def fit_view(region: Region, picture: tuple[int, int], frame: tuple[int, int]) -> View:
    """The region as a view of the frame's shape that lies wholly inside the picture."""
    wide, high = picture
    ratio = frame[1] / frame[0]
    width = min(region.width * wide, wide, high / ratio)
    left = min(max(region.x * wide - width / 2, 0.0), wide - width)
    top = min(max(region.y * high - width * ratio / 2, 0.0), high - width * ratio)
    return left, top, width


def camera_share(photo: Photograph, frames: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    """How far the camera has gone at `frames`, 0 to 1; still when start and end are the same."""
    if photo.start == photo.end:
        return np.zeros(frames.shape)
    return glide(frames, photo.first, photo.last, RAMP_SECONDS * rate)


def _read_svg(photo: Photograph, frame: tuple[int, int]) -> Bytes:
    """A drawn picture, at the size at which its closest view has a pixel a pixel, so that it is as sharp as a plate."""
    import resvg

    svg = photo.path.read_text(encoding="utf-8")
    fit_svg(svg, (2, 2))
    try:
        wide, high = resvg.usvg.Tree.from_str(svg, resvg.usvg.Options.default()).int_size()
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        raise BadInput(f"{photo.path.name} is not a drawing that can be read", place=Place(str(photo.path))) from error
    closest = min(fit_view(region, (wide, high), frame)[2] for region in (photo.start, photo.end))
    scale = min(frame[0] / closest, (MOST_SCALED / (wide * high)) ** 0.5)
    rgba = draw_svg(svg, (max(1, round(wide * scale)), max(1, round(high * scale)))).astype(np.float32)
    alpha = rgba[..., 3:] / 255.0
    ground = np.array([int(photo.grounds[0][at : at + 2], 16) for at in (1, 3, 5)], np.float32)
    return as_bytes(np.rint(rgba[..., :3] * alpha + ground * (1 - alpha)).astype(np.uint8))


def read_picture(photo: Photograph, frame: tuple[int, int], cache: Path | None = None) -> Bytes:
    """The picture as uint8 (height, width, 3), sRGB, upright, at no more pixels than its closest view in the frame has use for, by a
    whole number. Raises BadInput when it cannot be read."""
    if is_drawing(photo.path):
        return _read_svg(photo, frame)
    size = bitmap_size(photo.path)
    closest = min(fit_view(region, size, frame)[2] for region in (photo.start, photo.end))
    spare = size[0] * size[1] > MOST_WHOLE
    reduction = max(1, int(closest / frame[0])) if spare else 1
    return as_bytes(read_bitmap(photo.path, photo.grounds, reduction, kept_pictures(cache)))


def treat(rgb: Bytes, photo: Photograph) -> Bytes:
    """Colour treatment and darkening: `mono` is grey, `tint` grey under a cold cast that sits with the dark theme, `duotone` the
    photograph's own `tones` from dark to light."""
    if photo.treatment == "none" and not photo.darken:
        return rgb
    colour = rgb.astype(np.float32)
    if photo.treatment != "none":
        grey = colour @ np.array([0.2126, 0.7152, 0.0722], np.float32)
        if photo.treatment == "duotone":
            colour = _toned(grey, photo.tones)
        else:
            cast = np.array([1.0, 1.0, 1.0] if photo.treatment == "mono" else [0.86, 0.97, 1.08], np.float32)
            colour = grey[..., None] * cast
    return as_bytes(np.clip(np.rint(colour * (1.0 - photo.darken)), 0, 255).astype(np.uint8))


def _toned(grey: NDArray[np.float32], tones: tuple[str, ...]) -> NDArray[np.float32]:
    """Levels from 0 to 255 as colours between `tones` (#rrggbb), evenly spaced, dark to light."""
    stops = np.linspace(0, 255, len(tones))
    parts = [np.interp(grey, stops, [int(tone[at : at + 2], 16) for tone in tones]) for at in (1, 3, 5)]
    return np.stack(parts, axis=-1).astype(np.float32)


@lru_cache(maxsize=2)
def open_camera(photo: Photograph, size: tuple[int, int], cache: Path | None = None) -> Camera:
    """The camera of a photograph; a worker that makes several segments of a scene prepares it once."""
    return Camera(photo, size, cache)


class Camera:
    """Draws any frame of a photograph's move.

    What the move sees is scaled once, by area, to a pixel a pixel at the closest view, so that no view is scaled down by more than
    the move itself. Luma is then doubled: between samples that lie half a pixel apart, linear interpolation hardly softens, and
    fine detail does not pulse as it drifts across them. A view's edges go in straight lines from start to end.
    """

    def __init__(self, photo: Photograph, size: tuple[int, int], cache: Path | None = None) -> None:
        import cv2

        self.size = size
        rgb = read_picture(photo, size, cache)
        high, wide = rgb.shape[:2]
        views = np.array([fit_view(region, (wide, high), size) for region in (photo.start, photo.end)])
        ends = views[:, :2] + views[:, 2:] * [1.0, size[1] / size[0]]
        left, top = np.floor(views[:, :2].min(axis=0)).astype(int)
        right, bottom = np.minimum(np.ceil(ends.max(axis=0)).astype(int), [wide, high])
        rgb = np.ascontiguousarray(rgb[top : max(bottom, top + 1), left : max(right, left + 1)])
        high, wide = rgb.shape[:2]
        scale = min(size[0] / float(views[:, 2].min()), (MOST_SCALED / (wide * high)) ** 0.5)
        target = (2 * max(1, round(wide * scale / 2)), 2 * max(1, round(high * scale / 2)))
        if target != (wide, high):
            rgb = as_bytes(cv2.resize(rgb, target, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC))
        rgb = treat(rgb, photo)
        self.start, self.end = views - [left, top, 0]
        self.scale = np.array([target[0] / wide, target[1] / high])
        self.picture = rgb_to_ink(rgb)
        self.fine = 2 if 4 * target[0] * target[1] <= MOST_SCALED else 1
        doubled = (target[0] * self.fine, target[1] * self.fine)
        self.luma = as_bytes(cv2.resize(self.picture.y, doubled, interpolation=cv2.INTER_CUBIC))

    def view(self, share: float) -> View:
        """What is seen at a share of the way (see `camera_share`), in pixels of the picture that was kept."""
        left, top, width = self.start + (self.end - self.start) * share
        return float(left), float(top), float(width)

    def draw(self, share: float) -> Ink:
        """The whole frame at a share of the way, opaque."""
        import cv2

        left, top, width = self.view(share)
        planes = []
        for plane, pitch, density in (
            (self.luma, 1, float(self.fine)),
            (self.picture.u, 2, 0.5),
            (self.picture.v, 2, 0.5),
        ):
            # From a pixel's centre in the frame to one among the samples: centres lie at halves in both.
            x, y = self.scale * density
            zoom = pitch * width / self.size[0]
            matrix = np.array(
                [[zoom * x, 0, (left + zoom / 2) * x - 0.5], [0, zoom * y, (top + zoom / 2) * y - 0.5]],
            )
            box = (self.size[0] // pitch, self.size[1] // pitch)
            how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            planes.append(cv2.warpAffine(plane, matrix, box, flags=how, borderMode=cv2.BORDER_REPLICATE))
        return Ink(0, 0, *map(as_bytes, planes))
