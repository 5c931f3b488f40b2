"""The demo: a studio of its own, the example's script copied in, produced and published."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from core.digest import file_digest
from core.files import whole_file, write_bytes, write_text
from core.processes import run
from core.progress import Reporter
from core.resources import resource
from core.settings import load_settings
from jobs.produce import Produced, produce_script
from jobs.studio import make_studio

EXAMPLE = "suez-shortcut"


def run_demo(home: Path, reporter: Reporter) -> Produced:
    """Produce and publish the example in the studio `home`, made if need be. Run again, it reuses what stands."""
    if not (home / "slugline.toml").exists():
        make_studio(home)
    folder = home / "scripts" / EXAMPLE
    for kept in lay_down(resource("examples", "suez"), folder):
        reporter.note(f"kept your own {kept}")
    make_music(folder)
    settings = load_settings(home)
    return produce_script(folder / "script.md", settings, reporter, publish="now", accept=("scratch-voice",))


def lay_down(example: Path, folder: Path) -> list[str]:
    """Copy the example's files; one that was changed since it was laid down stays as it is. Gives the names of those kept."""
    note = folder / ".laid-down.json"
    known: dict[str, str] = json.loads(note.read_text(encoding="utf-8")) if note.is_file() else {}
    kept = []
    for source in sorted(example.rglob("*")):
        if not source.is_file() or "__pycache__" in source.parts or source.name == "bed.wav":
            continue
        name = source.relative_to(example).as_posix()
        target = folder / name
        if target.is_file() and file_digest(target) != known.get(name):
            kept.append(name)
            continue
        write_bytes(target, source.read_bytes())
        known[name] = file_digest(target)
    write_text(note, json.dumps(known, indent=1))
    return kept


def make_music(folder: Path) -> None:
    """Make the example's music bed with its own generator, unless one at least as new stands there."""
    generator, bed = folder / "music.py", folder / "bed.wav"
    if bed.exists() and bed.stat().st_mtime >= generator.stat().st_mtime:
        return
    with whole_file(bed) as temporary:
        run([sys.executable, generator, temporary], what="make the example's music")
