"""What a reader is told is what the code does."""

import re
import tomllib

from core.resources import ROOT
from core.settings import Settings


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs/settings.md").read_text()
    missing = [name for name in Settings.model_fields if f"| `{name}` |" not in text]
    assert missing == []


def test_every_command_is_in_the_readme() -> None:
    import cli

    text = (ROOT / "README.md").read_text()
    names = [command.name or command.callback.__name__ for command in cli.app.registered_commands if command.callback]
    groups = [group.name for group in cli.app.registered_groups]
    missing = [name for name in [*names, *groups] if name and f"slugline {name}" not in text]
    assert missing == []


def test_the_readme_names_real_make_targets() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^    )make (\w+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert named <= targets


def test_the_lock_pins_hashes_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert "index-url" not in lock
    pinned = re.findall(r"^([a-z0-9._-]+)(?:\[.*\])?==", lock, re.MULTILINE)
    assert len(pinned) == len(set(pinned))
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


def test_every_dependency_has_a_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    reasons = (ROOT / "docs/decisions/0002-dependencies.md").read_text()
    names = [re.split(r"[\[<>=]", line)[0] for line in project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        names += [re.split(r"[\[<>=]", line)[0] for line in extra]
    assert [name for name in names if f"`{name}`" not in reasons] == []
