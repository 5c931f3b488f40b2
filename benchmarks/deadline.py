"""A figure on screen is wrong: from the corrected line in `facts.toml` to the page that shows the corrected film.

The film, of 10 minutes, is produced and published first, and the studio's pages are served; then one fact changes, which a `number` scene
near the middle shows. The clock runs from `slugline produce --publish now` to the moment at which the watch page names the new film and
the film's own address gives it. What is published is full size, with its renditions, also with `--preview`. Bar (DESIGN section 11): at
most 90 s.

    python benchmarks/deadline.py [--work FOLDER]           about 10 minutes on two quiet cores, after the film itself
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.command import Run, run_command
from benchmarks.long_film import film_options, long_film
from benchmarks.long_script import SLUG
from benchmarks.meter import Bar, measured_on, options, report
from core.processes import running


@contextmanager
def served(studio: Path) -> Iterator[str]:
    """The studio's pages, at the address that is given."""
    command: list[str | Path] = [sys.executable, "-m", "cli", "serve", "--home", studio, "--port", "0"]
    with running(command, stderr=subprocess.STDOUT) as child:
        assert child.stdout is not None
        for line in child.stdout:
            found = re.search(r"http://[\d.]+:\d+", line.decode())
            if found:
                break
        else:
            raise RuntimeError("the server did not start")
        yield found.group()


def produce(script: Path) -> Run:
    """Produce the film and publish it."""
    return run_command("produce", script, "--publish", "now", "--accept", "scratch-voice")


def wait_for_page(address: str, film: Path) -> None:
    """Until the watch page names the film at its new address, and that address gives it."""
    place = f"{film.parent.parent.name}/{film.parent.name}/{film.name}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with urllib.request.urlopen(f"{address}/watch/{SLUG}") as answer:  # noqa: S310 - our own server
            page = answer.read().decode()
        found = re.search(rf'"([^"]*{re.escape(place)}[^"]*)"', page)
        if found:
            # The page gives some of its media by the studio's public address.
            path = re.sub(r"^https?://[^/]+", "", found.group(1).replace("&amp;", "&"))
            with urllib.request.urlopen(address + path) as media:  # noqa: S310 - our own server
                assert int(media.headers["content-length"]) == film.stat().st_size
            return
        time.sleep(0.2)
    raise RuntimeError("the page does not show the new film")


def main() -> int:
    """Measure and print; 1 when the bar is missed."""
    parser = options(__doc__)
    film_options(parser)
    with long_film(parser.parse_args()) as film:
        before = produce(film.script)
        with served(film.studio) as address:
            wait_for_page(address, Path(before.said["film"]))
            fact = f"[berths-{film.scene_of('number')}]"
            film.replace("facts.toml", 'value = "', 'value = "9', after=fact)
            began = time.monotonic()
            run = produce(film.script)
            wait_for_page(address, Path(run.said["film"]))
            took = time.monotonic() - began
        assert before.said["film"] != run.said["film"]
    counts = run.said["render"]["segments"]
    met = report("deadline", took, "s from the corrected figure to the page", Bar(90), ".1f")
    print(
        f"  {counts['rendered']} of {counts['total']} segments rendered; picture {run.picture.wall:.1f} s of {run.spent.wall:.1f}"
    )
    print(f"  producing it the first time, its segments in the cache: {before.spent.wall:.0f} s")
    print(measured_on(film.about))
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
