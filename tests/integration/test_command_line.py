"""The command line's promises: exit codes, one JSON document, no traceback for what can be expected."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.resources import ROOT

pytestmark = pytest.mark.slow


def slugline(*words: str | Path, cwd: Path = ROOT) -> tuple[int, str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SLUGLINE_")} | {
        "PYTHONPATH": str(ROOT)
    }
    done = subprocess.run(
        [sys.executable, "-m", "cli", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def as_json(*words: str | Path, cwd: Path = ROOT) -> tuple[int, dict[str, Any]]:
    code, out, _ = slugline(*words, "--json", cwd=cwd)
    document: dict[str, Any] = json.loads(out)
    return code, document


@pytest.fixture
def studio(tmp_path: Path) -> Path:
    code, _ = as_json("init", tmp_path / 'a "new" studio')
    assert code == 0
    return tmp_path / 'a "new" studio'


def test_a_new_studio_is_sound_and_made_once(studio: Path) -> None:
    assert as_json("init", studio) == (0, {"studio": str(studio), "written": []})
    assert as_json("doctor", "--home", studio)[0] == 0
    assert as_json("check", studio / "scripts/my-first-film/script.md")[0] == 0
    assert as_json("catalogue", "list", "--home", studio) == (0, {"total": 0, "items": []})


@pytest.mark.parametrize(
    "words",
    [
        ("render", "nowhere.md", "-o", "film.mp4"),
        ("produce", "nowhere.md"),
        ("catalogue", "show", "no-such-video"),
        ("catalogue", "list", "--home", "nowhere"),
        ("transcribe", "nowhere.wav"),
        ("render", "scripts/my-first-film/script.md", "-o", "film.png"),
        ("render", "scripts/my-first-film/script.md", "-o", "film.mp4", "--scene", "nope"),
        ("check",),
        ("no-such-command",),
    ],
)
def test_misuse_is_two_and_says_what_to_do(studio: Path, words: tuple[str, ...]) -> None:
    code, document = as_json(*words, cwd=studio)
    assert code == 2
    assert document["error"]["message"]
    assert document["error"]["hint"] or "file" in document["error"]


def test_a_place_that_cannot_be_written_is_one_clear_error(studio: Path) -> None:
    script = studio / "scripts/my-first-film/script.md"
    code, document = as_json("storyboard", script, "-o", studio / "slugline.toml/sheet.png")
    assert code == 1
    assert "slugline.toml" in document["error"]["message"]


def test_two_scripts_of_one_slug_do_not_take_each_others_page(studio: Path) -> None:
    copy = studio / "scripts/copy/script.md"
    copy.parent.mkdir()
    copy.write_text((studio / "scripts/my-first-film/script.md").read_text())
    code, document = as_json("produce", copy)
    assert code == 2
    assert "belongs to scripts/my-first-film/script.md" in document["error"]["message"]


def test_what_publishing_would_refuse_is_said_before_anything_is_rendered(studio: Path) -> None:
    script = studio / "scripts/my-first-film/script.md"
    code, document = as_json("produce", script, "--publish", "now")
    assert code == 1
    assert "--accept scratch-voice" in document["error"]["hint"]
    code, document = as_json("produce", script, "--publish", "2001-01-01T00:00Z")
    assert code == 2
    assert "has passed" in document["error"]["message"]
    assert not (studio / "cache/segments").exists()


def test_broken_settings_are_never_taken_for_no_studio(studio: Path) -> None:
    (studio / "slugline.toml").write_text("name = ")
    for words in (("doctor",), ("transcribe", "x.wav"), ("catalogue", "list")):
        code, document = as_json(*words, cwd=studio)
        assert code == 2
        assert "slugline.toml" in json.dumps(document)
