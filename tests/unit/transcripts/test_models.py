import hashlib
import sys
from pathlib import Path

import pytest

from core.errors import MissingPart
from transcripts import models
from transcripts.faster_whisper import FasterWhisper
from transcripts.models import PACKAGED, Weights, find_model


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A weights package of two pieces on the path, and nothing else known."""
    package = tmp_path / "site" / "slugline_test_weights"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    pieces = {"model.bin.1": b"first ", "model.bin.2": b"second", "config.json": b"{}"}
    for name, body in pieces.items():
        (package / name).write_bytes(body)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.setattr(
        models,
        "PACKAGED",
        (
            Weights(
                "test",
                {
                    "model.bin": hashlib.sha256(b"first second").hexdigest(),
                    "config.json": hashlib.sha256(b"{}").hexdigest(),
                },
                {
                    "model.bin": ((package.name, "model.bin.1"), (package.name, "model.bin.2")),
                    "config.json": ((package.name, "config.json"),),
                },
            ),
        ),
    )
    return package


@pytest.mark.parametrize("name", ["", "test"])
def test_packaged_weights_are_put_together_once(packaged: Path, tmp_path: Path, name: str) -> None:
    folder = find_model(name, tmp_path / "cache")
    assert (folder / "model.bin").read_bytes() == b"first second"
    made = (folder / "model.bin").stat().st_mtime_ns
    assert find_model(name, tmp_path / "cache") == folder
    assert (folder / "model.bin").stat().st_mtime_ns == made


def test_a_touched_file_is_made_again(packaged: Path, tmp_path: Path) -> None:
    folder = find_model("", tmp_path)
    (folder / "model.bin").write_bytes(b"tampered with")
    assert (find_model("", tmp_path) / "model.bin").read_bytes() == b"first second"


def test_other_weights_under_the_same_name_are_refused(packaged: Path, tmp_path: Path) -> None:
    (packaged / "model.bin.2").write_bytes(b"third")
    with pytest.raises(MissingPart, match=r"not the ones we know: model\.bin"):
        find_model("", tmp_path)
    assert not list(tmp_path.glob("models/**/model*"))


def test_a_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match=r"no model\.bin"):
        find_model(str(tmp_path), tmp_path)
    (tmp_path / "model.bin").touch()
    (tmp_path / "config.json").touch()
    assert find_model(str(tmp_path), tmp_path) == tmp_path


@pytest.mark.parametrize("name", ["", "enormous-v9", "/no/such/folder", "../other place"])
def test_a_missing_model_says_the_three_ways(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "PACKAGED", ())
    with pytest.raises(MissingPart) as caught:
        find_model(name, tmp_path)
    for way in ("slugline[offline]", "path", "downloaded"):
        assert way in caught.value.hint


def test_the_pinned_packages_name_every_file() -> None:
    for weights in PACKAGED:
        assert (
            set(weights.files)
            == set(weights.pieces)
            == {"model.bin", "config.json", "tokenizer.json", "vocabulary.txt"}
        )
        assert all(len(digest) == 64 for digest in weights.files.values())


def test_nothing_heavy_is_imported_at_once() -> None:
    import subprocess

    heavy = "import sys, jobs.transcribe_command; print([m for m in ('av', 'faster_whisper', 'numpy', 'rapidfuzz') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_words_are_kept_by_all_that_hears_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.bin").write_bytes(b"weights")
    on_cpu = FasterWhisper(tmp_path, "cpu").identity
    assert FasterWhisper(tmp_path, "cpu").identity == on_cpu
    assert FasterWhisper(tmp_path, "cuda").identity != on_cpu, "half precision hears other words than int8"
    monkeypatch.setattr("transcripts.faster_whisper.version", lambda name: f"{name} of tomorrow")
    assert FasterWhisper(tmp_path, "cpu").identity != on_cpu
