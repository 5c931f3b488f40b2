"""Everything that would go wrong with a script, found before anything is rendered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path

from core.clock import SystemClock
from core.errors import SluglineError
from core.findings import Finding, has_errors
from core.settings import cache_of
from core.timecode import SAMPLE_RATE, parse_rate
from render.formats import Format, frame_size
from render.known_times import known_times
from render.legibility import review_contrast
from render.narration import review_narration
from render.pace import review_pace
from render.punctuality import review_punctuality
from render.scenes.base import Scene
from render.scenes.reviews import worst_reading
from render.stage import Shot, Stage
from render.staging import natural_lengths, set_stage
from render.storyboard import find_phrases, plan_storyboard
from render.teaser import review_teaser
from render.thumbnail import review_thumbnail
from render.timeline import SceneTooShort, Spoken, Timeline, plan_timeline
from render.videos import FindVideo
from script.article import review_article
from script.assets import MissingFile, find_asset, mentioned_files, review_assets
from script.document import SceneBlock, Script
from script.facts import review_facts
from script.fix import write_missing_ids
from script.front_matter import MUSIC_LEVEL
from script.reader import by_place, read_script
from script.source import read_source
from transcripts.tokens import script_tokens
from transcripts.words import Word

WORDS_A_MINUTE = 150
"""How fast an explainer is read, for estimates before there is a voice (a calm documentary pace)."""


def check_script(
    path: Path,
    studio: Path | None,
    *,
    fix: bool = False,
    today: date | None = None,
    find_video: FindVideo | None = None,
    look: bool = False,
    shape: Format = "16:9",
) -> list[Finding]:
    """Findings in order of place; times in them are those of the takes where these were heard before, else estimates.

    With `fix`, ids are written into the script first. `today` decides which licences have run out, `find_video` finds
    films in the catalogue, `shape` is the format in which scenes are laid out. `look` draws a frame or two of every scene, and
    measures the contrast of what is written on them.
    """
    script, findings = read_script(path, studio)
    if script is None:
        return findings
    if fix and write_missing_ids(script):
        script, findings = read_script(path, studio)
        assert script is not None
    scenes, found = plan_storyboard(script)
    findings += found
    findings += _review_facts(script, studio)
    findings += review_assets(script, studio, today or SystemClock().now().date())
    findings += review_article(script, studio)
    findings += review_narration(script, studio, cache_of(studio) if studio else None)
    findings += _review_music(script)
    findings += _review_picture(script, studio, scenes, find_video, look=look, shape=shape)
    return sorted(dict.fromkeys(_with_scene(script, finding) for finding in findings), key=by_place)


def _review_facts(script: Script, studio: Path | None) -> list[Finding]:
    article = find_asset(script, studio, script.front.article)
    tables = [find_asset(script, studio, file) for file, _ in mentioned_files(script) if file.endswith(".csv")]
    sources = [read_source(file)[0] for file in (script.path, article, *tables) if file]
    return review_facts(script, ["\n".join(source.lines) for source in sources if source])


def _review_music(script: Script) -> list[Finding]:
    """Music that would be heard too well under the narration (WCAG 1.4.7)."""
    music = script.front.music
    if music is None or music.level <= MUSIC_LEVEL:
        return []
    message = f"the music is {-music.level:g} LU under the speech"
    hint = f"write level: {MUSIC_LEVEL:g} or lower: nearer to it, words are lost to many"
    return [Finding("music-level", "warning", message, hint, music.place, value=music.level, limit=MUSIC_LEVEL)]


def _with_scene(script: Script, finding: Finding) -> Finding:
    """The finding with the scene in whose block or narration it stands; a footnote's own line is in none."""
    place = finding.place
    if finding.scene or place is None or place.line is None or Path(place.file) != script.path:
        return finding
    if finding.rule in ("unused-footnote", "duplicate-footnote", "empty-footnote"):
        return finding
    starts = [(block.place.line or 0, block.id) for block in script.scenes]
    starts += [(chapter.place.line or 0, "") for chapter in script.chapters if chapter.title]
    before = max((start for start in starts if start[0] <= place.line), default=(0, ""))
    return replace(finding, scene=before[1] or None)


