"""Recognised words and alignments kept by what they were made from, so that a killed run goes on and a second one is instant."""

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core.cache import touch
from core.digest import digest
from core.files import write_text
from transcripts.align import ALIGN_VERSION, align
from transcripts.audio import Stretch, stretches, write_wav
from transcripts.evidence import Evidence, joined
from transcripts.recogniser import Recogniser
from transcripts.tokens import Token
from transcripts.words import Alignment, Transcript, Word


def recognise_cached(
    recogniser: Recogniser,
    audio: Path,
    cache: Path,
    *,
    language: str | None,
    hotwords: Sequence[str] = (),
    translate: bool = False,
    progress: Callable[[float], None] | None = None,
) -> Transcript:
    """The words of a recording of any length, at most one stretch of it in memory.

    Each stretch is kept under `cache` by the digest of its PCM, of the recogniser and of the parameters, so that neither the
    file's name nor its container matters. The language, when not given, is the first stretch's in which speech was heard.
    Raises what `Recogniser.recognise` raises.
    """
    words: list[Word] = []
    evidence: list[Evidence] = []
    seconds = 0.0
    for stretch in stretches(audio):
        key = digest(stretch.digest, recogniser.identity, language, list(hotwords), translate)
        kept = cache / "words" / key[:2] / f"{key}.json"
        heard = _read(kept) if kept.is_file() else None
        touch(kept.parent)
        if heard is None:
            asked = _Asked(language, tuple(hotwords), translate)
            heard = _recognise(recogniser, stretch, asked, progress)
            write_text(kept, json.dumps(_kept(heard)))
            # As a second run will have it, to the last digit: what is made from these words is found by them.
            heard = _read(kept) or heard
        language = language or (heard.language if heard.words else None)
        words += [_moved(word, stretch.start) for word in heard.words]
        evidence.append(heard.evidence.moved(stretch.start))
        seconds = stretch.start + stretch.seconds
        if progress:
            progress(seconds)
    return Transcript(language or "", seconds, tuple(words), joined(evidence))


@dataclass(frozen=True)
class _Asked:
    language: str | None
    hotwords: tuple[str, ...]
    translate: bool


def _recognise(
    recogniser: Recogniser, stretch: Stretch, asked: _Asked, progress: Callable[[float], None] | None
) -> Transcript:
    with tempfile.TemporaryDirectory(prefix="slugline-") as folder:
        piece = Path(folder) / "stretch.wav"
        write_wav(piece, stretch.samples)
        moved = (lambda done: progress(stretch.start + done)) if progress else None
        return recogniser.recognise(
            piece, language=asked.language, hotwords=asked.hotwords, translate=asked.translate, progress=moved
        )


def _kept(heard: Transcript) -> dict[str, Any]:
    words = [_plain(word) for word in heard.words]
    return {"language": heard.language, "words": words, "evidence": heard.evidence.to_json()}


def _plain(word: Word) -> dict[str, Any]:
    return {"text": word.text, "start": word.start, "end": word.end, "probability": round(word.probability, 4)}


def _moved(word: Word, by: float) -> Word:
    assert word.start is not None
    assert word.end is not None
    return replace(word, start=round(word.start + by, 3), end=round(word.end + by, 3))


def _read(kept: Path) -> Transcript | None:
    """A kept stretch; None when the file is not what we wrote, in which case it is made again."""
    try:
        facts = json.loads(kept.read_text(encoding="utf-8"))
        words = tuple(Word(**word) for word in facts["words"])
        return Transcript(facts["language"], 0.0, words, Evidence.from_json(facts["evidence"]))
    except (ValueError, KeyError, TypeError):
        return None


def align_cached(
    heard: Transcript, tokens: Sequence[Token], audio: Path, sound: str, cache: Path, *, verbatim: bool = False
) -> Alignment:
    """`align` with the sound, kept under `cache`; `sound` is the digest of the audio's samples. Raises what `align` raises."""
    texts = [token.text for token in tokens]
    key = digest(ALIGN_VERSION, heard.language, heard.duration, heard.words, texts, sound, verbatim)
    kept = cache / "alignments" / key[:2] / f"{key}.json"
    try:
        facts = json.loads(kept.read_text(encoding="utf-8"))
        touch(kept.parent)
        words = tuple(Word(**word) for word in facts["words"])
        return Alignment(words, *(tuple(facts[name]) for name in ("unspoken", "ad_libbed", "notes")))
    except (OSError, ValueError, KeyError, TypeError):
        made = align(heard, tokens, audio, verbatim=verbatim)
        write_text(kept, json.dumps(asdict(made)))
        return made
