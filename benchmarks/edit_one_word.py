"""One word of the narration is changed in a 10-minute film: what is rendered again, and how long the command takes.

The word is the last of a photograph's scene, all of which moves and is drawn again; the scratch voice reads that scene anew, so that its
length and its words' times change too. Bars (DESIGN section 11): picture CPU at most 3 % of the full render's, the
whole command at most 25 % of its wall time.

    python benchmarks/edit_one_word.py [--work FOLDER]      about 2 minutes on two quiet cores, after the film itself
"""

from __future__ import annotations

import sys

from benchmarks.command import run_command
from benchmarks.long_film import film_options, long_film
from benchmarks.long_script import scene_id
from benchmarks.meter import Bar, measured_on, options, report


def main() -> int:
    """Measure and print; 1 when a bar is missed."""
    parser = options(__doc__)
    film_options(parser)
    with long_film(parser.parse_args()) as film:
        scene = scene_id(film.scene_of("photo"))
        text = film.script.read_text(encoding="utf-8")
        said = text[text.index(f"id: {scene}\n") :].split("```")[1].split("\n\n")[1].strip()
        last = said.rsplit(" ", 1)[-1]
        film.replace(
            str(film.script.relative_to(film.studio)), said, said.removesuffix(last) + "barley.", after=f"id: {scene}\n"
        )
        run = run_command(*film.words())
    counts = run.said["segments"]
    met = report(
        "edit_one_word, picture",
        100 * run.picture.cpu / film.picture.cpu,
        "% of the full render's picture CPU",
        Bar(3.0),
    )
    met &= report(
        "edit_one_word, command",
        100 * run.spent.wall / film.whole.wall,
        "% of the full command's wall time",
        Bar(25),
        ".1f",
    )
    print(f"  “{last}” became “barley.” in scene {scene}: {counts['rendered']} of {counts['total']} segments rendered")
    print(
        f"  picture {run.picture.cpu:.1f} of {film.picture.cpu:.1f} s of CPU; command {run.spent.wall:.1f} of {film.whole.wall:.1f} s"
    )
    print(measured_on(film.about))
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
