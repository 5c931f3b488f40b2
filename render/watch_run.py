"""`slugline storyboard --watch`: a board that is served, kept true to its script, and judged by every check beside."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from core.errors import SluglineError
from core.findings import Finding
from render.check import check_script
from render.formats import Format
from render.videos import FindVideo
from render.watch import Artist
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
    files = FileWatch([path.parent, *([studio] if studio else [])])
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


class _Judge:
    """Checks the whole script in a process of its own, as often as it is asked; when asked while busy, once more afterwards."""

    def __init__(
        self,
        workers: Workers,
        job: tuple[Path, Path | None, FindVideo | None, Format],
        tell: Callable[[list[Finding]], None],
    ) -> None:
        self.workers, self.job, self.tell = workers, job, tell
        self._asked = threading.Event()
        threading.Thread(target=self._work, daemon=True).start()

    def ask(self) -> None:
        """Check again, as the files are now."""
        self._asked.set()

    def _work(self) -> None:
        # It ends with the workers: what they refuse after that concerns nobody.
        with suppress(RuntimeError):
            while True:
                self._asked.wait()
                self._asked.clear()
                try:
                    [(_, findings)] = self.workers.map(_check, [self.job])
                except SluglineError as error:
                    findings = [Finding("check", "error", error.message, error.hint, error.place)]
                if not self._asked.is_set():
                    self.tell(findings)
