"""The errors a person is meant to read.

    SluglineError                exit code
    ├── BadInput        2        a file, an argument or a script is wrong; `place` says where
    │   └── MissingPart 2        a model, voice or program that this command needs is not installed
    ├── WorkFailed      1        the work could not be finished: an encoder died, a check failed
    │   ├── NoSpace     1        the disk is full
    │   └── Busy        1        another run holds what this one needs
    └── Interrupted   130        Ctrl-C

Only `cli.py` and the web app turn these into text. `message` says what is wrong, `hint` what to do next.
"""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where in a file: lines and columns count from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """`script.md:14:9`, as editors and compilers write it."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


class SluglineError(Exception):
    """Anything expected to go wrong, said for the person who reads it."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.place = place

    def __str__(self) -> str:
        """Message, place and hint in one line."""
        where = f" ({self.place})" if self.place else ""
        return f"{self.message}{where}" + (f"; {self.hint}" if self.hint else "")

    def under(self, name: str) -> str:
        """Message and hint where they stand after the name or path of the file: the name is not said twice."""
        said = self.message.removeprefix(f"{PurePath(name).name} ")
        return f"{name}: {said}" + (f"; {self.hint}" if self.hint else "")

    def to_json(self) -> dict[str, Any]:
        """The contract's `{"error": …}` document."""
        error: dict[str, Any] = {"message": self.message, "hint": self.hint}
        if self.place:
            error["file"] = self.place.file
            if self.place.line is not None:
                error["line"] = self.place.line
            if self.place.column is not None:
                error["column"] = self.place.column
        return {"error": error}


class BadInput(SluglineError):
    """A file, an argument or a script is wrong."""

    exit_code = 2


class MissingPart(BadInput):
    """A model, voice or program that this command needs is not installed."""


class WorkFailed(SluglineError):
    """The work could not be finished."""


class NoSpace(WorkFailed):
    """The disk is full."""


class Busy(WorkFailed):
    """Another run holds what this one needs."""


class Interrupted(SluglineError):
    """Stopped by the person who started it."""

    exit_code = 130
