"""The film of `render_vs_moviepy`, as a MoviePy program: nothing in it comes from Slugline.

Written as well as we can: pictures are read, cropped and scaled once; layers are cropped to their bounding boxes; what stands still
is put together once and held as one image; after an entrance all that lies over a moving picture is a single layer; scenes are
chained, not composed. With `--own` the frames are put together by our own NumPy and OpenCV, and MoviePy only calls and writes them.

    python benchmarks/moviepy_film.py FILM.json FILM.mp4 [--own]
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from moviepy import CompositeVideoClip, ImageClip, VideoClip, concatenate_videoclips
from numpy.typing import NDArray
from PIL import Image

Bytes = NDArray[np.uint8]
Size = tuple[int, int]
Draw = Callable[[float], Bytes]


@dataclass(frozen=True)
class Drawing:
    """A layer, cropped: uint8 (height, width, 4), straight alpha, at (`left`, `top`) of the frame."""

    rgba: Bytes
    left: int
    top: int

    def clip(self, duration: float) -> Any:
        """As MoviePy takes it, with its alpha as a mask."""
        return ImageClip(self.rgba, transparent=True, duration=duration).with_position((self.left, self.top))


def read_drawing(file: Path, at: tuple[int, int]) -> Drawing:
    """A PNG and where it lies."""
    return Drawing(np.asarray(Image.open(file).convert("RGBA")), *at)


def flatten(drawings: list[Drawing], size: Size) -> Image.Image:
    """Several drawings as one picture of the whole frame."""
    whole = Image.new("RGBA", size, (0, 0, 0, 0))
    for drawing in drawings:
        canvas = Image.new("RGBA", size, (0, 0, 0, 0))
        canvas.paste(Image.fromarray(drawing.rgba), (drawing.left, drawing.top))
        whole = Image.alpha_composite(whole, canvas)
    return whole


def cropped(picture: Image.Image) -> Drawing:
    """What is left of a transparent picture when its empty edges are cut away."""
    left, top, right, bottom = picture.getbbox() or (0, 0, 2, 2)
    return Drawing(np.asarray(picture.crop((left, top, right, bottom))), left, top)


def enter(share: float) -> float:
    """cubic-bezier(.05,.7,.1,1) at a share of the time."""
    s = np.linspace(0, 1, 513)
    time = 3 * s * (1 - s) ** 2 * 0.05 + 3 * s**2 * (1 - s) * 0.1 + s**3
    value = 3 * s * (1 - s) ** 2 * 0.7 + 3 * s**2 * (1 - s) + s**3
    return float(np.interp(min(max(share, 0.0), 1.0), time, value))


def smooth(share: float) -> float:
    """A smooth start and end."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


def glide(share: float, edge: float) -> float:
    """Constant speed, reached and lost evenly within `edge` of the way's time."""
    speed = 1 / (1 - edge)
    if share < edge:
        return speed * share**2 / (2 * edge)
    if share > 1 - edge:
        return 1 - speed * (1 - share) ** 2 / (2 * edge)
    return speed * (share - edge / 2)


@dataclass(frozen=True)
class Entrance:
    """A drawing that rises by `travel` pixels and fades in from `first`, in `length` seconds."""

    drawing: Drawing
    first: float
    length: float
    travel: float

    def share(self, t: float) -> float:
        """How far it has come at a time of its scene."""
        return enter((t - self.first) / self.length)

    def clip(self, until: float) -> Any:
        """As MoviePy takes it."""
        alpha = self.drawing.rgba[..., 3] / 255.0

        def mask(t: float) -> NDArray[np.float64]:
            return alpha * self.share(t + self.first)

        def place(t: float) -> tuple[int, int]:
            return self.drawing.left, round(self.drawing.top + self.travel * (1 - self.share(t + self.first)))

        duration = until - self.first
        picture = ImageClip(np.ascontiguousarray(self.drawing.rgba[..., :3]), duration=duration)
        faded = picture.with_mask(VideoClip(mask, is_mask=True, duration=duration))
        return faded.with_start(self.first).with_position(place)


