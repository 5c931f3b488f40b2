"""The narration as takes: read by the scratch voice, one file a scene, or one recording of a whole script that is cut later."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import BadInput, Place
from core.findings import Finding
from core.progress import Reporter
from core.timecode import SAMPLE_RATE
from render.pcm import Pcm, decode_cached
from render.scratch_voice import LANGUAGE, recall_spoken, speak
from render.voices import Voice, find_voices, review_take_names, spoken_scenes, take_place
from script.assets import SCRATCH, find_narration
from script.document import SceneBlock, Script


@dataclass(frozen=True)
class Take:
    """One recording: the scenes spoken in it, in order; `path` a 48 kHz mono 16-bit WAV in the cache, `frames` samples
    long; `digest` SHA-256 of the samples; `gain` in dB, by which it sounds louder than it was recorded; `file` what was
    recorded for this scene alone, with its folder's name, for messages; `scratch` whether the scratch voice read it.
    """

    scene_ids: tuple[str, ...]
    path: Path
    digest: str
    frames: int
    gain: float = 0.0
    file: str = ""
    scratch: bool = False

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.frames / SAMPLE_RATE


@dataclass(frozen=True)
class Recording:
    """One recording of a whole script, to be cut once it has been heard.

    `blocks` are the script's spoken scenes, in order; `take.scene_ids` their ids. `wanted` gives, for each scene of the film
    that is cut from it, the scene's id in the recording; `skipped` scenes are heard elsewhere, whether or not they are in it.
    """

    take: Take
    blocks: tuple[SceneBlock, ...]
    wanted: Mapping[str, str]
    skipped: frozenset[str]
    place: Place | None


@dataclass(frozen=True)
class NarrationTakes:
    """Every sound of a script's narration; scenes over which nobody speaks are in none.

    `takes` are of one scene each, in the script's order; those in `picked` are pick-up takes, to be brought to the level of
    what surrounds them.
    """

    takes: tuple[Take, ...]
    recordings: tuple[Recording, ...] = ()
    picked: frozenset[str] = frozenset()


def gather_takes(script: Script, *, studio: Path | None, cache: Path, reporter: Reporter) -> NarrationTakes:
    """The takes that `narration:` names, and those of scenes that are used from other scripts, decoded into `cache`/narration.

    Raises BadInput, at the place of `narration:` or of `use:`, for takes that are missing, silent or no sound at all, and for
    a script that says nothing; MissingPart when the scratch voice is not installed.
    """
    _ensure_spoken(script)
    folder = cache / "narration"
    voices = list(find_voices(script, studio))
    for voice in voices:
        _ensure_complete(voice)
        _ensure_spoken_language(voice)
    takes: dict[str, Take] = {}
    recordings: list[Recording] = []
    for voice in voices:
        if voice.read:
            sounds = speak([voice.block(scene).narration.paragraphs for scene in voice.read], folder, reporter)
            takes |= {scene: _read((scene,), pcm) for scene, pcm in zip(voice.read, sounds, strict=True)}
    opened = [(voice, scene, file) for voice in voices for scene, file in _files(voice)]
    recorded = [voice for voice in voices if voice.recording]
    if opened or recorded:
        with reporter.step("narration", len(opened) + len(recorded)) as step:
            for voice, scene, file in opened:
                takes[scene] = _opened(script, voice, scene, file, folder)
                step.advance()
            for voice in recorded:
                recordings.append(_recording(voice, folder))
                step.advance()
    return _in_order(script, takes, recordings, voices)


def kept_takes(script: Script, *, studio: Path | None, cache: Path) -> NarrationTakes:
    """As `gather_takes`, without asking the scratch voice; what would be refused, or was never read aloud, is left out."""
    folder = cache / "narration"
    takes: dict[str, Take] = {}
    recordings: list[Recording] = []
    voices: list[Voice] = []
    with suppress(BadInput):
        voices.extend(find_voices(script, studio))
    for voice in voices:
        with suppress(BadInput):
            if voice.read:
                sounds = recall_spoken([voice.block(scene).narration.paragraphs for scene in voice.read], folder)
                takes |= {scene: _read((scene,), pcm) for scene, pcm in zip(voice.read, sounds, strict=True) if pcm}
        for scene, file in _files(voice):
            with suppress(BadInput):
                takes[scene] = _opened(script, voice, scene, file, folder)
        with suppress(BadInput):
            if voice.recording:
                recordings.append(_recording(voice, folder))
    return _in_order(script, takes, recordings, voices)


def review_narration(script: Script, studio: Path | None, cache: Path | None) -> list[Finding]:
    """What `gather_takes` would refuse, all at once: takes that a folder lacks, and files in which nothing can be heard.

    Files are decoded into `cache`/narration; without a cache they are measured and forgotten. Whether the takes say the
    script is not known before they have been listened to.
    """
    findings: list[Finding] = []
    voices: list[Voice] = []
    try:
        _ensure_spoken(script)
        voices.extend(find_voices(script, studio))
    except BadInput as error:
        # A narration of this script's own that is not there is `review_assets`' to say.
        if not spoken_scenes(script) or _is_there(script, studio):
            findings.append(_finding(script, error))
    with tempfile.TemporaryDirectory(prefix="slugline-") as scratch:
        folder = cache / "narration" if cache else Path(scratch)
        for voice in voices:
            for ensure in (_ensure_spoken_language, _ensure_complete):
                try:
                    ensure(voice)
                except BadInput as error:
                    findings.append(_finding(script, error))
            files = [(file, take_place(script, voice, scene)) for scene, file in _files(voice)]
            for file, place in files + ([(voice.recording, voice.place)] if voice.recording else []):
                try:
                    _decode(file, place, folder)
                except BadInput as error:
                    findings.append(_finding(script, error))
    return findings + review_take_names(script, studio)


def spoken_by_scratch(script: Script, studio: Path | None) -> bool:
    """True where the scratch voice reads any scene. Raises BadInput for a narration that is not there."""
    return any(voice.read for voice in find_voices(script, studio))


def _in_order(
    script: Script, takes: Mapping[str, Take], recordings: Sequence[Recording], voices: Sequence[Voice]
) -> NarrationTakes:
    picked = frozenset(scene for voice in voices for scene in voice.picked)
    ordered = tuple(takes[block.id] for block in script.scenes if block.id in takes)
    return NarrationTakes(ordered, tuple(recordings), picked)


def _is_there(script: Script, studio: Path | None) -> bool:
    return script.front.narration == SCRATCH or find_narration(script, studio) is not None


def _finding(script: Script, error: BadInput) -> Finding:
    return Finding("narration", "error", error.message, error.hint, error.place or script.scenes[0].place)


def _ensure_spoken(script: Script) -> None:
    if not spoken_scenes(script):
        place = script.front.places.get("narration")
        raise BadInput("the script has no narration", hint="write what is said under each scene block", place=place)


def _ensure_spoken_language(voice: Voice) -> None:
    front = voice.script.front
    if voice.read and front.language.split("-")[0].lower() != LANGUAGE:
        raise BadInput(
            f"the scratch voice speaks English, and the script's language is {front.language!r}",
            hint="record the narration and name the file in `narration:`",
            place=voice.place or front.places.get("language"),
        )


def _ensure_complete(voice: Voice) -> None:
    missing = [scene for scene, file in (voice.files or {}).items() if file is None]
    if missing:
        folder = Path(voice.script.front.narration).name
        shown = ", ".join(missing[:8]) + (f" and {len(missing) - 8} more" if len(missing) > 8 else "")
        raise BadInput(
            f"no take in {folder}/ for {'scene' if len(missing) == 1 else 'scenes'} {shown}",
            hint=f"record {folder}/{voice.scenes[missing[0]]}.wav, or set `narration: scratch` until it is recorded",
            place=voice.place,
        )


def _files(voice: Voice) -> list[tuple[str, Path]]:
    """The takes of single scenes, by the film's ids."""
    files = (*voice.picked.items(), *(voice.files or {}).items())
    return [(scene, file) for scene, file in files if file]


