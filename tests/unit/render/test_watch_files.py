"""Which files count as edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from render import watch_files
from render.watch_files import FileWatch


def test_what_is_edited_counts_and_what_is_made_does_not(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "art").mkdir()
    script = tmp_path / "script.md"
    script.write_text("one")
    watch = FileWatch([tmp_path, tmp_path / "art"])
    (tmp_path / "cache/plate.png").write_text("made")
    (tmp_path / "film.mp4").write_text("made")
    (tmp_path / ".script.md.swp").write_text("an editor's own")
    assert not watch.changed()
    script.write_text("two, longer")
    (tmp_path / "art/new.svg").write_text("<svg/>")
    assert watch.changed()
    assert watch.wait(lambda: False) == {script, tmp_path / "art/new.svg"}
    assert not watch.changed()


def test_folders_behind_links_count_and_links_that_lead_back_do_not(tmp_path: Path) -> None:
    studio, shared = tmp_path / "studio", tmp_path / "shared"
    studio.mkdir()
    shared.mkdir()
    (studio / "art").symlink_to(shared)
    for number in range(3):
        (studio / f"back{number}").symlink_to(studio)
        (shared / f"round{number}").symlink_to(shared)
    watch = FileWatch([studio])
    (shared / "new.svg").write_text("<svg/>")
    assert watch.wait(lambda: False) == {studio / "art/new.svg"}


def test_beside_a_script_without_a_studio_only_what_it_can_use_counts(tmp_path: Path) -> None:
    script = tmp_path / "script.md"
    script.write_text("---\ntitle: Small\nnarration: voice\n---\nfile: art/deep/picture.png\n")
    for folder in ("voice", "narration", "art/deep", "Letters/old"):
        (tmp_path / folder).mkdir(parents=True)
    watch = FileWatch([], alone=script)
    (tmp_path / "Letters/old/one.txt").write_text("nobody's business")
    assert not watch.changed()
    used = {tmp_path / name for name in ("voice/one.wav", "narration/two.wav", "art/deep/picture.png", "facts.toml")}
    for file in used:
        file.write_text("new")
    assert watch.wait(lambda: False) == used
    script.write_text(script.read_text() + "Letters\n")
    assert tmp_path / "Letters/old/one.txt" in watch.wait(lambda: False)


def test_a_script_among_very_many_files_is_seen_and_so_is_what_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_files, "MOST", 3)
    for number in range(20):
        (tmp_path / f"a{number}.txt").write_text("")
    (tmp_path / "down/1/2/3/4/5").mkdir(parents=True)
    (tmp_path / "down/1/2/3/4/5/far.txt").write_text("")
    script = tmp_path / "z.md"
    script.write_text("file: y.png, down")
    (tmp_path / "y.png").write_text("")
    watch = FileWatch([], alone=script)
    assert len(watch.times) == 3
    assert {str(script), str(tmp_path / "y.png")} <= set(watch.times)
    monkeypatch.setattr(watch_files, "MOST", 1000)
    assert not any("far" in name for name in FileWatch([], alone=script).times)
