"""Rules of cues and the cuts of the picture. Each is a pure check; its docstring holds formula and source."""

from collections.abc import Iterator

from core.findings import Finding
from transcripts.cue_times import begins_off_cut, ends_off_cut
from transcripts.track import Track


def cue_start_off_cut(track: Track) -> Iterator[Finding]:
    """A cue that begins near a cut begins on it.

    Formula: |start − cut| = 0 or ≥ half a second (Netflix: 12 frames at 24); BBC: a cue that spans a cut begins a second before it, or
    earlier.
    Source: Netflix Timed Text Style Guide, Subtitle Timing Guidelines, Timing to the shot change; BBC Subtitle Guidelines, Match
    subtitles to shot.
    """
    clock = track.clock
    if not clock.cuts:
        return
    for index in track.timed:
        start, end = track.frame(track.cues[index].start), track.frame(track.cues[index].end)
        cut = begins_off_cut(start, end, clock)
        if cut is not None:
            message = f"cue {index + 1} begins {_apart(start - cut)} a cut"
            yield track.finding("cue-start-off-cut", index, message, start - cut, 0, "let it begin on the cut")


def cue_end_off_cut(track: Track) -> Iterator[Finding]:
    """A cue that ends near a cut ends at it.

    Formula: end = cut − 2 frames, or |end − cut| ≥ half a second (Netflix), unless the next cue follows at once; BBC: a cue that spans a
    cut stays for a second after it, or longer.
    Source: Netflix Timed Text Style Guide, Subtitle Timing Guidelines, Timing to the shot change; BBC Subtitle Guidelines, Maintain a
    minimum gap when mismatched.
    """
    clock = track.clock
    if not clock.cuts:
        return
    for index in track.timed:
        start, end = track.frame(track.cues[index].start), track.frame(track.cues[index].end)
        gap = track.gap(index)
        cut = ends_off_cut(end, start, clock.longest if gap is None else track.frame(gap), clock)
        if cut is not None:
            message = f"cue {index + 1} ends {_apart(end - cut)} a cut"
            hint = f"let it end {clock.gap} frames before the cut" if clock.gap else "let it end with the shot"
            yield track.finding("cue-end-off-cut", index, message, end - cut, -clock.gap, hint)


def _apart(frames: int) -> str:
    if not frames:
        return "on"
    unit = "frame" if abs(frames) == 1 else "frames"
    return f"{abs(frames)} {unit} {'after' if frames > 0 else 'before'}"


CUT_RULES = (cue_start_off_cut, cue_end_off_cut)
