"""The narration as takes: read by the scratch voice, one file a scene in a folder, or one recording of the whole script."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.errors import BadInput, Place
from core.findings import Finding
from core.progress import Reporter
from core.timecode import SAMPLE_RATE
from render.pcm import Pcm, decode_cached
from render.scratch_voice import LANGUAGE, recall_spoken, speak
from script.assets import SCRATCH, find_narration
from script.document import SceneBlock, Script

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
    spoken = _spoken(script)
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


def review_narration(script: Script, studio: Path | None, cache: Path | None) -> list[Finding]:
    """What `gather_takes` would refuse, all at once: takes that a folder lacks, and files in which nothing can be heard.

    Files are decoded into `cache`/narration; without a cache they are measured and forgotten. Whether the takes say the
    script is not known before they have been listened to.
    """
    try:
        spoken = _spoken(script)
        if script.front.narration == SCRATCH:
            _ensure_spoken_language(script)
            return []
    except BadInput as error:
        return [_finding(script, error)]
    named = find_narration(script, studio)
    if named is None:
        return []  # `review_assets` says so
    findings: list[Finding] = []
    files = [named]
    if named.is_dir():
        found = {scene.id: _take_file(named, scene.id) for scene in spoken}
        files = [file for file in found.values() if file]
        try:
            _ensure_complete(script, named, found)
        except BadInput as error:
            findings.append(_finding(script, error))
    with tempfile.TemporaryDirectory(prefix="slugline-") as scratch:
        for file in files:
            try:
                _decode(script, file, cache / "narration" if cache else Path(scratch))
            except BadInput as error:
                findings.append(_finding(script, error))
    return findings


def kept_takes(script: Script, *, studio: Path | None, cache: Path) -> tuple[Take, ...]:
    """Those takes that can be had without asking the voice, in the script's order; what `gather_takes` refuses is left out."""
    folder = cache / "narration"
    try:
        spoken = _spoken(script)
        if script.front.narration == SCRATCH:
            sounds = recall_spoken([scene.narration.paragraphs for scene in spoken], folder)
            return tuple(_take((scene.id,), pcm) for scene, pcm in zip(spoken, sounds, strict=True) if pcm)
        named = _find(script, studio)
        if named.is_file():
            return (_take(tuple(scene.id for scene in spoken), _decode(script, named, folder)),)
    except BadInput:
        return ()
    takes = []
    for scene in spoken:
        file = _take_file(named, scene.id)
        if file:
            with suppress(BadInput):
                takes.append(_take((scene.id,), _decode(script, file, folder)))
    return tuple(takes)


def _finding(script: Script, error: BadInput) -> Finding:
    return Finding("narration", "error", error.message, error.hint, error.place or script.scenes[0].place)


def _spoken(script: Script) -> list[SceneBlock]:
    """The scenes over which somebody speaks. Raises BadInput when there is none."""
    spoken = [scene for scene in script.scenes if scene.narration.paragraphs]
    if not spoken:
        raise BadInput(
            "the script has no narration", hint="write what is said under each scene block", place=_place(script)
        )
    return spoken


def _ensure_spoken_language(script: Script) -> None:
    if script.front.language.split("-")[0].lower() != LANGUAGE:
        raise BadInput(
            f"the scratch voice speaks English, and the script's language is {script.front.language!r}",
            hint="record the narration and name the file in `narration:`",
            place=_place(script) or script.front.places.get("language"),
        )


def _read_by_voice(script: Script, spoken: Sequence[SceneBlock], cache: Path, reporter: Reporter) -> tuple[Take, ...]:
    _ensure_spoken_language(script)
    sounds = speak([scene.narration.paragraphs for scene in spoken], cache, reporter)
    return tuple(_take((scene.id,), pcm) for scene, pcm in zip(spoken, sounds, strict=True))


def _read_folder(
    script: Script, spoken: Sequence[SceneBlock], named: Path, cache: Path, reporter: Reporter
) -> tuple[Take, ...]:
    files = {scene.id: _take_file(named, scene.id) for scene in spoken}
    _ensure_complete(script, named, files)
    takes = []
    with reporter.step("narration", len(files)) as step:
        for scene_id, file in files.items():
            assert file is not None
            takes.append(_take((scene_id,), _decode(script, file, cache)))
            step.advance()
    return tuple(takes)


def _ensure_complete(script: Script, named: Path, files: Mapping[str, Path | None]) -> None:
    missing = [scene_id for scene_id, file in files.items() if file is None]
    if missing:
        shown = ", ".join(missing[:8]) + (f" and {len(missing) - 8} more" if len(missing) > 8 else "")
        raise BadInput(
            f"no take in {named.name}/ for {'scene' if len(missing) == 1 else 'scenes'} {shown}",
            hint=f"record {named.name}/{missing[0]}.wav, or set `narration: scratch` until it is recorded",
            place=_place(script),
        )


def _take_file(folder: Path, scene_id: str) -> Path | None:
    files = {file.suffix.lower(): file for file in sorted(folder.iterdir()) if file.stem == scene_id and file.is_file()}
    return next((files[suffix] for suffix in SUFFIXES if suffix in files), None)


def _find(script: Script, studio: Path | None) -> Path:
    found = find_narration(script, studio)
    if found is None:
        raise BadInput(
            f"no narration at {script.front.narration}",
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
