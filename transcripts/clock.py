"""Times as subtitle files write them."""

import re

_TIME = re.compile(r"^\s*(?:(\d{1,9}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?\s*$")


def read_time(text: str) -> float | None:
    """Seconds from `h:mm:ss,mmm` or `mm:ss.mmm`, hours of any length; None for what is not a time."""
    match = _TIME.match(text)
    if match is None:
        return None
    hours, minutes, seconds, part = match.groups()
    return round(int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{part or 0}"), 3)


def write_time(seconds: float, mark: str) -> str:
    """`hh:mm:ss` with milliseconds after `mark`."""
    whole = round(max(0.0, seconds) * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{mark}{whole % 1000:03}"
