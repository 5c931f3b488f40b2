"""Checks of finished cues, each with where its number comes from."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from core.findings import Finding
from transcripts.profiles import Profile, find_profile
from transcripts.words import Cue

_TOLERANCE = 0.0005
"""Half a millisecond: subtitle files round to milliseconds."""


def check_cues(cues: Sequence[Cue], *, profile: str = "netflix", rate: Fraction = Fraction(30)) -> list[Finding]:
    """Everything in which cues break the profile's rules, in the order of the cues, which count from 1.

    Raises BadInput for an unknown profile.
    """
    limits = find_profile(profile)
    found: list[Finding] = []
    for number, cue in enumerate(cues, 1):
        found += _times(number, cue, limits)
        found += _text(number, cue, limits)
        if number < len(cues):
            found += _gap(number, cue, cues[number], limits, rate)
    return found


def _times(number: int, cue: Cue, limits: Profile) -> Iterator[Finding]:
    """Backwards times are errors everywhere. Netflix Timed Text Style Guide, General Requirements: 5/6 s to 7 s; BBC Subtitle
    Guidelines, Timing: 0.3 s a word, not under a second.
    """
    seconds = cue.end - cue.start
    if seconds <= 0:
        yield Finding("cue-backwards", "error", f"cue {number} ends before it begins", cue=number, at=cue.start)
        return
    if seconds < float(limits.shortest) - _TOLERANCE:
        short = round(float(limits.shortest), 3)
        yield _finding(
            "cue-too-short", f"cue {number} is shown for {seconds:.2f} s", number, cue, round(seconds, 3), short
        )
    if seconds > float(limits.longest) + _TOLERANCE:
        long = float(limits.longest)
        yield _finding(
            "cue-too-long", f"cue {number} is shown for {seconds:.2f} s", number, cue, round(seconds, 3), long
        )
    speed = len(cue.text) / seconds
    if speed > limits.reading_speed + 0.05:
        message = f"cue {number} has {speed:.1f} characters a second"
        hint = "the voice is faster than this profile; shorten the text, or accept the rule"
        yield _finding("cue-too-fast", message, number, cue, round(speed, 1), limits.reading_speed, hint)


def _text(number: int, cue: Cue, limits: Profile) -> Iterator[Finding]:
    """Netflix English Timed Text Style Guide: 42 characters, two lines; BBC: 37 characters of Teletext."""
    if not cue.text.strip():
        yield Finding("cue-empty", "error", f"cue {number} shows nothing", cue=number, at=cue.start)
    if len(cue.lines) > limits.lines:
        message = f"cue {number} has {len(cue.lines)} lines"
        yield _finding("cue-too-many-lines", message, number, cue, len(cue.lines), limits.lines)
    longest = max((len(line) for line in cue.lines), default=0)
    if longest > limits.line_length:
        message = f"a line of cue {number} has {longest} characters"
        yield _finding("cue-line-too-long", message, number, cue, longest, limits.line_length)


def _gap(number: int, cue: Cue, after: Cue, limits: Profile, rate: Fraction) -> Iterator[Finding]:
    """Netflix Timed Text Style Guide, General Requirements, frame gap: two frames at least; never an overlap."""
    gap = after.start - cue.end
    least = float(limits.gap_frames / rate)
    if gap < -_TOLERANCE:
        message = f"cue {number} is still shown when cue {number + 1} begins"
        yield Finding("cue-overlap", "error", message, cue=number, at=cue.start, value=round(-gap, 3), limit=0.0)
    elif gap < least - 2 * _TOLERANCE:
        message = f"cues {number} and {number + 1} are {gap:.3f} s apart"
        yield _finding("cue-gap", message, number, cue, round(gap, 3), round(least, 3))


def _finding(rule: str, message: str, number: int, cue: Cue, value: float, limit: float, hint: str = "") -> Finding:
    return Finding(rule, "warning", message, hint=hint, cue=number, at=cue.start, value=value, limit=limit)
