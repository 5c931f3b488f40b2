"""A take divided among the scenes that are spoken over it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput, Place
from core.timecode import SAMPLE_RATE
from render.envelope import find_speech, quietest
from render.timeline import Spoken
from transcripts.words import Alignment, Word

# Room kept around the voice where a take is cut, so that no breath or last consonant is lost.
PAD = 0.06
ENOUGH = 0.5
"""A recording in which less than this share of the script's words is heard is of something else."""
FEW = 8


def divide_take(
    take: int,
    scenes: Sequence[tuple[int, str, int]],
    alignment: Alignment,
    envelope: NDArray[np.float32],
    place: Place | None,
) -> dict[int, Spoken]:
    """Each scene's stretch of a take.

    `scenes` gives (index, id, number of script words) in the take's order; the alignment's script words are theirs, one after
    another. A take of one scene is trimmed to its speech; a take of several is cut at the quietest point between the last word
    of one and the first of the next. Raises BadInput where the recording is not of this script or leaves a scene out.
    """
    groups = _by_scene(scenes, alignment)
    seconds = len(envelope) * 0.01
    wanted = sum(count for _, _, count in scenes)
    heard = sum(word.origin == "matched" for word in alignment.words)
    # A scene of a few words may hold nothing but names, which a recogniser mishears: there, room for the words is enough.
    enough = heard if wanted >= FEW else sum(word.start is not None for word in alignment.script_words)
    if enough < ENOUGH * wanted:
        what = f"scene {scenes[0][1]}'s narration" if len(scenes) == 1 else "the narration"
        raise BadInput(
            f"{what} does not say the script: {heard} of {wanted} words were heard",
            place=place,
            hint="is it the right file, and in the script's language? `slugline transcribe FILE` shows what was heard",
        )
    spans = [_span(words) for words in groups]
    lost = [scene_id for (_, scene_id, count), span in zip(scenes, spans, strict=True) if count and span is None]
    if lost:
        raise BadInput(
            f"the narration leaves out scene {', '.join(lost)}",
            place=place,
            hint="record it, or take its text out of the script",
        )
    if len(scenes) == 1:
        first, last = find_speech(envelope)
        bounds = [(max(0.0, first - PAD), min(seconds, last + PAD))]
    else:
        bounds = _cut([span for span in spans if span], envelope, seconds)
    return {
        index: Spoken(take, round(start * SAMPLE_RATE), round(end * SAMPLE_RATE), tuple(words), room=len(scenes) > 1)
        for (index, _, _), words, (start, end) in zip(scenes, groups, bounds, strict=True)
    }


def _by_scene(scenes: Sequence[tuple[int, str, int]], alignment: Alignment) -> list[list[Word]]:
    """The alignment's words a scene, tokens counted from the scene's first; an ad-lib goes with the word before it."""
    groups: list[list[Word]] = [[] for _ in scenes]
    ends = np.cumsum([count for _, _, count in scenes])
    current = 0
    for word in alignment.words:
        if word.token is not None:
            current = int(np.searchsorted(ends, word.token, side="right"))
            before = int(ends[current - 1]) if current else 0
            word = replace(word, token=word.token - before)  # noqa: PLW2901 - the same word, counted anew
        groups[current].append(word)
    return groups


def _span(words: Sequence[Word]) -> tuple[float, float] | None:
    """From the first timed word's start to the last one's end."""
    starts = [word.start for word in words if word.start is not None]
    ends = [word.end for word in words if word.end is not None]
    return (min(starts), max(ends)) if starts and ends else None


def _cut(
    spans: Sequence[tuple[float, float]], envelope: NDArray[np.float32], seconds: float
) -> list[tuple[float, float]]:
    """Cut points between neighbours; the ends keep half a second at most."""
    cuts = [max(0.0, spans[0][0] - 0.5)]
    for (_, end), (start, _) in itertools.pairwise(spans):
        cuts.append(quietest(envelope, end, start) if start > end else (start + end) / 2)
    cuts.append(min(seconds, spans[-1][1] + 0.5))
    return list(itertools.pairwise(cuts))
