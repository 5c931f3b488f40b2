"""The documentation sends nobody to a page that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_no_page_cites_one_that_readers_do_not_have() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    cited = {
        (page.name, name)
        for page in pages
        for name in re.findall(r"\b[A-Z]{4,}\.md\b", page.read_text(encoding="utf-8"))
        if not (ROOT / name).is_file()
    }
    assert len(pages) > 10
    assert cited == set()
