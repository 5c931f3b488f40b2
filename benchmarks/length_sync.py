"""A film of an hour: as many frames as planned, and picture and sound together at its end.

The film runs at 30000/1001 frames a second, where a rounded rate would be off by 3.6 s after an hour. Its scenes hold for most of a
minute each; its first and its last show a white flash that a `python` scene draws on a frame of its own, and sound a tone that their
takes carry at a known sample. Both are looked for in the finished file, by the stamps that a player goes by: what lies between flash
and tone must be what the plan laid between them. Bars (DESIGN section 11): every frame of the plan; picture and sound within 20 ms.

    python benchmarks/length_sync.py [--minutes 60]         about 5 minutes on two quiet cores
"""

from __future__ import annotations

import math
import sys
import tempfile
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from benchmarks.command import run_command
from benchmarks.long_script import scene_id
from benchmarks.meter import Bar, measured_on, options, report
from core.progress import Silent
from core.settings import load_settings
from core.timecode import SAMPLE_RATE, frame_to_sample, frame_to_seconds
from render.film import FilmPlan, plan_film
from render.scratch_voice import speak

TONE, LENGTH = 3000.0, 0.1
"""Hertz, seconds."""
FLASH_AT = 3.0
"""Seconds into the scene; the function counts frames itself."""
SAID = ("This is a mark in the picture.", "And that was a mark in the sound.")
PLAIN = "Here nothing happens, and it happens for quite a long time."
FLASH = f"""\
import numpy as np
from moviepy import VideoClip

def flash(size, duration, fps):
    dark = np.full((size[1], size[0], 3), 24, np.uint8)
    first = round({FLASH_AT} * fps)

    def frame(t):
        picture = np.full_like(dark, 250) if first <= round(t * fps) < first + 3 else dark.copy()
        left = round(t * fps) * 4 % (size[0] - 80)
        picture[40:80, left : left + 80] = 120
        return picture

    return VideoClip(frame, duration=duration)
"""


def write_film(studio: Path, minutes: float) -> Path:
    """The studio; gives the script."""
    folder = studio / "scripts" / "an-hour"
    takes = folder / "takes"
    takes.mkdir(parents=True)
    (studio / "slugline.toml").write_text('name = "Benchmark"\n')
    (folder / "still.toml").write_text("[motion]\ndrift = 0\n")
    (folder / "flash.py").write_text(FLASH)
    (folder / "assets.toml").write_text('["flash.py"]\ncredit = "Slugline"\nlicence = "MIT"\n')
    read = [_samples(take.path) for take in speak([[text] for text in (*SAID, PLAIN)], folder / "voice", Silent())]
    lines = ["---", "title: An hour", "narration: takes", "theme: still.toml", "fps: 29.97", "---", ""]
    holds = max(1, round(minutes))
    # A scene is its voice and 0.4 s around it; the rest is held. The two marks make the film a little longer still.
    held = min(60.0, max(1.0, 60 * minutes / holds - len(read[2]) / SAMPLE_RATE - 0.4))
    for number in range(holds + 2):
        marked = number in (0, holds + 1)
        block = (
            "```scene python\nid: {}\nfunction: flash.py:flash"
            if marked
            else "```scene title\nid: {}\ntext: Minute {}\nhold: {:.1f}"
        )
        lines += [block.format(scene_id(number), number, held), "```", "", " ".join(SAID) if marked else PLAIN, ""]
        _write(takes / f"{scene_id(number)}.wav", marked_take(read)[0] if marked else read[2])
    script = folder / "script.md"
    script.write_text("\n".join(lines), encoding="utf-8")
    return script


