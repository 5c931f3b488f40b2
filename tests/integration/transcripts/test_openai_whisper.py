"""openai-whisper for real, on the packaged weights written as one of OpenAI's own files."""

import importlib.util
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jiwer
import pytest

from core.errors import BadInput, MissingPart
from core.settings import Settings
from tests.integration.transcripts.conftest import Speech
from tests.integration.transcripts.whisper_checkpoint import write_checkpoint
from transcripts.audio import RATE, read_pcm, write_wav
from transcripts.faster_whisper import FasterWhisper
from transcripts.models import find_checkpoint
from transcripts.openai_whisper import OpenaiWhisper
from transcripts.recognisers import open_recogniser
from transcripts.words import Transcript

pytestmark = pytest.mark.slow

if importlib.util.find_spec("whisper") is None:
    reason = "the extra openai-whisper is not installed"
    if os.environ.get("SLUGLINE_REQUIRE_OPENAI_WHISPER"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason, allow_module_level=True)

SECONDS = 9


@dataclass(frozen=True)
class Ear:
    """The recogniser on its checkpoint, and what it is given to hear."""

    recogniser: OpenaiWhisper
    checkpoint: Path
    audio: Path


@pytest.fixture(scope="module")
def ear(tmp_path_factory: pytest.TempPathFactory, recogniser: FasterWhisper, speech: Speech) -> Iterator[Ear]:
    folder = tmp_path_factory.mktemp("openai")
    checkpoint = folder / "tiny.en.pt"
    write_checkpoint(recogniser.model, checkpoint, "tiny.en")
    write_wav(folder / "speech.wav", read_pcm(speech.audio)[: SECONDS * RATE])
    settings = Settings(home=folder, recogniser="openai-whisper", model=str(checkpoint), device="cpu")
    whisper = open_recogniser(settings)
    assert isinstance(whisper, OpenaiWhisper)
    with whisper:
        yield Ear(whisper, checkpoint, folder / "speech.wav")


def text(heard: Transcript) -> str:
    return " ".join(word.text for word in heard.words)


def test_it_hears_what_faster_whisper_hears_at_the_same_times(ear: Ear, recogniser: FasterWhisper) -> None:
    told: list[float] = []
    theirs = ear.recogniser.recognise(ear.audio, language="en", progress=told.append)
    with FasterWhisper(recogniser.model, "cpu", "sequential") as one_by_one:
        ours = one_by_one.recognise(ear.audio, language="en")
    assert len(theirs.words) > 15
    assert jiwer.wer(text(ours), text(theirs)) < 0.15, "ours rounds to eight bits"
    starts = {(word.text, round(word.start)) for word in ours.words if word.start is not None}
    alike = [(word.text, round(word.start)) in starts for word in theirs.words if word.start is not None]
    assert sum(alike) > 0.8 * len(alike)
    assert theirs.evidence.voiced == ours.evidence.voiced
    assert [part.logprob for part in theirs.evidence.segments] == pytest.approx(
        [part.logprob for part in ours.evidence.segments], abs=0.1
    )
    assert told == sorted(told)
    assert told[-1] == pytest.approx(SECONDS, abs=0.01)


def test_an_english_checkpoint_neither_translates_nor_hears_french(ear: Ear) -> None:
    with pytest.raises(BadInput, match="cannot translate"):
        ear.recogniser.recognise(ear.audio, language=None, translate=True)
    with pytest.raises(BadInput, match="English only"):
        ear.recogniser.recognise(ear.audio, language="fr")


def test_a_file_that_is_no_checkpoint_says_what_to_do(ear: Ear, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pt"
    bad.write_bytes(b"no weights")
    with (
        OpenaiWhisper(bad, "cpu") as whisper,
        pytest.raises(BadInput, match=r"bad\.pt is not a Whisper checkpoint") as caught,
    ):
        whisper.recognise(ear.audio, language="en")
    assert "three ways" in caught.value.hint
    for name in (str(tmp_path / "none.pt"), str(tmp_path)):
        with pytest.raises(MissingPart, match=r"reads a `\.pt` file") as missing:
            find_checkpoint(name, tmp_path)
        assert "three ways" in missing.value.hint


def test_identities_differ(ear: Ear, recogniser: FasterWhisper) -> None:
    assert ear.recogniser.identity != recogniser.identity
    assert OpenaiWhisper(ear.checkpoint, "cuda").identity != ear.recogniser.identity
