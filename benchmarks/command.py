"""The `slugline` command, run and timed as a program of its own, with the share that its picture took.

Called by benchmarks as `python -m benchmarks.command NOTE.json WORDS…`: runs `slugline WORDS…` and leaves in NOTE what rendering the
picture spent. Everything else is as the command is.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.meter import Spent, metered
from core.processes import running


@dataclass(frozen=True)
class Run:
    """A finished command: what it spent in all, what of that its picture took, and its JSON."""

    spent: Spent
    picture: Spent
    said: Any


def run_command(*words: str | Path) -> Run:
    """Run `slugline WORDS… --json --quiet` to its end. Raises RuntimeError with its words when it fails."""
    with tempfile.TemporaryDirectory(prefix="slugline-benchmark-") as folder:
        note = Path(folder, "note.json")
        command = [sys.executable, "-m", "benchmarks.command", str(note), *map(str, words), "--json", "--quiet"]
        with metered() as spent, running(command) as child:
            out, errors = child.communicate()
        if child.returncode:
            raise RuntimeError(f"slugline {' '.join(map(str, words))}: {(out + errors).decode()[-900:]}")
        return Run(spent, Spent(**json.loads(note.read_text())), json.loads(out))


def main() -> None:
    """Be the command, with a meter at the picture."""
    import cli
    from render import delivery

    note, *sys.argv[1:] = sys.argv[1:]
    plainly = vars(delivery)["render_picture"]

    def render_picture(*args: Any, **named: Any) -> Any:
        with metered() as spent:
            made = plainly(*args, **named)
        Path(note).write_text(json.dumps(asdict(spent)), encoding="utf-8")
        return made

    vars(delivery)["render_picture"] = render_picture
    cli.main()


if __name__ == "__main__":
    main()
