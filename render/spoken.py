"""A take and its words made into what the timeline lays: where the voice begins and ends in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
    """The words of an alignment over several scenes, a scene each, tokens counted from the scene's first.

    An ad-lib goes with the word before it.
    """
    groups: list[list[Word]] = [[] for _ in scenes]
    ends = np.cumsum([count for _, _, count in scenes])
    current = 0
    for word in alignment.words:
        counted = word
        if word.token is not None:
            current = int(np.searchsorted(ends, word.token, side="right"))
            counted = replace(word, token=word.token - (int(ends[current - 1]) if current else 0))
        groups[current].append(counted)
    return groups


def span_of(words: Sequence[Word]) -> tuple[float, float] | None:
    """From the first timed word's start to the last one's end, in seconds; None where nothing is timed."""
    starts = [word.start for word in words if word.start is not None]
    ends = [word.end for word in words if word.end is not None]
    return (min(starts), max(ends)) if starts and ends else None
