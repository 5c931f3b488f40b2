"""faster-whisper behind the recogniser port, in a child process that lives as long as the adapter is used."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from core.digest import digest, file_digest
from core.errors import BadInput, Place
from core.processes import failure, start
from transcripts.words import Transcript, Word

_SETTINGS = "batched 8, vad 500 ms, beam 5, quiet -55"
"""Names the child's parameters in cache keys: change it when they change."""


def find_device(wanted: str) -> str:
    """Where Whisper runs: `auto` is CUDA where there is one, else the CPU."""
    if wanted != "auto":
        return wanted
    import ctranslate2

    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


def compute_type(device: str) -> str:
    """CTranslate2's name of the arithmetic used there, which decides what is heard as much as the weights do."""
    return "int8" if device == "cpu" else "int8_float16"


class FasterWhisper:
    """Whisper by CTranslate2: int8 on the CPU, half precision activations on CUDA.

    `model` is a CTranslate2 folder, `device` `auto`, `cpu` or `cuda`. The child starts with the first recording and is kept
    for the next ones; `close` ends it, as does the end of this process.
    """

    def __init__(self, model: Path, device: str = "auto") -> None:
        self.model = model
        self.device = device
        self._child: subprocess.Popen[bytes] | None = None
        self._words_of_child: IO[bytes] | None = None
        self._lock = threading.Lock()

    @cached_property
    def identity(self) -> str:
        """Digest of weights, libraries' versions, arithmetic and parameters."""
        libraries = [version(name) for name in ("faster-whisper", "ctranslate2")]
        return digest(
            file_digest(self.model / "model.bin"), libraries, compute_type(find_device(self.device)), _SETTINGS
        )

    def recognise(
        self,
        audio: Path,
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        prompt: str = "",
        progress: Callable[[float], None] | None = None,
    ) -> Transcript:
        """The words of one file; see the port. Raises BadInput for the file, WorkFailed when the child dies."""
        job = {"audio": str(audio.resolve()), "language": language, "hotwords": list(hotwords), "prompt": prompt}
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

    def __enter__(self) -> "FasterWhisper":
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
                [sys.executable, "-m", "transcripts.whisper_child", self.model, self.device],
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
        for line in child.stdout:
            answer = json.loads(line)
            if "words" in answer:
                words += [Word(**facts) for facts in answer["words"]]
            elif "progress" in answer and progress:
                progress(answer["progress"])
            elif "done" in answer:
                return Transcript(answer["done"]["language"], answer["done"]["duration"], tuple(words))
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
