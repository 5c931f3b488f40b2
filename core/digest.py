"""Content addresses: one digest for anything that JSON can say, and for files."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any


def _plain(thing: Any) -> Any:
    """Reduce dataclasses, fractions, tuples, sets and enums to JSON; a class's name is part of its address."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return {"": type(thing).__name__} | {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(key): _plain(value) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [_plain(item) for item in thing]
    if isinstance(thing, (set, frozenset)):
        return sorted(_plain(item) for item in thing)
    if isinstance(thing, Fraction):
        return f"{thing.numerator}/{thing.denominator}"
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, Path):
        return thing.as_posix()
    if isinstance(thing, bytes):
        return hashlib.sha256(thing).hexdigest()
    return thing


def digest(*parts: Any) -> str:
    """SHA-256, in hex, of the parts' canonical JSON. Raises TypeError for what has no canonical form."""
    text = json.dumps([_plain(part) for part in parts], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256, in hex, of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
