"""Time as frames and exact fractions; seconds as floats only where a person or another program reads them."""

from fractions import Fraction

SAMPLE_RATE = 48_000
"""Sound is mixed and delivered at 48 kHz (EBU R 68; what YouTube recommends)."""


def parse_rate(text: str) -> Fraction:
    """Frame rate from `30`, `30/1`, `30000/1001`; `29.97` and its kin become their exact NTSC fractions."""
    ntsc = {"23.976": Fraction(24000, 1001), "29.97": Fraction(30000, 1001), "59.94": Fraction(60000, 1001)}
    return ntsc.get(text) or Fraction(text)


def rate_to_text(rate: Fraction) -> str:
    """`30/1`, as ffprobe and the contract write it."""
    return f"{rate.numerator}/{rate.denominator}"


def seconds_to_frame(seconds: float | Fraction, rate: Fraction) -> int:
    """The frame nearest to a time; halves go up."""
    return int(Fraction(seconds) * rate + Fraction(1, 2))


def frame_to_seconds(frame: int, rate: Fraction) -> Fraction:
    """Exact time at which a frame begins."""
    return frame / rate


def frame_to_sample(frame: int, rate: Fraction, sample_rate: int = SAMPLE_RATE) -> int:
    """The audio sample nearest to a frame's beginning; never accumulates error, as each frame is placed from zero."""
    return int(frame * sample_rate / rate + Fraction(1, 2))


def clock_text(seconds: float) -> str:
    """`m:ss` below an hour, `h:mm:ss` above, rounded down, as players show it."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
