"""The teaser: which scenes it is cut from, and what is said of them before anything is rendered."""

from pathlib import Path

import pytest

from core.errors import BadInput
from core.findings import Finding
from render.bundle import Part
from render.check import check_script
from render.teaser import require_marked, teaser_parts


def write_script(folder: Path, *fields: str) -> Path:
    """A script of quotes with these fields each."""
    path = folder / "script.md"
    blocks = [
        f"```scene quote\nid: q{n}\ntext: Whoever holds the strait holds the sea.\nby: A sailor\n{more}\n```\n\nSo they say.\n"
        for n, more in enumerate(fields)
    ]
    path.write_text("---\ntitle: Straits\n---\n\n" + "\n".join(blocks))
    return path


def about_teaser(path: Path) -> list[Finding]:
    return [
        finding
        for finding in check_script(path, None)
        if finding.rule == "teaser-length" or "teaser" in finding.message
    ]


def test_marked_scenes_are_found_in_the_scripts_order(tmp_path: Path) -> None:
    assert require_marked(write_script(tmp_path, "teaser: true", "", "teaser: true"), None) == ["q0", "q2"]


def test_a_script_without_marks_has_no_teaser_and_says_how_to_get_one(tmp_path: Path) -> None:
    path = write_script(tmp_path, "", "teaser: false")
    with pytest.raises(BadInput, match="no scene of the script is marked") as caught:
        require_marked(path, None)
    assert "teaser: true" in caught.value.hint
    assert about_teaser(path) == []


def test_a_teaser_over_a_minute_is_warned_of_at_its_first_scene(tmp_path: Path) -> None:
    path = write_script(tmp_path, "", "teaser: true\nduration: 31", "teaser: true\nduration: 31")
    [finding] = about_teaser(path)
    assert (finding.rule, finding.severity, finding.value, finding.limit) == ("teaser-length", "warning", 62.0, 60.0)
    assert finding.place is not None
    assert finding.scene == "q1"
    assert about_teaser(write_script(tmp_path, "teaser: true\nduration: 30", "teaser: true\nduration: 29")) == []


def test_of_a_teasers_delivery_film_captions_and_poster_stand_beside_the_film() -> None:
    roles = [("film", ".mp4"), ("captions-vtt", ".en.vtt"), ("captions-srt", ".en.srt"), ("report", ".report.json")]
    roles += [("poster", ".poster.jpg"), ("card", ".card.jpg")]
    parts = teaser_parts(Part(role, "", suffix, Path("x"), "k") for role, suffix in roles)
    assert [(part.role, part.suffix) for part in parts] == [
        ("teaser", ".teaser.mp4"),
        ("teaser-captions-vtt", ".teaser.en.vtt"),
        ("teaser-captions-srt", ".teaser.en.srt"),
        ("teaser-poster", ".teaser.jpg"),
    ]
