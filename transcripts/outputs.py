"""Where each recording of a batch is written: pure names, no two alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

_VIDEO = ".mp4 .m4v .mov .mkv .webm .avi .mpg .mpeg .ts .mts .m2ts .wmv .flv .3gp .mxf .ogv"
_SOUND = ".wav .mp3 .m4a .aac .flac .ogg .oga .opus .wma .aif .aiff .mka .amr"
VIDEO = frozenset(_VIDEO.split(" "))
"""Suffixes by which a video is told from a text."""
MEDIA = VIDEO | frozenset(_SOUND.split(" "))
"""Suffixes by which a folder's recordings are known; a file that is named itself may have any."""


@dataclass(frozen=True)
class Recording:
    """A file to hear: `below` is its place in the folder that was named, or its name alone."""

    path: PurePath
    below: PurePath


def is_media(name: str) -> bool:
    """Whether a file in a folder is taken for a recording; hidden ones, such as a Mac's `._` files, are not."""
    return not name.startswith(".") and PurePath(name).suffix.lower() in MEDIA


def plan_outputs(recordings: Sequence[Recording], suffix: str) -> list[PurePath]:
    """A name for each below the folder of outputs: its own place there, with the new suffix; never one name for two.

    Where `talk.mp4` and `talk.wav` would be one, the old suffix stays before the new one; what is still alike, as from two folders,
    is numbered in the order given.
    """
    short = [recording.below.with_suffix(suffix) for recording in recordings]
    counted = Counter(map(_same, short))
    names = [
        name if counted[_same(name)] == 1 else recording.below.with_name(recording.below.name + suffix)
        for name, recording in zip(short, recordings, strict=True)
    ]
    return list(_numbered(names))


def _numbered(names: Iterable[PurePath]) -> Iterable[PurePath]:
    taken: set[str] = set()
    for name in names:
        free, number = name, 1
        while _same(free) in taken:
            number += 1
            free = name.with_name(f"{name.stem}-{number}{name.suffix}")
        taken.add(_same(free))
        yield free


def _same(name: PurePath) -> str:
    """Names that a disk which takes no notice of case would hold for one."""
    return name.as_posix().casefold()
