"""What one scene looks like over time: layers, bottom first, each with its motion. Pure; what kinds make and engines draw.

Frames count from the scene's own first frame, so that a neighbour's change moves nothing. Distances are pixels of the frame.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Ease = Literal["linear", "enter", "leave", "both", "settle"]
"""`enter` is cubic-bezier(.05,.7,.1,1), `leave` (.3,0,.8,.15), `both` a smooth start and end (VISUAL.md, Motion); `settle`
begins at twice its mean speed and slows down evenly, so that it can take over from a steady movement without a jolt."""


@dataclass(frozen=True)
class Key:
    """A value at a frame; `ease` is how it is approached from the key before."""

    frame: float
    value: float
    ease: Ease = "linear"


Track = tuple[Key, ...]
"""Keys in order of frame. Before the first key the first value holds, after the last the last."""


@dataclass(frozen=True)
class Motion:
    """How a layer moves. An empty track is its resting value: x 0, y 0, scale 1, opacity 1, reveal 1."""

    x: Track = ()
    y: Track = ()
    scale: Track = ()
    opacity: Track = ()
    reveal: Track = ()


@dataclass(frozen=True)
class Plate:
    """A layer rasterised once from an SVG document of the whole frame; cropped to its bounding box by the rasteriser.

    `reveal` says from which edge the motion's `reveal` uncovers it. `path` is an SVG path-like polyline, for a plate that
    is uncovered along a line (a route): pixels appear in the order of the nearest point's distance along it.
    """

    svg: str
    reveal: Literal["left", "right", "top", "bottom", "path"] = "left"
    path: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Region:
    """A part of a picture, in fractions of its width and height: its centre and its width."""

    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Photograph:
    """A picture larger than the frame, seen through a camera that moves (Ken Burns).

    Fills the frame; `start` and `end` are what the camera sees at `first` and `last` frame, eased at both ends.
    `treatment` is a colour treatment by name, `tones` those of a duotone (#rrggbb, dark to light); `darken` 0 to 1 lays black over
    it. `grounds` are what lies behind a transparent picture, and behind one that is dark.
    """

    path: Path
    sha256: str
    start: Region
    end: Region
    first: int
    last: int
    treatment: Literal["none", "mono", "tint", "duotone"] = "none"
    darken: float = 0.0
    tones: tuple[str, ...] = ()
    grounds: tuple[str, str] = ("#000000", "#ffffff")


@runtime_checkable
class Painting(Protocol):
    """A layer drawn per frame where it changes, such as a map under a moving camera. A frozen, picklable dataclass.

    Its `core.digest.digest` is its address: everything that can change a pixel is a field.
    """

    @property
    def busy(self) -> tuple[tuple[int, int], ...]:
        """Stretches [first, last) of frames in which it changes from one frame to the next."""
        ...

    @property
    def happens(self) -> tuple[tuple[int, int], ...]:
        """Those of them in which a viewer sees something happen: all but a camera's slow push."""
        ...

    def painter(self, size: tuple[int, int]) -> Callable[[int], NDArray[np.uint8]]:
        """Prepare once, then draw any frame: uint8 array (height, width, 4), straight alpha, RGBA."""
        ...


@dataclass(frozen=True)
class Clip:
    """A MoviePy clip made by a function in the studio's folder: `function(**arguments)` of module file `path`.

    Called with `size`, `duration` (seconds), `fps` and the scene's own `arguments` (JSON text).
    """

    path: Path
    sha256: str
    function: str
    arguments: str = "{}"


Alpha = Literal["none", "straight", "premultiplied"]
"""How a video is transparent: not at all, with colours as they are, or with colours multiplied by their alpha."""


@dataclass(frozen=True)
class Footage:
    """A stretch of a video file: seconds [start, end) of it from the layer's first frame on, `speed` times as fast; its last
    picture stays when the layer lasts longer.

    `window` (left, top, width, height) is the part that is seen, in pixels of the upright picture; `box` (the same, even
    numbers) where it lies in the frame; the `ground` around it is the picture itself, blurred, or nothing.
    """

    path: Path
    sha256: str
    start: Fraction
    end: Fraction
    speed: Fraction
    window: tuple[float, float, float, float]
    box: tuple[int, int, int, int]
    ground: Literal["none", "blur"] = "none"
    alpha: Alpha = "none"


Content = Plate | Photograph | Painting | Clip | Footage


@dataclass(frozen=True)
class Layer:
    """One thing in the picture. Drawn on frames [first, last); `anchor` is the fixed point of `scale`, in pixels."""

    name: str
    content: Content
    first: int = 0
    last: int | None = None
    motion: Motion = field(default_factory=Motion)
    anchor: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Composition:
    """A scene's picture: `frames` long, `size` (width, height), layers bottom first, over an opaque `background` (#rrggbb)."""

    size: tuple[int, int]
    frames: int
    layers: tuple[Layer, ...]
    background: str = "#0b0f14"
