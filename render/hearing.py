"""What the narrator said, scene by scene: takes recognised, aligned to their text, and a long recording cut into takes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Place
from core.progress import Reporter, Step
from core.settings import Settings
from render.envelope import read_envelope
from render.known_times import keep_times
from render.narration import NarrationTakes, Take
from render.pick_ups import match_levels
from render.recording import cut_recording
from render.spoken import trim_take
from render.timeline import Spoken
from script.document import Script
from transcripts.cache import align_cached, recognise_cached
from transcripts.gathering import Writing, gather
from transcripts.hotwords import choose_hotwords
from transcripts.lexicon import Lexicon
from transcripts.recogniser import Recogniser
from transcripts.recognisers import open_recogniser
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

    Raises BadInput, at the place of `narration:` or of `use:`, for a take that does not say its text; MissingPart without a model.
    """
    language = script.front.language
    index = {block.id: number for number, block in enumerate(script.scenes)}
    tokens = {block.id: script_tokens(block.narration.text, language) for block in script.scenes}
    single = sum(take.seconds for take in narration.takes)
    total = single + sum(recording.take.seconds for recording in narration.recordings) * 2
    taken = {take.scene_ids[0]: take for take in narration.takes}
    with (
        open_recogniser(settings, anchors_in=language) as recogniser,
        reporter.step("listen to the narration", total) as step,
    ):
        ear = _Ear(recogniser, language, _names_of(script), settings, step)
        for recording in narration.recordings:
            texts = [script_tokens(block.narration.text, language) for block in recording.blocks]
            alignment = ear.listen(recording.take, [token for text in texts for token in text])
            taken |= cut_recording(recording, [len(text) for text in texts], alignment, settings.cache)
        takes = tuple(taken[block.id] for block in script.scenes if block.id in taken)
        alignments = tuple(ear.listen(take, tokens[take.scene_ids[0]]) for take in takes)
    cut = {scene for recording in narration.recordings for scene in recording.wanted}
    spoken = {}
    for number, (take, alignment) in enumerate(zip(takes, alignments, strict=True)):
        [scene_id] = take.scene_ids
        scene = (index[scene_id], scene_id, len(tokens[scene_id]))
        place = _place(script, scene_id, picked=scene_id in narration.picked)
        what = take.file or f"scene {scene_id}'s narration"
        envelope = read_envelope(take.path)
        spoken[index[scene_id]] = trim_take(number, scene, alignment, envelope, what, place, room=scene_id in cut)
    keep_times(narration, takes, spoken, script, settings.cache)
    return Heard(match_levels(takes, list(spoken.values()), narration.picked), alignments, spoken)


def _names_of(script: Script) -> Lexicon:
    """The names in a script, for the recogniser to listen for: `benchmarks/name_recall.py --aligned` shows what it does to the words.

    No dictionary helps to find them: it takes longer to read than a take that was heard before.
    """
    spoken = tuple(paragraph for block in script.scenes for paragraph in block.narration.paragraphs)
    return gather([Writing("script", spoken, (), script.front.language)])


def _place(script: Script, scene_id: str, *, picked: bool) -> Place | None:
    block = script.scene(scene_id)
    if block.voice:
        return block.place_of("use")
    return block.place_of("id") if picked else script.front.places.get("narration")


@dataclass(frozen=True)
class _Ear:
    recogniser: Recogniser
    language: str
    names: Lexicon
    settings: Settings
    step: Step

    def listen(self, take: Take, tokens: Sequence[Token]) -> Alignment:
        """The words of a take, aligned to its text."""
        cache = self.settings.cache
        hotwords = choose_hotwords(" ".join(token.text for token in tokens), self.names)
        heard = recognise_cached(self.recogniser, take.path, cache, language=self.language, hotwords=hotwords)
        self.step.advance(take.seconds)
        # The scratch voice says what is written: what is heard besides was misheard.
        return align_cached(heard, tokens, take.path, take.digest, cache, verbatim=take.scratch)
