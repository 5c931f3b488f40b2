"""The recogniser as a port: whatever turns speech into timed words."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from transcripts.words import Transcript


class Recogniser(Protocol):
    """Hears words in a sound file."""

    @property
    def identity(self) -> str:
        """Digest of everything that decides what is heard besides the audio: weights, version, settings."""
        ...

    def recognise(
        self,
        audio: Path,
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        prompt: str = "",
        translate: bool = False,
        progress: Callable[[float], None] | None = None,
    ) -> Transcript:
        """The words of one file. `language` is ISO 639-1, or None to detect it; `hotwords` are names to listen for.
        With `translate` the words are English, whatever is spoken.

        `progress` is told how many seconds of the audio are done. Raises BadInput for a file that cannot be heard.
        """
        ...
