"""Settings of WebVTT cues and regions, by the parsing rules of the specification: what they do not take is left out."""

import re
from collections.abc import Iterable

Settings = tuple[tuple[str, str], ...]

_SPACE = re.compile(r"[ \t\n\f\r]+")
_PERCENTAGE = re.compile(r"[0-9]+(?:\.[0-9]+)?%")
_LINE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def read_cue_settings(text: str, regions: Iterable[str]) -> tuple[Settings, tuple[str, ...]]:
    """The settings that hold, each once, and the tokens that do not ("Parse the WebVTT cue settings").

    `regions` are the identifiers that were defined before the cue. A line, a size or a direction takes a cue out of its region.
    """
    known = set(regions)
    found: dict[str, str] = {}
    refused = []
    for token in _tokens(text):
        name, _, value = token.partition(":")
        if not name or not value or not _allowed(name, value, known):
            refused.append(token)
            continue
        found.pop(name, None)
        found[name] = value
        if name in ("line", "vertical") or (name == "size" and float(value[:-1]) != 100):
            found.pop("region", None)
    return tuple(found.items()), tuple(refused)


def _allowed(name: str, value: str, regions: set[str]) -> bool:
    match name:
        case "region":
            return value in regions
        case "vertical":
            return value in ("rl", "lr")
        case "line":
            place, comma, align = value.partition(",")
            number = is_percentage(place) or bool(_LINE.fullmatch(place))
            return number and (not comma or align in ("start", "center", "end"))
        case "position":
            place, comma, align = value.partition(",")
            return is_percentage(place) and (not comma or align in ("line-left", "center", "line-right"))
        case "size":
            return is_percentage(value)
        case "align":
            return value in ("start", "center", "end", "left", "right")
    return False


def read_region(text: str) -> tuple[Settings, tuple[str, ...]]:
    """A region's settings and the tokens that are none ("Collect WebVTT region settings")."""
    found: dict[str, str] = {}
    refused = []
    for token in _tokens(text):
        name, _, value = token.partition(":")
        if name and value and _region_allows(name, value):
            found[name] = value
        else:
            refused.append(token)
    return tuple(found.items()), tuple(refused)


def _region_allows(name: str, value: str) -> bool:
    match name:
        case "id":
            return "-->" not in value
        case "width":
            return is_percentage(value)
        case "lines":
            return value.isascii() and value.isdigit()
        case "regionanchor" | "viewportanchor":
            across, _, down = value.partition(",")
            return is_percentage(across) and is_percentage(down)
        case "scroll":
            return value == "up"
    return False


def is_percentage(text: str) -> bool:
    """Whether this is a number from 0 to 100 with a percent sign ("Parse a percentage string")."""
    return bool(_PERCENTAGE.fullmatch(text)) and float(text[:-1]) <= 100


def _tokens(text: str) -> list[str]:
    return [token for token in _SPACE.split(text) if token]
