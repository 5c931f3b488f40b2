"""Rules of when cues come and go. Each is a pure check; its docstring holds formula and source."""

from collections.abc import Iterator

from core.findings import Finding
from transcripts.track import TOLERANCE, Track, has_times

_CALM = 180.0
"""Words a minute over a whole programme, at the most (BBC Subtitle Guidelines, Target minimum timing: 160 to 180)."""
_LONG_ENOUGH = 60.0
"""Seconds of cues below which a programme has no pace of its own."""


def no_cues(track: Track) -> Iterator[Finding]:
    """A track has cues in it.

    Formula: number of cues ≥ 1.
    Source: WCAG 2.2, 1.2.2 Captions (Prerecorded): what is said is captioned.
    """
    if not track.cues:
        yield Finding("no-cues", "error", "there is no cue in it", hint="is it the right file, and whole?")


def cue_time(track: Track) -> Iterator[Finding]:
    """A cue's times are times.

    Formula: start and end are numbers from 0 to 10,000 hours.
    Source: W3C WebVTT, WebVTT timestamp; TTML2, timing.
    """
    for index, cue in enumerate(track.cues):
        if not has_times(cue):
            yield track.finding("cue-time", index, f"cue {index + 1} has no time that a player could use")


def cue_backwards(track: Track) -> Iterator[Finding]:
    """A cue ends after it begins.

    Formula: end > start.
    Source: W3C WebVTT, WebVTT cue timings.
    """
    for index, cue in enumerate(track.cues):
        if has_times(cue) and cue.end <= cue.start:
            said = "ends when it begins" if cue.end == cue.start else "ends before it begins"
            yield track.finding("cue-backwards", index, f"cue {index + 1} {said}")


def cue_order(track: Track) -> Iterator[Finding]:
    """Cues stand in the order in which they come.

    Formula: start ≥ start of the cue before.
    Source: W3C WebVTT, WebVTT cue timings: start offsets never go back from one cue to the next.
    """
    latest = 0.0
    for index, cue in enumerate(track.cues):
        if not has_times(cue):
            continue
        if cue.start < latest - TOLERANCE:
            message = f"cue {index + 1} begins before the cue above it in the file"
            yield track.finding("cue-order", index, message, round(cue.start, 3), round(latest, 3))
        latest = max(latest, cue.start)


def cue_too_short(track: Track) -> Iterator[Finding]:
    """A cue is shown long enough to be seen.

    Formula: end − start ≥ 5/6 s (Netflix), 1 s (BBC, YouTube).
    Source: Netflix Timed Text Style Guide, General Requirements, Duration; BBC Subtitle Guidelines, Timing (0.3 s a word: a second is
    three words); DCMP Captioning Key, Presentation Rate.
    """
    least = float(track.profile.shortest)
    for index in track.timed:
        seconds = track.cues[index].end - track.cues[index].start
        if seconds < least - TOLERANCE * 2:
            message = f"cue {index + 1} is shown for {seconds:.2f} s"
            yield track.finding("cue-too-short", index, message, round(seconds, 3), round(least, 3))


def cue_too_long(track: Track) -> Iterator[Finding]:
    """A cue is gone before it is read twice.

    Formula: end − start ≤ 7 s (Netflix), 8 s (BBC), 6 s (YouTube).
    Source: Netflix Timed Text Style Guide, General Requirements, Duration; DCMP Captioning Key, Presentation Rate; the BBC gives no
    figure: 8 s are its two full lines at 100 words a minute.
    """
    most = float(track.profile.longest)
    for index in track.timed:
        seconds = track.cues[index].end - track.cues[index].start
        if seconds > most + TOLERANCE * 2:
            message = f"cue {index + 1} is shown for {seconds:.2f} s"
            yield track.finding("cue-too-long", index, message, round(seconds, 3), most)


def cue_too_fast(track: Track) -> Iterator[Finding]:
    """A cue can be read while it is shown.

    Formula: characters ÷ (end − start) ≤ 20 (Netflix for English; each language's own, slower for children and in a translation), 20
    (YouTube); BBC: end − start ≥ 0.3 s × words.
    Source: Netflix Timed Text Style Guides, Reading Speed Limits; BBC Subtitle Guidelines, Target minimum timing.
    """
    profile = track.profile
    hint = "the voice is faster than this profile: shorten the text, or accept it"
    for index in track.timed:
        seconds = track.cues[index].end - track.cues[index].start
        needed = float(profile.reading_seconds(track.text(index), track.language))
        # Half a millisecond at either end of the cue, and half of a tenth of a character, which is what is shown.
        if needed <= seconds * 1.0025 + 2 * TOLERANCE:
            continue
        if profile.words_a_minute:
            value, limit, unit = 60 * len(track.text(index).split()) / seconds, profile.words_a_minute, "words a minute"
        else:
            value, limit, unit = (
                needed * float(profile.reading_speed or 1) / seconds,
                profile.reading_speed or 0,
                "characters a second",
            )
        message = f"cue {index + 1} has {value:.1f} {unit}"
        yield track.finding("cue-too-fast", index, message, round(value, 1), limit, hint)


