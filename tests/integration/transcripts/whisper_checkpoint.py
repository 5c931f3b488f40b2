"""OpenAI's form of packaged weights: the same tensors under their authors' names, so that openai-whisper can be run without a download.

CTranslate2 writes a model as version, name, revision and then its variables: name, shape, type, bytes (its `ModelSpec._serialize`). Weights
of eight bits carry a scale a row. Query, key and value are one matrix there and three here; keys have no bias in Whisper.
"""

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_TYPES = ("<f4", "<i1", "<i2", "<i4", "<f2")

HEADS = {"tiny.en": 6, "base": 8}
"""Attention heads, which no tensor's shape tells."""


def _text(stream: BinaryIO) -> str:
    (length,) = struct.unpack("<H", stream.read(2))
    return stream.read(length)[:-1].decode()


def _number(stream: BinaryIO) -> int:
    return int(struct.unpack("<I", stream.read(4))[0])


def read_variables(path: Path) -> dict[str, Floats]:
    """Every variable of a CTranslate2 model as float32, scales applied, aliases resolved."""
    raw: dict[str, NDArray[np.generic]] = {}
    with path.open("rb") as stream:
        assert _number(stream) >= 5, "the format of CTranslate2 2 and later"
        _text(stream)
        _number(stream)
        for _ in range(_number(stream)):
            name = _text(stream)
            shape = [_number(stream) for _ in range(stream.read(1)[0])]
            kind = _TYPES[stream.read(1)[0]]
            raw[name] = np.frombuffer(stream.read(_number(stream)), kind).reshape(shape)
        for _ in range(_number(stream)):
            alias, name = _text(stream), _text(stream)
            raw[alias] = raw[name]
            if f"{name}_scale" in raw:
                raw[f"{alias}_scale"] = raw[f"{name}_scale"]
    return {name: _plain(name, value, raw) for name, value in raw.items()}


def _plain(name: str, value: NDArray[np.generic], raw: dict[str, NDArray[np.generic]]) -> Floats:
    scale = raw.get(f"{name}_scale")
    out = value.astype(np.float32)
    return out if scale is None else out / scale.astype(np.float32).reshape(-1, *[1] * (out.ndim - 1))


def write_checkpoint(model: Path, target: Path, name: str) -> None:
    """Write the weights of a CTranslate2 folder as the `.pt` file that openai-whisper reads."""
    import torch

    found = read_variables(model / "model.bin")
    state = dict(_encoder(found)) | dict(_decoder(found))
    config = json.loads((model / "config.json").read_text())
    heads = HEADS[name]
    audio, text = state["encoder.positional_embedding"], state["decoder.positional_embedding"]
    dims = {
        "n_mels": state["encoder.conv1.weight"].shape[1],
        "n_audio_ctx": audio.shape[0],
        "n_audio_state": audio.shape[1],
        "n_audio_head": heads,
        "n_audio_layer": _layers(found, "encoder"),
        "n_vocab": state["decoder.token_embedding.weight"].shape[0],
        "n_text_ctx": text.shape[0],
        "n_text_state": text.shape[1],
        "n_text_head": heads,
        "n_text_layer": _layers(found, "decoder"),
    }
    assert config["alignment_heads"], "the packaged models name theirs"
    tensors = {key: torch.from_numpy(np.ascontiguousarray(value)) for key, value in state.items()}
    torch.save({"dims": dims, "model_state_dict": tensors}, target)


def _layers(found: dict[str, Floats], side: str) -> int:
    return len(
        {key.split("/")[1] for key in found if key.startswith(f"{side}/layer_") and "/layer_norm" not in key[:20]}
    )


def _norm(found: dict[str, Floats], ours: str, theirs: str) -> Iterator[tuple[str, Floats]]:
    yield f"{theirs}.weight", found[f"{ours}/gamma"]
    yield f"{theirs}.bias", found[f"{ours}/beta"]


def _linear(found: dict[str, Floats], ours: str, *theirs: str) -> Iterator[tuple[str, Floats]]:
    """One matrix as several, of equal height; keys without their bias, which is zero."""
    weights = np.split(found[f"{ours}/weight"], len(theirs))
    biases = np.split(found[f"{ours}/bias"], len(theirs))
    for name, weight, bias in zip(theirs, weights, biases, strict=True):
        yield f"{name}.weight", weight
        if name.endswith(".key"):
            assert not bias.any()
        else:
            yield f"{name}.bias", bias


def _block(found: dict[str, Floats], side: str, number: int) -> Iterator[tuple[str, Floats]]:
    ours, theirs = f"{side}/layer_{number}", f"{side}.blocks.{number}"
    attention = f"{theirs}.attn"
    yield from _norm(found, f"{ours}/self_attention/layer_norm", f"{theirs}.attn_ln")
    names = [f"{attention}.{part}" for part in ("query", "key", "value")]
    yield from _linear(found, f"{ours}/self_attention/linear_0", *names)
    yield from _linear(found, f"{ours}/self_attention/linear_1", f"{attention}.out")
    if side == "decoder":
        cross = f"{theirs}.cross_attn"
        yield from _norm(found, f"{ours}/attention/layer_norm", f"{theirs}.cross_attn_ln")
        yield from _linear(found, f"{ours}/attention/linear_0", f"{cross}.query")
        yield from _linear(found, f"{ours}/attention/linear_1", f"{cross}.key", f"{cross}.value")
        yield from _linear(found, f"{ours}/attention/linear_2", f"{cross}.out")
    yield from _norm(found, f"{ours}/ffn/layer_norm", f"{theirs}.mlp_ln")
    yield from _linear(found, f"{ours}/ffn/linear_0", f"{theirs}.mlp.0")
    yield from _linear(found, f"{ours}/ffn/linear_1", f"{theirs}.mlp.2")


def _encoder(found: dict[str, Floats]) -> Iterator[tuple[str, Floats]]:
    for name in ("conv1", "conv2"):
        yield f"encoder.{name}.weight", found[f"encoder/{name}/weight"]
        yield f"encoder.{name}.bias", found[f"encoder/{name}/bias"]
    yield "encoder.positional_embedding", found["encoder/position_encodings/encodings"]
    for number in range(_layers(found, "encoder")):
        yield from _block(found, "encoder", number)
    yield from _norm(found, "encoder/layer_norm", "encoder.ln_post")


def _decoder(found: dict[str, Floats]) -> Iterator[tuple[str, Floats]]:
    yield "decoder.token_embedding.weight", found["decoder/embeddings/weight"]
    yield "decoder.positional_embedding", found["decoder/position_encodings/encodings"]
    for number in range(_layers(found, "decoder")):
        yield from _block(found, "decoder", number)
    yield from _norm(found, "decoder/layer_norm", "decoder.ln")
