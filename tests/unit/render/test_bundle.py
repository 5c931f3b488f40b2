"""Bundles appear whole or not at all, are found again, and two runs may make the same one."""

from pathlib import Path

import pytest

from render.bundle import Bundle, Kind, keep_bundle, names_beside

KINDS = (Kind("hls", "", ".hls/master.m3u8"), Kind("captions-vtt", "en", ".en.vtt"))


def write(bundle: Bundle) -> None:
    bundle.file(".hls").mkdir()
    for part in bundle.parts:
        part.path.write_text(f"{part.role} of {bundle.key}")


def test_it_is_made_once_and_found_again(tmp_path: Path) -> None:
    made = []

    def fill(bundle: Bundle) -> None:
        made.append(bundle)
        write(bundle)

    first = keep_bundle(tmp_path, "a", KINDS, fill)
    assert first == keep_bundle(tmp_path, "a", KINDS, fill)
    assert len(made) == 1
    assert made[0].folder != first.folder
    parts = {part.suffix: part for part in first.parts}
    assert parts[".hls/master.m3u8"].path.read_text() == "hls of a"
    assert (parts[".en.vtt"].role, parts[".en.vtt"].language, parts[".en.vtt"].key) == ("captions-vtt", "en", "a")


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    def fail(bundle: Bundle) -> None:
        bundle.file(".en.vtt").write_text("half")
        raise OSError("killed")

    with pytest.raises(OSError, match="killed"):
        keep_bundle(tmp_path, "a", KINDS, fail)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert keep_bundle(tmp_path, "a", KINDS, write).whole


def test_one_that_was_half_swept_away_is_made_again(tmp_path: Path) -> None:
    kept = keep_bundle(tmp_path, "a", KINDS, write)
    kept.file(".en.vtt").unlink()
    assert not kept.whole
    assert keep_bundle(tmp_path, "a", KINDS, write).whole


def test_the_run_that_finishes_first_stays(tmp_path: Path) -> None:
    def slow(bundle: Bundle) -> None:
        write(bundle)
        bundle.file(".en.vtt").write_text("second")
        keep_bundle(tmp_path, "a", KINDS, write)

    kept = keep_bundle(tmp_path, "a", KINDS, slow)
    assert kept.file(".en.vtt").read_text() == "captions-vtt of a"


def test_what_stands_beside_a_film_is_listed_with_its_folders_once() -> None:
    folder = Path("/films")
    names = ("a.mp4", "a.en.vtt", "a.hls/master.m3u8", "a.hls/720.mp4", "a.sprites/tiles.vtt", "a.teaser.mp4")
    listed = names_beside(folder / "a.mp4", [folder / name for name in names])
    assert listed == ["a.en.vtt", "a.hls/", "a.sprites/", "a.teaser.mp4"]
