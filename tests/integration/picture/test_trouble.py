"""What goes wrong while a picture is made: one clear error, and nothing half-written."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from core.errors import BadInput, NoSpace, WorkFailed
from render.composition import Clip, Composition, Layer, Plate
from render.encode import MASTER, encoder
from render.moviepy_clip import ClipPlayer
from render.segments import Segment
from tests.integration.picture.scenery import NTSC, SIZE, mark, plan, render, rises, scene, sha256, svg

pytestmark = pytest.mark.slow

HEAD = "import os, signal\nimport numpy as np\nfrom pathlib import Path\nfrom moviepy import ColorClip, VideoClip\n"


def studio(folder: Path, body: str) -> Composition:
    file = folder / "studio.py"
    file.write_text(HEAD + body)
    return Composition(SIZE, 30, (Layer("clip", Clip(file, sha256(file), "make")),))


def leftovers(folder: Path) -> list[Path]:
    return [
        path for path in folder.rglob("*") if path.is_file() and (path.name.startswith(".") or path.suffix == ".mp4")
    ]


def test_a_killed_worker_is_one_clear_error(tmp_path: Path) -> None:
    clip = studio(tmp_path, "def make(size, duration, fps):\n    os.kill(os.getpid(), signal.SIGKILL)\n")
    with pytest.raises(WorkFailed, match="a render process was killed"):
        render(plan([clip]), tmp_path)
    assert not (tmp_path / "film.mp4").exists()


def test_a_worker_killed_while_it_encodes_is_one_clear_error(tmp_path: Path) -> None:
    clip = studio(
        tmp_path,
        "def make(size, duration, fps):\n"
        "    def frame(t):\n"
        "        if t > 0.5:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return np.zeros((size[1], size[0], 3), np.uint8)\n"
        "    return VideoClip(frame, duration=duration)\n",
    )
    with pytest.raises(WorkFailed, match="a render process was killed before it had finished"):
        render(plan([clip]), tmp_path)
    assert not (tmp_path / "film.mp4").exists()
    assert [file for file in leftovers(tmp_path / "cache") if file.suffix == ".json"] == []


def encode_noise(target: Path) -> None:
    with encoder(target, SIZE, NTSC, MASTER, "encode it") as film:
        for _ in range(60):
            film.write(np.frombuffer(os.urandom(SIZE[0] * SIZE[1] * 3 // 2), np.uint8).reshape(-1, SIZE[0]))


def test_a_full_disk_says_so() -> None:
    with pytest.raises(NoSpace, match="no space left on the disk: could not encode it"):
        encode_noise(Path("/dev/full"))


def play(clip: Clip) -> None:
    player = ClipPlayer(clip, SIZE, 30, 30.0)
    for number in range(30):
        player.draw(number)


@pytest.mark.parametrize(
    ("body", "message", "line"),
    [
        ("def make(size, duration, fps):\n    return 1 / 0\n", "ZeroDivisionError", 6),
        ("def make(size, duration, fps)\n    return 1\n", "SyntaxError", 5),
        ("def other():\n    return 1\n", "has no function 'make'", None),
        ("def make(size, duration, fps):\n    return 7\n", "gave int, not a MoviePy clip", 5),
        ("def make(size, duration, fps):\n    pass\n", "gave nothing, not a MoviePy clip", 5),
        ("def make(size):\n    return 7\n", "unexpected keyword argument", 5),
        ("import sys\ndef make(size, duration, fps):\n    sys.exit(3)\n", "SystemExit: 3", 7),
        (
            "def make(size, duration, fps):\n    return ColorClip((64, 64), (1, 2, 3), duration=duration)\n",
            "a frame of 64×64 with 3 channels, not 320×180 with 3 channels",
            5,
        ),
        (
            "def make(size, duration, fps):\n    return ColorClip(size, (1, 2, 3), duration=duration / 2)\n",
            "gave a clip of 0.50 s for a scene of 1.00 s",
            5,
        ),
        (
            "def make(size, duration, fps):\n"
            "    dark = np.zeros((size[1], size[0], 3), np.uint8)\n"
            "    return VideoClip(lambda t: dark if t < 0.5 else [[1, 2], [3]], duration=duration)\n",
            "gave list for a frame",
            5,
        ),
        (
            "def make(size, duration, fps):\n"
            "    clip = ColorClip(size, (1, 2, 3), duration=duration)\n"
            "    return clip.with_mask(VideoClip(lambda t: np.ones((9, 9)), is_mask=True, duration=duration))\n",
            "a mask of 9×9, not 320×180",
            5,
        ),
        (
            "def make(size, duration, fps):\n"
            "    def frame(t):\n"
            "        return np.zeros((size[1], size[0], 3), np.uint8) if t < 0.5 else [][1]\n"
            "    return VideoClip(frame, duration=duration)\n",
            "at 0.50 s: IndexError",
            7,
        ),
    ],
)
def test_a_studios_own_mistakes_are_shown_where_they_are(
    tmp_path: Path, body: str, message: str, line: int | None
) -> None:
    [layer] = studio(tmp_path, body).layers
    assert isinstance(layer.content, Clip)
    with pytest.raises(BadInput, match=message) as caught:
        play(layer.content)
    assert caught.value.place is not None
    assert caught.value.place.file.endswith("studio.py")
    assert caught.value.place.line == line


def test_the_way_through_a_studios_files_is_told(tmp_path: Path) -> None:
    (tmp_path / "hull.py").write_text("def depth(t):\n    return 1 / (t - t)\n")
    clip = studio(
        tmp_path,
        "import importlib.util\n"
        "spec = importlib.util.spec_from_file_location('hull', Path(__file__).with_name('hull.py'))\n"
        "hull = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(hull)\n"
        "def make(size, duration, fps):\n"
        "    print('nobody reads this')\n"
        "    hull.depth(3)\n",
    )
    with pytest.raises(BadInput, match=r"ZeroDivisionError: .* at `return 1 / \(t - t\)`") as caught:
        render(plan([clip]), tmp_path)
    assert caught.value.hint == "the way there: make (studio.py:11) → depth (hull.py:2)"
    assert caught.value.place is not None
    assert (Path(caught.value.place.file).name, caught.value.place.line) == ("hull.py", 2)
    assert leftovers(tmp_path / "cache") == []


def test_a_drawing_that_cannot_be_read(tmp_path: Path) -> None:
    broken = Layer("broken", Plate(svg("<g><rect")))
    with pytest.raises(BadInput, match="drawing cannot be read"):
        render(plan([scene(10, broken)]), tmp_path)


RUN = """
import json
import sys
from pathlib import Path
from tests.integration.picture.test_trouble import long_film, render

