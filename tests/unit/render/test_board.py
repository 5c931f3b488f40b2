"""The contact sheet of a script: what stands under a still, where its times are from, and what it keeps."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.findings import CheckFailed
from render.board import draw_storyboard

HEAD = "---\ntitle: A film\n{narration}---\n\n"
SCENE = "```scene title\nid: one\ntext: A film with a name that is long\n```\n\nOne is short.\n"


def write(folder: Path, *, narration: str = "", scene: str = SCENE) -> Path:
    path = folder / "script.md"
    path.write_text(HEAD.format(narration=narration) + scene)
    return path


def test_a_sheet_is_drawn_and_its_plates_are_kept(tmp_path: Path) -> None:
    script, studio = write(tmp_path), tmp_path / "studio"
    findings = draw_storyboard(script, studio, tmp_path / "new" / "sheet.png")
    assert [finding.rule for finding in findings] == ["reading-time"]
    first = np.asarray(Image.open(tmp_path / "new" / "sheet.png"))
    plates = {plate: plate.stat().st_mtime_ns for plate in (studio / "cache" / "plates").iterdir()}
    assert plates
    draw_storyboard(script, studio, tmp_path / "again.png")
    assert {plate: plate.stat().st_mtime_ns for plate in (studio / "cache" / "plates").iterdir()} == plates
    assert np.array_equal(first, np.asarray(Image.open(tmp_path / "again.png")))


def test_what_is_wrong_is_that_of_the_format_it_is_drawn_in(tmp_path: Path) -> None:
    script = write(
        tmp_path, scene=SCENE.replace("A film with a name that is long", "Donaudampfschifffahrtsgesellschaft")
    )
    wide = draw_storyboard(script, None, tmp_path / "wide.png")
    assert "text-overflow" not in {finding.rule for finding in wide}
    with pytest.raises(CheckFailed, match="does not fit"):
        draw_storyboard(script, None, tmp_path / "upright.png", shape="9:16")


def test_takes_that_are_not_recorded_yet_do_not_keep_it_from_being_drawn(tmp_path: Path) -> None:
    (tmp_path / "voice").mkdir()
    findings = draw_storyboard(write(tmp_path, narration="narration: voice\n"), None, tmp_path / "sheet.png")
    assert "narration" in {finding.rule for finding in findings}
    assert (tmp_path / "sheet.png").is_file()


def test_a_script_with_errors_is_not_drawn(tmp_path: Path) -> None:
    with pytest.raises(CheckFailed):
        draw_storyboard(write(tmp_path, scene=SCENE.replace("text:", "txt:")), None, tmp_path / "sheet.png")
    assert not (tmp_path / "sheet.png").exists()
