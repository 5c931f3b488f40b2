"""The main job on a small script: from Markdown to a published, searchable film; then again, changed, broken, killed and twice at once."""

from __future__ import annotations

import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.kill import leftovers, make_studio, state_of
from core.progress import Silent
from core.resources import ROOT
from core.settings import load_settings
from render.check import estimate_timeline
from render.film import plan_film
from render.known_times import known_sounds, known_times
from render.pcm import PcmReader
from render.probe import probe
from script.reader import open_script

pytestmark = pytest.mark.slow

Outcome = tuple[int, dict[str, Any]]


def slugline(*words: str | Path, timeout: float = 300) -> Outcome:
    """Run the command in a process of its own; its exit code and its JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "cli", *map(str, words), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout)


def produce(script: Path) -> Outcome:
    return slugline("produce", script, "--publish", "now", "--accept", "scratch-voice", "--quiet")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A studio in which the small script has been produced and published, and what `produce` said."""
    studio = tmp_path_factory.mktemp("studio with spaces")
    code, said = produce(make_studio(studio))
    assert code == 0, said
    return studio, said


@pytest.fixture
def studio(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """A copy of that studio to change at will."""
    copy = tmp_path / "studio"
    shutil.copytree(made[0], copy)
    return copy


def script_of(studio: Path) -> Path:
    return studio / "scripts/two-seas/script.md"


def edit(studio: Path, old: str, new: str) -> Path:
    script = script_of(studio)
    text = script.read_text()
    assert old in text
    script.write_text(text.replace(old, new))
    return script


def test_the_film_passes_its_gate_and_stands_with_its_companions(made: tuple[Path, dict[str, Any]]) -> None:
    said = made[1]
    assert said["state"] == "published"
    assert said["render"]["gate"] == {"passed": True, "findings": said["render"]["gate"]["findings"]}
    assert said["render"]["size"] == [1920, 1080]
    assert said["render"]["fps"] == "30/1"
    assert abs(said["render"]["loudness"]["integrated"] + 14) <= 0.5
    assert said["render"]["loudness"]["true_peak"] <= -1
    names = {re.sub("^two-seas/[0-9a-f]{16}/two-seas", "", file.split("/media/")[1]) for file in said["files"]}
    plain = {
        ".mp4",
        ".en.vtt",
        ".en.srt",
        ".report.json",
        ".report.html",
        ".jpg",
        ".poster.jpg",
        ".card.jpg",
        ".sheet.png",
    }
    streams = {f".hls/{name}{end}" for name in ("1080", "360", "sound", "sound-light") for end in (".mp4", ".m3u8")}
    streams |= {".hls/master.m3u8", ".hls/captions.m3u8", ".hls/captions.vtt", ".sprites/tiles.vtt", ".sprites/1.jpg"}
    assert names == plain | streams
    assert all(Path(file).stat().st_size > 100 for file in said["files"])
    assert said["report"]["unspoken"] == []


def test_captions_say_what_the_voice_says_in_the_scripts_spelling(made: tuple[Path, dict[str, Any]]) -> None:
    captions = next(Path(file) for file in made[1]["files"] if file.endswith(".srt")).read_text()
    spoken = " ".join(line for line in captions.splitlines() if line and "-->" not in line and not line.isdigit())
    assert spoken == "Two seas meet here. The town of Suez stands between them."


def test_a_spoken_phrase_is_found_at_its_moment(made: tuple[Path, dict[str, Any]]) -> None:
    studio, said = made
    code, page = slugline("catalogue", "search", "town of Suez", "--home", studio)
    assert code == 0
    [result] = page["results"]
    assert result["slug"] == "two-seas"
    report = json.loads(next(Path(file) for file in said["files"] if file.endswith("report.json")).read_text())
    scene = next(scene for scene in report["scenes"] if scene["kind"] == "map")
    assert scene["start"] <= result["hits"][0]["start"] <= scene["start"] + 2


def test_the_catalogue_shows_the_video_and_its_article(made: tuple[Path, dict[str, Any]]) -> None:
    code, video = slugline("catalogue", "show", "two-seas", "--home", made[0])
    assert code == 0
    assert video["state"] == "published"
    assert [chapter["title"] for chapter in video["chapters"]] == ["Opening", "The map"]
    assert video["article"]["title"] == "Two seas"
    kept = {Path(file["path"]).suffix for file in video["files"]}
    assert kept == {".mp4", ".vtt", ".srt", ".jpg", ".png", ".json", ".html", ".m3u8"}


def test_run_again_it_makes_nothing_and_changes_nothing(studio: Path) -> None:
    before = state_of(studio)
    code, said = produce(script_of(studio))
    assert code == 0
    assert said["render"]["segments"]["rendered"] == 0
    assert state_of(studio) == before


def test_one_word_changed_renders_that_scene_alone(studio: Path) -> None:
    script = edit(studio, "The town of Suez stands between them.", "The port of Suez stands between them.")
    code, plan = slugline("render", script, "-o", studio / "x.mp4", "--explain", "--quiet")
    assert code == 0
    states: dict[str, set[str]] = {segment["scene"]: set() for segment in plan["segments"]}
    for segment in plan["segments"]:
        states[segment["scene"]].add(segment["state"])
        assert segment["engine"] in ("ffmpeg", "frames", "moviepy")
    assert states["title-1"] == {"reused"}
    assert not (studio / "x.mp4").exists()


def test_other_words_on_the_thumbnail_make_the_thumbnail_alone(studio: Path) -> None:
    before = state_of(studio)
    script = edit(studio, "slug: two-seas", "slug: two-seas\nthumbnail: {text: One canal}")
    code, said = produce(script)
    assert code == 0, said
    assert said["render"]["segments"]["rendered"] == 0
    made = {name for name in state_of(studio) if name not in before and "/media/" in f"/{name}"}
    assert {Path(name).name for name in made} == {"two-seas.jpg"}


def test_marked_scenes_become_an_upright_teaser_beside_the_film(studio: Path) -> None:
    script = edit(studio, "text: Two seas", "text: Two seas\nteaser: true")
    code, said = produce(script)
    assert code == 0, said
    assert said["render"]["segments"]["rendered"] == 0, "the film itself is not made again"
    files = {Path(file).name.removeprefix("two-seas"): Path(file) for file in said["files"]}
    assert {".teaser.mp4", ".teaser.en.vtt", ".teaser.en.srt", ".teaser.jpg"} <= set(files)
    facts = probe(files[".teaser.mp4"])
    assert facts.pictures[0].size == (1080, 1920)
    whole = probe(files[".mp4"])
    assert len(facts.pictures[0].packets.times) < len(whole.pictures[0].packets.times)
    assert len(facts.captions[0].cues) > 0
    assert facts.chapters == ()
    assert "Two seas meet here." in files[".teaser.en.srt"].read_text()
    assert "Suez" not in files[".teaser.en.srt"].read_text()
    code, video = slugline("catalogue", "show", "two-seas", "--home", studio)
    assert any(file["path"].endswith("two-seas.teaser.mp4") for file in video["files"])


def test_one_scene_alone_says_only_what_concerns_it_and_makes_its_folder(studio: Path) -> None:
    script = edit(studio, "text: Two seas", "text: Two seas\nsubtitle: A line that nobody can read while this is said")
    settings = load_settings(studio)
    alone = plan_film(script, settings, Silent(), preview=True, only=["title-1"])
    assert {finding.scene for finding in alone.findings} == {"title-1"}
    whole = plan_film(script, settings, Silent(), preview=True)
    other = plan_film(script, settings, Silent(), preview=True, only=["map-1"])
    for part, scene in ((alone, "title-1"), (other, "map-1")):
        assert part.findings == tuple(finding for finding in whole.findings if finding.scene == scene)
    code, said = slugline("render", script, "-o", studio / "new/folder/x.mp4", "--preview", "--scene", "title-1")
    assert code == 0, said
    assert (studio / "new/folder/x.mp4").is_file()


def test_a_storyboard_drawn_after_it_has_the_times_of_the_film(studio: Path) -> None:
    script, settings = script_of(studio), load_settings(studio)
    film = plan_film(script, settings, Silent(), preview=True)
    known = known_times(film.script, studio, settings.cache)
    assert estimate_timeline(film.script, film.scenes, known) == film.timeline
    edit(studio, "Two seas meet here.", "Two great seas meet here.")
    changed = open_script(script, studio)
    assert set(known_times(changed, studio, settings.cache)) == {1}, "the other scene keeps its times"
    sounds = known_sounds(film.script, studio, settings.cache)
    assert [(path.name, start, end) for path, start, end in sounds.values()] == [
        (film.takes[place.take].path.name, place.start, place.end) for place in film.timeline.placements
    ], "and each can be heard as in the film"
    assert set(known_sounds(changed, studio, settings.cache)) == {1}


def scratch_takes(studio: Path) -> list[Path]:
    """The scratch voice's takes in the script's order; in this script the shorter sentence comes first."""
    takes = [note.with_suffix(".wav") for note in (studio / "cache/narration").glob("*.json")]
    return sorted(takes, key=lambda take: take.stat().st_size)


def record(studio: Path, takes: list[Path], *, lead: float = 0.7) -> Path:
    """The takes joined into one recording, as a producer's would be, `lead` seconds of room before it; gives the script."""
    pieces = [np.zeros(round(48_000 * lead), np.int16)]
    for take in takes:
        with PcmReader(take) as reader:
            pieces += [(reader.read(0, reader.frames)[:, 0] * 32767).astype(np.int16), np.zeros(28_800, np.int16)]
    write_sound(script_of(studio).parent / "narration.wav", np.concatenate(pieces))
    if "narration:" in script_of(studio).read_text():
        return script_of(studio)
    return edit(studio, "slug: two-seas", "slug: two-seas\nnarration: narration.wav")


def test_one_long_recording_is_cut_at_its_scenes_and_unchanged_stretches_are_reused(studio: Path) -> None:
    takes = scratch_takes(studio)
    code, first = slugline("render", record(studio, takes), "-o", studio / "a.mp4", "--preview", "--quiet")
    assert code == 0, first
    assert first["segments"]["rendered"] > 0
    assert (studio / "a.en.srt").read_text().count("Two seas meet here.") == 1
    code, second = slugline("render", record(studio, takes, lead=2.07), "-o", studio / "b.mp4", "--preview", "--quiet")
    assert code == 0, second
    assert second["segments"]["reused"] == second["segments"]["total"]


def write_sound(path: Path, samples: np.ndarray[Any, Any]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(samples.astype("<i2").tobytes())


def test_a_narration_that_is_silence_is_refused_with_its_place(studio: Path) -> None:
    script = edit(studio, "slug: two-seas", "slug: two-seas\nnarration: silence.wav")
    write_sound(script.parent / "silence.wav", np.zeros(48_000 * 5))
    code, said = slugline("produce", script, "--quiet")
    assert code == 1
    assert "silen" in said["error"]["message"]
    assert said["error"]["line"] == 4
    assert list((studio / "media").rglob("*.mp4")), "the film that was there stays"


def test_a_narration_of_another_text_is_refused(studio: Path) -> None:
    edit(studio, "Two seas meet here.", "Nobody expected parliament to vote against its own budget that winter.")
    edit(
        studio,
        "The town of Suez stands between them.",
        "Ministers resigned one by one; even the Suez papers were burnt before spring.",
    )
    code, said = slugline("produce", record(studio, scratch_takes(studio)), "--quiet")
    assert code == 2, said
    assert "does not say the script" in said["error"]["message"] or "leaves out" in said["error"]["message"]


def test_a_second_run_is_told_that_one_is_going_on(studio: Path) -> None:
    script = edit(studio, "Two seas meet here.", "Two great seas meet here.")
    first = subprocess.Popen(
        [sys.executable, "-m", "cli", "produce", str(script), "--quiet", "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 20
        while not list((studio / "cache/locks").glob("*.lock")) and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(1.5)
        assert first.poll() is None
        code, said = slugline("produce", script, "--quiet")
        assert code == 1
        assert "another run" in said["error"]["message"]
    finally:
        out, _ = first.communicate(timeout=120)
    assert json.loads(out)["state"] in ("ready", "published")


def test_killed_inside_a_step_and_run_again_it_ends_as_if_nothing_had_been(
    made: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    wanted = state_of(made[0])
    chance = random.Random(20)
    killed = 0
    for number in range(3):
        fresh = tmp_path / f"killed {number}"
        script = make_studio(fresh)
        words = ["produce", str(script), "--publish", "now", "--accept", "scratch-voice", "--quiet", "--json"]
        child = subprocess.Popen(
            [sys.executable, "-m", "cli", *words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(1.5, 8))
        killed += child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.wait()
        code, said = produce(script)
        assert code == 0, said
        assert state_of(fresh) == wanted
        assert leftovers(fresh) == []
    assert killed, "no run was still going on when it was to be killed"


@pytest.mark.skipif(shutil.which("mount") is None, reason="no mount command to make a small disk with")
def test_a_full_disk_is_one_clear_error_and_nothing_half_written(studio: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(small)], capture_output=True, check=False
    ).returncode:
        pytest.skip("may not mount a small disk here")
    try:
        script = make_studio(small / "studio")
        code, said = produce(script)
        assert code == 1, said
        assert "no space left" in said["error"]["message"]
        assert not list((small / "studio").rglob("*.mp4"))
    finally:
        subprocess.run(["umount", str(small)], check=True)
