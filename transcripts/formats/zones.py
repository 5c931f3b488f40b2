"""Where a cue stands: WebVTT's settings, and the nine places of a numeric keypad that SubRip and ASS know (`\\an1` to `\\an9`)."""

import unicodedata

from transcripts.words import Cue

Settings = tuple[tuple[str, str], ...]

_ACROSS: dict[int, Settings] = {0: (("align", "left"),), 1: (), 2: (("align", "right"),)}
_DOWN: dict[int, Settings] = {0: (), 1: (("line", "50%,center"),), 2: (("line", "0"),)}


def zone_settings(zone: int) -> Settings:
    """WebVTT's settings for a place, 1 at the left of the bottom to 9 at the right of the top."""
    down, across = divmod(zone - 1, 3)
    return _DOWN[down] + _ACROSS[across]


def settings_zone(cue: Cue) -> tuple[int, bool]:
    """The place that comes nearest to a cue's settings, and whether it says just the same."""
    settings = dict(cue.settings)
    zone = 3 * _down(settings.get("line", "")) + _across(settings.get("align", "center"), cue) + 1
    return zone, dict(zone_settings(zone)) == settings


def _down(line: str) -> int:
    place = line.partition(",")[0]
    if not place:
        return 0
    if not place.endswith("%"):
        return 2 if float(place) >= 0 else 0
    share = float(place[:-1])
    return 2 if share < 100 / 3 else 1 if share < 200 / 3 else 0


def _across(align: str, cue: Cue) -> int:
    if align in ("left", "right"):
        return 0 if align == "left" else 2
    if align == "center":
        return 1
    return 2 if (align == "end") != is_right_to_left(cue.text) else 0


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left (Unicode Bidirectional Algorithm, P2 and P3)."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
