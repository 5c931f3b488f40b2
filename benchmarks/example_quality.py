"""How good the example film looks, and how much of it stands still.

The example (`examples/suez`) is rendered twice, as it is delivered and nearly without loss (CRF 6), and every frame is compared: VMAF
v0.6.1 of libvmaf, the mean of each second. Stills are what the delivery gate sees as such in the decoded film: half a second or more
in which nothing moves. Bars (DESIGN section 11): worst second at least 93; at most 35 % stills; none over 5 s outside `hold:`.

    python benchmarks/example_quality.py [--preview]        about 15 minutes on two quiet cores
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.meter import Bar, measured_on, options, report
from core.progress import Silent
from core.resources import resource
from core.settings import load_settings
from core.timecode import clock_text
from jobs.demo import lay_down, make_music
from render.encode import MASTER, Encoding
from render.ffmpeg import ffmpeg_path
from render.film import FilmPlan, plan_film
from render.picture import render_picture
from render.plan import plan_segments
from render.stills import StillWatch, outside, stills_of
from render.viewing import Viewing, look
from script.reader import open_script

NEARLY_LOSSLESS = Encoding(crf=6, preset="ultrafast", refs=1)


def encode(plan: FilmPlan, encoding: Encoding, folder: Path, target: Path) -> list[tuple[int, int]]:
    """The film's picture with other settings; gives its holds, in frames."""
    segments = plan_segments(plan.timeline.shots, plan.compositions, plan.stage, encoding)
    workers = os.cpu_count() or 1
    render_picture(segments, cache=folder / f"crf-{encoding.crf}", workers=workers, reporter=Silent(), target=target)
    holds, frame = [], 0
    for segment in segments:
        if segment.hold:
            holds.append((frame, frame + segment.frames))
        frame += segment.frames
    return holds


def vmaf(film: Path, reference: Path, log: Path) -> list[float]:
    """Every frame's score."""
    command = [ffmpeg_path(), "-v", "error", "-i", str(film), "-i", str(reference)]
    command += [
        "-lavfi",
        f"[0:v][1:v]libvmaf=log_fmt=json:log_path={log}:n_threads={os.cpu_count()}",
        "-f",
        "null",
        "-",
    ]
    subprocess.run(command, check=True)
    return [frame["metrics"]["vmaf"] for frame in json.loads(log.read_text())["frames"]]


def find_stills(film: Path, plan: FilmPlan, holds: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Stretches of half a second or more in which nothing is seen to move, in frames."""
    keys, frame = {0}, 0
    for segment in plan.segments:
        keys.add(frame)
        frame += segment.frames
    watch = StillWatch(plan.timeline.rate, keys)
    for seen, _ in look(film, plan.stage.size, Viewing()):
        watch.see(seen)
    return stills_of(watch.runs, holds, round(plan.timeline.rate / 2))


def rests(plan: FilmPlan) -> list[tuple[int, int]]:
    """What the script asked to stand still: the ends of scenes with `hold:`."""
    return [
        (shot.start + shot.frames - round(shot.scene.hold * plan.timeline.rate), shot.start + shot.frames)
        for shot in plan.timeline.shots
        if shot.scene.hold
    ]


def main() -> int:
    """Measure and print; 1 when a bar is missed."""
    parser = options(__doc__)
    parser.add_argument("--preview", action="store_true", help="a quarter of the pixels")
    parser.add_argument("--scenes", type=int, help="only so many, from the first")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="slugline-benchmark-") as name:
        folder = Path(name)
        (folder / "slugline.toml").write_text('name = "Benchmark"\n')
        script = folder / "scripts/suez-shortcut/script.md"
        lay_down(resource("examples", "suez"), script.parent)
        make_music(script.parent)
        only = [block.id for block in open_script(script, folder).scenes[: words.scenes]] if words.scenes else None
        plan = plan_film(script, load_settings(folder), Silent(), preview=words.preview, only=only)
        film, reference = folder / "film.mp4", folder / "reference.mp4"
        holds = encode(plan, MASTER, folder, film)
        encode(plan, NEARLY_LOSSLESS, folder, reference)
        scores = vmaf(film, reference, folder / "vmaf.json")
        stills = find_stills(film, plan, holds)
        megabits = film.stat().st_size * 8e-6 / float(plan.timeline.seconds)
    rate = round(plan.timeline.rate)
    seconds = [sum(part) / len(part) for n in range(0, len(scores), rate) if (part := scores[n : n + rate])]
    worst = min(range(len(seconds)), key=seconds.__getitem__)
    met = report(
        "example_quality, VMAF",
        seconds[worst],
        f"in the worst second, {clock_text(float(worst))}",
        Bar(93, more=True),
        ".1f",
    )
    still = sum(last - first for first, last in stills)
    met &= report(
        "example_quality, stills", 100 * still / plan.timeline.frames, "% of the film stands still", Bar(35), ".1f"
    )
    long = max((last - first for first, last in outside(stills, rests(plan))), default=0)
    met &= report(
        "example_quality, longest", long / float(plan.timeline.rate), "s the longest still outside hold:", Bar(5), ".1f"
    )
    mean = sum(scores) / len(scores)
    print(
        f"  VMAF {mean:.2f} in the mean, {min(scores):.1f} the worst frame; picture {megabits:.1f} Mbit/s; {len(plan.scenes)} scenes"
    )
    print(
        measured_on(
            f"the example, {clock_text(float(plan.timeline.seconds))}, {plan.stage.size[0]}×{plan.stage.size[1]}"
        )
    )
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
