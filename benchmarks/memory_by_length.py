"""Memory of rendering a long film, against that of a short one: the peak of what the command and all its children hold at one moment.

Both films are made of the same eight kinds of scene, ten a minute, over a music bed; their grounds do not drift, so that most of them is
holds, but photographs and maps move, and every scene differs. They are previews (a quarter of the pixels): what grows with a film's length
is its plan, its sound, its packets and its captions, and these do not know of pixels. The narration is read once and given as takes.
Bar (DESIGN section 11): 60 minutes in at most 1.2 × the memory of one minute.

    python benchmarks/memory_by_length.py [--minutes 60]    about 25 minutes on two quiet cores
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.long_script import A_MINUTE, parts, write_script, write_takes
from benchmarks.meter import Bar, measured_on, options, report, watched_memory
from core.processes import running


def peak_of(folder: Path, minutes: float) -> int:
    """Bytes at the peak of rendering a film of so many minutes."""
    scenes = parts(max(1, round(minutes * A_MINUTE)), varied=False)
    script = write_script(folder, scenes, narration="takes", still=True)
    write_takes(script, scenes)
    command: list[str | Path] = [sys.executable, "-m", "cli", "render", script, "-o", folder / "film.mp4"]
    command += ["--preview", "--quiet", "--json"]
    with running(command) as child:
        with watched_memory(child.pid) as peak:
            said, errors = child.communicate()
        if child.returncode:
            raise RuntimeError((said + errors).decode()[-800:])
    return peak.bytes


def main() -> int:
    """Measure and print; 1 when the bar is missed."""
    parser = options(__doc__)
    parser.add_argument("--minutes", type=float, default=60.0, help="of the long film")
    parser.add_argument("--short", type=float, default=1.0, help="minutes of the short film")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="slugline-benchmark-") as name:
        peaks: list[int] = []
        for minutes in (words.short, words.minutes):
            folder = Path(name, f"{len(peaks)}")
            folder.mkdir()
            peaks.append(peak_of(folder, minutes))
            print(f"  {minutes:g} minutes: {peaks[-1] / 1e6:.0f} MB", flush=True)
    what = f"× the memory of {words.short:g} minutes for {words.minutes:g}"
    met = report("memory_by_length", peaks[1] / peaks[0], what, Bar(1.2))
    print(measured_on("eight kinds of scene, 960×540, grounds that stand still, takes"))
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
