"""Every limit on the page has a rule that is made and a test that is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/checks.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "`" in line
]


def test_every_rule_on_the_page_is_made() -> None:
    made = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "render").rglob("*.py"))
    named = [rule for row in ROWS for rule in re.findall(r"`([a-z-]+)`", row[1])]
    assert len(named) >= 18
    assert [rule for rule in named if f'"{rule}"' not in made] == []


def test_every_limit_on_the_page_has_its_test() -> None:
    written = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    named = [name for row in ROWS for name in re.findall(r"`(test_\w+)`", row[3])]
    assert len(named) == len(ROWS)
    assert [name for name in named if f"def {name}(" not in written] == []
