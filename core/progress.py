"""Progress on standard error: a bar with time left on a terminal, a line a step elsewhere, nothing when asked for silence."""

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


class Step(Protocol):
    """One piece of work under way."""

    def advance(self, amount: float = 1.0) -> None:
        """Say that `amount` of the total is done."""
        ...


class Reporter(Protocol):
    """Where work says how far it is."""

    def step(self, title: str, total: float) -> AbstractContextManager[Step]:
        """Open a step of `total` units; closing it marks it finished."""
        ...

    def note(self, text: str) -> None:
        """Say one thing that happened."""
        ...


class _SilentStep:
    def advance(self, amount: float = 1.0) -> None:
        pass


class Silent:
    """Says nothing: for tests and library use."""

    @contextmanager
    def step(self, title: str, total: float) -> Iterator[Step]:
        """A step nobody watches."""
        yield _SilentStep()

    def note(self, text: str) -> None:
        """Nothing."""


class _BarStep:
    def __init__(self, progress: Progress, task: int) -> None:
        self.progress, self.task = progress, task

    def advance(self, amount: float = 1.0) -> None:
        self.progress.advance(self.task, amount)  # type: ignore[arg-type]


class Terminal:
    """Writes to standard error: bars when it is a terminal, else one line when a step ends."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False)

    @contextmanager
    def step(self, title: str, total: float) -> Iterator[Step]:
        """A bar, or a line when it is done."""
        started = time.monotonic()
        if not sys.stderr.isatty():
            yield _SilentStep()
        else:
            columns = (
                TextColumn("  {task.description:<26}"),
                BarColumn(32),
                TimeElapsedColumn(),
                TextColumn("left"),
                TimeRemainingColumn(),
            )
            with Progress(*columns, console=self.console, transient=True) as progress:
                yield _BarStep(progress, progress.add_task(title, total=total))
        self.console.print(f"  {title:<26} {time.monotonic() - started:6.1f} s")

    def note(self, text: str) -> None:
        """A line of its own."""
        self.console.print(f"  {text}")
