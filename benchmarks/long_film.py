"""A film of ten minutes that was rendered once, for benchmarks that change something in it.

It is made in the folder that `--work` names, and stays there: the first benchmark that needs it waits for it (about 10 minutes on two
quiet cores), the others copy it, linking what the cache holds, and leave it as it was.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.command import run_command
from benchmarks.long_script import A_MINUTE, SLUG, parts, write_script
from benchmarks.meter import Spent


@dataclass(frozen=True)
class Film:
    """The film as it was made: what its whole command took, what of it the picture took, its length in seconds and its size."""

    studio: Path
    scenes: int
    whole: Spent
    picture: Spent
    seconds: float
    size: tuple[int, int]

    @property
    def script(self) -> Path:
        """The script."""
        return self.studio / "scripts" / SLUG / "script.md"

    @property
    def about(self) -> str:
        """The footage in a few words."""
        wide, high = self.size
        return f"{self.seconds / 60:.1f} minutes of {self.scenes} scenes of eight kinds, {wide}×{high}, read by the scratch voice"

    def words(self) -> list[str | Path]:
        """The command that renders it."""
        preview: list[str | Path] = ["--preview"] if self.size[1] < 1080 else []
        return ["render", self.script, "-o", self.studio / "film.mp4", *preview]

    def scene_of(self, kind: str) -> int:
        """The number of a scene near the middle, of a kind where there is one."""
        lines = [line for line in self.script.read_text(encoding="utf-8").splitlines() if line.startswith("```scene ")]
        own = [number for number, line in enumerate(lines) if line == f"```scene {kind}"]
        return min(own or range(self.scenes), key=lambda number: abs(number - self.scenes / 2))

    def replace(self, file: str, old: str, new: str, *, after: str = "") -> None:
        """Change `old` to `new` in a file of the studio, the first time that it stands behind `after`."""
        path = self.studio / file
        text = path.read_text(encoding="utf-8")
        start = text.index(after)
        at = text.index(old, start)
        path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")


def film_options(parser: argparse.ArgumentParser) -> None:
    """The options that say which film."""
    default = Path(tempfile.gettempdir()) / "slugline-benchmarks"
    parser.add_argument("--work", type=Path, default=default, help=f"where the film is kept (default: {default})")
    parser.add_argument("--minutes", type=float, default=10.0, help="of film")
    parser.add_argument("--preview", action="store_true", help="a quarter of the pixels")
    parser.add_argument(
        "--still", action="store_true", help="grounds that do not drift: mostly holds, for a quick look"
    )


@contextmanager
def long_film(options: argparse.Namespace) -> Iterator[Film]:
    """A copy of the film, made first where it is not there yet; the copy goes away afterwards."""
    kept = _made(options)
    with tempfile.TemporaryDirectory(prefix="copy-", dir=options.work) as folder:
        studio = Path(folder) / "studio"
        shutil.copytree(kept.studio, studio, copy_function=_link_or_copy)
        yield Film(studio, kept.scenes, kept.whole, kept.picture, kept.seconds, kept.size)


def _link_or_copy(source: str, target: str) -> None:
    """What the cache and the media hold is never written in place: a link will do."""
    if "/cache/" in source or "/media/" in source:
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def _made(options: argparse.Namespace) -> Film:
    scenes = max(1, round(options.minutes * A_MINUTE))
    name = f"film-{scenes}{'-preview' if options.preview else ''}{'-still' if options.still else ''}"
    studio = options.work / name
    note = options.work / f"{name}.json"
    if note.is_file():
        facts = json.loads(note.read_text(encoding="utf-8"))
    else:
        shutil.rmtree(studio, ignore_errors=True)
        studio.mkdir(parents=True)
        write_script(studio, parts(scenes), still=options.still)
        facts = _measure(Film(studio, scenes, Spent(), Spent(), 0.0, (960, 540) if options.preview else (1920, 1080)))
        note.write_text(json.dumps(facts), encoding="utf-8")
    size = (facts["size"][0], facts["size"][1])
    return Film(studio, scenes, Spent(**facts["whole"]), Spent(**facts["picture"]), facts["seconds"], size)


def _measure(film: Film) -> dict[str, Any]:
    """Render it from nothing."""
    print(f"making the film of {film.scenes} scenes first …", flush=True)
    run = run_command(*film.words())
    print(f"  {run.said['duration']:.0f} s of film in {run.spent.wall:.0f} s (CPU {run.spent.cpu:.0f} s)", flush=True)
    return {
        "whole": asdict(run.spent),
        "picture": asdict(run.picture),
        "seconds": run.said["duration"],
        "size": run.said["size"],
    }
