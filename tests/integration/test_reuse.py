"""Nothing is made twice: pick-up takes change their own scene alone, and a scene of another script is found rendered."""

from __future__ import annotations

import shutil
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.progress import Silent
from core.settings import Settings, load_settings
from render.check import check_script
from render.film import FilmPlan, plan_film
from render.loudness import measure_samples
from render.pcm import PcmReader
from render.programme import Piece, Programme
from render.scratch_voice import speak
from tests.integration.test_produce import slugline

pytestmark = pytest.mark.slow

TEXTS = {
    "opening": "Two seas meet here, and nobody has ever built a bridge between them.",
    "canal": "The canal was opened in 1869, after ten years of digging through the sand.",
    "ships": "Every day some fifty ships go through, from the smallest coaster to the largest tanker.",
    "end": "Some of them will never come back this way, and that is the end of the story.",
}
NEW_WORDS = "Ten years of work and twenty thousand labourers: that is what it took to dig the canal."


def write_script(studio: Path, texts: dict[str, str], narration: str = "recording.wav", slug: str = "film-a") -> Path:
    scenes = [f"```scene title\nid: {name}\ntext: {name.title()}\n```\n\n{text}\n" for name, text in texts.items()]
    path = studio / "scripts" / slug / "script.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {slug}\nslug: {slug}\nnarration: {narration}\n---\n\n" + "\n".join(scenes))
    return path


def voice(studio: Path, text: str) -> NDArray[np.float32]:
    [take] = speak([[text]], studio / "cache" / "narration", Silent())
    with PcmReader(take.path) as reader:
        return reader.read(0, reader.frames)[:, 0]


def write_sound(path: Path, pieces: Sequence[NDArray[np.float32]]) -> None:
    """Pieces with room between them, as 16-bit sound."""
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(5)
    room = [np.asarray(noise.normal(0, 3e-4, 38_400), np.float32)]
    samples = np.concatenate([sound for piece in pieces for sound in (*room, piece)] + room)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes((samples * 32767).astype("<i2").tobytes())


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, FilmPlan]:
    """A studio with a script that is narrated by one long recording, and its plan."""
    studio = tmp_path_factory.mktemp("studio")
    (studio / "slugline.toml").write_text('name = "Reuse"\n')
    path = write_script(studio, TEXTS)
    write_sound(path.parent / "recording.wav", [voice(studio, text) for text in TEXTS.values()])
    return studio, plan(path)


def plan(path: Path) -> FilmPlan:
    return plan_film(path, settings_of(path), Silent())


def settings_of(path: Path) -> Settings:
    return load_settings(path.parents[2])


def heard(studio: Path) -> set[str]:
    """What the recogniser has been asked, by the files that keep its answers."""
    return {file.name for file in (studio / "cache" / "words").rglob("*.json")}


def keys(film: FilmPlan, scene: str) -> list[str]:
    return [segment.key for segment in film.segments if segment.scene == scene]


def copy(studio: Path, target: Path) -> Path:
    """The studio again, to change at will."""
    shutil.copytree(studio, target)
    return target


