"""Render segments: independently cached stretches of picture, addressed by everything that can change their pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from importlib.metadata import version
from typing import Any, Literal

import numpy as np

from core.digest import digest
from render.composition import Clip, Composition, Footage, Layer, Painting, Photograph, Plate
from render.encode import Encoding
from render.ffmpeg import ffmpeg_identity
from render.planes import Frame
from render.plates import RASTER_VERSION
from render.states import State, layer_states
from render.transition import Transition

ENGINE_VERSION = 2
"""Raise when the same composition would give other pixels or other packets."""

LIBRARIES = (
    "imageio-ffmpeg", "opencv-python-headless", "resvg", "skia-python", "moviepy", "av", "numpy", "pillow", "shapely", "uharfbuzz",
)  # fmt: skip
"""What draws and encodes: another version of one may give other pixels, or packets that do not join. Paintings shape their letters
and simplify their land while they are drawn."""


@cache
def made_with() -> tuple[str, ...]:
    """The versions of what draws and encodes, our own among them, and which ffmpeg, where it is not the package's."""
    return (f"engine {ENGINE_VERSION}", *(f"{name} {version(name)}" for name in LIBRARIES), ffmpeg_identity())


HOLD_UNIT = 30
"""Packets of a hold that are kept: one key frame a second when repeated at 30 fps; even, so that `idr_pic_id` alternates."""

Engine = Literal["ffmpeg", "frames", "moviepy"]


@dataclass(frozen=True)
class Segment:
    """Frames [first, first + frames) of a scene's `composition`; a `hold` is one picture that lasts `frames`.

    `parts` are named digests of what went into `key`, for saying why a segment is dirty.
    """

    id: str
    scene: str
    first: int
    frames: int
    engine: Engine
    hold: bool
    composition: Composition
    rate: Fraction
    encoding: Encoding
    transition: Transition | None
    key: str
    parts: tuple[tuple[str, str], ...]

    @property
    def encoded(self) -> int:
        """Packets that are kept: a hold's unit, else one a frame."""
        return HOLD_UNIT if self.hold else self.frames

    @property
    def drawn(self) -> int:
        """Frames that are drawn and encoded: one of a hold, else all."""
        return 1 if self.hold else self.frames

    @property
    def repeated(self) -> int:
        """Frames that come from repeating packets rather than from encoding."""
        return max(0, self.frames - self.encoded) if self.hold else 0

    @property
    def packets(self) -> Iterator[int]:
        """The encoded packets by index, in order, as the film carries them.

        The last piece of a repeated hold is never one packet: an IDR picture right before another one of the same number would be
        taken for the same picture (H.264, 7.4.1.2.4).
        """
        left = self.frames
        while left > 0:
            piece = min(left, self.encoded)
            if left - piece == 1 and piece > 2:
                piece -= 1
            yield from range(piece)
            left -= piece


def content_address(layer: Layer) -> dict[str, Any]:
    """What of a layer's content can change pixels, apart from what its states say."""
    content = layer.content
    if isinstance(content, Plate):
        return {"plate": digest(RASTER_VERSION, content)}
    if isinstance(content, Photograph):
        return {
            "photo": content.sha256,
            "views": digest(content.start, content.end),
            "look": (content.treatment, content.darken, content.tones, content.grounds),
        }
    if isinstance(content, Clip):
        return {"clip": (content.sha256, content.function, content.arguments), "last": layer.last, "first": layer.first}
    if isinstance(content, Footage):
        # Where the stretch ends is in the states: they say which of its frames is shown.
        shown = (content.start, content.speed, content.window, content.box, content.ground, content.alpha)
        return {"footage": content.sha256, "shown": shown}
    assert isinstance(content, Painting)
    return {"painting": (type(content).__module__, digest(content))}


