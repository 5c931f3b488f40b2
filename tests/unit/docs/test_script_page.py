"""The script's page says everything there is, and its example is a good script."""

import re
import textwrap
from pathlib import Path

from render.check import check_script
from script.front_matter import FIELDS

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "script.md").read_text(encoding="utf-8")
SOURCES = [
    *(ROOT / "script").glob("*.py"),
    *(ROOT / "render" / name for name in ("check.py", "misfits.py", "pace.py", "storyboard.py")),
]


def test_every_front_matter_field_is_documented() -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert documented >= set(FIELDS)


def test_every_rule_is_documented() -> None:
    made = {
        rule
        for source in SOURCES
        for rule in re.findall(
            r'(?:Finding|report|return None,|return|rule =)\s*\(?\s*"([a-z]+(?:-[a-z0-9]+)*)",',
            source.read_text("utf-8"),
        )
    }
    assert len(made) > 25
    assert {rule for rule in made if f"`{rule}`" not in PAGE} == set()


def test_the_example_is_a_good_script(tmp_path: Path) -> None:
    example = textwrap.dedent(PAGE.split("\n\n", 2)[2].split("\n## ", 1)[0]).strip()
    (tmp_path / "bed.wav").write_bytes(b"")
    (tmp_path / "assets.toml").write_text('["bed.wav"]\ncredit = "us"\nlicence = "CC0"\n')
    (tmp_path / "facts.toml").write_text('[width]\nvalue = "33"\n')
    path = tmp_path / "script.md"
    path.write_text(example + "\n")
    assert [finding for finding in check_script(path, None) if finding.severity == "error"] == []
