"""A recogniser in a process of its own, which lives as long as the adapter is used."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self

from core.errors import BadInput, Place
from core.processes import failure, start
from transcripts.evidence import Evidence, joined
from transcripts.words import Transcript, Word


class WhisperProcess:
    """The parent's side of `transcripts.whisper_child`, for the adapters to build on.

    `engine` and `options` say what the child loads. It starts with the first recording and is kept for the next ones; `close`
    ends it, as does the end of this process.
    """

    def __init__(self, engine: str, options: dict[str, Any]) -> None:
        self.engine = engine
        self.options = options
        self._child: subprocess.Popen[bytes] | None = None
        self._words_of_child: IO[bytes] | None = None
        self._lock = threading.Lock()

    @property
    def identity(self) -> str:
        """Digest of everything that decides what is heard besides the audio."""
        raise NotImplementedError

    def recognise(
        self,
        audio: Path,
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        prompt: str = "",
        translate: bool = False,
        progress: Callable[[float], None] | None = None,
    ) -> Transcript:
        """The words of one file; see the port. Raises BadInput for the file, WorkFailed when the child dies."""
        job = {
            "audio": str(audio.resolve()),
            "language": language,
            "hotwords": list(hotwords),
            "prompt": prompt,
            "translate": translate,
        }
        with self._lock:
            try:
                return self._ask(job, audio, progress)
            except BadInput:
                raise
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """End the child, whatever it is doing."""
        child, self._child = self._child, None
        if child:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    with suppress(BrokenPipeError):  # what a dead child was still to be told
                        pipe.close()
        if self._words_of_child:
            self._words_of_child.close()
            self._words_of_child = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child and self._child.poll() is not None:
            self.close()
        if self._child is None:
            # A file and not a pipe: a talkative library cannot block on it, and its last words can be read after its death.
            self._words_of_child = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
            self._child = start(
                [sys.executable, "-m", "transcripts.whisper_child", self.engine, json.dumps(self.options)],
                stdin=subprocess.PIPE,
                stderr=self._words_of_child,
            )
        return self._child

    def _ask(self, job: dict[str, Any], audio: Path, progress: Callable[[float], None] | None) -> Transcript:
        child = self._running()
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(json.dumps(job).encode() + b"\n")
            child.stdin.flush()
        except BrokenPipeError:
            raise self._death(child, audio) from None
        words: list[Word] = []
        evidence: list[Evidence] = []
        for line in child.stdout:
            answer = json.loads(line)
            if "words" in answer:
                words += [Word(**facts) for facts in answer["words"]]
                evidence.append(Evidence.from_json(answer["evidence"]))
            elif "progress" in answer and progress:
                progress(answer["progress"])
            elif "done" in answer:
                done = answer["done"]
                return Transcript(done["language"], done["duration"], tuple(words), joined(evidence))
            elif "error" in answer:
                said = answer["error"]
                raise BadInput(said["message"], hint=said["hint"], place=Place(said["file"]) if said["file"] else None)
        raise self._death(child, audio)

    def _death(self, child: subprocess.Popen[bytes], audio: Path) -> Exception:
        code = child.wait()
        last = b""
        if self._words_of_child:
            self._words_of_child.seek(0)
            last = self._words_of_child.read()
        return failure(f"recognise the speech in {audio.name}", code or 1, last)
