"""Captions between the editor and the program: cues from JSON, checked for their shape, and what a page shows of a version."""

import io
import json
from collections.abc import Sequence
from typing import Any

from catalogue.views import DoubtfulWord, TrackVersion
from core.errors import BadInput
from transcripts.difference import Difference, compare
from transcripts.formats import cue_list
from transcripts.subtitles import Subtitles
from transcripts.words import Cue

_MISSHAPEN = "these are not captions as the editor sends them"


def read_document(body: bytes) -> dict[str, Any]:
    """The JSON object in a request. Raises BadInput."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput(_MISSHAPEN, hint="reload the page; what you typed is kept in your browser") from error
    if not isinstance(document, dict):
        raise BadInput(_MISSHAPEN)
    return document


def read_cues(body: bytes) -> tuple[Cue, ...]:
    """The cues of a request, in the shape of a subtitle file in JSON. Raises BadInput; what they say is the catalogue's to check."""
    return cue_list.read(io.StringIO(body.decode(errors="replace"))).cues


def read_text(document: dict[str, Any], name: str) -> str:
    """A string of a request, empty when it is not there. Raises BadInput for anything else."""
    value = document.get(name, "")
    if not isinstance(value, str):
        raise BadInput(_MISSHAPEN)
    return value


def read_number(document: dict[str, Any], name: str) -> int:
    """A version's number. Raises BadInput when it is missing or none."""
    value = document.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise BadInput(_MISSHAPEN)
    return value


def version_json(version: TrackVersion) -> dict[str, Any]:
    """A version in the list of versions."""
    return {
        "version": version.version,
        "edited_by": version.edited_by,
        "created": version.created.isoformat(),
        "current": version.current,
        "made_from": version.made_from,
        "note": version.note,
        "cues": version.cues,
    }


def changes_json(before: Sequence[Cue], after: Sequence[Cue]) -> dict[str, Any]:
    """What changed, as `subtitles diff` says it; a cue whose words stayed comes with them, for a page that has no file beside it."""
    difference = compare(Subtitles(tuple(before)), Subtitles(tuple(after)))
    changes = []
    for change in difference.changes:
        cue = after[change.after - 1] if change.after else before[(change.before or 1) - 1]
        changes.append({"words": [["same", cue.text]], **change.to_json()})
    return {"shift": difference.shift, **_counts(difference), "changes": changes}


def _counts(difference: Difference) -> dict[str, int]:
    document = difference.to_json()
    return {name: document[name] for name in ("words", "moved", "added", "removed")}


def doubt_json(doubt: DoubtfulWord) -> dict[str, Any]:
    """A word of which the machine was not sure."""
    return {
        "text": doubt.text,
        "start": doubt.start,
        "end": doubt.end,
        "origin": doubt.origin,
        "probability": doubt.probability,
    }
