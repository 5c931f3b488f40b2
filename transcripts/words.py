"""Timed words: what the recogniser heard, and what the alignment made of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from transcripts.evidence import Evidence

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
    """What was said in one piece of audio: `duration` in seconds, words in order, and what speaks for and against them."""

    language: str
    duration: float
    words: tuple[Word, ...]
    evidence: Evidence = field(default_factory=Evidence)


def by_token(words: Iterable[Word]) -> tuple[Word, ...]:
    """A script's own words among these, in the script's order."""
    own = [(word.token, word) for word in words if word.token is not None]
    return tuple(word for _, word in sorted(own, key=lambda pair: pair[0]))


@dataclass(frozen=True)
class Alignment:
    """A script's words at the narrator's times.

    `words` holds one entry for every script word and the ad-libs between them, in the order of the voice: where all was read
    as it is written, `token` counts up from 0. A word that was not said stands where its neighbours in the script do.
    """

    words: tuple[Word, ...]
    unspoken: tuple[str, ...] = ()
    ad_libbed: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def script_words(self) -> tuple[Word, ...]:
        """The script's own words in the script's order, without the ad-libs."""
        return by_token(self.words)

    @property
    def matched_share(self) -> float:
        """The part of the script's words that were heard, 0 to 1; below a half it is hardly this text that was read."""
        words = self.script_words
        return sum(word.origin == "matched" for word in words) / len(words) if words else 1.0


MarkKind = Literal[
    "italic", "bold", "underline", "strike", "colour", "background", "font", "size",
    "voice", "language", "class", "ruby", "time", "ass",
]  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """What holds for a stretch of a cue: the characters from `start` up to `end` of its lines joined by line feeds.

    `value` is the colour or background as `#rrggbb` or `#rrggbbaa`, the font's name or size in pixels, the voice's name, the
    language's tag, the annotation read over a ruby base. `classes` are WebVTT's. Two kinds are points, with `end` equal to `start`:
    `time`, the seconds at which what follows is said, and `ass`, an override tag that only ASS knows.
    """

    start: int
    end: int
    kind: MarkKind
    value: str = ""
    classes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape in a JSON subtitle file; what is empty is left out."""
        out: dict[str, Any] = {"start": self.start, "end": self.end, "kind": self.kind}
        if self.value:
            out["value"] = self.value
        if self.classes:
            out["classes"] = list(self.classes)
        return out


@dataclass(frozen=True)
class Cue:
    """Timed lines on screen: `start` and `end` in seconds.

    `lines` are what is read: no tags, no entities. How they look is in `marks`, where they stand in `settings`, which are WebVTT's
    whatever the format. `fields` are columns that one format alone has, such as `("ass.style", "Top")`.
    """

    start: float
    end: float
    lines: tuple[str, ...]
    id: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()

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
        if self.marks:
            out["marks"] = [mark.to_json() for mark in self.marks]
        if self.fields:
            out["fields"] = dict(self.fields)
        return out
