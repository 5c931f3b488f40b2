"""Time expressions of TTML (TTML2, 12.3 Time Value Expressions)."""

import re
from dataclasses import dataclass
from fractions import Fraction

from transcripts.formats.ttml_xml import Element

_CLOCK = re.compile(r"(\d{2,9}):(\d{2}):(\d{2})(?:(\.\d{1,12})|:(\d{2,6})(?:\.(\d{1,6}))?)?$")
_OFFSET = re.compile(r"(\d{1,15}(?:\.\d{1,12})?)(h|ms|m|s|f|t)$")
_UNITS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}


@dataclass(frozen=True)
class TimeBase:
    """How a document counts: `frames` a second as labels count them, and `rate` as they really pass; `ticks` a second."""

    frames: int = 30
    rate: Fraction = Fraction(30)
    sub_frames: int = 1
    ticks: Fraction = Fraction(1)
    labels: bool = False
    drop: str = "nonDrop"

    def seconds(self, text: str) -> Fraction | None:
        """Seconds of a clock time, with a fraction or frames, or of an offset such as `1.5s`, `40f`, `900t`; None for neither."""
        word = text.strip()
        if match := _CLOCK.match(word):
            return self._clock(match)
        match = _OFFSET.match(word)
        if match is None:
            return None
        number = Fraction(match[1])
        if match[2] == "f":
            return number / self.rate
        return number / self.ticks if match[2] == "t" else number * _UNITS[match[2]]

    def _clock(self, match: re.Match[str]) -> Fraction:
        hours, minutes, seconds = (int(part) for part in match.groups()[:3])
        whole = hours * 3600 + minutes * 60 + seconds
        if match[5] is None:
            if self.labels:
                return self._label(whole, hours * 60 + minutes, 0, Fraction(match[4] or 0) * self.frames)
            return whole + Fraction(f"0{match[4]}" if match[4] else 0)
        part = int(match[5]) + Fraction(int(match[6] or 0), self.sub_frames)
        if self.labels:
            return self._label(whole, hours * 60 + minutes, 0, part)
        return whole + part / self.rate

    def _label(self, whole: int, minutes: int, count: int, part: Fraction) -> Fraction:
        """A time code as SMPTE counts it: labels that are dropped do not pass (TTML2, 7.2.5 ttp:dropMode)."""
        count = whole * self.frames
        if self.drop == "dropNTSC":
            count -= 2 * (minutes - minutes // 10)
        elif self.drop == "dropPAL":
            count -= 4 * (minutes // 2 - minutes // 20)
        return (count + part) / self.rate


def read_time_base(root: Element, rate: Fraction | None = None) -> TimeBase:
    """What a document's parameters say; `rate` counts where it does not name one (TTML2, 7.2: else 30 frames a second)."""
    given = root.attributes.get("ttp:frameRate", "")
    frames = _whole(given, 0)
    if frames:
        real = Fraction(frames) * _ratio(root.attributes.get("ttp:frameRateMultiplier", "1 1"))
    else:
        real = rate or Fraction(30)
        frames = -(-real.numerator // real.denominator)
    sub = _whole(root.attributes.get("ttp:subFrameRate"), 1)
    ticks = _whole(root.attributes.get("ttp:tickRate"), 0)
    return TimeBase(
        frames,
        real,
        sub,
        Fraction(ticks) if ticks else (real * sub if given else Fraction(1)),
        root.attributes.get("ttp:timeBase") == "smpte",
        root.attributes.get("ttp:dropMode", "nonDrop"),
    )


def _ratio(text: str) -> Fraction:
    """`1000 1001`, or `1000:1001` as the first edition wrote it."""
    parts = [_whole(part, 0) for part in re.split(r"[\s:]+", text.strip())]
    if not all(parts):
        return Fraction(1)
    return Fraction(parts[0], parts[1] if len(parts) > 1 else 1)


def _whole(text: str | None, usual: int) -> int:
    return (int(text) or usual) if text and re.fullmatch(r"[0-9]{1,9}", text.strip()) else usual
