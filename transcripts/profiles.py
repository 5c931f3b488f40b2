"""What a house asks of its subtitles, as data."""

from dataclasses import dataclass
from fractions import Fraction

from core.errors import BadInput


@dataclass(frozen=True)
class Profile:
    """Limits of a cue: characters a line, lines, seconds on screen, characters a second, frames between two cues."""

    name: str
    line_length: int
    lines: int
    shortest: Fraction
    longest: Fraction
    reading_speed: float
    gap_frames: int


NETFLIX = Profile("netflix", 42, 2, Fraction(5, 6), Fraction(7), 20.0, 2)
"""Netflix Timed Text Style Guide, General Requirements (5/6 s to 7 s, two lines, 2 frames) and English (42 characters, 20 a second)."""

BBC = Profile("bbc", 37, 2, Fraction(1), Fraction(8), 15.0, 1)
"""BBC Subtitle Guidelines: 37 characters a line of Teletext, two lines, 160 to 180 words a minute, which at five letters and
a space a word is 15 characters a second; 0.3 s a word, so that nothing is shown for less than about a second.
"""

YOUTUBE = Profile("youtube", 32, 2, Fraction(1), Fraction(6), 20.0, 0)
"""YouTube publishes no limits: two lines of 32 characters are what its player shows on a phone without wrapping again."""

PROFILES = {profile.name: profile for profile in (NETFLIX, BBC, YOUTUBE)}


def find_profile(name: str) -> Profile:
    """The profile of that name. Raises BadInput."""
    if name not in PROFILES:
        raise BadInput(f"no subtitle profile {name!r}", hint="the profiles are " + ", ".join(PROFILES))
    return PROFILES[name]
