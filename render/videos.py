"""The port through which scenes reach the catalogue's own films: render knows no catalogue, and is handed one that does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class CataloguedFilm:
    """The film of a catalogued video: its file, the file's SHA-256, and the video's title."""

    path: Path
    sha256: str
    title: str


class FindVideo(Protocol):
    """Finds films by their video's slug."""

    def __call__(self, slug: str) -> CataloguedFilm:
        """The film. Raises BadInput, with the nearest slug as its hint, for a video that is not there or has no film."""
        ...
