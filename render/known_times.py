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

_VERSION = 3


def keep_times(
    narration: NarrationTakes, takes: Sequence[Take], spoken: Mapping[int, Spoken], script: Script, cache: Path
) -> None:
    """Keep what was heard of the narration, by scene index, under `cache`/times. `takes` are those that `spoken` counts."""
    for index, heard in spoken.items():
        file = _file(narration, script, index, cache)
        text = json.dumps(asdict(heard) | {"sound": takes[heard.take].path.name})
        if file and not (file.is_file() and file.read_text(encoding="utf-8") == text):
            write_text(file, text)


def known_times(script: Script, studio: Path | None, cache: Path | None) -> dict[int, Spoken]:
    """By scene index, what was heard of the takes as they are now; scenes that are new, or changed, are left out."""
    return {index: heard for index, (heard, _) in _recall(script, studio, cache).items()}


def known_sounds(script: Script, studio: Path | None, cache: Path | None) -> dict[int, tuple[Path, int, int]]:
    """By scene index, where its narration can be heard: a WAV in the cache, and samples [start, end) of it.

    Scenes that were heard before sound as they will in the film; others by their whole take, where they have one of their own.
    """
    if cache is None:
        return {}
    sounds = {
        index: (sound, heard.start, heard.end)
        for index, (heard, sound) in _recall(script, studio, cache).items()
        if sound.is_file()
    }
    numbers = {block.id: number for number, block in enumerate(script.scenes)}
    for take in kept_takes(script, studio=studio, cache=cache).takes:
        if len(take.scene_ids) == 1:
            sounds.setdefault(numbers[take.scene_ids[0]], (take.path, 0, take.frames))
    return sounds


def _recall(script: Script, studio: Path | None, cache: Path | None) -> dict[int, tuple[Spoken, Path]]:
    """By scene index, what was heard, and the take in which it was."""
    if cache is None:
        return {}
    narration = kept_takes(script, studio=studio, cache=cache)
    found = {}
    for index in range(len(script.scenes)):
        file = _file(narration, script, index, cache)
        heard = _read(file, cache) if file else None
        if heard:
            found[index] = heard
    return found


def _file(narration: NarrationTakes, script: Script, index: int, cache: Path) -> Path | None:
    """Where a scene's times are kept: by its take and all that is said in it; None for a scene that is in no take."""
    block = script.scenes[index]
    take = next((take for take in narration.takes if block.id in take.scene_ids), None)
    blocks: tuple[SceneBlock, ...] = (block,)
    skipped: list[str] = []
    number = 0
    if take is None:
        recording = next((one for one in narration.recordings if block.id in one.wanted), None)
        if recording is None:
            return None
        take, blocks, skipped = recording.take, recording.blocks, sorted(recording.skipped)
        number = take.scene_ids.index(recording.wanted[block.id])
    language = script.front.language
    texts = [[token.text for token in script_tokens(each.narration.text, language)] for each in blocks]
    address = digest(_VERSION, take.digest, language, texts, skipped, number)
    return cache / "times" / f"{address}.json"


def _read(file: Path, cache: Path) -> tuple[Spoken, Path] | None:
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        sound = cache / "narration" / facts.pop("sound")
        return Spoken(**{**facts, "words": tuple(Word(**word) for word in facts["words"])}), sound
    except (OSError, ValueError, KeyError, TypeError):
        return None
