"""The gate's checks of what is seen and heard."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from core.findings import Finding
from core.timecode import clock_text, frame_to_seconds
from render.evidence import Check, Evidence, fail
from render.loudness import PEAK_LIMIT, TARGET, TOLERANCE
from render.stills import Run, outside, stills_of

FROZEN_SECONDS = 2.0
"""The shortest stretch without movement that counts as frozen when no hold was planned there."""
LONG_STILL = 5.0
STILL_SHARE = 0.35
"""DESIGN.md, Bars: a film is still for at most this share of its length, and no still outside a rest is longer in seconds."""


def _time(film: Evidence, frame: int) -> float:
    return float(frame_to_seconds(frame, film.plan.rate))


def _check_matrix(film: Evidence) -> Iterator[Finding]:
    wrong = {frame: like for frame, like in film.watched.likeness.items() if like.mistake}
    if wrong:
        frame, like = next(iter(wrong.items()))
        at = _time(film, frame)
        message = f"planned colours do not come out by the picture's tags: it looks {like.mistake}"
        yield fail("matrix", message, at=at, value=like.mistake, hint="was the picture encoded by another program?")


def _check_as_planned(film: Evidence) -> Iterator[Finding]:
    for frame, like in sorted(film.watched.likeness.items()):
        if not like.same:
            at = _time(film, frame)
            message = f"the picture at {clock_text(at)} is not the one that was planned"
            yield fail(
                "as-planned", message, at=at, value=round(like.error, 1), hint="empty the cache's segments folder"
            )
            return


def _check_packets(film: Evidence) -> Iterator[Finding]:
    if film.watched.tampered is not None:
        at = _time(film, film.watched.tampered)
        yield fail("packets", f"from {clock_text(at)} the picture is not made of its render segments' packets", at=at)


def _check_loudness(film: Evidence) -> Iterator[Finding]:
    heard = film.loudness
    if not heard or (heard.integrated is None and film.plan.silent):
        return
    if heard.integrated is None:
        yield fail("loudness", "the film makes no sound", value="silence")
    elif abs(heard.integrated - TARGET) > TOLERANCE:
        yield fail("loudness", f"the sound measures {heard.integrated:.1f} LUFS", value=heard.integrated)


def _check_true_peak(film: Evidence) -> Iterator[Finding]:
    heard = film.loudness
    if heard and heard.true_peak is not None and heard.true_peak > PEAK_LIMIT:
        yield fail("true-peak", f"the sound peaks at {heard.true_peak:.1f} dBTP", value=heard.true_peak)


def _check_black(film: Evidence) -> Iterator[Finding]:
    for first, last in outside(film.watched.blacks, film.plan.blacks):
        at = _time(film, first)
        count = f"{last - first} frames are" if last - first > 1 else "a frame is"
        yield fail("black", f"{count} black at {clock_text(at)}", at=at, value=last - first)


def _check_frozen(film: Evidence) -> Iterator[Finding]:
    shortest = int(FROZEN_SECONDS * film.plan.rate)
    # A black stretch is still as well: it has its own check.
    planned = (*film.plan.holds, *film.plan.blacks, *film.watched.blacks)
    for first, last in outside(film.watched.stills, planned):
        if last - first >= shortest:
            at, seconds = _time(film, first), _time(film, last - first)
            message = f"nothing moves for {seconds:.1f} s from {clock_text(at)}"
            yield fail("frozen", message, at=at, value=round(seconds, 2))


def find_stills(film: Evidence) -> tuple[Run, ...]:
    """Every stretch of a second or more in which nothing is seen to move, planned or not."""
    return stills_of(film.watched.stills, film.plan.holds, round(film.plan.rate))


def _check_long_still(film: Evidence) -> Iterator[Finding]:
    longest = Fraction(LONG_STILL) * film.plan.rate
    for first, last in outside(find_stills(film), film.plan.rests):
        if last - first > longest:
            at, seconds = _time(film, first), _time(film, last - first)
            message = f"the picture stands still for {seconds:.1f} s from {clock_text(at)}"
            hint = "let something move or enter there (`at:`), or write `hold:` where the stillness is meant"
            yield fail("long-still", message, at=at, value=round(seconds, 2), hint=hint)


def _check_still_share(film: Evidence) -> Iterator[Finding]:
    frames = film.watched.frames
    still = sum(last - first for first, last in find_stills(film))
    if film.plan.whole and frames and still / frames > STILL_SHARE:
        message = f"the picture stands still for {still / frames:.0%} of the film"
        hint = "give long stills movement: drifting grounds, photographs, elements that wait for a word"
        yield fail("still-share", message, value=round(still / frames, 3), hint=hint)


def _check_flashes(film: Evidence) -> Iterator[Finding]:
    if film.watched.flash is not None:
        at = _time(film, film.watched.flash)
        yield fail("flashes", f"the picture flashes more than three times in the second from {clock_text(at)}", at=at)


def _check_decode(film: Evidence) -> Iterator[Finding]:
    complaints = [*film.watched.complaints, *([film.sound_complaint] if film.sound_complaint else [])]
    packets, frames = len(film.picture.packets.times), film.watched.frames
    if complaints:
        yield fail("decode", f"the film does not decode cleanly: {complaints[0]}", value=len(complaints))
    elif frames != packets:
        yield fail("decode", f"{frames} of {packets} frames can be decoded", value=frames)


SENSE_CHECKS: tuple[Check, ...] = (
    _check_matrix, _check_as_planned, _check_packets, _check_loudness, _check_true_peak, _check_black, _check_frozen,
    _check_long_still, _check_still_share, _check_flashes, _check_decode,
)  # fmt: skip
