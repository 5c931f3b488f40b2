"""Speech in another language: heard, translated, refused by a model that knows English only. The voice is espeak-ng's."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import BadInput
from core.resources import ROOT
from tests.integration.transcripts.conftest import Studio
from tests.integration.transcripts.videos import record, see

pytestmark = pytest.mark.slow

GERMAN = "Guten Morgen. Heute ist das Wetter schön, und wir gehen mit den Kindern in den Park."


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("espeakng_loader")
    folder = tmp_path_factory.mktemp("german")
    (folder / "text.txt").write_text(GERMAN)
    program = [sys.executable, str(ROOT / "benchmarks/held_out_voice.py")]
    subprocess.run([*program, "text.txt", "speech.wav", "truth.json", "1.1", "de"], cwd=folder, check=True)
    return folder / "speech.wav"


@pytest.fixture(scope="module")
def multilingual(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """A studio with the model for every language."""
    studio = Studio(tmp_path_factory.mktemp("studio"))
    (studio.home / "slugline.toml").write_text('model = "base"\n')
    return studio


def test_what_is_said_and_what_it_means_are_kept_apart(multilingual: Studio, german: Path) -> None:
    _, printed = multilingual.run(german, "--json")
    heard = json.loads(printed)
    assert heard["language"] == "de"
    assert "Kindern" in heard["text"]
    _, printed = multilingual.run(german, "--translate", "--json")
    translated = json.loads(printed)
    assert translated["language"] == "en"
    assert "children" in translated["text"]
    assert "Kindern" not in translated["text"]
    times = [(word["start"], word["end"]) for word in translated["words"]]
    assert times == sorted(times)
    assert all(start <= end for start, end in times)
    assert translated["cues"][-1]["end"] <= translated["duration"] + 1.5
    _, printed = multilingual.run(german, "--json")
    assert json.loads(printed)["text"] == heard["text"], "the translation is not in its place"


def test_a_model_that_knows_english_only_says_so(studio: Studio, german: Path) -> None:
    with pytest.raises(BadInput, match="it cannot translate") as caught:
        studio.run(german, "--translate")
    assert "such as base" in caught.value.hint


def test_the_wrong_language_is_noticed(multilingual: Studio, german: Path) -> None:
    _, printed = multilingual.run(german, "--language", "fr", "--json")
    rules = {finding["rule"]: finding for finding in json.loads(printed)["findings"]}
    assert rules["other-language"]["value"] == "de"
    assert "--language de" in rules["other-language"]["hint"]
    _, printed = multilingual.run(german, "--language", "de", "--json")
    assert "other-language" not in {finding["rule"] for finding in json.loads(printed)["findings"]}


def test_a_catalogued_video_gets_both(multilingual: Studio, german: Path) -> None:
    engine = record(multilingual.home, "park", german, language="de")
    code, printed = multilingual.run("--query", "park")
    assert code == 0
    assert "captions in de, version 1" in printed
    code, printed = multilingual.run("--query", "park", "--translate")
    assert code == 0
    assert "captions in en, version 1" in printed
    video = see(engine, "park")
    assert {version["language"] for version in video.transcripts} == {"de", "en"}
    assert "Kindern" in " ".join(cue.text for cue in video.cues)
    engine.dispose()


def test_a_video_in_another_language_than_the_catalogue_says(multilingual: Studio, german: Path) -> None:
    engine = record(multilingual.home, "mistaken", german, language="en")
    code, printed = multilingual.run("--query", "mistaken", "--json")
    (item,) = json.loads(printed)["results"]
    assert code == 1
    assert item["error"]["message"] == "mistaken should be in en, but de was heard"
    assert "--language de" in item["error"]["hint"]
    assert see(engine, "mistaken").transcripts == ()
    engine.dispose()
