"""Pictures as the encoder takes them: luma and half-size chroma, bt709, limited range.

Everything is composed in these planes, so that no engine converts colour twice and a hold is bit for bit its neighbours'
last frame. Chroma lies in the middle of four luma samples (the film is tagged so), which lets 2×2 means stand for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

_R, _G, _B = 0.2126, 0.7152, 0.0722
"""ITU-R BT.709-6, item 3.2."""
_LUMA = np.array([_R, _G, _B]) * 219 / 255
_CB = np.array([-_R, -_G, 1 - _B]) / (2 * (1 - _B)) * 224 / 255
_CR = np.array([1 - _R, -_G, -_B]) / (2 * (1 - _R)) * 224 / 255
_MATRIX = np.array([[*_LUMA, 16.0], [*_CB, 128.0], [*_CR, 128.0]])


def as_bytes(picture: object) -> Bytes:
    """The same array, known to be of bytes: OpenCV's types say any number."""
    return np.asarray(picture, np.uint8)


@dataclass(frozen=True)
class Ink:
    """A picture to lay on a frame at (`left`, `top`), both even, colour multiplied by alpha.

    `y` and `a`: uint8 (height, width), both even; `u`, `v` and `c` (alpha at chroma's size): uint8 (height / 2, width / 2).
    Without `a` and `c` it is opaque.
    """

    left: int
    top: int
    y: Bytes
    u: Bytes
    v: Bytes
    a: Bytes | None = None
    c: Bytes | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.y.shape[1], self.y.shape[0]


class Frame:
    """One whole frame: `data` is uint8 (height × 3 / 2, width), ffmpeg's yuv420p; `y`, `u`, `v` are views of its planes."""

    def __init__(self, size: tuple[int, int]) -> None:
        width, height = size
        self.size = size
        self.data: Bytes = np.empty((height * 3 // 2, width), np.uint8)
        flat = self.data.reshape(-1)
        luma, chroma = width * height, width * height // 4
        self.y: Bytes = flat[:luma].reshape(height, width)
        self.u: Bytes = flat[luma : luma + chroma].reshape(height // 2, width // 2)
        self.v: Bytes = flat[luma + chroma :].reshape(height // 2, width // 2)

    def copy(self) -> Frame:
        """A frame of its own with the same picture."""
        other = Frame(self.size)
        other.data[:] = self.data
        return other

    def fill(self, colour: str) -> Frame:
        """Paint it all in `#rrggbb`; gives itself."""
        rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
        for plane, row in zip((self.y, self.u, self.v), _MATRIX, strict=True):
            plane[:] = round(float(row[:3] @ rgb + row[3]))
        return self

    def lay(self, ink: Ink) -> None:
        """Compose `ink` over it."""
        import cv2

        width, height = ink.size
        spots = ((self.y, ink.y, ink.a, 1), (self.u, ink.u, ink.c, 2), (self.v, ink.v, ink.c, 2))
        inverse: dict[int, Any] = {}
        for plane, colour, alpha, step in spots:
            spot = plane[ink.top // step : (ink.top + height) // step, ink.left // step : (ink.left + width) // step]
            if alpha is None:
                spot[:] = colour
                continue
            if step not in inverse:
                inverse[step] = cv2.bitwise_not(alpha)
            spot[:] = cv2.add(cv2.multiply(spot, inverse[step], scale=1 / 255), colour)

    def rgb(self) -> Bytes:
        """The picture as a viewer decodes it: uint8 (height, width, 3)."""
        import cv2

        width, height = self.size
        chroma = [cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR) for plane in (self.u, self.v)]
        back = np.linalg.inv(_MATRIX[:, :3])
        matrix = np.column_stack([back, -back @ _MATRIX[:, 3]])
        return as_bytes(cv2.transform(cv2.merge([self.y, *chroma]), matrix))


def rgb_to_ink(rgb: Bytes) -> Ink:
    """An opaque picture from uint8 (height, width, 3), height and width even."""
    import cv2

    height, width = rgb.shape[:2]
    yuv = cv2.transform(rgb, _MATRIX)
    half = cv2.resize(yuv, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    channels = (cv2.extractChannel(yuv, 0), cv2.extractChannel(half, 1), cv2.extractChannel(half, 2))
    return Ink(0, 0, *map(as_bytes, channels))


def rgba_to_ink(rgba: Bytes, left: int = 0, top: int = 0) -> Ink:
    """From straight alpha, uint8 (height, width, 4), height, width, `left` and `top` even; opaque pictures keep no alpha."""
    import cv2

    alpha = as_bytes(cv2.extractChannel(rgba, 3))
    if alpha.min() == 255:
        opaque = rgb_to_ink(as_bytes(cv2.cvtColor(rgba, cv2.COLOR_RGBA2RGB)))
        return Ink(left, top, opaque.y, opaque.u, opaque.v)
    height, width = alpha.shape
    half = (width // 2, height // 2)
    yuv = cv2.transform(cv2.cvtColor(rgba, cv2.COLOR_RGBA2RGB), _MATRIX)
    y, u, v = (cv2.multiply(cv2.extractChannel(yuv, index), alpha, scale=1 / 255) for index in range(3))
    u, v, c = (as_bytes(cv2.resize(plane, half, interpolation=cv2.INTER_AREA)) for plane in (u, v, alpha))
    return Ink(left, top, as_bytes(y), u, v, alpha, c)


def premultiplied_to_ink(rgba: Bytes) -> Ink:
    """From colours that are multiplied by alpha already, uint8 (height, width, 4), height and width even."""
    import cv2

    height, width = rgba.shape[:2]
    # Black is a level of 16, and no colour one of 128: multiplied as well.
    clear = np.column_stack([_MATRIX[:, :3], _MATRIX[:, 3] / 255])
    yuv = cv2.transform(rgba, clear)
    half = cv2.resize(yuv, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    alpha = as_bytes(cv2.extractChannel(rgba, 3))
    thin = as_bytes(cv2.resize(alpha, (width // 2, height // 2), interpolation=cv2.INTER_AREA))
    y, u, v = (as_bytes(cv2.extractChannel(*one)) for one in ((yuv, 0), (half, 1), (half, 2)))
    return Ink(0, 0, y, u, v, alpha, thin)