def estimate_timeline(
    script: Script,
    scenes: Sequence[Scene],
    known: Mapping[int, Spoken] | None = None,
    lengths: Mapping[int, Fraction] | None = None,
) -> Timeline:
    """The scenes on frames, those in `known` (by index in the script) as they were spoken, the others as if a voice read at an
    even `WORDS_A_MINUTE`. Raises SceneTooShort as `plan_timeline` does."""
    blocks = {block.id: block for block in script.scenes}
    numbers = {block.id: number for number, block in enumerate(script.scenes)}
    spoken: dict[int, Spoken] = {}
    phrases: dict[int, Mapping[tuple[str | int, ...], int]] = {}
    for index, scene in enumerate(scenes):
        block = blocks[scene.id]
        voice = (known or {}).get(numbers[block.id]) or _even_voice(block, script.front.language)
        if voice:
            spoken[index] = voice
            phrases[index] = find_phrases(scene, block, script.front.language)[0]
    chapters = [blocks[scene.id].chapter for scene in scenes]
    titles = [chapter.title for chapter in script.chapters]
    return plan_timeline(scenes, chapters, titles, spoken, phrases, parse_rate(script.front.fps), lengths)


def _even_voice(block: SceneBlock, language: str) -> Spoken | None:
    length = 60 / WORDS_A_MINUTE
    tokens = script_tokens(block.narration.text, language)
    words = tuple(
        Word(token.text, index * length, (index + 1) * length, origin="interpolated", token=index)
        for index, token in enumerate(tokens)
    )
    return Spoken(0, 0, round(len(words) * length * SAMPLE_RATE), words) if words else None


def _review_picture(
    script: Script,
    studio: Path | None,
    scenes: Sequence[Scene],
    find_video: FindVideo | None,
    *,
    look: bool,
    shape: Format,
) -> list[Finding]:
    """What is wrong with the scenes as pictures, and with their order in time."""
    if not scenes:
        return []
    try:
        stage = set_stage(script, studio, frame_size(shape), find_video)
    except SluglineError as error:
        place = error.place or script.front.places.get("theme")
        return [Finding(_rule(error, "theme"), "error", error.message, error.hint, place)]
    cache = cache_of(studio) if studio else None
    timeline, findings = _lay_out(script, scenes, known_times(script, studio, cache), natural_lengths(scenes, stage))
    blocks = {block.id: block for block in script.scenes}
    findings += _review_thumbnail(replace(stage, size=frame_size()))
    sound: list[Shot] = []
    for shot in timeline.shots:
        found = _review_shot(shot, stage, blocks[shot.scene.id])
        findings += found
        sound += [] if has_errors(found) else [shot]
    if look:
        findings += [finding for shot in sound for finding in review_contrast(shot, stage, cache)]
    pictures = {shot.scene.id: partial(shot.scene.compose, shot, stage) for shot in sound}
    findings += review_pace(timeline, blocks, pictures)
    return [*findings, *_review_teaser(sound, stage)]


def _lay_out(
    script: Script, scenes: Sequence[Scene], known: Mapping[int, Spoken], lengths: Mapping[int, Fraction]
) -> tuple[Timeline, list[Finding]]:
    """The scenes on frames; those that are fixed at less than their narration takes, as long as they need, with a finding each."""
    findings: list[Finding] = []
    while True:
        try:
            return estimate_timeline(script, scenes, known, lengths), findings
        except SceneTooShort as error:
            block = script.scene(error.scene)
            place = block.place_of("duration")
            findings.append(Finding("timeline", "error", error.message, error.hint, place, block.id))
            scenes = [
                scene.model_copy(update={"duration": None}) if scene.id == error.scene else scene for scene in scenes
            ]


def _review_teaser(shots: Sequence[Shot], stage: Stage) -> list[Finding]:
    try:
        return review_teaser(shots, stage)
    except SluglineError as error:
        return [
            Finding(_rule(error, "layout"), "error", f"in the upright teaser: {error.message}", error.hint, error.place)
        ]


def _review_thumbnail(stage: Stage) -> list[Finding]:
    try:
        return review_thumbnail(stage)
    except SluglineError as error:
        return [Finding(_rule(error, "layout"), "error", error.message, error.hint, error.place)]


def _review_shot(shot: Shot, stage: Stage, block: SceneBlock) -> list[Finding]:
    try:
        found = shot.scene.review(shot, stage)
        if shot.at and not has_errors(found):
            found = [*found, *review_punctuality(shot, shot.scene.compose(shot, stage), stage)]
    except SluglineError as error:
        place = error.place or block.place
        return [Finding(_rule(error, "layout"), "error", error.message, error.hint, place, scene=block.id)]
    return [
        replace(finding, place=finding.place or block.place, scene=finding.scene or block.id)
        for finding in worst_reading(found)
    ]


def _rule(error: SluglineError, otherwise: str) -> str:
    """A file that is missing is one finding, wherever it was missed first."""
    return "missing-file" if isinstance(error, MissingFile) else otherwise
