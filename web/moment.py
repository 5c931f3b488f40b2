"""A moment in a film as people write it in an address: `?t=62`, `?t=1m02s`, `?t=1:02`."""

import math
import re

_UNITS = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,5})m)?(?:(\d{1,7}(?:\.\d{1,6})?)s?)?", re.IGNORECASE | re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d{1,6})?)", re.ASCII)


def read_moment(text: str, duration: float = math.inf) -> float | None:
    """Seconds from `90`, `90.5`, `90s`, `1m30s`, `1h2m3s`, `1:30` or `1:02:03`, at most `duration`; None for anything else."""
    found = _UNITS.fullmatch(text.strip()) or _CLOCK.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return None
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return min(hours * 3600 + minutes * 60 + seconds, duration)


def write_moment(seconds: float) -> str:
    """The shortest way to say it in an address: whole seconds bare, else one decimal, rounded down so that no word is cut."""
    tenths = math.floor(seconds * 10 + 1e-6)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10:.1f}"
