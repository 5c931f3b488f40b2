"""The music of a 10-minute film is replaced: no picture may be encoded.

Bar: no render segment rendered. How long the command takes is printed beside it.

    python benchmarks/change_music.py [--work FOLDER]       about 2 minutes on two quiet cores, after the film itself
"""

from __future__ import annotations

import sys

from benchmarks.command import run_command
from benchmarks.long_film import film_options, long_film
from benchmarks.meter import Bar, measured_on, options, report


def main() -> int:
    """Measure and print; 1 when any picture was encoded."""
    parser = options(__doc__)
    film_options(parser)
    with long_film(parser.parse_args()) as film:
        film.replace(str(film.script.relative_to(film.studio)), "bed.wav", "other-bed.wav")
        run = run_command(*film.words())
    counts = run.said["segments"]
    met = report("change_music", counts["rendered"], f"of {counts['total']} segments rendered", Bar(0), "d")
    share = 100 * run.spent.wall / film.whole.wall
    print(
        f"  command {run.spent.wall:.1f} of {film.whole.wall:.1f} s ({share:.0f} %), of which picture {run.picture.wall:.1f} s"
    )
    print(measured_on(film.about))
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
