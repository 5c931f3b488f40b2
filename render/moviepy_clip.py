"""A MoviePy clip from a studio's own function, as a layer."""

from __future__ import annotations

import importlib.util
import json
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from core.errors import BadInput, Place, SluglineError
from render.composition import Clip
from render.planes import Ink, rgb_to_ink, rgba_to_ink


@contextmanager
def _own_errors(clip: Clip, what: str) -> Iterator[None]:
    """Turn an error in the studio's code into one that names its file and line."""
    try:
        yield
    except SluglineError:
        raise
    except Exception as error:
        steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename == str(clip.path)]
        line = (
            getattr(error, "lineno", None) if isinstance(error, SyntaxError) else (steps[-1].lineno if steps else None)
        )
        said = f"{type(error).__name__}: {error}"
        code = f" at `{steps[-1].line}`" if steps and steps[-1].line else ""
        raise BadInput(
            f"{clip.function} failed {what}: {said}{code}",
            hint="run the function on its own to see its whole traceback",
            place=Place(str(clip.path), line),
        ) from error


def _load(clip: Clip) -> Any:
    spec = importlib.util.spec_from_file_location(f"studio_{clip.sha256[:16]}", clip.path)
    if spec is None or spec.loader is None:
        raise BadInput(f"{clip.path.name} is not a Python file", place=Place(str(clip.path)))
    module = importlib.util.module_from_spec(spec)
    with _own_errors(clip, "while its file was loaded"):
        spec.loader.exec_module(module)
    function = getattr(module, clip.function, None)
    if not callable(function):
        raise BadInput(f"{clip.path.name} has no function {clip.function!r}", place=Place(str(clip.path)))
    return function


class ClipPlayer:
    """Makes the clip once and draws any of its frames.

    The function is called with `size` (width, height), `duration` in seconds, `fps` and the scene's own arguments. Raises BadInput,
    with the file and line, for whatever goes wrong inside it, for something that is no clip and for frames of another size.
    """

    def __init__(self, clip: Clip, size: tuple[int, int], frames: int, rate: float) -> None:
        self.clip, self.size, self.rate = clip, size, rate
        function = _load(clip)
        with _own_errors(clip, "while it made the clip"):
            self.made = function(size=size, duration=frames / rate, fps=rate, **json.loads(clip.arguments))
        if not hasattr(self.made, "get_frame"):
            raise BadInput(
                f"{clip.function} gave {type(self.made).__name__}, not a MoviePy clip", place=Place(str(clip.path))
            )

    def draw(self, frame: int) -> Ink:
        """The clip's own frame number `frame`; its mask, if it has one, is its alpha."""
        moment = frame / self.rate
        with _own_errors(self.clip, f"at {moment:.2f} s"):
            rgb = np.asarray(self.made.get_frame(moment))
            mask = getattr(self.made, "mask", None)
            alpha = None if mask is None else np.asarray(mask.get_frame(moment))
        width, height = self.size
        if rgb.shape != (height, width, 3):
            shape = f"{rgb.shape[1]}×{rgb.shape[0]}" if rgb.ndim >= 2 else str(rgb.shape)
            raise BadInput(
                f"{self.clip.function} gave a frame of {shape}, not {width}×{height}",
                hint="use the `size` that the function is called with",
                place=Place(str(self.clip.path)),
            )
        pixels = np.ascontiguousarray(rgb if rgb.dtype == np.uint8 else np.clip(np.rint(rgb), 0, 255).astype(np.uint8))
        if alpha is None:
            return rgb_to_ink(pixels)
        straight = np.clip(np.rint(alpha * 255.0), 0, 255).astype(np.uint8)
        return rgba_to_ink(np.dstack([pixels, straight]))

    def close(self) -> None:
        """Let go of files that the clip holds open."""
        self.made.close()