class Camera:
    """A photograph under a move: cropped and scaled once to what the closest view needs."""

    def __init__(self, facts: dict[str, Any], size: Size, duration: float) -> None:
        picture = Image.open(facts["file"]).convert("RGB")
        wide, high = picture.size
        views = []
        for x, y, width in (facts["start"], facts["end"]):
            across = width * wide
            down = across * size[1] / size[0]
            left = min(max(x * wide - across / 2, 0), wide - across)
            top = min(max(y * high - down / 2, 0), high - down)
            views.append((left, top, left + across, top + down))
        edges = (int(min(v[0] for v in views)), int(min(v[1] for v in views)))
        far = (int(np.ceil(max(v[2] for v in views))), int(np.ceil(max(v[3] for v in views))))
        scale = size[0] / min(v[2] - v[0] for v in views)
        cut = picture.crop((*edges, *far))
        self.picture = cut.resize((round(cut.width * scale), round(cut.height * scale)), Image.Resampling.BOX)
        kx, ky = self.picture.width / cut.width, self.picture.height / cut.height
        self.views = [
            np.array([(v[0] - edges[0]) * kx, (v[1] - edges[1]) * ky, (v[2] - edges[0]) * kx, (v[3] - edges[1]) * ky])
            for v in views
        ]
        self.size, self.array = size, np.asarray(self.picture)
        self.last, self.edge = duration - 1 / 30, 1.0 / (duration - 1 / 30)

    def box(self, t: float) -> NDArray[np.float64]:
        """What is seen: left, top, right, bottom."""
        share = glide(min(t / self.last, 1.0), min(self.edge, 0.5))
        return np.asarray(self.views[0] + (self.views[1] - self.views[0]) * share)

    def draw(self, t: float) -> Bytes:
        """A frame by Pillow, exact to a fraction of a pixel."""
        left, top, right, bottom = (float(edge) for edge in self.box(t))
        box = (left, top, right, bottom)
        return np.asarray(self.picture.resize(self.size, Image.Resampling.BILINEAR, box=box))

    def draw_own(self, t: float) -> Bytes:
        """The same by OpenCV."""
        left, top, right, _ = self.box(t)
        return warp(self.array, (right - left) / self.size[0], left, top, self.size)


