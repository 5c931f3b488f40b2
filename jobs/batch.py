"""Many recordings transcribed one after another: what is done is skipped, what fails does not stop the rest."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.digest import digest
from core.errors import BadInput, Place, SluglineError, WorkFailed
from core.locks import in_turn
from core.settings import Settings
from transcripts.formats.registry import SUFFIXES, find_format
from transcripts.outputs import Recording, is_media, plan_outputs
from transcripts.transcribe import Result, Transcriber, write_result


@dataclass(frozen=True)
class Task:
    """A recording to transcribe. `source` is what it is called to the reader: its path, or the slug of its video.

    `done` says why nothing is to be done, or nothing; `keep` stores the result and says where. Both may be asked again.
    """

    source: str
    media: Path
    done: Callable[[], str] | None = None
    keep: Callable[[Result], str] | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a task: a result and where it was kept, or why it was skipped, or what went wrong.

    Of a `silent` one, in which nobody speaks, nothing is kept.
    """

    task: Task
    result: Result | None = None
    kept: str = ""
    skipped: str = ""
    silent: bool = False
    error: SluglineError | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's shape of one of several."""
        out: dict[str, Any] = {"source": self.task.source}
        if self.error:
            return out | self.error.to_json()
        if self.result is None:
            return out | {"skipped": self.skipped}
        return out | self.result.to_json() | ({"kept": self.kept} if self.kept else {})


def find_recordings(paths: Sequence[Path]) -> list[Recording]:
    """The files named, and every recording in the folders named, each once. Raises BadInput for a folder without any."""
    found: dict[Path, Recording] = {}
    for path in paths:
        inside = [Recording(path, Path(path.name))]
        if path.is_dir():
            inside = [Recording(file, file.relative_to(path)) for file in _media_below(path)]
            if not inside:
                raise BadInput(
                    f"no recordings in {path}", hint="name a folder of videos or sound files", place=Place(str(path))
                )
        for recording in inside:
            found.setdefault(Path(recording.path).resolve(), recording)
    return list(found.values())


def _media_below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place) / name for name in sorted(files) if is_media(name))


def file_tasks(recordings: Sequence[Recording], folder: Path | None, form: str) -> list[Task]:
    """Tasks that write into a folder, in the format `form`; without a folder nothing is written, and nothing is ever done."""
    if folder is None:
        return [Task(str(recording.path), Path(recording.path)) for recording in recordings]
    if folder.suffix.lower() in SUFFIXES and not folder.exists():
        hint = f"for several recordings -o names a folder: -o {folder.with_suffix('')} --to {find_format(folder.suffix).name}"
        raise BadInput(f"{folder.name} is a file's name", hint=hint, place=Place(str(folder)))
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file", hint="for several recordings -o names a folder", place=Place(str(folder)))
    names = plan_outputs(recordings, f".{form}")
    pairs = zip(recordings, names, strict=True)
    return [_file_task(Path(recording.path), folder / name, form) for recording, name in pairs]


def _file_task(media: Path, target: Path, form: str) -> Task:
    def done() -> str:
        fresh = target.is_file() and media.is_file() and target.stat().st_mtime >= media.stat().st_mtime
        return f"{target} is there already" if fresh else ""

    def keep(result: Result) -> str:
        write_result(result, target, form)
        return str(target)

    return Task(str(media), media, done, keep)


def run_batch(tasks: Sequence[Task], transcriber: Transcriber, settings: Settings, *, again: bool) -> Iterator[Outcome]:
    """Do one task after another, and say what became of each. Two batches at once share the work: each waits for the other's recording.

    Ctrl-C ends it between two writes: what is kept is whole, and the next run goes on from there.
    """
    for task in tasks:
        try:
            lock = settings.cache / "locks" / f"transcribe-{digest(str(task.media.resolve()))[:16]}.lock"
            with in_turn(lock):
                yield _do(task, transcriber, again=again)
        except OSError as error:
            what = (error.strerror or str(error)).lower()
            named = error.filename or task.source
            yield Outcome(
                task, error=WorkFailed(f"cannot use {named}: {what}", hint="choose another place to write to")
            )
        except SluglineError as error:
            yield Outcome(task, error=error)


def _do(task: Task, transcriber: Transcriber, *, again: bool) -> Outcome:
    skipped = "" if again or task.done is None else task.done()
    if skipped:
        return Outcome(task, skipped=skipped)
    result = transcriber.transcribe(task.media)
    if not result.text:
        return Outcome(task, result, silent=True)
    wrong = next((finding for finding in result.findings if finding.severity == "error"), None)
    if wrong:
        raise WorkFailed(wrong.message, hint=wrong.hint)
    return Outcome(task, result, task.keep(result) if task.keep else "")


def counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many were done, held no speech, were skipped and failed."""
    failed = sum(outcome.error is not None for outcome in outcomes)
    skipped = sum(bool(outcome.skipped) for outcome in outcomes)
    silent = sum(outcome.silent for outcome in outcomes)
    done = len(outcomes) - failed - skipped - silent
    return {"done": done, "silent": silent, "skipped": skipped, "failed": failed}
