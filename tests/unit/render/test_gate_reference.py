"""The gate's checks are documented, by name and in the words that its findings use."""

from core.resources import resource
from render.evidence import CHECKS


def test_every_check_is_documented() -> None:
    page = resource("docs", "sound.md").read_text(encoding="utf-8")
    assert [line for line in page.splitlines() if line.startswith("| `")][-len(CHECKS) :] == [
        f"| `{rule}` | {says} |" for rule, says in CHECKS.items()
    ]
