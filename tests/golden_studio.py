"""A studio folder with the media that cases of goldens use: generated, the same on every machine."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.processes import run
from render.ffmpeg import ffmpeg_path


def make_golden_studio(folder: Path) -> Path:
    """Fill `folder` with what golden cases name, and give it back.

    `coast.png`: 1600 × 1200, a bright sky over a dark sea, with a ridge and a sun as marks to know it by.
    `harbour.mp4`: 1280 × 720 at 25 a second for 3 s, the same coast seen by a camera that goes to the right by 100 pixels a second;
    `quay.mp4` the same in 540 × 960.
    `sting.mov`: 960 × 540, transparent: a disc with a soft edge over a half transparent bar, straight, PNG in QuickTime.
    `ships.csv`: three columns of figures by year.
    `signet.svg`: a ring with a stroke and a bar beside it, as a logo.
    `signal.py`: `signal`, a MoviePy clip of a bar that has reached the middle when half of it is over; `snow`, a bright picture
    to lay things on.
    """
    import cv2

    folder.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(folder / "coast.png"), _coast(1600, 1200)[..., ::-1])
    (folder / "signet.svg").write_text(_SIGNET, encoding="utf-8")
    for name, size in (("harbour.mp4", "1280:720"), ("quay.mp4", "540:960")):
        _film(folder / "coast.png", folder / name, size)
    _sting(folder / "sting.mov")
    (folder / "signal.py").write_text(_SIGNAL, encoding="utf-8")
    (folder / "ships.csv").write_text(_SHIPS, encoding="utf-8")
    return folder


def _film(picture: Path, target: Path, size: str) -> None:
    """A camera that goes over a picture, from left to right."""
    pan = f"crop={size}:x=4*n:y=(ih-oh)/2,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams=colorspace=bt709"
    source: list[str | Path] = ["-loop", "1", "-framerate", "25", "-t", "3", "-i", picture]
    encode: list[str | Path] = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-threads", "1", "-y", target]
    run([ffmpeg_path(), "-v", "error", *source, "-vf", pan, *encode], what="film the coast")


def _sting(target: Path) -> None:
    disc, bar = "clip((120-hypot(X-480,Y-250))/30+0.5,0,1)", "0.5*lt(abs(Y-420),30)"
    share = f"{disc}/max({disc}+{bar}*(1-{disc}),0.001)"
    colours = ":".join(f"{name}='255+({value}-255)*{share}'" for name, value in (("r", 246), ("g", 183), ("b", 60)))
    alpha = f"a='255*({disc}+{bar}*(1-{disc}))'"
    source = f"color=black@0:s=960x540:r=25:d=2,format=rgba,geq={colours}:{alpha}"
    run([ffmpeg_path(), "-v", "error", "-f", "lavfi", "-i", source, "-c:v", "png", "-y", target], what="make a sting")


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
_SIGNET = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80">
  <circle cx="40" cy="40" r="32" fill="none" stroke="#f4efe6" stroke-width="12"/>
  <path d="M40 8V72" stroke="#f6b73c" stroke-width="12"/>
  <path d="M96 26H232M96 54H190" stroke="#f4efe6" stroke-width="14"/>
</svg>
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


def snow(*, size, duration, fps):
    width, height = size
    frame = np.full((height, width, 3), 236, np.uint8)
    return VideoClip(lambda time: frame, duration=duration)
"""
