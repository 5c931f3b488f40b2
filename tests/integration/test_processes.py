"""Children die with their parent, and a failed child can be read."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.errors import WorkFailed
from core.processes import run

PARENT = """
import sys, threading, time
from core.processes import start
child = []
thread = threading.Thread(target=lambda: child.append(start(["sleep", "60"])))
thread.start(); thread.join()          # the thread that asked is gone; the child must live on
time.sleep(0.3)
print(child[0].pid, child[0].poll(), flush=True)
time.sleep(60)
"""


def _alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1]
    except FileNotFoundError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_a_child_outlives_the_asking_thread_but_not_the_process() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
    assert parent.stdout
    pid, state = parent.stdout.readline().split()
    assert state == "None"
    assert _alive(int(pid))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 5
    while _alive(int(pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _alive(int(pid))


def test_a_failed_child_says_why() -> None:
    with pytest.raises(WorkFailed, match="could not count sheep: no sheep here"):
        run([sys.executable, "-c", "import sys; sys.exit('no sheep here')"], what="count sheep")


def test_a_killed_child_is_named_as_such() -> None:
    with pytest.raises(WorkFailed, match="SIGKILL"):
        run([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"], what="count sheep")


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(WorkFailed, match="could not start no-such-program"):
        run(["no-such-program"], what="try")