def marked_take(read: list[NDArray[np.int16]]) -> tuple[NDArray[np.int16], int]:
    """Two sentences with the tone between them, and the sample at which it begins."""
    pause = np.zeros(SAMPLE_RATE // 2, np.int16)
    tone = np.sin(2 * np.pi * TONE * np.arange(round(LENGTH * SAMPLE_RATE)) / SAMPLE_RATE)
    return np.concatenate([read[0], pause, (tone * 12000).astype(np.int16), pause, read[1]]), len(read[0]) + len(pause)


def _samples(file: Path) -> NDArray[np.int16]:
    with wave.open(str(file), "rb") as stream:
        return np.frombuffer(stream.readframes(stream.getnframes()), "<i2")


def _write(file: Path, samples: NDArray[np.int16]) -> None:
    with wave.open(str(file), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(SAMPLE_RATE)
        stream.writeframes(samples.astype("<i2").tobytes())


def planned(plan: FilmPlan, scene: int, tone: int) -> tuple[float, float]:
    """Seconds of the film at which the plan lays a scene's flash and its tone; `tone` is its sample in the take."""
    shot = plan.timeline.shots[scene]
    flash = float(frame_to_seconds(shot.start + round(FLASH_AT * plan.timeline.rate), plan.timeline.rate))
    place = plan.timeline.placements[scene]
    return flash, (place.at + tone - place.start) / SAMPLE_RATE


def find_flash(film: Path, near: float) -> float:
    """The stamp, in seconds, of the first bright frame within 2 s of a moment."""
    with av.open(str(film)) as container:
        container.seek(int(max(0.0, near - 2) * av.time_base))
        for frame in container.decode(video=0):
            if frame.time is not None and frame.time > near - 2 and frame.to_ndarray()[: frame.height].mean() > 128:
                return float(frame.time)
    raise RuntimeError("there is no flash")


def find_tone(film: Path, near: float) -> float:
    """The stamp, in seconds, at which the tone begins, within 2 s of a moment."""
    blocks, start = [], None
    with av.open(str(film)) as container:
        container.seek(int(max(0.0, near - 2) * av.time_base), stream=None)
        for frame in container.decode(audio=0):
            assert frame.time is not None
            if frame.time > near + 2:
                break
            if frame.time >= near - 2:
                start = frame.time if start is None else start
                blocks.append(frame.to_ndarray()[0])
    assert start is not None
    sound = np.concatenate(blocks).astype(np.float64)
    turned = sound * np.exp(-2j * np.pi * TONE * np.arange(len(sound)) / SAMPLE_RATE)
    window = SAMPLE_RATE // 250
    strength = np.abs(np.convolve(turned, np.ones(window) / window, "same"))
    # A running mean passes half its height where its middle is at the edge.
    return float(start) + int(np.argmax(strength > strength.max() / 2)) / SAMPLE_RATE


def count_frames(film: Path) -> tuple[int, int]:
    """Frames of the picture, and samples of the sound that a player hears."""
    with av.open(str(film)) as container:
        frames = sum(1 for packet in container.demux(container.streams.video[0]) if packet.size)
    with av.open(str(film)) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
    return frames, samples


def main() -> int:
    """Measure and print; 1 when a bar is missed."""
    parser = options(__doc__)
    parser.add_argument("--minutes", type=float, default=60.0, help="of film")
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory(prefix="slugline-benchmark-") as name:
        studio = Path(name)
        script = write_film(studio, minutes)
        film = studio / "film.mp4"
        run = run_command("render", script, "-o", film, "--preview")
        plan = plan_film(script, load_settings(studio), Silent(), preview=True)
        read = [_samples(take.path) for take in speak([[text] for text in SAID], script.parent / "voice", Silent())]
        tone = marked_take(read)[1]
        apart = []
        for scene in (0, len(plan.scenes) - 1):
            flash, beep = planned(plan, scene, tone)
            seen, heard = find_flash(film, flash), find_tone(film, beep)
            apart.append(1000 * ((heard - seen) - (beep - flash)))
            print(
                f"  {scene_id(scene)}: flash at {seen:.4f} s (planned {flash:.4f}), tone at {heard:.4f} s (planned {beep:.4f})",
                flush=True,
            )
        frames, samples = count_frames(film)
    lost = abs(frames - plan.timeline.frames)
    met = report("length_sync, picture", lost, f"frames too many or too few of {plan.timeline.frames}", Bar(0), "d")
    met &= report(
        "length_sync, end",
        abs(apart[1]),
        f"ms between picture and sound ({abs(apart[0]):.1f} at the beginning)",
        Bar(20),
        ".1f",
    )
    sound = Fraction(samples - frame_to_sample(plan.timeline.frames, plan.timeline.rate), SAMPLE_RATE)
    print(
        f"  the sound is {1000 * float(sound):+.1f} ms longer than the picture; rendering took {run.spent.wall:.0f} s"
    )
    length = math.floor(float(plan.timeline.seconds))
    print(measured_on(f"{length // 60}:{length % 60:02} minutes at 30000/1001, 960×540, most of it holds"))
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
