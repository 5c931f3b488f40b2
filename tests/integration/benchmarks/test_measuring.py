"""Every benchmark of rendering runs, at a size that says nothing of speed: what it prints can be read, and what it compares is alike."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.meter import Bar

ROOT = Path(__file__).resolve().parents[3]
FIGURE = re.compile(r"^(\w+)(?:, [\w ]+)?: [\d.]+ .*\(bar [≤≥] [\d.]+.*: (moonshot|met|MISSED)\)$", re.MULTILINE)


def run(name: str, *words: object) -> str:
    """What a benchmark prints. A missed bar is no failure here: 1 is what it then leaves with."""
    command = [sys.executable, str(ROOT / "benchmarks" / f"{name}.py"), *map(str, words)]
    child = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    figures = FIGURE.findall(child.stdout)
    assert figures, child.stdout + child.stderr
    assert {figure for figure, _ in figures} == {name}
    assert child.returncode == int(any(verdict == "MISSED" for _, verdict in figures)), child.stdout
    assert all(line in child.stdout for line in ("footage: ", "encoder: x264 ", "machine: "))
    return child.stdout


def test_a_bar_is_met_from_its_own_side() -> None:
    assert [Bar(1.5, 1.2).verdict(figure) for figure in (1.2, 1.5, 1.51)] == ["moonshot", "met", "MISSED"]
    assert [Bar(93, more=True).verdict(figure) for figure in (95, 93, 92.9)] == ["met", "met", "MISSED"]


@pytest.mark.slow
def test_motion() -> None:
    assert "30 frames" in run("render_motion", "--seconds", 1)


@pytest.mark.slow
def test_mixed() -> None:
    assert "% Ken Burns" in run("render_mixed", "--seconds", 1)


@pytest.mark.slow
def test_moviepys_film_shows_the_same_frames() -> None:
    said = run("render_vs_moviepy", "--seconds", 1)
    likenesses = [float(figure) for figure in re.findall(r"(?:SSIM of the two films|SSIM|worst frame) (\d\.\d+)", said)]
    assert len(likenesses) == 3
    assert min(likenesses) >= 0.95
    assert "do not show the same" not in said


@pytest.mark.slow
def test_one_word_and_music_and_a_deadline(tmp_path: Path) -> None:
    small = ("--work", tmp_path, "--minutes", 0.2, "--still", "--preview")
    assert re.search(r"became “barley.” in scene s0002: \d+ of", run("edit_one_word", *small))
    assert run("change_music", *small).startswith("change_music: 0 of ")
    assert " segments rendered" in run("deadline", *small)


@pytest.mark.slow
def test_workers() -> None:
    assert "bytes equal" in run("worker_scaling", "--seconds", 2, "--most", 2)


@pytest.mark.slow
def test_memory() -> None:
    assert "0.1 minutes: " in run("memory_by_length", "--minutes", 0.2, "--short", 0.1)


@pytest.mark.slow
def test_length_and_sync() -> None:
    said = run("length_sync", "--minutes", 0.2)
    assert "length_sync, picture: 0 frames" in said
    assert float(re.search(r"end: ([\d.]+) ms", said).group(1)) < 2  # type: ignore[union-attr]


@pytest.mark.slow
def test_quality() -> None:
    said = run("example_quality", "--preview", "--scenes", 1)
    assert float(re.search(r"VMAF: ([\d.]+)", said).group(1)) > 60  # type: ignore[union-attr]
