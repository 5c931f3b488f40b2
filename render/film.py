"""From a script to a plan: narration, words, alignment, timeline, compositions, render segments. Nothing is drawn yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from core.findings import CheckFailed, Finding, has_errors
from core.progress import Reporter
from core.settings import Settings
from core.timecode import parse_rate
from render.check import check_script
from render.composition import Composition
from render.envelope import read_envelope
from render.narration import Take, gather_takes
from render.plan import plan_segments
from render.scenes.base import Scene
from render.segments import Segment
from render.spoken import divide_take
from render.stage import Stage
from render.storyboard import find_phrases, plan_storyboard
from render.theme import load_theme
from render.timeline import Spoken, Timeline, plan_timeline
from script.document import Script
from script.reader import open_script
from transcripts.cache import align_cached, recognise_cached
from transcripts.faster_whisper import FasterWhisper
from transcripts.models import find_anchor_model
from transcripts.tokens import Token, script_tokens
from transcripts.words import Alignment

DESIGN_SIZE = (1920, 1080)
PREVIEW_SIZE = (960, 540)
"""A quarter of the pixels, at the same times."""


@dataclass(frozen=True)
class FilmPlan:
    """Everything about a film that is known before its first frame is drawn."""

    script: Script
    scenes: tuple[Scene, ...]
    stage: Stage
    timeline: Timeline
    takes: tuple[Take, ...]
    alignments: tuple[Alignment, ...]
    compositions: tuple[Composition, ...]
    segments: tuple[Segment, ...]
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """False when only some of the script's scenes are in it."""
        return len(self.scenes) == len(self.script.scenes)


def plan_film(
    path: Path, settings: Settings, reporter: Reporter, *, preview: bool = False, only: str | None = None
) -> FilmPlan:
    """Plan the film of a script. `only` takes one scene by its id.

    Raises CheckFailed with every finding when the script has errors; BadInput for a narration that does not say it.
    """
    studio = settings.home
    findings = check_script(path, studio)
    if has_errors(findings):
        raise CheckFailed(path.name, findings)
    script = open_script(path, studio)
    scenes, _ = plan_storyboard(script)
    theme = load_theme(script.folder / script.front.theme if script.front.theme else None)
    stage = Stage(PREVIEW_SIZE if preview else DESIGN_SIZE, parse_rate(script.front.fps), theme, script, studio)
    tokens = [script_tokens(block.narration.text, script.front.language) for block in script.scenes]
    takes = gather_takes(script, studio=studio, cache=settings.cache, reporter=reporter).takes
    alignments = hear(takes, script, tokens, settings, reporter)
    spoken = divide(takes, alignments, script, tokens)
    wanted = [index for index, block in enumerate(script.scenes) if only in (None, block.id)]
    timeline = lay_out(script, scenes, spoken, stage.rate, wanted)
    compositions = tuple(shot.scene.compose(shot, stage) for shot in timeline.shots)
    segments = plan_segments(timeline.shots, compositions, stage)
    chosen = tuple(scenes[index] for index in wanted)
    return FilmPlan(
        script, chosen, stage, timeline, tuple(takes), tuple(alignments), compositions, segments, tuple(findings)
    )


def hear(
    takes: Sequence[Take],
    script: Script,
    tokens: Sequence[Sequence[Token]],
    settings: Settings,
    reporter: Reporter,
) -> list[Alignment]:
    """Each take's words, recognised and aligned to the text of its scenes. Reads the audio and the text, nothing else."""
    language = script.front.language
    model = find_anchor_model(settings.model, language, settings.cache)
    index = {block.id: number for number, block in enumerate(script.scenes)}
    alignments = []
    total = sum(take.seconds for take in takes)
    with FasterWhisper(model, settings.device) as recogniser, reporter.step("listen to the narration", total) as step:
        for take in takes:
            heard = recognise_cached(recogniser, take.path, settings.cache, language=language, hotwords=())
            wanted = [token for scene_id in take.scene_ids for token in tokens[index[scene_id]]]
            alignments.append(align_cached(heard, wanted, take.path, take.digest, settings.cache))
            step.advance(take.seconds)
    return alignments


def divide(
    takes: Sequence[Take], alignments: Sequence[Alignment], script: Script, tokens: Sequence[Sequence[Token]]
) -> dict[int, Spoken]:
    """Each spoken scene's stretch of its take."""
    index = {block.id: number for number, block in enumerate(script.scenes)}
    place = script.front.places.get("narration")
    spoken: dict[int, Spoken] = {}
    for number, (take, alignment) in enumerate(zip(takes, alignments, strict=True)):
        scenes = [(index[scene_id], scene_id, len(tokens[index[scene_id]])) for scene_id in take.scene_ids]
        spoken |= divide_take(number, scenes, alignment, read_envelope(take.path), place)
    return spoken


def lay_out(
    script: Script,
    scenes: Sequence[Scene],
    spoken: Mapping[int, Spoken],
    rate: Fraction,
    wanted: Sequence[int],
) -> Timeline:
    """The wanted scenes on the timeline, each waiting element at its phrase."""
    phrases = {
        position: find_phrases(scenes[index], script.scenes[index], script.front.language)[0]
        for position, index in enumerate(wanted)
    }
    return plan_timeline(
        [scenes[index] for index in wanted],
        [script.scenes[index].chapter for index in wanted],
        [chapter.title for chapter in script.chapters],
        {position: spoken[index] for position, index in enumerate(wanted) if index in spoken},
        phrases,
        rate,
    )
