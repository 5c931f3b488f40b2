"""Subtitles put right where a machine may: the words stay as they are, and so does everything that was in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.findings import Finding
from transcripts.clock import write_time
from transcripts.fix_text import fix_text
from transcripts.fix_times import fix_times
from transcripts.rates import guess_rate
from transcripts.rules import check_track
from transcripts.subtitles import Note, Subtitles
from transcripts.track import Track, has_times
from transcripts.words import Cue

_TURNS = 16
"""Rates that are tried one after another at the most; more than three have not been seen."""


@dataclass(frozen=True)
class Change:
    """What was done to a cue, which is counted from 1 as in the file that was read, and for which rules."""

    cue: int
    rules: tuple[str, ...]
    message: str

    def to_json(self) -> dict[str, Any]:
        """The shape in `subtitles fix --json`."""
        return {"cue": self.cue, "rules": list(self.rules), "message": self.message}


@dataclass(frozen=True)
class Fixed:
    """Cues put right, the index that each had before, the changes in order of the cues, and what is left for a person."""

    cues: tuple[Cue, ...]
    origins: tuple[int, ...]
    changes: tuple[Change, ...]
    left: tuple[Finding, ...]


def fix_track(track: Track) -> Fixed:
    """Put a track's cues right where that is safe, and say what was done and what is left.

    Doing it twice is doing it once. Words are never changed, added or lost: only spaces, breaks, marks of direction, times, order, and
    cues that show nothing. A cue without usable times, or one that ends
    before it begins, stays after the one that it follows.
    """
    done: dict[int, list[str]] = {}
    kept: list[tuple[int, Cue]] = []
    for index, cue in enumerate(track.cues):
        if not any(line.strip() for line in track.lines[index]):
            done[index] = ["cue-empty"]
            continue
        mended, rules = fix_text(cue, track)
        if rules:
            done.setdefault(index, []).extend(rules)
        kept.append((index, mended))
    ordered = _in_order(kept)
    latest = -1
    for place, _ in ordered:
        if place < latest:
            done.setdefault(place, []).append("cue-order")
        latest = max(latest, place)
    cues, moved = _timed([cue for _, cue in ordered], track)
    origins = [place for place, _ in ordered]
    for index, rule in moved:
        done.setdefault(origins[index], []).append(rule)
    after = dict(zip(origins, cues, strict=True))
    changes = [
        Change(index + 1, tuple(dict.fromkeys(rules)), _message(track.cues[index], after.get(index), rules))
        for index, rules in sorted(done.items())
    ]
    left = check_track(replace(track, cues=tuple(cues)))
    return Fixed(tuple(cues), tuple(origins), tuple(changes), tuple(left))


def fix_guessed(track: Track) -> tuple[Track, Fixed]:
    """A track put right, and as it was held to.

    Where its rate is a guess, the times that were put right may show another: then they are held to that, so that doing it twice is doing
    it once. Where a few times lead from rate to rate and back, they stay as they are at the first that comes again.
    """
    rates, states = [track.rate], [fix_track(track)]
    while track.rate_guessed and len(states) < _TURNS and (rate := guess_rate(states[-1].cues)) != rates[-1]:
        held = replace(track, rate=rate, cues=states[-1].cues)
        fixed = _joined(track, states[-1], fix_track(held))
        seen = next((state for state in (_untouched(track), *states) if state.cues == fixed.cues), None)
        if seen is not None:
            held = replace(track, rate=guess_rate(seen.cues), cues=seen.cues)
            return replace(track, rate=held.rate), replace(seen, left=tuple(check_track(held)))
        rates.append(rate)
        states.append(fixed)
    return replace(track, rate=rates[-1]), states[-1]


def _untouched(track: Track) -> Fixed:
    return Fixed(tuple(track.cues), tuple(range(len(track.cues))), (), ())


def _joined(track: Track, first: Fixed, second: Fixed) -> Fixed:
    """What was done at first and what was done to that, as done at once."""
    origins = tuple(first.origins[place] for place in second.origins)
    rules = {change.cue - 1: change.rules for change in first.changes}
    for change in second.changes:
        index = first.origins[change.cue - 1]
        rules[index] = tuple(dict.fromkeys((*rules.get(index, ()), *change.rules)))
    after = dict(zip(origins, second.cues, strict=True))
    changes = [
        Change(index + 1, done, _message(track.cues[index], after.get(index), done))
        for index, done in sorted(rules.items())
        if after.get(index) != track.cues[index] or "cue-order" in done
    ]
    return Fixed(second.cues, origins, tuple(changes), second.left)


def fixed_subtitles(subtitles: Subtitles, fixed: Fixed) -> Subtitles:
    """A document with its cues put right; each note stays before the cue that it stood before."""
    places = {origin: place for place, origin in enumerate(fixed.origins)}

    def place_of(note: Note) -> Note:
        after = next((places[index] for index in range(note.before, len(subtitles.cues)) if index in places), None)
        return replace(note, before=len(fixed.cues) if after is None else after)

    notes = sorted((place_of(note) for note in subtitles.notes), key=lambda note: note.before)
    return replace(subtitles, cues=fixed.cues, notes=tuple(notes))


def _in_order(cues: Sequence[tuple[int, Cue]]) -> list[tuple[int, Cue]]:
    """By start; a cue without a time goes with the one before it."""
    latest = 0.0
    keyed = []
    for index, cue in cues:
        if _is_sound(cue):
            latest = cue.start
        keyed.append((latest, index, cue))
    return [(index, cue) for _, index, cue in sorted(keyed, key=lambda item: item[:2])]


def _timed(cues: list[Cue], track: Track) -> tuple[list[Cue], list[tuple[int, str]]]:
    """Times put right of those that have any: one that ends before it begins has none."""
    sound = [index for index, cue in enumerate(cues) if _is_sound(cue)]
    part = [cues[index] for index in sound]
    mended, moved = fix_times(part, replace(track, cues=tuple(part)))
    out = list(cues)
    for index, cue in zip(sound, mended, strict=True):
        out[index] = cue
    return out, [(sound[index], rule) for index, rule in moved]


def _is_sound(cue: Cue) -> bool:
    return has_times(cue) and cue.end >= cue.start


def _message(before: Cue, after: Cue | None, rules: Sequence[str]) -> str:
    if after is None:
        return "taken out: it showed nothing"
    said = []
    if "cue-order" in rules:
        said.append("put in its place")
    if before.lines != after.lines:
        said.append("set as " + " / ".join(f"“{line}”" for line in after.lines))
    if before.start != after.start:
        said.append(f"begins at {write_time(after.start, '.')} instead of {write_time(before.start, '.')}")
    if before.end != after.end:
        said.append(f"ends at {write_time(after.end, '.')} instead of {write_time(before.end, '.')}")
    return "; ".join(said)
