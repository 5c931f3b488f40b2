"""The real model on real sound."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import pytest

from core.errors import BadInput, WorkFailed
from tests.integration.transcripts.conftest import Speech, Studio
from transcripts.align import align
from transcripts.audio import RATE, read_pcm, write_wav
from transcripts.cues import build_cues
from transcripts.faster_whisper import FasterWhisper
from transcripts.rules import check_cues
from transcripts.tokens import script_tokens
from transcripts.words import Alignment

pytestmark = pytest.mark.slow


def errors(alignment: Alignment, speech: Speech) -> list[float]:
    pairs = zip(alignment.script_words, speech.truth, strict=True)
    return sorted(
        abs(word.start - true["start"]) for word, true in pairs if word.start is not None and true["start"] is not None
    )


def test_words_come_at_the_voices_times_in_the_scripts_spelling(speech: Speech) -> None:
    alignment = align(speech.heard, script_tokens(speech.text), speech.audio)
    apart = errors(alignment, speech)
    assert len(apart) > 55
    assert median(apart) <= 0.050
    assert apart[int(0.95 * len(apart))] <= 0.150
    assert " ".join(word.text for word in alignment.words) == " ".join(speech.text.split())
    assert alignment.matched_share > 0.85


def test_alignment_reads_the_sound_and_the_text_and_nothing_else(speech: Speech, tmp_path: Path) -> None:
    renamed = tmp_path / "x.wav"
    renamed.write_bytes(speech.audio.read_bytes())
    tokens = script_tokens(speech.text)
    assert align(speech.heard, tokens, renamed) == align(speech.heard, tokens, speech.audio)


def test_without_the_sound_times_are_rougher_but_there(speech: Speech) -> None:
    rough = align(speech.heard, script_tokens(speech.text))
    assert median(errors(rough, speech)) < 0.2
    assert rough.notes


def test_a_sentence_that_was_cut_out_is_unspoken(speech: Speech) -> None:
    extra = "Nobody asked the fishermen of the lakes what they thought of that. "
    text = speech.text.replace("Then the danger", extra + "Then the danger")
    alignment = align(speech.heard, script_tokens(text), speech.audio)
    assert " ".join(alignment.unspoken) == extra.strip()
    kept = replace(alignment, words=tuple(word for word in alignment.words if word.origin != "unspoken"))
    assert median(errors(kept, speech)) <= 0.050


def test_a_sentence_that_was_added_is_an_ad_lib(speech: Speech) -> None:
    text = speech.text.replace("The company, he said, was Egypt's own.", "")
    alignment = align(speech.heard, script_tokens(text), speech.audio)
    assert " ".join(alignment.ad_libbed).lower().startswith("the company")
    assert len(alignment.ad_libbed) == 7


def test_cues_of_a_narration_keep_the_rules(speech: Speech) -> None:
    alignment = align(speech.heard, script_tokens(speech.text), speech.audio)
    cues = build_cues(alignment.words)
    assert check_cues(cues) == []
    assert " ".join(cue.text for cue in cues) == " ".join(speech.text.split())


@pytest.mark.parametrize("level", [0.0, 1e-4, 2e-3])
def test_silence_and_room_tone_say_nothing(level: float, recogniser: FasterWhisper, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, level * 32768, 20 * RATE).astype(np.int16)
    write_wav(tmp_path / "silence.wav", noise)
    heard = recogniser.recognise(tmp_path / "silence.wav", language=None)
    assert heard.words == ()
    assert heard.duration == pytest.approx(20)


def test_a_bad_file_does_not_end_the_child(recogniser: FasterWhisper, tmp_path: Path, speech: Speech) -> None:
    (tmp_path / "bad.wav").write_text("no sound")
    with pytest.raises(BadInput, match=r"bad\.wav"):
        recogniser.recognise(tmp_path / "bad.wav", language="en")
    said: list[float] = []
    heard = recogniser.recognise(speech.audio, language="en", hotwords=["Bab el-Mandeb"], progress=said.append)
    assert said == sorted(said)
    assert said[-1] == pytest.approx(heard.duration, abs=0.01)
    assert len(heard.words) > 50


def test_an_english_model_says_so(recogniser: FasterWhisper, speech: Speech) -> None:
    with pytest.raises(BadInput, match="English only"):
        recogniser.recognise(speech.audio, language="fr")


def test_a_killed_child_is_an_error_and_the_next_recording_starts_another(
    speech: Speech, recogniser: FasterWhisper
) -> None:
    def kill(_: float) -> None:
        assert recogniser._child is not None
        os.kill(recogniser._child.pid, signal.SIGKILL)

    with pytest.raises(WorkFailed, match="SIGKILL"):
        recogniser.recognise(speech.audio, language="en", progress=kill)
    assert recogniser.recognise(speech.audio, language="en").words


def test_the_child_dies_with_its_parent(speech: Speech, recogniser: FasterWhisper) -> None:
    program = (
        "import sys, os, threading, time; from pathlib import Path; from transcripts.faster_whisper import FasterWhisper\n"
        "whisper = FasterWhisper(Path(sys.argv[1])); child = whisper._running()\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, str(recogniser.model)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout as told:
        child = int(told.readline())
        parent.kill()
        parent.wait()
    for _ in range(50):
        if not Path(f"/proc/{child}").exists() or "State:\tZ" in Path(f"/proc/{child}/status").read_text():
            return
        time.sleep(0.1)
    pytest.fail("the child outlived its parent")


def test_transcribe_writes_what_the_name_asks_for(studio: Studio, speech: Speech, tmp_path: Path) -> None:
    (tmp_path / "script.md").write_text(
        "---\ntitle: x\n---\n\n# A heading\n\n" + speech.text.replace("canal", "**canal**")
    )
    for suffix, begins in (
        (".srt", "1\n00:00:0"),
        (".vtt", "WEBVTT\n"),
        (".txt", "The canal runs"),
        (".json", "{"),
        (".ttml", "<?xml"),
    ):
        out = tmp_path / f"words{suffix}"
        code, _ = studio.run(speech.audio, "--script", tmp_path / "script.md", "-o", out, "--language", "en")
        assert code == 0
        assert out.read_text().startswith(begins)
    document = json.loads((tmp_path / "words.json").read_text())
    assert set(document) == {"language", "duration", "text", "words", "cues", "report", "findings", "corrections"}
    assert document["text"] == " ".join(speech.text.split())
    assert set(document["report"]) == {"matched", "interpolated", "unspoken", "ad_libbed", "differences"}
    assert document["words"][0].keys() == {"text", "start", "end", "probability", "origin"}
    with pytest.raises(BadInput, match="no subtitle format"):
        studio.run(speech.audio, "-o", tmp_path / "words.doc", "--language", "en")


def test_one_bad_file_of_several_does_not_stop_the_rest(studio: Studio, speech: Speech, tmp_path: Path) -> None:
    code, printed = studio.run(speech.audio, tmp_path / "none.mp4", "--json", "--language", "en")
    good, bad = json.loads(printed)["results"]
    assert code == 1
    assert good["words"][0]["origin"] == "recognised"
    assert "does not exist" in bad["error"]["message"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--language", "klingon"], "no language"),
        (["--script", "none.md"], "does not exist"),
        (["--script", "EMPTY"], "no words"),
    ],
)
def test_misuse_is_said_before_the_work(
    words: list[str], message: str, studio: Studio, speech: Speech, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_text(" \n—\n")
    given = [str(tmp_path / "empty.txt") if word == "EMPTY" else word for word in words]
    with pytest.raises(BadInput, match=message):
        studio.run(speech.audio, *given)


def test_silence_transcribes_to_nothing(studio: Studio, tmp_path: Path) -> None:
    write_wav(tmp_path / "silence.wav", np.zeros(3 * RATE, np.int16))
    code, printed = studio.run(tmp_path / "silence.wav", "--json")
    document = json.loads(printed)
    assert (code, document["text"], document["cues"]) == (0, "", [])


def test_the_first_words_of_a_late_recording(recogniser: FasterWhisper, speech: Speech, tmp_path: Path) -> None:
    """Speech after a long silence keeps its place."""
    late = np.concatenate([np.zeros(12 * RATE, np.int16), read_pcm(speech.audio)])
    write_wav(tmp_path / "late.wav", late)
    heard = recogniser.recognise(tmp_path / "late.wav", language="en")
    alignment = align(heard, script_tokens(speech.text), tmp_path / "late.wav")
    moved = [true | {"start": true["start"] and true["start"] + 12} for true in speech.truth]
    assert median(errors(alignment, replace(speech, truth=moved))) <= 0.050


def test_the_names_of_an_article_are_listened_for_and_put_right(speech: Speech, studio: Studio, tmp_path: Path) -> None:
    article = tmp_path / "the article.md"
    article.write_text(
        "# The canal\n\nGamal Abdel Nasser never saw Bab el-Mandeb. The canal at Suez is older than Fujairah.\n"
    )
    code, printed = studio.run(speech.audio, "--names", article, "--json", "--language", "en")
    document = json.loads(printed)
    assert code == 0
    assert "Gamal Abdel Nasser" in document["text"]
    assert "southern door" in document["text"]
    assert "Bab el-Mandeb" in document["text"]
    assert "Fujairah" not in document["text"], "it was listened for, and nobody said it"
    for one in document["corrections"]:
        assert one["corrected"] in document["text"]
        assert 0.75 <= one["confidence"] <= 1


def test_where_voice_and_script_part_is_told_and_written_as_a_patch(
    studio: Studio, speech: Speech, tmp_path: Path
) -> None:
    script = tmp_path / "script.md"
    script.write_text("# The canal\n\n" + speech.text.replace(" The company, he said, was Egypt's own.", ""))
    before = script.read_text()
    changes = tmp_path / "changes.diff"
    code, printed = studio.run(speech.audio, "--script", script, "--changes", changes, "--json", "--language", "en")
    document = json.loads(printed)
    [difference] = document["report"]["differences"]
    assert (code, difference["kind"], difference["line"]) == (0, "said-not-written", 4)
    assert difference["before"].endswith("and took it.")
    assert difference["said"].lower().startswith("the company")
    assert document["findings"][0]["rule"] == "said-not-written", document["findings"]
    subprocess.run(["git", "apply", "changes.diff"], cwd=tmp_path, check=True)
    assert difference["change"]["new"] in script.read_text()
    assert difference["change"]["old"] in before
    script.write_text(before)
    studio.run(speech.audio, "--script", script, "--changes", tmp_path / "amended.md", "--language", "en")
    assert difference["said"] in (tmp_path / "amended.md").read_text()
    with pytest.raises(BadInput, match="the script itself"):
        studio.run(speech.audio, "--language", "en", "--changes", script, "--script", script)
    with pytest.raises(BadInput, match="one recording"):
        studio.run(speech.audio, "--language", "en", "--changes", changes)
    assert script.read_text() == before


def test_a_script_of_another_film_fails(studio: Studio, speech: Speech, tmp_path: Path) -> None:
    script = tmp_path / "other.txt"
    script.write_text(
        "My recipe needs three eggs, a spoon of butter and patience, as every cook on the coast will tell you."
    )
    part = tmp_path / "part.wav"
    pcm = read_pcm(speech.audio)
    write_wav(part, pcm[: int(7.1 * RATE)])
    code, printed = studio.run(part, "--script", script, "--json", "--language", "en")
    document = json.loads(printed)
    assert code == 1
    assert document["findings"][0]["rule"] == "another-text"
    assert document["report"]["differences"] == []
    _, raw = studio.run(part, "--json", "--language", "en")
    heard = json.loads(raw)
    assert document["text"].startswith("The canal runs"), "what was heard is there all the same"
    assert {word["origin"] for word in document["words"]} == {"recognised"}
    assert (document["text"], document["cues"]) == (heard["text"], heard["cues"]), "and not a word of the other text"
    assert document["cues"][-1]["end"] <= document["duration"] == 7.1
