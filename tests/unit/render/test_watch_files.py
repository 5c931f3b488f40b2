"""Which files count as edited."""

from __future__ import annotations

from pathlib import Path

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