if __name__ == "__main__":
    picture = render(long_film(int(sys.argv[2])), Path(sys.argv[1]), workers=2)
    (Path(sys.argv[1]) / "counts.json").write_text(json.dumps(picture.counts))
"""


def long_film(times: int = 1) -> tuple[Segment, ...]:
    frames = 300 * times
    return plan([Composition(SIZE, frames, (mark(motion=rises(0, frames)),)), scene(150, mark(motion=rises(0, 150)))])


def start_render(folder: Path, times: int = 1) -> subprocess.Popen[bytes]:
    """A render of `long_film(times)` in a program of its own, well under way."""
    folder.mkdir(exist_ok=True)
    script = folder / "run.py"
    script.write_text(RUN)
    root = str(Path(__file__).parents[3])
    child = subprocess.Popen(
        [sys.executable, str(script), str(folder), str(times)],
        env={**os.environ, "PYTHONPATH": root},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        # A shell that runs the tests in the background has them ignore Ctrl-C, and their children with them.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - this thread is alone
    )
    deadline = time.monotonic() + 30
    while not list((folder / "cache").glob("segments/.*.mp4")):
        assert time.monotonic() < deadline
        assert child.poll() is None
        time.sleep(0.01)
    return child


def family(session: int) -> list[int]:
    """The living processes of a session."""
    out = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                out.append(int(entry.name))
    return out


def wait_for_silence(session: int) -> None:
    deadline = time.monotonic() + 10
    while family(session):
        assert time.monotonic() < deadline, "workers or encoders outlive their parent"
        time.sleep(0.05)


def test_killed_and_run_again_it_ends_with_the_same_bytes(tmp_path: Path) -> None:
    whole = render(long_film(6), tmp_path / "whole", workers=2)
    child = start_render(tmp_path / "killed", times=6)
    child.kill()
    child.wait()
    wait_for_silence(child.pid)
    assert not (tmp_path / "killed" / "film.mp4").exists()
    again = render(long_film(6), tmp_path / "killed", workers=2)
    assert sha256(again.path) == sha256(whole.path)


def test_ctrl_c_ends_everything_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    # Long enough that it cannot be over before the signal is sent, however busy the machine.
    child = start_render(tmp_path / "stopped", times=40)
    # As a terminal does it: the whole foreground group is told.
    os.killpg(child.pid, signal.SIGINT)
    child.wait(timeout=20)
    wait_for_silence(child.pid)
    half = [path for path in (tmp_path / "stopped" / "cache").rglob(".*") if path.is_file()]
    assert half == []
    assert not (tmp_path / "stopped" / "film.mp4").exists()


def test_two_renders_at_once_share_a_cache(tmp_path: Path) -> None:
    whole = render(long_film(), tmp_path / "whole", workers=2)
    one = start_render(tmp_path / "shared")
    two = render(long_film(), tmp_path / "shared", workers=1)
    assert sha256(two.path) == sha256(whole.path)
    assert one.wait(timeout=60) == 0
    assert sha256(tmp_path / "shared" / "film.mp4") == sha256(whole.path)
    counts = json.loads((tmp_path / "shared" / "counts.json").read_text())
    assert counts["rendered"] + two.counts["rendered"] == whole.counts["total"], "each segment is made once"
    assert not list((tmp_path / "shared" / "cache").rglob("*.lock"))


def test_a_cache_that_is_emptied_under_way_is_filled_again(tmp_path: Path) -> None:
    clip = studio(
        tmp_path,
        "import shutil\n"
        "def make(size, duration, fps):\n"
        "    folder = Path(__file__).parent\n"
        "    def frame(t):\n"
        "        if t > 0.5 and not (folder / 'done').exists():\n"
        "            (folder / 'done').touch()\n"
        "            shutil.rmtree(folder / 'cache')\n"
        "        return np.zeros((size[1], size[0], 3), np.uint8)\n"
        "    return VideoClip(frame, duration=duration)\n",
    )
    # Made one after another, the clip last: when it empties the cache, another segment is in there.
    scenes = [Composition(SIZE, 60, (mark(motion=rises(0, 60)),)), clip]
    first = render(plan(scenes[:1]), tmp_path)
    assert first.counts["rendered"] == 1
    picture = render(plan(scenes), tmp_path)
    assert (tmp_path / "done").exists()
    assert (picture.frames, picture.counts["rendered"]) == (90, 2)
    assert sha256(render(plan(scenes), tmp_path / "again").path) == sha256(picture.path)


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a folder in which not even root may write")
def test_a_cache_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "slugline.toml").write_text('name = "Studio"\n')
    (tmp_path / "cache").symlink_to("/sys/kernel")
    script = tmp_path / "script.md"
    script.write_text("---\ntitle: A film\n---\n\n```scene title\ntext: A film\n```\n\nThis is a film.\n")
    command = [sys.executable, "-m", "cli", "render", str(script), "-o", str(tmp_path / "film.mp4"), "--quiet"]
    child = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3])
    assert child.returncode == 1
    assert re.search(
        r"slugline: cannot use \S+: (operation not permitted|permission denied|read-only file system)", child.stderr
    )
    assert "Traceback" not in child.stderr
