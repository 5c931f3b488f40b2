"""Which recogniser a studio hears with."""

from __future__ import annotations

from core.settings import Settings
from transcripts.faster_whisper import FasterWhisper, Mode
from transcripts.models import find_anchor_model, find_checkpoint, find_model
from transcripts.openai_whisper import OpenaiWhisper
from transcripts.whisper_process import WhisperProcess


def open_recogniser(settings: Settings, *, anchors_in: str | None = None) -> WhisperProcess:
    """The recogniser that the settings name; close it, or use it as a block. Raises MissingPart when its model is not there.

    `anchors_in` is the language of a recording whose text is known: a small model then finds the anchors.
    """
    if settings.recogniser == "openai-whisper":
        return OpenaiWhisper(find_checkpoint(settings.model, settings.cache), settings.device)
    mode: Mode = "sequential" if settings.recogniser.endswith("sequential") else "batched"
    if anchors_in is not None:
        return FasterWhisper(find_anchor_model(settings.model, anchors_in, settings.cache), settings.device, mode)
    return FasterWhisper(find_model(settings.model, settings.cache), settings.device, mode)
