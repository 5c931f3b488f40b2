"""The narration as takes: read by the scratch voice, one file a scene in a folder, or one recording of the whole script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.errors import BadInput, Place
from core.progress import Reporter
from core.timecode import SAMPLE_RATE
from render.pcm import Pcm, decode_cached
from render.scratch_voice import LANGUAGE, speak
from script.document import SceneBlock, Script

SCRATCH = "scratch"
SUFFIXES = (".wav", ".flac", ".aif", ".aiff", ".m4a", ".mp3", ".aac", ".ogg", ".opus", ".mka", ".mp4", ".mov", ".webm")
"""What a take in a folder may be, by preference where a scene has several."""


@dataclass(frozen=True)
class Take:
    """One recording: the scenes spoken in it, in order; `path` a 48 kHz mono 16-bit WAV in the cache, `frames` samples
    long; `digest` SHA-256 of the samples.
    """

    scene_ids: tuple[str, ...]
    path: Path
    digest: str
    frames: int

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.frames / SAMPLE_RATE


@dataclass(frozen=True)
class NarrationTakes:
    """Every take of a script, in the script's order; scenes over which nobody speaks are in none."""

    source: Literal["scratch", "folder", "recording"]
    takes: tuple[Take, ...]


def gather_takes(script: Script, *, studio: Path | None, cache: Path, reporter: Reporter) -> NarrationTakes:
    """The takes that `narration:` names, decoded into `cache`/narration.

    Raises BadInput, at the place of `narration:`, for takes that are missing, silent or no sound at all, and for a script
    that says nothing; MissingPart when the scratch voice is not installed.
    """
    spoken = [scene for scene in script.scenes if scene.narration.paragraphs]
    if not spoken:
        raise BadInput(
            "the script has no narration", hint="write what is said under each scene block", place=_place(script)
        )
    folder = cache / "narration"
    if script.front.narration == SCRATCH:
        return NarrationTakes("scratch", _read_by_voice(script, spoken, folder, reporter))
    named = _find(script, studio)
    if named.is_dir():
        return NarrationTakes("folder", _read_folder(script, spoken, named, folder, reporter))
    with reporter.step("narration", 1) as step:
        pcm = _decode(script, named, folder)
        step.advance()
    return NarrationTakes("recording", (_take(tuple(scene.id for scene in spoken), pcm),))


def _read_by_voice(script: Script, spoken: Sequence[SceneBlock], cache: Path, reporter: Reporter) -> tuple[Take, ...]:
    if script.front.language.split("-")[0].lower() != LANGUAGE:
        raise BadInput(
            f"the scratch voice speaks English, and the script's language is {script.front.language!r}",
            hint="record the narration and name the file in `narration:`",
            place=_place(script),
        )
    sounds = speak([scene.narration.paragraphs for scene in spoken], cache, reporter)
    return tuple(_take((scene.id,), pcm) for scene, pcm in zip(spoken, sounds, strict=True))


def _read_folder(
    script: Script, spoken: Sequence[SceneBlock], named: Path, cache: Path, reporter: Reporter
) -> tuple[Take, ...]:
    files = {scene.id: _take_file(named, scene.id) for scene in spoken}
    missing = [scene_id for scene_id, file in files.items() if file is None]
    if missing:
        shown = ", ".join(missing[:8]) + (f" and {len(missing) - 8} more" if len(missing) > 8 else "")
        raise BadInput(
            f"no take in {named.name}/ for {'scene' if len(missing) == 1 else 'scenes'} {shown}",
            hint=f"record {named.name}/{missing[0]}.wav, or set `narration: scratch` until it is recorded",
            place=_place(script),
        )
    takes = []
    with reporter.step("narration", len(files)) as step:
        for scene_id, file in files.items():
            assert file is not None
            takes.append(_take((scene_id,), _decode(script, file, cache)))
            step.advance()
    return tuple(takes)


def _take_file(folder: Path, scene_id: str) -> Path | None:
    files = {file.suffix.lower(): file for file in sorted(folder.iterdir()) if file.stem == scene_id and file.is_file()}
    return next((files[suffix] for suffix in SUFFIXES if suffix in files), None)


def _find(script: Script, studio: Path | None) -> Path:
    name = script.front.narration
    places = [script.folder / name, *([studio / name, studio / "media" / name] if studio else [])]
    found = next((path for path in places if path.exists()), None)
    if found is None:
        raise BadInput(
            f"no narration at {name}",
            hint="give a recording, a folder with one file a scene, or `scratch`",
            place=_place(script),
        )
    return found


def _decode(script: Script, file: Path, cache: Path) -> Pcm:
    try:
        pcm = decode_cached(file, cache, channels=1, what="the narration")
    except BadInput as error:
        raise BadInput(error.message, hint=error.hint, place=_place(script)) from error
    if pcm.silent:
        raise BadInput(
            f"the narration {file.name} is silence: nothing in it is louder than {pcm.loudest:.0f} dBFS",
            hint="was the right input recorded? choose another file, or `narration: scratch`",
            place=_place(script),
        )
    return pcm


def _place(script: Script) -> Place | None:
    return script.front.places.get("narration")


def _take(scene_ids: tuple[str, ...], pcm: Pcm) -> Take:
    return Take(scene_ids, pcm.path, pcm.digest, pcm.frames)
