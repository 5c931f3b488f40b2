"""Speech by a voice that nothing was tuned on, whose word times are known: espeak-ng tells when it begins every word and phoneme.

    python benchmarks/held_out_voice.py TEXT.txt SPEECH.wav TRUTH.json [PACE [VOICE]]

Input and output are those of `spoken_truth.py`. A formant synthesiser is as unlike the scratch voice as a voice can be. A
program of its own, because its library is under the GPL and stays in a process apart.
"""

import ctypes
import json
import re
import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_RETRIEVAL, _PHONEME_EVENTS = 2, 1
_UTF8, _END_PAUSE, _BY_CHARACTER = 1, 0x1000, 1
_LIST_END, _WORD, _PHONEME = 0, 1, 7
_RATE_SETTING, _USUAL_RATE = 1, 160


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


@dataclass(frozen=True)
class Mark:
    """Something the voice begins: a word, a phoneme or a pause (`kind`), at `place` in the text, in seconds."""

    kind: str
    place: int
    seconds: float


def synthesise(text: str, pace: float, voice: str = "en-us") -> tuple[bytes, int, list[Mark]]:
    """Samples (int16), their rate, and the voice's own marks in order. `pace` 1.2 is a fifth slower; `voice` such as `de` or `fr`."""
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    data = str(espeakng_loader.get_data_path()).encode()
    rate = library.espeak_Initialize(_RETRIEVAL, 0, data, _PHONEME_EVENTS)
    samples, marks = bytearray(), list[Mark]()

    def receive(wave_data: Any, count: int, events: Any) -> int:
        if count > 0:
            samples.extend(ctypes.string_at(wave_data, count * 2))
        at = 0
        while events[at].type != _LIST_END:
            event = events[at]
            at += 1
            if event.type == _WORD:
                marks.append(Mark("word", event.text_position - 1, event.sample / rate))
            elif event.type == _PHONEME:
                silent = event.id.string.startswith(b"_")
                marks.append(Mark("pause" if silent else "sound", event.text_position - 1, event.sample / rate))
        return 0

    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))(
        receive
    )
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(voice.encode()):
        raise SystemExit(f"espeak-ng has no voice {voice}")
    library.espeak_SetParameter(_RATE_SETTING, round(_USUAL_RATE / pace), 0)
    body = text.encode()
    size = ctypes.c_size_t(len(body) + 1)
    library.espeak_Synth(body, size, 0, _BY_CHARACTER, 0, _UTF8 | _END_PAUSE, None, None)
    library.espeak_Synchronize()
    return bytes(samples), rate, marks


def word_times(text: str, marks: list[Mark], seconds: float) -> list[dict[str, Any]]:
    """Start and end of every word; null where the voice runs two words together, as in "of the"."""
    spans = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    spoken = [match for match in spans if any(mark.isalnum() for mark in text[slice(*match)])]
    begins: dict[int, float] = {}
    for mark in marks:
        owner = next((index for index, (start, end) in enumerate(spoken) if start <= mark.place < end), None)
        if mark.kind == "word" and owner is not None:
            begins.setdefault(owner, mark.seconds)
    stops = sorted([mark.seconds for mark in marks if mark.kind == "pause"] + [seconds])
    out: list[dict[str, Any]] = []
    for index, (start, end) in enumerate(spoken):
        begin, after = begins.get(index), begins.get(index + 1)
        until = None
        if begin is not None and (after is not None or index + 1 == len(spoken)):
            until = min([at for at in stops if at > begin] + ([after] if after is not None else []))
        out.append({"word": text[start:end], "start": begin, "end": until})
    return out


def main() -> None:
    """Read the text, write the speech and its truth."""
    text, speech, answer = (Path(argument) for argument in sys.argv[1:4])
    words = text.read_text(encoding="utf-8")
    pace = float(sys.argv[4]) if len(sys.argv) > 4 else 1.0
    samples, rate, marks = synthesise(words, pace, *sys.argv[5:6])
    with wave.open(str(speech), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples)
    answer.write_text(json.dumps(word_times(words, marks, len(samples) / 2 / rate)))


if __name__ == "__main__":
    main()