def test_a_pick_up_changes_its_own_scene_and_nothing_else(recorded: tuple[Path, FilmPlan], tmp_path: Path) -> None:
    studio, before = copy(recorded[0], tmp_path / "studio"), recorded[1]
    path = studio / "scripts/film-a/script.md"
    known = heard(studio)
    write_sound(path.parent / "narration" / "canal.wav", [voice(studio, TEXTS["canal"])[: -48_000 // 2] * 0.25])
    after = plan(path)
    assert len(heard(studio) - known) == 1, "only the pick-up is listened to"
    for scene in TEXTS:
        assert (keys(after, scene) == keys(before, scene)) == (scene != "canal")
    assert [shot.frames for shot in after.timeline.shots][2:] == [shot.frames for shot in before.timeline.shots][2:]
    assert [take.digest for take in after.takes[2:]] == [take.digest for take in before.takes[2:]]

    assert [take.gain > 6 for take in after.takes] == [False, True, False, False], "it was recorded 12 dB too low"
    assert [take.gain for take in before.takes] == [0, 0, 0, 0]
    loud = [loudness(after, [number]) for number in range(4)]
    assert loud[1] == pytest.approx(loudness(after, [0, 2, 3]), abs=1.0)
    assert plan(path).takes == after.takes
    assert len(heard(studio) - known) == 1


def test_pace_is_judged_by_the_takes_from_the_first_run_on(recorded: tuple[Path, FilmPlan]) -> None:
    """Before the first run nobody has heard them: what it says must not be the estimate that it began with."""
    studio, film = recorded
    told = [finding for finding in film.findings if finding.rule == "long-title"]
    assert [finding.value for finding in told] == [round(float(film.timeline.shots[0].frames / film.timeline.rate), 1)]
    assert told == [
        one for one in check_script(studio / "scripts/film-a/script.md", studio) if one.rule == "long-title"
    ]


def loudness(film: FilmPlan, numbers: list[int]) -> float:
    """LUFS of some scenes' narration as the soundtrack plays it."""
    pieces, at = [], 0
    for place in (place for place in film.timeline.placements if place.take in numbers):
        take = film.takes[place.take]
        pieces.append(Piece(take.path, place.start, place.end, at, take.gain))
        at += place.end - place.start
    programme = Programme(pieces, None, 0.0, at)
    found = measure_samples(block.tobytes() for block in programme.blocks()).integrated
    assert found is not None
    return found


def test_new_words_for_a_scene_leave_the_old_ones_out(recorded: tuple[Path, FilmPlan], tmp_path: Path) -> None:
    """The recording still says the old sentence, which the script has no more."""
    studio, before = copy(recorded[0], tmp_path / "studio"), recorded[1]
    path = write_script(studio, TEXTS | {"canal": NEW_WORDS})
    write_sound(path.parent / "narration" / "canal.wav", [voice(studio, NEW_WORDS)])
    after = plan(path)
    for scene in TEXTS:
        assert (keys(after, scene) == keys(before, scene)) == (scene != "canal")
    said = " ".join(word.text for word in after.timeline.words)
    assert said == " ".join((TEXTS | {"canal": NEW_WORDS}).values())


def test_a_scene_that_was_never_in_the_recording(recorded: tuple[Path, FilmPlan], tmp_path: Path) -> None:
    studio, before = copy(recorded[0], tmp_path / "studio"), recorded[1]
    texts = {
        "opening": TEXTS["opening"],
        "added": NEW_WORDS,
        **{name: TEXTS[name] for name in ("canal", "ships", "end")},
    }
    path = write_script(studio, texts)
    write_sound(path.parent / "narration" / "added.wav", [voice(studio, NEW_WORDS)])
    after = plan(path)
    assert [keys(after, scene) for scene in TEXTS] == [keys(before, scene) for scene in TEXTS]


def test_a_pick_up_over_the_scratch_voice(recorded: tuple[Path, FilmPlan], tmp_path: Path) -> None:
    studio = copy(recorded[0], tmp_path / "studio")
    path = write_script(studio, TEXTS, "scratch")
    before, known = plan(path), heard(studio)
    write_sound(path.parent / "narration" / "canal.wav", [voice(studio, TEXTS["canal"])[: -48_000 // 3] * 0.5])
    after = plan(path)
    assert [keys(after, scene) == keys(before, scene) for scene in TEXTS] == [True, False, True, True]
    assert len(heard(studio) - known) == 1
    assert 4 < after.takes[1].gain < 8


def test_a_used_scene_is_rendered_once_for_two_films(tmp_path: Path) -> None:
    (tmp_path / "slugline.toml").write_text('name = "Reuse"\n')
    first = tmp_path / "scripts/film-a/script.md"
    first.parent.mkdir(parents=True)
    opening = "```scene title\nid: open\ntext: {0}\nduration: 1\n```\n\n"
    scene = '```scene number\nid: ships\nvalue: "{{ships}}"\nlabel: ships a day\nat: "fifty"\n```\n\nEvery day some {{ships}} ships.\n'
    (first.parent / "facts.toml").write_text('[ships]\nvalue = "50"\n')
    first.write_text("---\ntitle: A\nslug: film-a\n---\n\n" + opening.format("First") + scene)
    second = tmp_path / "scripts/film-b/script.md"
    second.parent.mkdir(parents=True)
    used = "```scene use\nid: again\nuse: film-a#ships\n```\n"
    second.write_text("---\ntitle: B\nslug: film-b\n---\n\n" + opening.format("Second") + used)

    code, made = slugline("render", first, "-o", tmp_path / "a.mp4", "--preview", "--quiet")
    assert code == 0, made
    words = heard(tmp_path)
    code, told = slugline("render", second, "--preview", "--explain", "--quiet", "-o", tmp_path / "b.mp4")
    assert code == 0, told
    states = {(part["scene"], part["state"]) for part in told["segments"]}
    assert states == {("open", "dirty"), ("again", "reused")}
    assert heard(tmp_path) == words
    code, made = slugline("render", second, "-o", tmp_path / "b.mp4", "--preview", "--quiet")
    assert code == 0, made
    assert made["segments"]["rendered"] == sum(part["scene"] == "open" for part in told["segments"])
    assert "Every day some 50 ships." in (tmp_path / "b.en.srt").read_text()

    (first.parent / "facts.toml").write_text('[ships]\nvalue = "60"\n')
    code, told = slugline("render", second, "--preview", "--explain", "--quiet", "-o", tmp_path / "b.mp4")
    assert code == 1, "the phrase it waits for is not said any more"
    second.write_text(second.read_text().replace("use: film-a#ships", 'use: film-a#ships\nat: "sixty"'))
    code, told = slugline("render", second, "--preview", "--explain", "--quiet", "-o", tmp_path / "b.mp4")
    assert code == 0, told
    assert {part["scene"] for part in told["segments"] if part["state"] == "dirty"} == {"again"}, (
        "a fact dirties what shows it"
    )


def test_a_used_scene_brings_its_stretch_of_a_recording(recorded: tuple[Path, FilmPlan], tmp_path: Path) -> None:
    studio, before = copy(recorded[0], tmp_path / "studio"), recorded[1]
    known = heard(studio)
    path = studio / "scripts/film-b/script.md"
    path.parent.mkdir(parents=True)
    path.write_text(
        "---\ntitle: B\nslug: film-b\n---\n\n```scene title\ntext: B\nduration: 1\n```\n\n```scene use\nid: x\nuse: film-a#ships\n```\n"
    )
    after = plan(path)
    assert keys(after, "x") == keys(before, "ships")
    assert [take.digest for take in after.takes] == [before.takes[2].digest]
    assert heard(studio) == known
