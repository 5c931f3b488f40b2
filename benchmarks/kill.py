"""kill −9 inside `produce`, again and again: afterwards database and bytes equal those of an uninterrupted run.

    python benchmarks/kill.py --kills 50

A small script is produced once, undisturbed, in one studio; then, for every kill, in a fresh studio, where the process is
killed at a random instant of its run and the command is given again. Prints what was compared; exits 1 on a difference.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCRIPT = """\
---
title: Two seas
slug: two-seas
worldview: german
---

```scene title
text: Two seas
```

Two seas meet here.

# The map

```scene map
focus: [EGY]
highlight: {EGY: accent}
places: [{name: Suez, at: "Suez"}]
source: Natural Earth
```

The town of Suez stands between them.
"""
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(?:\+00:00|Z)?|\b1[6-9]\d{8}\.\d+\b")
"""Moments as the tables hold them: ISO 8601, or seconds since 1970."""


def make_studio(folder: Path) -> Path:
    """A studio with the small script; gives the script."""
    script = folder / "scripts/two-seas/script.md"
    script.parent.mkdir(parents=True)
    (folder / "slugline.toml").write_text('name = "Kill"\nrenditions = [360]\n')
    script.write_text(SCRIPT)
    return script


def start(script: Path) -> subprocess.Popen[bytes]:
    """Produce and publish the script in a process of its own."""
    words = [
        sys.executable,
        "-m",
        "cli",
        "produce",
        str(script),
        "--publish",
        "now",
        "--accept",
        "scratch-voice",
        "--quiet",
        "--json",
    ]
    root = Path(__file__).resolve().parent.parent
    return subprocess.Popen(words, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def state_of(studio: Path) -> dict[str, str]:
    """Every row of every table but for the times in it, and the digest of every finished file."""
    state: dict[str, str] = {}
    connection = sqlite3.connect(studio / "slugline.db")
    tables = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    for table in tables:
        cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the schema itself
        rows = sorted(TIME.sub("TIME", repr(row)) for row in cursor)
        state[f"table {table}"] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    connection.close()
    for path in sorted((studio / "media").rglob("*")):
        if path.is_file():
            state[str(path.relative_to(studio))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return state


def leftovers(studio: Path) -> list[str]:
    """Half-written files: none may stand among the finished ones."""
    return [str(path) for path in (studio / "media").rglob(".*")]


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="slugline-kill-") as name:
        root = Path(name)
        script = make_studio(root / "whole")
        began = time.monotonic()
        child = start(script)
        _, err = child.communicate()
        if child.returncode:
            sys.stderr.write(err.decode())
            return 1
        whole_seconds = time.monotonic() - began
        wanted = state_of(root / "whole")
        print(f"an uninterrupted run takes {whole_seconds:.1f} s and leaves {len(wanted)} tables and files")
        for number in range(options.kills):
            studio = root / f"killed-{number}"
            script = make_studio(studio)
            moment = chance.uniform(0.05, 1.0) * whole_seconds
            child = start(script)
            time.sleep(moment)
            over = child.poll() is not None
            child.send_signal(signal.SIGKILL)
            child.communicate()
            again = start(script)
            _, err = again.communicate()
            got = state_of(studio) if again.returncode == 0 else {}
            different = sorted(
                key for key in wanted.keys() | got.keys() if wanted.get(key) != got.get(key)
            ) + leftovers(studio)
            wrong += bool(different)
            verdict = "equal" if not different else f"DIFFERENT: {', '.join(different)} {err.decode()}"
            print(f"kill {number + 1:2} at {moment:5.1f} s{' (run was over)' if over else ''}: {verdict}", flush=True)
            shutil.rmtree(studio)
    print(f"{options.kills - wrong} of {options.kills} equal")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
