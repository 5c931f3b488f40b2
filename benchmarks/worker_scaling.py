"""How much faster the picture is made by more workers, and that its bytes do not depend on them.

Footage, pinned: a scene of `render_motion`, cut into segments of 4 s. Rendered with 1, 2, 4 … workers, up to the machine's cores.
A worker and its encoder already run side by side, so that one worker keeps more than one core busy: the figure is therefore the CPU
that the work takes with one worker, as a share of what the cores had to give while all worked. Bar: with a worker a core at least 0.8;
the files equal to the byte. Other work on the machine spoils the figure.

    python benchmarks/worker_scaling.py [--seconds 32]      about 3 minutes on two quiet cores
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.footage import RATE, draw_photograph, ken_burns, plan, spent_on_rendering
from benchmarks.meter import Bar, measured_on, options, report
from core.digest import file_digest


def main() -> int:
    """Measure and print; 1 when the bar is missed or the bytes differ."""
    cores = os.cpu_count() or 1
    parser = options(__doc__)
    parser.add_argument("--seconds", type=float, default=32.0, help="of film")
    parser.add_argument("--most", type=int, default=cores, help="workers")
    words = parser.parse_args()
    counts = sorted({*(n for n in (1, 2, 4, 8, 16, 32, 64) if n <= words.most), words.most})
    walls, digests, work = [], set(), 0.0
    with tempfile.TemporaryDirectory(prefix="slugline-benchmark-") as name:
        folder = Path(name)
        draw_photograph(folder / "photograph.jpg")
        segments = plan([ken_burns(folder / "photograph.jpg", round(words.seconds * RATE))])
        for count in counts:
            spent = spent_on_rendering(segments, folder / "cache", folder / "film.mp4", count)
            walls.append(spent.wall)
            work = work or spent.cpu
            digests.add(file_digest(folder / "film.mp4"))
            print(f"  {count} workers: {spent.wall:.1f} s, CPU {spent.cpu:.1f} s", flush=True)
            shutil.rmtree(folder / "cache")
    cores_used = min(counts[-1], cores)
    what = f"of {cores_used} cores' time is work ({walls[0] / walls[-1]:.2f} × as fast with {counts[-1]} workers as with one)"
    met = report("worker_scaling", work / (walls[-1] * cores_used), what, Bar(0.8, more=True))
    print(f"  {len(segments)} segments; bytes {'equal' if len(digests) == 1 else 'DIFFERENT'}")
    print(measured_on("a photograph that moves, a scrim, a title"))
    return int(not met or len(digests) > 1)


if __name__ == "__main__":
    sys.exit(main())
