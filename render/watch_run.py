"""`slugline storyboard --watch`: a board that is served, kept true to its script, and judged by every check beside."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from core.errors import SluglineError, WorkFailed
from core.findings import Finding
from render.check import check_script
from render.formats import Format
from render.videos import FindVideo
from render.watch import Artist, fault
from render.watch_board import Board
from render.watch_files import FileWatch
from render.watch_server import serving
from render.workers import Workers, open_workers
from script.reader import open_script


def watch_script(
    path: Path,
    studio: Path | None,
    *,
    port: int,
    shape: Format,
    find_video: FindVideo | None,
    ready: Callable[[str], None],
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Show the script's storyboard in a browser until Ctrl-C; `ready` is told its address as soon as it is served.

    Raises BadInput for a script that is not there, or a port that cannot be used.
    """
    if not path.is_file():
        open_script(path, studio)  # which says what is wrong
    board = Board(upright=shape == "9:16")
    artist = Artist(path, studio, board, shape=shape, find_video=find_video)
    files = FileWatch([path.parent, studio] if studio else [], alone=None if studio else path)
    with serving(board, port) as address, open_workers(1) as workers:
        judge = _Judge(workers, (path, studio, find_video, shape), artist.judge)
        ready(address)
        changed: set[Path] = set()
        while not stopped():
            artist.follow(changed, files.changed)
            judge.ask()
            changed = files.wait(stopped)


def _check(path: Path, studio: Path | None, find_video: FindVideo | None, shape: Format) -> list[Finding]:
    return check_script(path, studio, find_video=find_video, look=True, shape=shape)


class Tell(Protocol):
    """Takes what a check found, or why it failed."""

    def __call__(self, findings: Sequence[Finding], *, failed: bool) -> None:
        """Take it."""


class _Judge:
    """Checks the whole script in a process of its own, as often as it is asked; when asked while busy, once more afterwards."""

    def __init__(
        self,
        workers: Workers,
        job: tuple[Path, Path | None, FindVideo | None, Format],
        tell: Tell,
    ) -> None:
        self.workers, self.job, self.tell = workers, job, tell
        self._asked = threading.Event()
        threading.Thread(target=self._work, daemon=True).start()

    def ask(self) -> None:
        """Check again, as the files are now."""
        self._asked.set()

    def _work(self) -> None:
        # It ends with the workers: what they refuse after that concerns nobody.
        while not self.workers.closed:
            self._asked.wait()
            self._asked.clear()
            findings, failed = self._judged()
            if not (self._asked.is_set() or self.workers.closed):
                self.tell(findings, failed=failed)

    def _judged(self) -> tuple[list[Finding], bool]:
        """What a check finds, or why it failed."""
        try:
            [(_, findings)] = self.workers.map(_check, [self.job])
        except SluglineError as error:
            if isinstance(error, WorkFailed):
                self.workers.reopen()  # it may be that its process was killed
            return [Finding("check", "error", error.message, error.hint, error.place)], True
        except Exception as error:
            # The next one may go well, and the board must not say for ever that this one is going on.
            return [fault(error)], True
        return findings, False
