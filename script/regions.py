"""Named parts of a picture, in `assets.toml`: `regions = {face = {x = 0.4, y = 0.3, width = 0.25}}`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from core.findings import Finding
from script.facts import place_of_table

REGIONS = "regions"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PARTS = ("x", "y", "width")

Regions = dict[str, tuple[float, float, float]]
"""By name: the centre from the left and from the top, and the width, in fractions of the picture."""


def read_regions(file: Path) -> tuple[dict[str, Regions], list[Finding]]:
    """The regions of every file that has some, by file. What is no TOML at all is `read_tables`' to say."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        content = tomllib.loads(text)
    except (OSError, ValueError):
        return {}, []
    found: dict[str, Regions] = {}
    findings: list[Finding] = []
    for name, table in content.items():
        given = table.get(REGIONS) if isinstance(table, dict) else None
        if given is None:
            continue
        entries = given if isinstance(given, dict) else {"": given}
        for region, value in entries.items():
            parts = _region(value) if _NAME.fullmatch(region) else None
            if parts:
                found.setdefault(name, {})[region] = parts
                continue
            hint = "write regions = {face = {x = 0.4, y = 0.3, width = 0.25}}: small letters, and shares from 0 to 1"
            message = (
                f"[{name}] has a region {region!r} that is none" if region else f"[{name}] has regions that are none"
            )
            findings.append(Finding("wrong-value", "error", message, hint, place_of_table(file, text, name)))
    return found, findings


def _region(value: Any) -> tuple[float, float, float] | None:
    """Centre and width; None for anything else."""
    if not isinstance(value, dict) or set(value) != set(_PARTS):
        return None
    parts = [value[part] for part in _PARTS]
    if any(isinstance(part, bool) or not isinstance(part, (int, float)) or not 0 <= part <= 1 for part in parts):
        return None
    x, y, width = map(float, parts)
    return (x, y, width) if width > 0 else None
