"""What the narrator said, scene by scene: takes recognised, aligned to their text, and a long recording cut into takes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.progress import Reporter, Step
from core.settings import Settings
from render.envelope import read_envelope
from render.known_times import keep_times
from render.narration import NarrationTakes, Take
from render.recording import cut_recording
from render.spoken import trim_take
from render.timeline import Spoken
from script.document import Script
from transcripts.cache import align_cached, recognise_cached
from transcripts.faster_whisper import FasterWhisper
from transcripts.models import find_anchor_model
from transcripts.tokens import Token, script_tokens
from transcripts.words import Alignment


@dataclass(frozen=True)
class Heard:
    """Takes of one scene each, in the script's order, their alignments, and what the timeline lays, by scene index."""

    takes: tuple[Take, ...]
    alignments: tuple[Alignment, ...]
    spoken: dict[int, Spoken]


def hear(narration: NarrationTakes, script: Script, settings: Settings, reporter: Reporter) -> Heard:
    """Recognise and align every take. Reads the audio and the text, nothing else.

    Raises BadInput, at the place of `narration:`, for a take that does not say its text; MissingPart without a model.
    """
    language = script.front.language
    place = script.front.places.get("narration")
    index = {block.id: number for number, block in enumerate(script.scenes)}
    tokens = {block.id: script_tokens(block.narration.text, language) for block in script.scenes}
    model = find_anchor_model(settings.model, language, settings.cache)
    whole = narration.source == "recording"
    total = sum(take.seconds for take in narration.takes) * (2 if whole else 1)
    with FasterWhisper(model, settings.device) as recogniser, reporter.step("listen to the narration", total) as step:
        ear = _Ear(recogniser, language, settings, step)
        takes = narration.takes
        if whole:
            [recording] = takes
            wanted = [token for scene_id in recording.scene_ids for token in tokens[scene_id]]
            counts = [len(tokens[scene_id]) for scene_id in recording.scene_ids]
            takes = cut_recording(recording, counts, ear.listen(recording, wanted), settings.cache, place)
        alignments = [ear.listen(take, tokens[take.scene_ids[0]]) for take in takes]
    spoken = {}
    for number, (take, alignment) in enumerate(zip(takes, alignments, strict=True)):
        [scene_id] = take.scene_ids
        scene = (index[scene_id], scene_id, len(tokens[scene_id]))
        spoken[index[scene_id]] = trim_take(number, scene, alignment, read_envelope(take.path), place, room=whole)
    keep_times(narration.takes, spoken, script, settings.cache)
    return Heard(takes, tuple(alignments), spoken)


@dataclass(frozen=True)
class _Ear:
    recogniser: FasterWhisper
    language: str
    settings: Settings
    step: Step

    def listen(self, take: Take, tokens: Sequence[Token]) -> Alignment:
        """The words of a take, aligned to its text."""
        cache = self.settings.cache
        heard = recognise_cached(self.recogniser, take.path, cache, language=self.language)
        self.step.advance(take.seconds)
        return align_cached(heard, tokens, take.path, take.digest, cache)