def track_too_fast(track: Track) -> Iterator[Finding]:
    """A programme as a whole is read at ease.

    Formula: words ÷ minutes in which a cue is shown ≤ 180, from one minute of cues on (BBC).
    Source: BBC Subtitle Guidelines, Target minimum timing: 160 to 180 words a minute.
    """
    if not track.profile.words_a_minute:
        return
    shown = sum(track.cues[index].end - track.cues[index].start for index in track.timed)
    words = sum(len(track.text(index).split()) for index in track.timed)
    if shown >= _LONG_ENOUGH and 60 * words / shown > _CALM + 0.05:
        pace = 60 * words / shown
        message = f"the subtitles have {pace:.0f} words a minute"
        hint = "the voice is faster than this profile: shorten the text, or accept it"
        yield Finding("track-too-fast", "warning", message, hint=hint, value=round(pace, 1), limit=_CALM)


def cue_overlap(track: Track) -> Iterator[Finding]:
    """A cue is gone when the next one comes, unless they stand in different places.

    Formula: start of the next ≥ end, where both have the same `line` and `region`.
    Source: Netflix Timed Text Style Guide, Subtitle Timing Guidelines; BBC Subtitle Guidelines, Timing: one subtitle at a time.
    """
    # Of the cues so far in each place, the one that is shown the longest.
    last: dict[object, int] = {}
    for index in track.timed:
        cue = track.cues[index]
        place = frozenset(item for item in cue.settings if item[0] in ("line", "region"))
        before = last.get(place)
        if before is not None:
            over = track.cues[before].end - cue.start
            if over > TOLERANCE and cue.end > track.cues[before].start:
                message = f"cue {before + 1} is still shown when cue {index + 1} begins"
                yield track.finding("cue-overlap", before, message, round(over, 3), 0.0)
        if before is None or cue.end > track.cues[before].end:
            last[place] = index


def cue_gap(track: Track) -> Iterator[Finding]:
    """Between two cues there is a blink, so that the change is seen.

    Formula: start of the next − end ≥ 2 frames (Netflix). Where the frame rate is a guess, a gap that rounds to 2 frames is a warning.
    Source: Netflix Timed Text Style Guide, Subtitle Timing Guidelines: two frames at every rate.
    """
    least = float(track.profile.gap_frames / track.rate)
    for index in track.timed:
        gap = track.gap(index)
        if gap is not None and -TOLERANCE <= gap < least - 2 * TOLERANCE:
            message = f"cues {index + 1} and {index + 2} are {gap:.3f} s apart"
            # Half a frame less may be two frames of the film's own rate.
            doubtful = track.rate_guessed and gap >= least - 0.5 / float(track.rate)
            hint = "give the film's rate with --rate" if doubtful else ""
            yield track.finding("cue-gap", index, message, round(gap, 3), round(least, 3), hint, strict=not doubtful)


def cue_small_gap(track: Track) -> Iterator[Finding]:
    """A pause between two cues is long enough to be a pause; else the first stays until the next.

    Formula: frames between them ≤ 2 or ≥ half a second's (Netflix: 3 to 11 frames at 24 are closed); BBC: none, or 1 s and more.
    Source: Netflix Timed Text Style Guide, Subtitle Timing Guidelines, chaining; BBC Subtitle Guidelines, Gaps.
    """
    clock = track.clock
    for index in track.timed:
        gap = track.gap(index)
        if gap is not None and clock.gap < track.frame(gap) < clock.small_gap:
            message = f"cues {index + 1} and {index + 2} are {gap:.3f} s apart: too short for a pause"
            limit = round(float(track.profile.small_gap), 3)
            yield track.finding(
                "cue-small-gap", index, message, round(gap, 3), limit, "let the first stay until the next"
            )


def cue_after_end(track: Track) -> Iterator[Finding]:
    """A cue is gone when the film is.

    Formula: end ≤ the film's length, where the film is given.
    Source: Netflix Timed Text Style Guide, General Requirements: the file belongs to the film, frame for frame.
    """
    if track.seconds is None:
        return
    for index in track.timed:
        if track.cues[index].end > track.seconds + 1.5 / float(track.rate):
            message = f"cue {index + 1} ends after the film"
            yield track.finding(
                "cue-after-end", index, message, round(track.cues[index].end, 3), round(track.seconds, 3)
            )


TIME_RULES = (
    no_cues,
    cue_time,
    cue_backwards,
    cue_order,
    cue_too_short,
    cue_too_long,
    cue_too_fast,
    track_too_fast,
    cue_overlap,
    cue_gap,
    cue_small_gap,
    cue_after_end,
)
