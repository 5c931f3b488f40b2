"""A film decoded once, in small, for everyone who wants to look at its frames."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.processes import running
from render.ffmpeg import ffmpeg_path

SIZE = (240, 136)


class Watcher(Protocol):
    """Looks at frames in order."""

    def see(self, picture: NDArray[np.uint8]) -> None:
        """Take the next frame: uint8 array (height, width, 3), full range sRGB."""
        ...


@dataclass(frozen=True)
class Viewing:
    """How a decoding went: `frames` shown, and what the decoder complained of."""

    frames: int
    complaints: tuple[str, ...]


def view(film: Path, watchers: Sequence[Watcher], size: tuple[int, int] = SIZE) -> Viewing:
    """Decode the first picture stream, whole, and show every frame to every watcher, reduced to `size` (width, height)."""
    scale = f"scale={size[0]}:{size[1]}:flags=fast_bilinear+accurate_rnd:in_color_matrix=bt709:in_range=tv:out_range=pc"
    command: list[str | Path] = [ffmpeg_path(), "-v", "error", "-nostdin", "-i", film, "-map", "0:v:0", "-an", "-sn"]
    command += ["-vf", f"{scale},format=rgb24", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
    length = size[0] * size[1] * 3
    frames = 0
    with tempfile.TemporaryFile() as said:
        with running(command, stderr=said) as child:
            assert child.stdout is not None
            while len(data := child.stdout.read(length)) == length:
                picture = np.frombuffer(data, np.uint8).reshape(size[1], size[0], 3)
                for watcher in watchers:
                    watcher.see(picture)
                frames += 1
            code = child.wait()
        said.seek(0)
        complaints = [line.strip() for line in said.read(20_000).decode(errors="replace").splitlines() if line.strip()]
    if code and not complaints:
        complaints = [f"the decoder ended with code {code}"]
    return Viewing(frames, tuple(complaints))
