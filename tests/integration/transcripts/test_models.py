"""A model that cannot be used, on the real loader: each says the three ways to get one."""

from pathlib import Path

import numpy as np
import pytest

from core.errors import BadInput, MissingPart
from transcripts.audio import RATE, write_wav
from transcripts.faster_whisper import FasterWhisper
from transcripts.models import THREE_WAYS, find_model

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("damage", ["cut in half", "no weights at all", "another kind of model"])
def test_a_damaged_folder(damage: str, recogniser: FasterWhisper, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for file in recogniser.model.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    weights = (folder / "model.bin").read_bytes()
    if damage == "cut in half":
        (folder / "model.bin").write_bytes(weights[: len(weights) // 2])
    elif damage == "no weights at all":
        (folder / "model.bin").write_bytes(b"<html>404</html>")
    else:
        (folder / "model.bin").write_bytes(weights.replace(b"WhisperSpec", b"WhisporSpec", 1))
    write_wav(tmp_path / "noise.wav", np.random.default_rng(1).normal(0, 3000, RATE).astype(np.int16))
    with (
        FasterWhisper(find_model(str(folder), tmp_path)) as whisper,
        pytest.raises(BadInput, match="cannot be loaded") as caught,
    ):
        whisper.recognise(tmp_path / "noise.wav", language="en")
    assert caught.value.hint == THREE_WAYS


def test_a_name_that_cannot_be_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(MissingPart, match="'small' could not be downloaded") as caught:
        find_model("small", tmp_path)
    assert caught.value.hint == THREE_WAYS
    with pytest.raises(MissingPart, match="no Whisper model is called 'smol'"):
        find_model("smol", tmp_path)