def picture_parts(composition: Composition, rate: Fraction, first: int, frames: int) -> list[tuple[str, str]]:
    """Named digests of all that can be seen in a stretch: of each visible layer its content, and its states frame by frame."""
    window = np.arange(first, first + frames)
    parts = [("background", digest(composition.background))]
    for layer in composition.layers:
        states = layer_states(layer, window, float(rate))
        if not states[:, 0].any():
            continue
        address = content_address(layer)
        if isinstance(layer.content, Clip):
            address |= {"rate": rate, "length": composition.frames}
        parts.append((f"content of layer {layer.name}", digest(address)))
        anchor = layer.anchor if (states[:, 3] != 1).any() else None
        parts.append((f"motion of layer {layer.name}", digest(anchor, states.shape, states.astype("<f8").tobytes())))
    return parts


def visible_part(composition: Composition, rate: Fraction, first: int, frames: int) -> Composition:
    """The composition without the layers that cannot be seen in a stretch."""
    window = np.arange(first, first + frames)
    layers = tuple(layer for layer in composition.layers if layer_states(layer, window, float(rate))[:, 0].any())
    return Composition(composition.size, composition.frames, layers, composition.background)


def only_fades(composition: Composition, rate: Fraction, first: int, frames: int) -> bool:
    """True when nothing but the opacity of plates changes: what an ffmpeg graph does as exactly as the compositor."""
    window = np.arange(first, first + frames)
    for layer in composition.layers:
        states = layer_states(layer, window, float(rate))
        shown = np.delete(states[states[:, 0] > 0], State._fields.index("opacity"), axis=1)
        if (states != states[0]).any() and (not isinstance(layer.content, Plate) or (shown != shown[0]).any()):
            return False
    return True


def make_segment(
    scene: str,
    composition: Composition,
    rate: Fraction,
    encoding: Encoding,
    first: int,
    frames: int,
    *,
    hold: bool = False,
    transition: Transition | None = None,
) -> Segment:
    """Address one stretch. A hold's key says nothing of its length: its packets serve any."""
    seen = 1 if hold else frames
    shown = visible_part(composition, rate, first, seen)
    under = transition.before.layers if transition and transition.before else ()
    if not any(isinstance(layer.content, (Clip, Footage)) for layer in (*shown.layers, *under)):
        encoding = replace(encoding, filmed=False)
    parts = [
        ("engine version", digest(made_with())),
        ("encoder settings", digest(encoding)),
        ("frame size", digest(composition.size)),
        ("frame rate", digest(rate)),
        ("length", digest("hold", HOLD_UNIT) if hold else digest(frames)),
        *picture_parts(shown, rate, first, seen),
    ]
    clips = any(isinstance(layer.content, Clip) for layer in shown.layers)
    if transition:
        parts.append(("transition", digest(transition.kind, transition.frames)))
        if transition.before:
            before = visible_part(transition.before, rate, transition.before.frames - 1, 1)
            transition = Transition(transition.kind, transition.frames, before)
            parts.append(("scene before", digest(picture_parts(before, rate, before.frames - 1, 1))))
            clips |= any(isinstance(layer.content, Clip) for layer in before.layers)
    graph = not transition and (hold or only_fades(shown, rate, first, frames))
    engine: Engine = "moviepy" if clips else "ffmpeg" if graph else "frames"
    # Layers' names are for reasons; pixels do not depend on them.
    key = digest([part[1] for part in parts])
    return Segment("", scene, first, frames, engine, hold, shown, rate, encoding, transition, key, tuple(parts))


def frames_of(segment: Segment, cache: Any) -> Iterator[Frame]:
    """Draw the frames to encode, in order."""
    from render.frames import Compositor
    from render.transition import mix

    rate = float(segment.rate)
    if segment.hold:
        with Compositor(segment.composition, rate, cache, segment.first, 1) as compositor:
            picture = compositor.draw(segment.first)
        yield from (picture for _ in range(segment.encoded))
        return
    change = segment.transition
    under = Frame(segment.composition.size).fill("#000000")
    if change and change.before:
        last = change.before.frames - 1
        with Compositor(change.before, rate, cache, last, 1) as compositor:
            under = compositor.draw(last)
    with Compositor(segment.composition, rate, cache, segment.first, segment.frames) as compositor:
        for n in range(segment.frames):
            drawn = compositor.draw(segment.first + n)
            yield mix(change.kind, under, drawn, n, change.frames) if change else drawn
