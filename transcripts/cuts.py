"""The cuts of a video that somebody else edited: where one picture gives way to another at once.

Found on the decoded pictures themselves, by PyAV, which is here already: no further library, no child process, and the very time at which
a player shows the first frame of each shot.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput, Place
from transcripts.clock import read_time

_SIZE = (64, 36)
"""Pictures are compared so small: what moves a little is still in its cell."""
_LEAST = 9.0
"""Grey levels by which a cut changes a cell on the average: noise and compression stay under 3."""
_OVER_NEIGHBOURS = 3.0
"""How many times its neighbours' change a cut is, so that a fast pan or a shaky camera is none (the ratio of PySceneDetect's adaptive
detector)."""
_NEIGHBOURS = 3
_FLASH = 0.2
"""Seconds: two changes closer than this are a flash of light, not two cuts."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Footage:
    """What subtitles need to know of a video: frame `rate`, length in `seconds`, and `cuts`, in seconds, where they were looked for."""

    rate: Fraction
    seconds: float
    cuts: tuple[float, ...] = ()


def read_footage(path: Path) -> Footage:
    """A video's rate and length, as its container states them. Raises BadInput where there is no video."""
    import av

    with _opened(path) as container:
        stream = container.streams.video[0]
        rate = Fraction(stream.average_rate or stream.guessed_rate or 25)
        length = container.duration / av.time_base if container.duration else 0.0
        return Footage(rate, float(length))


def find_cuts(path: Path) -> Footage:
    """A video's rate and length, and its cuts, found on its pictures. Raises BadInput where there is no video."""
    from av.error import FFmpegError

    known = read_footage(path)
    times: list[float] = []

    def pictures() -> Iterator[NDArray[np.int16]]:
        with _opened(path) as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            try:
                for frame in container.decode(stream):
                    if frame.time is None:
                        continue
                    times.append(frame.time)
                    yield frame.reformat(*_SIZE, format="rgb24").to_ndarray().astype(np.int16)
            except FFmpegError:
                # A damaged tail: what came before it stands.
                return

    cuts = [times[index] for index in _changes(pictures())]
    return Footage(known.rate, known.seconds, tuple(_without_flashes(cuts)))


def _changes(pictures: Iterable[NDArray[np.int16]]) -> Iterator[int]:
    """Indices of pictures that are unlike the one before and much more so than those around them are."""
    window: deque[float] = deque(maxlen=2 * _NEIGHBOURS + 1)
    before: NDArray[np.int16] | None = None
    index = 0
    for picture in pictures:
        window.append(0.0 if before is None else float(np.abs(picture - before).mean()))
        before = picture
        if len(window) > _NEIGHBOURS and _stands_out(window, len(window) - 1 - _NEIGHBOURS):
            yield index - _NEIGHBOURS
        index += 1
    for left in range(min(_NEIGHBOURS, len(window)) - 1, -1, -1):
        if _stands_out(window, len(window) - 1 - left):
            yield index - 1 - left


def _stands_out(window: deque[float], at: int) -> bool:
    others = [change for place, change in enumerate(window) if place != at]
    return window[at] >= _LEAST and window[at] >= _OVER_NEIGHBOURS * (sum(others) / max(1, len(others)))


def _without_flashes(cuts: Iterable[float]) -> Iterator[float]:
    waiting: list[float] = []
    for cut in cuts:
        if waiting and cut - waiting[-1] >= _FLASH:
            if len(waiting) == 1:
                yield waiting[0]
            waiting = []
        waiting.append(cut)
    if len(waiting) == 1:
        yield waiting[0]


def read_cuts(path: Path) -> tuple[float, ...]:
    """Cuts from a text file, one a line, in seconds or as `h:mm:ss.mmm`; empty lines and `#` are passed over. Raises BadInput."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is neither a video nor a list of cuts", place=Place(str(path))) from error
    cuts = []
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        at = float(text) if _NUMBER.fullmatch(text) else read_time(text)
        if at is None:
            hint = "write one cut a line, in seconds or as h:mm:ss.mmm"
            raise BadInput(f"{text[:40]!r} is not a time", hint=hint, place=Place(str(path), number))
        cuts.append(at)
    return tuple(sorted(cuts))


def _opened(path: Path) -> Any:
    """The container of a video file. Raises BadInput."""
    import av
    from av.error import FFmpegError

    if not path.is_file():
        raise BadInput(f"{path.name} does not exist", hint="check the path", place=Place(str(path)))
    try:
        container = av.open(str(path))
    except (FFmpegError, ValueError, OSError) as error:
        raise BadInput(f"{path.name} is not a video that can be read", place=Place(str(path))) from error
    if not container.streams.video:
        container.close()
        raise BadInput(f"{path.name} has no picture", hint="give a video", place=Place(str(path)))
    return container
