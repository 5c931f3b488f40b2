"""From a script to a plan: narration, words, alignment, timeline, compositions, render segments. Nothing is drawn yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.digest import digest
from core.errors import BadInput, Place
from core.findings import CheckFailed, Finding, has_errors
from core.nearest import nearest
from core.progress import Reporter
from core.settings import Settings
from render.captions import film_cues, with_burned_cues
from render.check import check_script
from render.composition import Composition
from render.encode import MASTER, PREVIEW
from render.formats import Format, frame_size
from render.hearing import hear
from render.known_times import known_times
from render.narration import Take, gather_takes
from render.plan import plan_segments
from render.scenes.base import Scene
from render.segments import Segment
from render.stage import Stage
from render.staging import natural_lengths, set_stage
from render.storyboard import find_phrases, plan_storyboard
from render.timeline import SceneTooShort, Spoken, Timeline, plan_timeline
from render.videos import FindVideo
from script.document import Script
from script.reader import open_script, read_script
from transcripts.words import Alignment


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

    @property
    def narrations(self) -> dict[str, str]:
        """Of each spoken scene, by id, a digest of its take and of its words: what makes it longer, and its elements enter."""
        return {
            scene: digest(take.digest, self.script.scene(scene).narration.text)
            for take in self.takes
            for scene in take.scene_ids
        }


def plan_film(
    path: Path,
    settings: Settings,
    reporter: Reporter,
    *,
    preview: bool = False,
    shape: Format = "16:9",
    only: Collection[str] | None = None,
    chapters: bool = True,
    find_video: FindVideo | None = None,
) -> FilmPlan:
    """Plan the film of a script. `only` takes some scenes by their ids, in the script's order, and what there is to say about them;
    without `chapters` none is named or marked, as in a teaser, which has too few of their scenes.

    Raises CheckFailed with every finding when the script has errors; BadInput for a narration that does not say it.
    """
    studio = settings.home
    if read_script(path, studio)[0] is None:
        # Nothing to check in what cannot be read: that is bad input, and this raises it.
        open_script(path, studio)
    findings = check_script(path, studio, find_video=find_video, shape=shape)
    if has_errors(findings):
        raise CheckFailed(path.name, findings)
    script = open_script(path, studio)
    scenes, _ = plan_storyboard(script)
    stage = set_stage(script, studio, frame_size(shape, preview=preview), find_video)
    narration = gather_takes(script, studio=studio, cache=settings.cache, reporter=reporter)
    before = known_times(script, studio, settings.cache)
    heard = hear(narration, script, settings, reporter)
    if _times(before) != _times(heard.spoken):
        # What has to do with time was judged by estimates; now the times are known.
        findings = check_script(path, studio, find_video=find_video, shape=shape)
        if has_errors(findings):
            raise CheckFailed(path.name, findings)
    wanted = _wanted(script, only)
    timeline = lay_out(script, scenes, heard.spoken, stage, wanted)
    if not chapters:
        shots = tuple(replace(shot, opens_chapter=False) for shot in timeline.shots)
        timeline = replace(timeline, shots=shots, chapters=())
    if script.front.burned_captions:
        timeline = with_burned_cues(timeline, film_cues(timeline, script.front.language, settings.captions_profile))
    compositions = tuple(shot.scene.compose(shot, stage) for shot in timeline.shots)
    encoding = PREVIEW if preview else MASTER
    segments = plan_segments(timeline.shots, compositions, stage, encoding)
    chosen = tuple(scenes[index] for index in wanted)
    if only is not None:
        findings = [finding for finding in findings if finding.scene in only]
    return FilmPlan(
        script, chosen, stage, timeline, heard.takes, heard.alignments, compositions, segments, tuple(findings)
    )


def _times(spoken: Mapping[int, Spoken]) -> dict[int, Spoken]:
    """What is said when, whatever its take's number: that goes by the scenes there were when it was heard."""
    return {index: replace(heard, take=0) for index, heard in spoken.items()}


def _wanted(script: Script, only: Collection[str] | None) -> list[int]:
    """The scenes to plan, by index. Raises BadInput for an id that no scene has."""
    ids = [block.id for block in script.scenes]
    if only is None:
        return list(range(len(ids)))
    for scene in only:
        if scene not in ids:
            near = nearest(scene, ids)
            hint = f"did you mean {near}?" if near else f"the scenes are {', '.join(ids)}"
            raise BadInput(f"the script has no scene {scene!r}", place=Place(str(script.path)), hint=hint)
    return [index for index, scene in enumerate(ids) if scene in only]


def lay_out(
    script: Script,
    scenes: Sequence[Scene],
    spoken: Mapping[int, Spoken],
    stage: Stage,
    wanted: Sequence[int],
) -> Timeline:
    """The wanted scenes on the timeline, each waiting element at its phrase. Raises SceneTooShort at its place."""
    phrases = {
        position: find_phrases(scenes[index], script.scenes[index], script.front.language)[0]
        for position, index in enumerate(wanted)
    }
    try:
        return plan_timeline(
            [scenes[index] for index in wanted],
            [script.scenes[index].chapter for index in wanted],
            [chapter.title for chapter in script.chapters],
            {position: spoken[index] for position, index in enumerate(wanted) if index in spoken},
            phrases,
            stage.rate,
            natural_lengths([scenes[index] for index in wanted], stage),
        )
    except SceneTooShort as error:
        error.place = script.scene(error.scene).place_of("duration")
        raise