def _recording(voice: Voice, cache: Path) -> Recording:
    assert voice.recording
    blocks = tuple(spoken_scenes(voice.script))
    take = _take(tuple(block.id for block in blocks), _decode(voice.recording, voice.place, cache))
    return Recording(take, blocks, {scene: voice.scenes[scene] for scene in voice.cut}, voice.skipped, voice.place)


def _opened(script: Script, voice: Voice, scene: str, file: Path, cache: Path) -> Take:
    pcm = _decode(file, take_place(script, voice, scene), cache)
    return replace(_take((scene,), pcm), file=f"{file.parent.name}/{file.name}")


def _decode(file: Path, place: Place | None, cache: Path) -> Pcm:
    try:
        pcm = decode_cached(file, cache, channels=1, what="the narration")
    except BadInput as error:
        raise BadInput(error.message, hint=error.hint, place=place) from error
    if pcm.silent:
        raise BadInput(
            f"the narration {file.name} is silence: nothing in it is louder than {pcm.loudest:.0f} dBFS",
            hint="was the right input recorded? choose another file, or `narration: scratch`",
            place=place,
        )
    return pcm


def _read(scene_ids: tuple[str, ...], pcm: Pcm) -> Take:
    return replace(_take(scene_ids, pcm), scratch=True)


def _take(scene_ids: tuple[str, ...], pcm: Pcm) -> Take:
    return Take(scene_ids, pcm.path, pcm.digest, pcm.frames)
