"""A MoviePy clip from a studio's own function, as a layer."""

from __future__ import annotations

import importlib.util
import json
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import BadInput, Place, SluglineError
from render.composition import Clip
from render.planes import Bytes, Ink, rgb_to_ink, rgba_to_ink


@contextmanager
def _own_errors(clip: Clip, what: str) -> Iterator[None]:
    """Turn an error in the studio's code into one that shows where it is: its steps through the studio's files, the last one's line.

    What the code prints goes to standard error: standard output belongs to the command's JSON.
    """
    try:
        with redirect_stdout(sys.stderr):
            yield
    except SluglineError:
        raise
    except (Exception, SystemExit) as error:
        said = f"{type(error).__name__}: {error}"
        if isinstance(error, SyntaxError):
            place = Place(error.filename or str(clip.path), error.lineno, error.offset)
            raise BadInput(f"{clip.function} failed {what}: {said}", place=place) from error
        folder = str(clip.path.parent)
        steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename.startswith(folder)]
        way = " → ".join(f"{step.name} ({Path(step.filename).name}:{step.lineno})" for step in steps)
        code = f" at `{steps[-1].line}`" if steps and steps[-1].line else ""
        raise BadInput(
            f"{clip.function} failed {what}: {said}{code}",
            hint=f"the way there: {way}" if len(steps) > 1 else "",
            place=Place(steps[-1].filename, steps[-1].lineno) if steps else Place(str(clip.path), _line_of(clip)),
        ) from error


def _line_of(clip: Clip) -> int | None:
    """Where the function begins, in a file that can be parsed."""
    import ast

    try:
        tree = ast.parse(clip.path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, UnicodeDecodeError):
        return None
    named = [
        node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == clip.function
    ]
    return named[-1].lineno if named else None


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
    with the file and line, for whatever goes wrong inside it, for something that is no clip, for a clip that ends before the
    scene does, and for frames and masks of another size.
    """

    def __init__(self, clip: Clip, size: tuple[int, int], frames: int, rate: float) -> None:
        self.clip, self.size, self.rate = clip, size, rate
        self.place = Place(str(clip.path), _line_of(clip))
        function = _load(clip)
        with _own_errors(clip, "while it made the clip"):
            self.made = function(size=size, duration=frames / rate, fps=rate, **json.loads(clip.arguments))
        if not callable(getattr(self.made, "get_frame", None)):
            raise self._wrong(f"gave {_kind(self.made)}, not a MoviePy clip", "end it with `return` and the clip")
        length = getattr(self.made, "duration", None)
        # Half a frame short is a matter of rounding: the last frame is asked for before that.
        if length is not None and length < (frames - 0.5) / rate:
            said = f"gave a clip of {length:.2f} s for a scene of {frames / rate:.2f} s"
            raise self._wrong(said, "make it as long as the `duration` that the function is called with")

    def _wrong(self, said: str, hint: str) -> BadInput:
        return BadInput(f"{self.clip.function} {said}", hint=hint, place=self.place)

    def draw(self, frame: int) -> Ink:
        """The clip's own frame number `frame`; its mask, if it has one, is its alpha."""
        moment = frame / self.rate
        with _own_errors(self.clip, f"at {moment:.2f} s"):
            picture = self.made.get_frame(moment)
            mask = getattr(self.made, "mask", None)
            alpha = None if mask is None else mask.get_frame(moment)
        rgb = self._pixels(picture, (3,), "a frame")
        if alpha is None:
            return rgb_to_ink(rgb)
        opaque = self._pixels(np.asarray(alpha) * 255.0 if _is_numbers(alpha) else alpha, (), "a mask")
        return rgba_to_ink(np.dstack([rgb, opaque]))

    def _pixels(self, drawn: object, channels: tuple[int, ...], what: str) -> Bytes:
        """What was drawn as bytes, when it is numbers of the right shape."""
        width, height = self.size
        hint = "use the `size` that the function is called with; a frame is an array (height, width, 3) of 0 to 255"
        if not _is_numbers(drawn):
            raise self._wrong(f"gave {_kind(drawn)} for {what}", hint)
        array = np.asarray(drawn)
        if array.shape != (height, width, *channels):
            raise self._wrong(f"gave {what} of {_shape(array.shape)}, not {_shape((height, width, *channels))}", hint)
        if array.dtype == np.uint8:
            return np.ascontiguousarray(array)
        return np.clip(np.rint(np.nan_to_num(array.astype(np.float64))), 0, 255).astype(np.uint8)

    def close(self) -> None:
        """Let go of files that the clip holds open."""
        close = getattr(self.made, "close", None)
        if callable(close):
            with _own_errors(self.clip, "when it was closed"):
                close()


def _is_numbers(drawn: object) -> bool:
    return isinstance(drawn, np.ndarray) and (np.issubdtype(drawn.dtype, np.number) or drawn.dtype == bool)


def _kind(thing: object) -> str:
    return "nothing" if thing is None else type(thing).__name__


def _shape(shape: tuple[int, ...]) -> str:
    """A picture's size as people write it, with its channels where it has some."""
    if len(shape) < 2:
        return f"shape {shape}"
    return f"{shape[1]}×{shape[0]}" + (f" with {shape[2]} channels" if len(shape) == 3 else "")
