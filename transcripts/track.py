"""A finished track of cues as its rules see it: with the limits it is held to, measured once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isfinite

from core.findings import Finding
from transcripts.cue_times import Clock
from transcripts.lettering import is_unspaced, plain
from transcripts.profiles import Profile, find_profile
from transcripts.words import Cue

TOLERANCE = 0.0005
"""Half a millisecond: subtitle files round to milliseconds."""

_FOREVER = 3.6e7


@dataclass(frozen=True)
class Track:
    """Cues in the order of the file, with their `profile`, frame `rate`, `language`, and what is known of the picture: `cuts` and its
    length, both in seconds; `names` that hold together; whether nobody said the rate.
    """

    cues: Sequence[Cue]
    profile: Profile
    rate: Fraction = Fraction(30)
    language: str = "en"
    cuts: Sequence[float] = ()
    seconds: float | None = None
    names: Collection[str] = ()
    rate_guessed: bool = False

    @cached_property
    def clock(self) -> Clock:
        """The profile's limits in frames."""
        return Clock.of(self.profile, self.rate, self.cuts)

    @cached_property
    def lines(self) -> list[tuple[str, ...]]:
        """Each cue's lines as they are read."""
        return [tuple(plain(line) for line in cue.lines) for cue in self.cues]

    @cached_property
    def timed(self) -> list[int]:
        """Indices of cues whose times are times, and that end after they begin."""
        return [index for index, cue in enumerate(self.cues) if has_times(cue) and cue.end > cue.start]

    def text(self, index: int) -> str:
        """A cue's lines as one."""
        return ("" if is_unspaced(self.language) else " ").join(line for line in self.lines[index] if line)

    def frame(self, seconds: float) -> int:
        """The frame nearest to a time."""
        return round(seconds * float(self.rate))

    def gap(self, index: int) -> float | None:
        """Seconds from a cue's end to the next one's start; None after the last and where a time is none."""
        if index + 1 >= len(self.cues):
            return None
        cue, after = self.cues[index], self.cues[index + 1]
        return after.start - cue.end if has_times(cue) and has_times(after) else None

    def finding(
        self,
        rule: str,
        index: int,
        message: str,
        value: float | str | None = None,
        limit: float | str | None = None,
        hint: str = "",
        *,
        strict: bool = True,
    ) -> Finding:
        """What a rule has to say of the cue at an index; cues are counted from 1. Not `strict`: a warning in every profile."""
        start = self.cues[index].start
        return Finding(
            rule,
            "error" if strict and rule in self.profile.strict else "warning",
            message,
            hint=hint,
            cue=index + 1,
            at=start if isfinite(start) else None,
            value=value,
            limit=limit,
        )


def has_times(cue: Cue) -> bool:
    """True when both of a cue's times are times: numbers from zero to ten thousand hours."""
    return 0 <= cue.start < _FOREVER and 0 <= cue.end < _FOREVER


def make_track(
    cues: Sequence[Cue],
    profile: str = "netflix",
    rate: Fraction = Fraction(30),
    language: str = "en",
    cuts: Sequence[float] = (),
    seconds: float | None = None,
    names: Collection[str] = (),
    *,
    children: bool = False,
    translation: bool = False,
    rate_guessed: bool = False,
) -> Track:
    """A track held to a profile by name. Raises BadInput for an unknown one."""
    limits = find_profile(profile, language, children=children, translation=translation)
    return Track(cues, limits, rate, language or "en", cuts, seconds, names, rate_guessed)
