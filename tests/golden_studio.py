"""A studio folder with the media that cases of goldens use: generated, the same on every machine."""

from __future__ import annotations

from pathlib import Path

import numpy as np


def make_golden_studio(folder: Path) -> Path:
    """Fill `folder` with what golden cases name, and give it back.

    `coast.png`: 1600 × 1200, a bright sky over a dark sea, with a ridge and a sun as marks to know it by.
    `ships.csv`: three columns of figures by year.
    `signal.py`: `signal`, a MoviePy clip of a bar that has reached the middle when half of it is over.
    """
    import cv2

    folder.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(folder / "coast.png"), _coast(1600, 1200)[..., ::-1])
    (folder / "signal.py").write_text(_SIGNAL, encoding="utf-8")
    (folder / "ships.csv").write_text(_SHIPS, encoding="utf-8")
    return folder


def _coast(width: int, height: int) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    """uint8 (height, width, 3)."""
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    sky = np.stack([200 - 90 * down, 190 - 40 * down, 150 + 70 * down], axis=2)
    sea = np.stack([20 + 30 * down, 50 + 40 * down, 70 + 50 * down], axis=2) + 8 * np.sin(90 * down**2)[..., None]
    ridge = 0.55 - 0.06 * np.sin(7 * across) - 0.03 * np.sin(19 * across + 1)
    picture = np.where((down > 0.6)[..., None], sea, sky)
    picture[(down > ridge) & (down <= 0.6)] = (58, 62, 60)
    sun = (across - 0.7) ** 2 * (width / height) ** 2 + (down - 0.3) ** 2 < 0.07**2
    picture[sun] = (250, 226, 170)
    return np.clip(picture, 0, 255).astype(np.uint8)


_SHIPS = """\
year,Ships,Tonnage,Crews
2010,100,100,100
2015,97,112,91
2020,105,131,88
2025,72,94,70
"""
_SIGNAL = """\
import numpy as np
from moviepy import VideoClip


def signal(*, size, duration, fps):
    width, height = size

    def draw(time):
        frame = np.full((height, width, 3), (14, 40, 52), np.uint8)
        frame[int(0.45 * height) : int(0.55 * height), : int(width * time / duration)] = (246, 183, 60)
        return frame

    return VideoClip(draw, duration=duration)
"""
