"""What was seen of each render segment, kept by its key: a film of which one segment changed is not looked at as a whole again."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.cache import DAMAGED
from core.files import write_bytes
from render.likeness import Likeness, compare
from render.probe import packet_digest
from render.viewing import CELL, Rgb, Seen, Viewing, look, reduced_size

SIGHT_VERSION = 1
"""Raise when a file would be seen differently."""
THUMB_STEP = 30
"""Frames from one thumbnail that is kept to the next."""


@dataclass(frozen=True)
class Sight:
    """An encoded file as it was seen: `checks` uint32 and `black` bool (frames), `cells` uint8 (frames, rows, columns, 3),
    `packets` the digest of each packet in order; `thumbs` JPEGs by frame; `likeness` how planned frames came out, by frame.
    """

    checks: NDArray[np.uint32]
    cells: Rgb
    black: NDArray[np.bool_]
    packets: tuple[bytes, ...]
    complaints: tuple[str, ...] = ()
    thumbs: Mapping[int, bytes] = field(default_factory=dict)
    likeness: Mapping[int, Likeness] = field(default_factory=dict)

    def frame(self, index: int) -> Seen:
        """One frame, as `look` gave it."""
        return Seen(int(self.checks[index]), self.cells[index], bool(self.black[index]))


def see(file: Path, size: tuple[int, int], planned: Mapping[int, Callable[[], Rgb]]) -> Sight:
    """Decode a segment's file once. `planned` draws, for some of its frames by index, what they should be: uint8 (height, width, 3)."""
    viewing = Viewing()
    frames: list[Seen] = []
    thumbs: dict[int, bytes] = {}
    likeness: dict[int, Likeness] = {}
    for seen, picture in look(file, size, viewing):
        index = len(frames)
        frames.append(seen)
        if index % THUMB_STEP == 0:
            thumbs[index] = jpeg(picture)
        if index in planned:
            likeness[index] = likeness_of(planned[index](), picture)
    width, height = (side // CELL for side in reduced_size(size))
    cells = np.stack([seen.cells for seen in frames]) if frames else np.zeros((0, height, width, 3), np.uint8)
    return Sight(
        np.array([seen.check for seen in frames], np.uint32),
        cells,
        np.array([seen.black for seen in frames], np.bool_),
        tuple(_packets(file)),
        tuple(viewing.complaints),
        thumbs,
        likeness,
    )


def _packets(file: Path) -> Sequence[bytes]:
    import av

    try:
        with av.open(str(file)) as source:
            return [packet_digest(bytes(packet)) for packet in source.demux(source.streams.video[0]) if packet.size]
    except (av.FFmpegError, OSError):
        return []  # the decoder has said so


def likeness_of(planned: Rgb, reduced: Rgb) -> Likeness:
    """A decoded frame's reduced picture compared with the planned frame, which may be of any size."""
    import cv2

    size = (reduced.shape[1], reduced.shape[0])
    return compare(np.asarray(cv2.resize(planned, size, interpolation=cv2.INTER_AREA), np.uint8), reduced)


def jpeg(picture: Rgb) -> bytes:
    """A reduced picture as a JPEG."""
    import cv2

    coded = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), (cv2.IMWRITE_JPEG_QUALITY, 82))
    return bytes(coded[1].tobytes())


class SightBook:
    """The folder `sights` of a cache."""

    def __init__(self, cache: Path) -> None:
        self.folder = cache / "sights"

    def file(self, key: str) -> Path:
        """Where what was seen of a segment is, or would be."""
        return self.folder / f"{key}-{SIGHT_VERSION}.npz"

    def keep(self, key: str, sight: Sight) -> None:
        """Keep what was seen, whole or not at all. From one frame to the next little changes, and differences take little room."""
        steps = sight.cells.copy()
        steps[1:] -= sight.cells[:-1]
        words = "\n".join(sight.complaints).encode()
        arrays: dict[str, Any] = {
            "checks": sight.checks,
            "steps": steps,
            "black": sight.black,
            "packets": np.frombuffer(b"".join(sight.packets), np.uint8).reshape(-1, 16),
            "complaints": np.frombuffer(words, np.uint8),
            "thumbs": np.array(sorted(sight.thumbs), np.int64),
            "likeness": np.array([(n, like.error, like.same) for n, like in sorted(sight.likeness.items())]),
            "mistakes": np.array([like.mistake for _, like in sorted(sight.likeness.items())], np.str_),
        }
        arrays |= {f"thumb{n}": np.frombuffer(data, np.uint8) for n, data in sight.thumbs.items()}
        stream = io.BytesIO()
        np.savez_compressed(stream, **arrays)
        write_bytes(self.file(key), stream.getvalue())

    def seen(self, key: str, compared: int | None) -> bool:
        """True when a segment was looked at before and, where `compared` is given, that frame of it compared."""
        try:
            with self.file(key).open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
                return compared is None or compared in kept["likeness"].reshape(-1, 3)[:, 0]
        except DAMAGED:
            return False

    def recall(self, key: str) -> Sight | None:
        """What was seen of a segment before; None where nothing is kept, or what is kept cannot be read."""
        try:
            with self.file(key).open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
                likeness = {
                    int(n): Likeness(float(error), bool(same), str(mistake))
                    for (n, error, same), mistake in zip(kept["likeness"].reshape(-1, 3), kept["mistakes"], strict=True)
                }
                words = kept["complaints"].tobytes().decode()
                return Sight(
                    kept["checks"],
                    np.cumsum(kept["steps"], axis=0, dtype=np.uint8),
                    kept["black"],
                    tuple(row.tobytes() for row in kept["packets"]),
                    tuple(words.split("\n")) if words else (),
                    {int(n): kept[f"thumb{n}"].tobytes() for n in kept["thumbs"]},
                    likeness,
                )
        except DAMAGED:
            return None
