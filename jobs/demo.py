"""The demo: a studio of its own, the example's script copied in, produced and published."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from core.files import whole_file
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
    for source in sorted(resource("examples", "suez").rglob("*")):
        if source.is_file() and "__pycache__" not in source.parts:
            target = folder / source.relative_to(resource("examples", "suez"))
            if not target.exists() or target.read_bytes() != source.read_bytes():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
    make_music(folder)
    settings = load_settings(home)
    return produce_script(folder / "script.md", settings, reporter, publish="now", accept=("scratch-voice",))


def make_music(folder: Path) -> None:
    """Make the example's music bed with its own generator, unless one at least as new stands there."""
    generator, bed = folder / "music.py", folder / "bed.wav"
    if bed.exists() and bed.stat().st_mtime >= generator.stat().st_mtime:
        return
    with whole_file(bed) as temporary:
        run([sys.executable, generator, temporary], what="make the example's music")
