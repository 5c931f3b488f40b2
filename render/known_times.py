"""When each scene's words are said, as it was heard once: kept by take and text, for looking at a script without listening again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from core.digest import digest
from core.files import write_text
from render.narration import NarrationTakes, Take, kept_takes
from render.timeline import Spoken
from script.document import SceneBlock, Script
from transcripts.tokens import script_tokens
from transcripts.words import Word

_VERSION = 5


def keep_times(
    narration: NarrationTakes, takes: Sequence[Take], spoken: Mapping[int, Spoken], script: Script, cache: Path
) -> None:
    """Keep what was heard of the narration, by scene index, under `cache`/times. `takes` are those that `spoken` counts."""
    files = _files(narration, script, cache)
    for index, heard in spoken.items():
        file = files.get(index)
        text = json.dumps(asdict(heard) | {"sound": takes[heard.take].path.name})
        if file and not (file.is_file() and file.read_bytes() == text.encode()):
            write_text(file, text)


def known_times(script: Script, studio: Path | None, cache: Path | None) -> dict[int, Spoken]:
    """By scene index, what was heard of the takes as they are now; scenes that are new, or changed, are left out."""
    if cache is None:
        return {}
    narration = kept_takes(script, studio=studio, cache=cache)
    return {index: heard for index, (heard, _) in _recall(narration, script, cache).items()}


def known_sounds(script: Script, studio: Path | None, cache: Path | None) -> dict[int, tuple[Path, int, int]]:
    """By scene index, where its narration can be heard: a WAV in the cache, and samples [start, end) of it.

    Scenes that were heard before sound as they will in the film; others by their whole take, where they have one of their own.
    """
    if cache is None:
        return {}
    narration = kept_takes(script, studio=studio, cache=cache)
    sounds = {
        index: (sound, heard.start, heard.end)
        for index, (heard, sound) in _recall(narration, script, cache).items()
        if sound.is_file()
    }
    numbers = {block.id: number for number, block in enumerate(script.scenes)}
    for take in narration.takes:
        if len(take.scene_ids) == 1:
            sounds.setdefault(numbers[take.scene_ids[0]], (take.path, 0, take.frames))
    return sounds


def _recall(narration: NarrationTakes, script: Script, cache: Path) -> dict[int, tuple[Spoken, Path]]:
    """By scene index, what was heard, and the take in which it was."""
    found = {}
    for index, file in _files(narration, script, cache).items():
        heard = _read(file, cache)
        if heard:
            found[index] = heard
    return found


def _files(narration: NarrationTakes, script: Script, cache: Path) -> dict[int, Path]:
    """By scene index, where its times are kept: by its take and all that is said in it; scenes that are in no take are left out."""
    language = script.front.language
    takes = {scene: take for take in narration.takes for scene in take.scene_ids}
    # Each text is taken apart once: all scenes of a recording share all of its texts.
    recorded = {
        scene: (recording, words)
        for recording in narration.recordings
        for words in [_said(recording.blocks, language)]
        for scene in recording.wanted
    }
    files = {}
    for index, block in enumerate(script.scenes):
        skipped: list[str] = []
        number = 0
        if block.id in takes:
            take, said = takes[block.id], _said([block], language)
        elif block.id in recorded:
            recording, said = recorded[block.id]
            take, skipped = recording.take, sorted(recording.skipped)
            number = take.scene_ids.index(recording.wanted[block.id])
        else:
            continue
        files[index] = cache / "times" / f"{digest(_VERSION, take.digest, language, said, skipped, number)}.json"
    return files


def _said(blocks: Sequence[SceneBlock], language: str) -> str:
    """Address of the words of each block's narration."""
    return digest([[token.text for token in script_tokens(block.narration.text, language)] for block in blocks])


def _read(file: Path, cache: Path) -> tuple[Spoken, Path] | None:
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        sound = cache / "narration" / facts.pop("sound")
        return Spoken(**{**facts, "words": tuple(Word(**word) for word in facts["words"])}), sound
    except (OSError, ValueError, KeyError, TypeError):
        return None
