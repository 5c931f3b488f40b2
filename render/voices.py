"""Whose narration is heard over which scenes of a film, and in which files: planned before any sound is opened.

A script speaks for itself: by the scratch voice, a folder with one file a scene, or one recording. A scene that it uses of
another script is heard as that script has it. A pick-up take, `narration/ID.wav` beside a script, stands for any scene's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import BadInput, Place
from core.findings import Finding
from core.nearest import nearest
from script.assets import SCRATCH, find_narration
from script.document import SceneBlock, Script
from script.reader import read_script

PICK_UPS = "narration"
"""The folder beside a script that holds its pick-up takes."""
SUFFIXES = (".wav", ".flac", ".aif", ".aiff", ".m4a", ".mp3", ".aac", ".ogg", ".opus", ".mka", ".mp4", ".mov", ".webm")
"""What a take in a folder may be, by preference where a scene has several."""


@dataclass(frozen=True)
class Voice:
    """A script's narration as a film hears it.

    `scenes` gives, for every scene of the film that it is heard over, the id that the scene has in `script`; each is in
    exactly one of `picked` (a pick-up's file by the film's id), `read` (aloud, by the scratch voice), `files` (None where the
    folder lacks it) and `cut` (from `recording`). `place` is where the film asks for it.
    """

    script: Script
    scenes: Mapping[str, str]
    place: Place | None
    picked: Mapping[str, Path]
    read: tuple[str, ...] = ()
    files: Mapping[str, Path | None] | None = None
    cut: tuple[str, ...] = ()
    recording: Path | None = None

    def block(self, scene_id: str) -> SceneBlock:
        """The block that a scene of the film has in this voice's script."""
        return self.script.scene(self.scenes[scene_id])

    @property
    def skipped(self) -> frozenset[str]:
        """Scenes of the script, by its own ids, that are not heard in its recording even where they are in it."""
        used = {block.id for block in spoken_scenes(self.script) if block.voice}
        return frozenset(pick_ups(self.script)) | used


def spoken_scenes(script: Script) -> list[SceneBlock]:
    """The scenes over which somebody speaks."""
    return [block for block in script.scenes if block.narration.paragraphs]


def find_voices(script: Script, studio: Path | None) -> Iterator[Voice]:
    """The script's own voice, then those of the scripts that it uses scenes of.

    Raises BadInput, at the place of what asks for it, for a narration that is not there.
    """
    picked = pick_ups(script)
    own: dict[str, str] = {}
    lent: dict[Path, dict[str, str]] = {}
    for block in spoken_scenes(script):
        if block.voice and block.id not in picked:
            lent.setdefault(block.voice.script.path, {})[block.id] = block.voice.id
        else:
            own[block.id] = block.id
    if own:
        yield _voice(script, own, studio, script.front.places.get("narration"))
    for path, scenes in lent.items():
        lender, _ = read_script(path, studio)
        assert lender, "it was read for its scenes"
        yield _voice(lender, scenes, studio, script.scene(next(iter(scenes))).place_of("use"))


def pick_ups(script: Script) -> dict[str, Path]:
    """The pick-up takes of a script's scenes, by id. Where `narration:` names their very folder they are its takes, and no others'."""
    folder = script.folder / PICK_UPS
    if not folder.is_dir() or _is_named(script, folder):
        return {}
    found = {block.id: take_file(folder, block.id) for block in spoken_scenes(script)}
    return {scene_id: file for scene_id, file in found.items() if file}


def take_file(folder: Path, scene_id: str) -> Path | None:
    """A scene's take in a folder."""
    files = {file.suffix.lower(): file for file in sorted(folder.iterdir()) if file.stem == scene_id and file.is_file()}
    return next((files[suffix] for suffix in SUFFIXES if suffix in files), None)


def take_place(script: Script, voice: Voice, scene_id: str) -> Place | None:
    """Where a film asks for a scene's take: a pick-up is found by the scene's id, which nothing but the scene itself says."""
    own = voice.script.path == script.path
    return script.scene(scene_id).place_of("id") if own and scene_id in voice.picked else voice.place


def review_take_names(script: Script, studio: Path | None) -> list[Finding]:
    """Takes that are heard over no scene: a name that was mistyped, or a scene without a word to say."""
    named = None if script.front.narration == SCRATCH else find_narration(script, studio)
    folders = dict.fromkeys([script.folder / PICK_UPS, *([named] if named else [])])
    spoken = [block.id for block in spoken_scenes(script)]
    silent = {block.id for block in script.scenes} - set(spoken)
    findings = []
    for folder in folders:
        if not folder.is_dir():
            continue
        for file in sorted(folder.iterdir()):
            if file.suffix.lower() not in SUFFIXES or not file.is_file() or file.stem in spoken:
                continue
            name = f"{folder.name}/{file.name}"
            message = f"{name} is a take of no scene"
            near = nearest(file.stem, spoken)
            hint = (
                f"did you mean {near}{file.suffix}?"
                if near
                else "name it by the id of the scene that it is spoken over"
            )
            if file.stem in silent:
                message = f"{name} is not heard: scene {file.stem} has no narration"
                hint = "write below the scene what is said in it"
            place = script.front.places.get("narration") or script.front.places.get("title")
            findings.append(Finding("unknown-take", "warning", message, hint, place))
    return findings


def _voice(script: Script, scenes: Mapping[str, str], studio: Path | None, place: Place | None) -> Voice:
    takes = pick_ups(script)
    picked = {scene: takes[own] for scene, own in scenes.items() if own in takes}
    left = tuple(scene for scene in scenes if scene not in picked)
    if not left:
        return Voice(script, scenes, place, picked)
    if script.front.narration == SCRATCH:
        return Voice(script, scenes, place, picked, read=left)
    named = find_narration(script, studio)
    if named is None:
        raise BadInput(
            f"no narration at {script.front.narration}",
            hint="give a recording, a folder with one file a scene, or `scratch`",
            place=place,
        )
    if named.is_dir():
        return Voice(script, scenes, place, picked, files={scene: take_file(named, scenes[scene]) for scene in left})
    return Voice(script, scenes, place, picked, cut=left, recording=named)


def _is_named(script: Script, folder: Path) -> bool:
    return script.front.narration != SCRATCH and (script.folder / script.front.narration).resolve() == folder.resolve()
