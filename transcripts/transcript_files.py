"""What a transcript on disk says, whichever way it was written: subtitles, `transcribe`'s JSON, or text."""

from __future__ import annotations

import json
from pathlib import Path

from core.errors import BadInput, Place
from transcripts.lettering import plain
from transcripts.subtitle_files import read_subtitles


def read_transcript(path: Path) -> str:
    """The words of a transcript, as running text. Raises BadInput with the file as its place."""
    if not path.is_file():
        raise BadInput(f"{path.name} does not exist", hint="check the path", place=Place(str(path)))
    suffix = path.suffix.lower()
    if suffix not in (".txt", ".json"):
        return " ".join(plain(cue.text) for cue in read_subtitles(path).cues)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is not a text file in UTF-8", place=Place(str(path))) from error
    if suffix == ".txt":
        return text
    try:
        document = json.loads(text)
        if isinstance(document.get("text"), str):
            return str(document["text"])
        return " ".join(plain(" ".join(cue["lines"])) for cue in document["cues"])
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        hint = "give what `slugline transcribe --json` printed, or a subtitle file"
        raise BadInput(f"{path.name} holds no transcript", hint=hint, place=Place(str(path))) from error
