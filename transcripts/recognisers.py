"""Which recogniser a studio hears with."""

from __future__ import annotations

from core.settings import Settings
from transcripts.faster_whisper import FasterWhisper, Mode
from transcripts.models import find_anchor_model, find_checkpoint, find_model
from transcripts.openai_whisper import OpenaiWhisper
from transcripts.whisper_process import WhisperProcess

ANCHOR_BEAM = 1
"""Readings followed at once where the text is known: as exact as five, and a third quicker (`benchmarks/scripted_captions.py`). On four
films of 477 words by two voices five dropped one word and took nine for ad-libs, one dropped three and took three."""


def open_recogniser(settings: Settings, *, anchors_in: str | None = None) -> WhisperProcess:
    """The recogniser that the settings name; close it, or use it as a block. Raises MissingPart when its model is not there.

    `anchors_in` is the language of a recording whose text is known: a small model then finds the anchors.
    """
    if settings.recogniser == "openai-whisper":
        return OpenaiWhisper(find_checkpoint(settings.model, settings.cache), settings.device)
    mode: Mode = "sequential" if settings.recogniser.endswith("sequential") else "batched"
    if anchors_in is not None:
        model = find_anchor_model(settings.model, anchors_in, settings.cache)
        return FasterWhisper(model, settings.device, mode, beam=ANCHOR_BEAM)
    return FasterWhisper(find_model(settings.model, settings.cache), settings.device, mode)
