"""Many recordings at once, through the command: real files, a real catalogue, real speech."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from catalogue.transcript_versions import edit_transcript
from core.clock import SystemClock
from core.database import writing
from core.errors import BadInput
from core.resources import ROOT
from tests.integration.transcripts.conftest import Speech, Studio
from tests.integration.transcripts.videos import record, see
from transcripts.audio import RATE, read_pcm, write_wav
from transcripts.words import Cue

pytestmark = pytest.mark.slow


def phrases(speech: Speech, folder: Path, *names: str) -> None:
    """Different stretches of the narration as files of these names."""
    samples = read_pcm(speech.audio)
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_wav(folder / name, samples[number * RATE : (number * 2 + 8) * RATE])


def test_folders_files_and_one_that_is_bad(studio: Studio, speech: Speech, tmp_path: Path) -> None:
    films, out = tmp_path / "films of 2024", tmp_path / "subs"
    phrases(speech, films, "one.wav", "deep/one.wav")
    (films / "bad.mp3").write_text("no sound at all")
    (films / "notes.txt").write_text("not a recording")
    words: list[str | Path] = [films, "-o", out, "--to", "vtt", "--language", "en"]
    code, printed = studio.run(*words)
    assert code == 1
    assert printed.splitlines()[-2:] == [
        "2 done, 0 skipped, 1 failed",
        f"  failed: {films / 'bad.mp3'}: is not a media file that can be read; give a video or sound file",
    ]
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*")) == ["deep/one.vtt", "one.vtt"]
    assert (out / "one.vtt").read_text().startswith("WEBVTT")
    made = (out / "one.vtt").stat().st_mtime_ns
    code, printed = studio.run(*words, "--json")
    document = json.loads(printed)
    assert document["summary"] == {"done": 0, "silent": 0, "skipped": 2, "failed": 1}
    by_source = {Path(item["source"]).relative_to(films).as_posix(): item for item in document["results"]}
    assert "is there already" in by_source["deep/one.wav"]["skipped"]
    assert by_source["bad.mp3"]["error"]["message"] == "bad.mp3 is not a media file that can be read"
    assert (out / "one.vtt").stat().st_mtime_ns == made
    code, printed = studio.run(*words, "--again")
    assert "2 done, 0 skipped, 1 failed" in printed
    assert (out / "one.vtt").stat().st_mtime_ns > made


def test_the_same_stem_twice_is_two_files(studio: Studio, speech: Speech, tmp_path: Path) -> None:
    phrases(speech, tmp_path, "a/talk.wav", "b/talk.wav")
    code, _ = studio.run(tmp_path / "a/talk.wav", tmp_path / "b/talk.wav", "-o", tmp_path / "out", "--language", "en")
    assert code == 0
    one, other = sorted((tmp_path / "out").iterdir())
    assert one.read_text() != other.read_text()


def test_without_a_place_to_write_to_each_text_stands_under_its_name(
    studio: Studio, speech: Speech, tmp_path: Path
) -> None:
    phrases(speech, tmp_path, "one.wav", "two.wav")
    code, printed = studio.run(tmp_path / "one.wav", tmp_path / "two.wav", "--language", "en", "--quiet")
    alone = [studio.run(tmp_path / name, "--language", "en", "--quiet")[1].strip() for name in ("one.wav", "two.wav")]
    assert code == 0
    lines = printed.splitlines()
    assert [lines[1], lines[4]] == alone
    assert [line.rpartition("/")[2].partition(":")[0] for line in (lines[0], lines[3])] == ["one.wav", "two.wav"]
    assert lines[0].endswith(f"{len(alone[0].split())} words")


def test_unspoken_words_are_not_counted(studio: Studio, speech: Speech, tmp_path: Path) -> None:
    phrases(speech, tmp_path / "in", "one.wav")
    (tmp_path / "script.txt").write_text(speech.text)
    words: list[str | Path] = ["--script", tmp_path / "script.txt", "--language", "en"]
    _, printed = studio.run(tmp_path / "in", "-o", tmp_path / "out", "--quiet", *words)
    _, document = studio.run(tmp_path / "in/one.wav", "--json", *words)
    said = len(json.loads(document)["text"].split())
    assert said < len(speech.text.split()) - 10
    assert f"one.wav: {said} words, in" in printed


def test_of_a_recording_without_speech_nothing_is_written(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_wav(tmp_path / "in/quiet.wav", np.zeros(3 * RATE, np.int16))
    (tmp_path / "script.txt").write_text("The canal runs from sea to sea.")
    scripts: list[list[str | Path]] = [[], ["--script", tmp_path / "script.txt"]]
    for more in scripts:
        words: list[str | Path] = [tmp_path / "in", "-o", tmp_path / "out", "--language", "en", *more]
        for _ in range(2):
            code, printed = studio.run(*words, "--quiet")
            assert (code, printed.splitlines()[-1]) == (0, "0 done, 1 without speech, 0 skipped, 0 failed")
            assert "no speech was heard" in printed
        summary = json.loads(studio.run(*words, "--json")[1])["summary"]
        assert summary == {"done": 0, "silent": 1, "skipped": 0, "failed": 0}
        _, printed = studio.run(tmp_path / "in/quiet.wav", "-o", tmp_path / "quiet.srt", "--language", "en", *more)
        assert "wrote" not in printed
    assert not list(tmp_path.rglob("*.srt"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "nothing to transcribe"),
        (["EMPTY"], "no recordings in"),
        (["SOUND", "--query", "x"], "both files and --query"),
        (["SOUND", "-o", "words.doc"], "no subtitle format"),
        (["SOUND", "-o", "words"], "no subtitle format"),
        (["SOUND", "--to", "docx"], "no subtitle format"),
        (["SOUND", "SOUND2", "-o", "SOUND"], "is a file"),
        (["SOUND", "SOUND2", "-o", "two.srt"], "is a file's name"),
        (["SOUND", "--translate", "--script", "SOUND"], "cannot be laid"),
        (["--query", "series:Nowhere"], "no video for"),
        (["--query", "", "--to", "vtt"], "keeps captions in the catalogue"),
        (["--query", "year:soon"], "is no year"),
    ],
)
def test_misuse(words: list[str], message: str, studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "EMPTY").mkdir()
    write_wav(tmp_path / "SOUND", np.zeros(RATE, np.int16))
    write_wav(tmp_path / "SOUND2", np.zeros(RATE, np.int16))
    given = [str(tmp_path / word) if word in ("EMPTY", "SOUND", "SOUND2") else word for word in words]
    with pytest.raises(BadInput, match=message):
        studio.run(*given)


def test_old_videos_of_the_catalogue_get_captions(studio: Studio, speech: Speech, tmp_path: Path) -> None:
    phrases(speech, tmp_path, "one.wav", "two.wav", "three.wav")
    engine = record(studio.home, "suez", tmp_path / "one.wav")
    record(studio.home, "hormuz", tmp_path / "two.wav", cues=(Cue(0, 2, ("Written by a script.",)),)).dispose()
    record(studio.home, "elsewhere", tmp_path / "three.wav", series="Islands").dispose()
    record(studio.home, "lost", tmp_path / "three.wav").dispose()
    (studio.home / "media/lost/film.wav").unlink()
    code, printed = studio.run("--query", "series:Chokepoints", "--json")
    document = json.loads(printed)
    assert (code, document["summary"]) == (1, {"done": 1, "silent": 0, "skipped": 1, "failed": 1})
    by_slug = {item["source"]: item for item in document["results"]}
    assert by_slug["suez"]["kept"] == "suez, captions in en, version 1"
    assert by_slug["hormuz"]["skipped"] == "it has captions in en, version 1"
    assert "not among the studio's media" in by_slug["lost"]["error"]["message"]
    suez = see(engine, "suez")
    assert "canal" in " ".join(cue.text for cue in suez.cues)
    assert suez.transcripts[0]["edited_by"] is None
    assert see(engine, "elsewhere").cues == ()

    with writing(engine) as session:
        edit_transcript(session, "suez", [Cue(0, 1, ("A person's.",))], edited_by="Ada", clock=SystemClock())
    code, printed = studio.run("--query", "suez")
    assert "skipped, it has captions in en, version 2 by Ada" in printed
    code, printed = studio.run("--query", "suez", "--again")
    assert code == 0
    assert see(engine, "suez").cues[0].text == "A person's."
    engine.dispose()


def test_two_batches_at_once_hear_each_recording_once(studio: Studio, speech: Speech, tmp_path: Path) -> None:
    phrases(speech, tmp_path / "in", "one.wav", "two.wav", "three.wav")
    command = [sys.executable, "-m", "cli", "transcribe", str(tmp_path / "in"), "-o", str(tmp_path / "out")]
    options = ["--home", str(studio.home), "--language", "en", "--json"]
    runs = [
        subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
        for _ in range(2)
    ]
    summaries = []
    for run in runs:
        printed, errors = run.communicate()
        assert run.returncode == 0, errors.decode()
        summaries.append(json.loads(printed)["summary"])
    assert sum(summary["done"] for summary in summaries) == 3
    assert sum(summary["skipped"] for summary in summaries) == 3
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_control_c_leaves_nothing_running_and_keeps_what_is_done(
    studio: Studio, speech: Speech, tmp_path: Path
) -> None:
    samples = np.tile(read_pcm(speech.audio), 20)
    write_wav(tmp_path / "in/a.wav", samples[: 6 * RATE])
    write_wav(tmp_path / "in/b.wav", samples[: 400 * RATE])
    command = [sys.executable, "-m", "cli", "transcribe", str(tmp_path / "in"), "-o", str(tmp_path / "out")]
    run = subprocess.Popen(
        [*command, "--home", str(studio.home), "--language", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        # A shell's background job ignores the signal, and so would this.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "out/a.srt").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1.0)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    children += [
        child for task in Path(f"/proc/{run.pid}/task").glob("*/children") for child in task.read_text().split()
    ]
    assert children, "the recogniser is at work"
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=20)
    assert run.returncode == 130
    assert "nothing is half-written; run the same command again to go on" in errors.decode()
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.srt"]