def warp(picture: Bytes, zoom: float, left: float, top: float, size: Size) -> Bytes:
    """The part of a picture that begins at (left, top), `zoom` of its pixels to one of the frame's."""
    matrix = np.array([[zoom, 0, left + zoom / 2 - 0.5], [0, zoom, top + zoom / 2 - 0.5]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(picture, matrix, size, flags=how, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def blend(frame: Bytes, drawing: Drawing, *, down: int = 0, opacity: float = 1.0, until: int | None = None) -> None:
    """Lay a drawing on a frame, within its own box; `until` cuts it off after so many columns."""
    rgba = drawing.rgba[:, :until]
    high, wide = rgba.shape[:2]
    if not wide:
        return
    spot = frame[drawing.top + down : drawing.top + down + high, drawing.left : drawing.left + wide]
    alpha = cv2.merge([rgba[..., 3]] * 3)
    if opacity < 1:
        alpha = cv2.convertScaleAbs(alpha, alpha=opacity)
    ink = cv2.multiply(rgba[..., :3], alpha, scale=1 / 255)
    spot[:] = cv2.add(cv2.multiply(spot, cv2.bitwise_not(alpha), scale=1 / 255), ink)


def photograph_scene(facts: dict[str, Any], drawings: dict[str, Drawing], size: Size, *, own: bool) -> Any:
    """A photograph that moves under a scrim and a title that comes in."""
    duration = facts["duration"]
    camera = Camera(facts["photograph"], size, duration)
    scrim, title = drawings["scrim"], drawings["title"]
    entrance = Entrance(title, *facts["title"])
    over = cropped(flatten([scrim, title], size))
    settled = entrance.first + entrance.length
    if own:

        def frame(t: float) -> Bytes:
            picture = camera.draw_own(t)
            if t >= settled:
                blend(picture, over)
            else:
                blend(picture, scrim)
                share = entrance.share(t)
                blend(picture, title, down=round(entrance.travel * (1 - share)), opacity=share)
            return picture

        return VideoClip(frame, duration=duration)
    picture = VideoClip(camera.draw, duration=duration)
    layers = [picture, scrim.clip(settled), entrance.clip(settled)]
    layers.append(over.clip(duration - settled).with_start(settled))
    return CompositeVideoClip(layers, size=size).with_duration(duration)


def held_scene(facts: dict[str, Any], drawings: dict[str, Drawing], size: Size, *, own: bool) -> Any:
    """Lines over a ground, of which the last comes in; then all stands still."""
    duration = facts["duration"]
    below = [drawings[name] for name in facts["still"]]
    ground = np.asarray(flatten(below, size).convert("RGB"))
    line = drawings[facts["moves"]]
    entrance = Entrance(line, *facts["enters"])
    settled = entrance.first + entrance.length
    whole = np.asarray(flatten([*below, line], size).convert("RGB"))
    if own:

        def frame(t: float) -> Bytes:
            picture = ground.copy()
            share = entrance.share(t)
            blend(picture, line, down=round(entrance.travel * (1 - share)), opacity=share)
            return picture

        comes: Any = VideoClip(frame, duration=settled)
    else:
        layers = [ImageClip(ground, duration=settled), entrance.clip(settled)]
        comes = CompositeVideoClip(layers, size=size).with_duration(settled)
    return concatenate_videoclips([comes, ImageClip(whole, duration=duration - settled)], method="chain")


def bars_scene(facts: dict[str, Any], drawings: dict[str, Drawing], size: Size, *, own: bool) -> Any:
    """Bars that grow over a ground that drifts."""
    duration, (x, y), growth = facts["duration"], facts["anchor"], facts["growth"]
    ground = Image.fromarray(drawings["ground"].rgba).convert("RGB")
    array = np.asarray(ground)
    bars = [(drawings[name], first) for name, first in facts["bars"]]

    def share(t: float, first: float) -> float:
        return smooth((t - first) / (facts["last"] - first))

    def drifting(t: float) -> tuple[float, float, float]:
        k = 1 + growth * t / duration
        return x - x / k, y - y / k, 1 / k

    if own:

        def frame(t: float) -> Bytes:
            left, top, zoom = drifting(t)
            picture = warp(array, zoom, left, top, size)
            for drawing, first in bars:
                blend(picture, drawing, until=round(drawing.rgba.shape[1] * share(t, first)))
            return picture

        return VideoClip(frame, duration=duration)

    def drift(t: float) -> Bytes:
        left, top, zoom = drifting(t)
        box = (left, top, left + size[0] * zoom, top + size[1] * zoom)
        return np.asarray(ground.resize(size, Image.Resampling.BILINEAR, box=box))

    layers = [VideoClip(drift, duration=duration)]
    for drawing, first in bars:

        def shown(t: float, drawing: Drawing = drawing, first: float = first) -> int:
            return max(1, round(int(drawing.rgba.shape[1]) * share(t, first)))

        def colour(t: float, drawing: Drawing = drawing, shown: Callable[[float], int] = shown) -> Bytes:
            return drawing.rgba[:, : shown(t), :3]

        def mask(t: float, drawing: Drawing = drawing, shown: Callable[[float], int] = shown) -> NDArray[np.float64]:
            return np.asarray(drawing.rgba[:, : shown(t), 3] / 255.0)

        clip = VideoClip(colour, duration=duration).with_mask(VideoClip(mask, is_mask=True, duration=duration))
        layers.append(clip.with_position((drawing.left, drawing.top)))
    return CompositeVideoClip(layers, size=size).with_duration(duration)


SCENES = {"photograph": photograph_scene, "held": held_scene, "bars": bars_scene}


def main() -> None:
    """Make the film that the first argument describes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("film", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--own", action="store_true", help="put frames together by hand")
    words = parser.parse_args()
    facts = json.loads(words.film.read_text(encoding="utf-8"))
    size = (facts["size"][0], facts["size"][1])
    clips = []
    for scene in facts["scenes"]:
        drawings = {
            name: read_drawing(Path(entry["file"]), tuple(entry["at"])) for name, entry in scene["drawings"].items()
        }
        clips.append(SCENES[scene["kind"]](scene, drawings, size, own=words.own))
    film = concatenate_videoclips(clips, method="chain")
    film.write_videofile(
        str(words.target),
        fps=facts["fps"],
        codec="libx264",
        audio=False,
        preset=facts["preset"],
        threads=os.cpu_count(),
        ffmpeg_params=facts["parameters"],
        logger=None,
    )


if __name__ == "__main__":
    main()
