"""A take and its words made into what the timeline lays: where the voice begins and ends in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput, Place
from core.timecode import SAMPLE_RATE
from render.envelope import STEP, find_speech
from render.timeline import Spoken
from transcripts.words import Alignment, Word

PAD = 0.06
"""Room kept around the voice where a take is trimmed, so that no breath or last consonant is lost."""
ENOUGH = 0.5
"""A recording in which less than this share of the script's words is heard is of something else."""
FEW = 8

Counted = tuple[int, str, int]
"""A scene's index, its id, and how many script words it has."""


def trim_take(
    take: int,
    scene: Counted,
    alignment: Alignment,
    envelope: NDArray[np.float32],
    what: str,
    place: Place | None,
    *,
    room: bool,
) -> Spoken:
    """A scene's take, trimmed to its speech, or whole where it carries the narrator's own pauses (`room`).

    Raises BadInput, which calls it `what`, when it does not say the scene's text.
    """
    ensure_heard([scene], alignment, what, place)
    start, end = 0.0, len(envelope) * STEP
    if not room:
        first, last = find_speech(envelope)
        start, end = max(0.0, first - PAD), min(end, last + PAD)
    return Spoken(take, round(start * SAMPLE_RATE), round(end * SAMPLE_RATE), alignment.words, room=room)


def ensure_heard(scenes: Sequence[Counted], alignment: Alignment, what: str, place: Place | None) -> None:
    """Raise BadInput when the recording is of something else than these scenes' text."""
    wanted = sum(count for _, _, count in scenes)
    heard = sum(word.origin == "matched" for word in alignment.words)
    # A scene of a few words may hold nothing but names, which a recogniser mishears: there, room for the words is enough.
    enough = heard if wanted >= FEW else sum(word.start is not None for word in alignment.script_words)
    if enough < ENOUGH * wanted:
        raise BadInput(
            f"{what} does not say the script: {heard} of {wanted} words were heard",
            place=place,
            hint="is it the right file, and in the script's language? `slugline transcribe FILE` shows what was heard",
        )


def by_scene(scenes: Sequence[Counted], alignment: Alignment) -> list[list[Word]]:
    """The words of an alignment over several scenes, a scene each, tokens counted from the scene's first, in the voice's order.

    An ad-lib goes with the word before it, or with those in whose place it was said. Scenes may have been read in any order. Of
    a scene that was read in several places the longest stretch is its own; what was read of it within other scenes is an ad-lib
    there and unspoken in its own, as a scene's sound is one piece.
    """
    groups: list[list[Word]] = [[] for _ in scenes]
    ends = np.cumsum([count for _, _, count in scenes])
    owners = [
        None if word.token is None else int(np.searchsorted(ends, word.token, "right")) for word in alignment.words
    ]
    timed = [
        (at, owner) for at, owner in enumerate(owners) if owner is not None and alignment.words[at].start is not None
    ]
    strays = _strays(timed)
    current = timed[0][1] if timed else 0
    for at, (word, owner) in enumerate(zip(alignment.words, owners, strict=True)):
        if owner is None or word.token is None:
            groups[_owner_of_ad_lib(owners, alignment.words, at, current)].append(word)
            continue
        own = replace(word, token=word.token - (int(ends[owner - 1]) if owner else 0))
        if at in strays:
            groups[current].append(replace(word, token=None, origin="ad-libbed"))
            own = replace(own, start=None, end=None, probability=0.0, origin="unspoken")
        elif word.start is not None:
            current = owner
        groups[owner].append(own)
    return groups


def _owner_of_ad_lib(owners: Sequence[int | None], words: Sequence[Word], at: int, current: int) -> int:
    """The scene of what was said in place of its first words, which come next to it; else the current one."""
    before = next((place for place in range(at - 1, -1, -1) if words[place].token is not None), None)
    after = next((place for place in range(at + 1, len(words)) if words[place].token is not None), None)
    if before is None or after is None or words[before].start is not None or owners[before] != owners[after]:
        return current
    return current if words[after].start is None else owners[after] or 0


def _strays(timed: Sequence[tuple[int, int]]) -> set[int]:
    """Of words given as (place, scene), in the voice's order, the places of those that lie apart from their scene's longest stretch."""
    runs = [(scene, [at for at, _ in run]) for scene, run in groupby(timed, key=lambda pair: pair[1])]
    strays: set[int] = set()
    while len(runs) > len({scene for scene, _ in runs}):
        times = Counter(scene for scene, _ in runs)
        several = [at for at, (scene, _) in enumerate(runs) if times[scene] > 1]
        # The shortest goes, one inside another scene before one beside it.
        shortest = min(several, key=lambda at: (len(runs[at][1]), not _inside(runs, at)))
        strays |= set(runs.pop(shortest)[1])
        merged = groupby(runs, key=lambda run: run[0])
        runs = [(scene, [at for _, places in group for at in places]) for scene, group in merged]
    return strays


def _inside(runs: Sequence[tuple[int, list[int]]], at: int) -> bool:
    return 0 < at < len(runs) - 1 and runs[at - 1][0] == runs[at + 1][0]


def span_of(words: Sequence[Word]) -> tuple[float, float] | None:
    """From the first timed word's start to the last one's end, in seconds; None where nothing is timed."""
    starts = [word.start for word in words if word.start is not None]
    ends = [word.end for word in words if word.end is not None]
    return (min(starts), max(ends)) if starts and ends else None
