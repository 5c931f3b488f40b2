"""A stretch of a video as a layer: for each of the film's frames the picture that the video shows then."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

from render.composition import Footage
from render.planes import Frame, Ink, as_bytes
from render.video_frames import VideoReader
from render.video_picture import PictureMaker

PHASE = Fraction(1, 3)
"""When in a film frame the video is looked at. At its very beginning, stamps that are rounded to milliseconds would fall now
before and now after it, and pictures of equal rate would come twice or not at all; at a half, those of twice the rate would."""
_BLUR = 8
"""The blurred ground is made at an eighth of the frame's size."""
_DIM = 0.45
"""Share of its light that the blurred ground keeps, so that the picture on it stands out."""


def rate_of(rate: float) -> Fraction:
    """A film's exact rate from its decimal one; NTSC's have 1001 below the line."""
    return Fraction(rate).limit_denominator(1001)


def moment_of(footage: Footage, frame: int, rate: Fraction) -> Fraction:
    """The second of the video that the footage's own frame `frame` shows."""
    return footage.start + (frame + PHASE) / rate * footage.speed


def last_frame(footage: Footage, rate: Fraction) -> int:
    """The last frame that the stretch has; it stays from then on."""
    return max(0, math.ceil((footage.end - footage.start) / footage.speed * rate - PHASE) - 1)


class FootagePlayer:
    """Draws any frame of a stretch of video; frames in order are decoded once."""

    def __init__(self, footage: Footage, size: tuple[int, int], rate: float) -> None:
        self.footage, self.size, self.rate = footage, size, rate_of(rate)
        self.reader = VideoReader(footage.path)
        self.maker = PictureMaker(footage.window, footage.box[2:], self.reader.aspect, footage.alpha)
        self._drawn: tuple[Fraction, Ink] | None = None

    def draw(self, frame: int) -> Ink:
        """The footage's own frame number `frame`: its box, or the whole frame with a ground made of the picture."""
        time, picture = self.reader.at(moment_of(self.footage, frame, self.rate))
        if self._drawn is None or self._drawn[0] != time:
            ink = self.maker.make(picture)
            left, top = self.footage.box[:2]
            ink = replace(ink, left=left, top=top)
            self._drawn = time, self._on_ground(ink) if self.footage.ground == "blur" else ink
        return self._drawn[1]

    def close(self) -> None:
        """Let go of the video."""
        self.reader.close()

    def _on_ground(self, ink: Ink) -> Ink:
        """The picture on itself, enlarged to fill the frame, blurred and dimmed."""
        import cv2
        import numpy as np

        width, height = self.size
        whole = Frame(self.size)
        for target, plane, step in ((whole.y, ink.y, 1), (whole.u, ink.u, 2), (whole.v, ink.v, 2)):
            high, wide = plane.shape
            seen = min(wide, round(high * width / height)), min(high, round(wide * height / width))
            left, top = (wide - seen[0]) // 2, (high - seen[1]) // 2
            small = max(2, width // step // _BLUR), max(2, height // step // _BLUR)
            cropped = plane[top : top + seen[1], left : left + seen[0]]
            coarse = cv2.resize(cropped, small, interpolation=cv2.INTER_AREA).astype(np.float32)
            sigma = small[0] * small[1] / (small[0] + small[1]) * 0.09
            soft = cv2.GaussianBlur(coarse, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
            floor = 16 if step == 1 else 128
            large = cv2.resize(floor + (soft - floor) * _DIM, target.shape[::-1], interpolation=cv2.INTER_LINEAR)
            target[:] = as_bytes(np.clip(np.rint(large), 0, 255).astype(np.uint8))
        whole.lay(ink)
        return Ink(0, 0, whole.y, whole.u, whole.v)
