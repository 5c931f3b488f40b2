"""Timed words: what the recogniser heard, and what the alignment made of it."""

from dataclasses import dataclass, field
from typing import Any, Literal

Origin = Literal["recognised", "matched", "interpolated", "unspoken", "ad-libbed"]


@dataclass(frozen=True)
class Word:
    """A word with its time in seconds from the start of the audio.

    `text` carries its punctuation, as it should be read. `start` and `end` are None only for an unspoken word.
    `token` is the index of the script's word that it is, or None for what is not in the script.
    """

    text: str
    start: float | None
    end: float | None
    probability: float = 1.0
    origin: Origin = "recognised"
    token: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's shape."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "probability": self.probability,
            "origin": self.origin,
        }


@dataclass(frozen=True)
class Transcript:
    """What was said in one piece of audio: `duration` in seconds, words in order."""

    language: str
    duration: float
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Alignment:
    """A script's words at the narrator's times.

    `words` holds one entry for every script word, in order (its `token` counts up from 0), with ad-libs between them.
    """

    words: tuple[Word, ...]
    unspoken: tuple[str, ...] = ()
    ad_libbed: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def script_words(self) -> tuple[Word, ...]:
        """The script's own words, without the ad-libs."""
        return tuple(word for word in self.words if word.token is not None)

    @property
    def matched_share(self) -> float:
        """The part of the script's words that were heard, 0 to 1; below a half it is hardly this text that was read."""
        words = self.script_words
        return sum(word.origin == "matched" for word in words) / len(words) if words else 1.0


@dataclass(frozen=True)
class Cue:
    """Timed lines on screen: `start` and `end` in seconds."""

    start: float
    end: float
    lines: tuple[str, ...]
    id: str = ""
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(self.lines)

    def to_json(self) -> dict[str, Any]:
        """The contract's shape."""
        out: dict[str, Any] = {"start": self.start, "end": self.end, "lines": list(self.lines)}
        if self.id:
            out["id"] = self.id
        if self.settings:
            out["settings"] = dict(self.settings)
        return out
