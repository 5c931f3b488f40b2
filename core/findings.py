"""A finding: one thing a check has to say, with its place, its figure and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from core.errors import Place

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One result of a check.

    `rule` is the stable name by which it can be accepted or searched for; `at` seconds into the film; `cue` and `scene`
    name what it concerns where there is no file; `value` and `limit` are the measured figure and its bound.
    """

    rule: str
    severity: Severity
    message: str
    hint: str = ""
    place: Place | None = None
    scene: str | None = None
    cue: int | None = None
    at: float | None = None
    value: float | str | None = None
    limit: float | str | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's shape; absent facts are left out."""
        out: dict[str, Any] = {"rule": self.rule, "severity": self.severity, "message": self.message}
        where: dict[str, Any] = {}
        if self.place:
            where |= {"file": self.place.file, "line": self.place.line, "column": self.place.column}
        if self.scene is not None:
            where["scene"] = self.scene
        if self.cue is not None:
            where["cue"] = self.cue
        facts = {
            "at": self.at,
            "where": where or None,
            "value": self.value,
            "limit": self.limit,
            "hint": self.hint or None,
        }
        return out | {name: fact for name, fact in facts.items() if fact is not None}


def has_errors(findings: Iterable[Finding]) -> bool:
    """True when any finding is an error rather than a warning."""
    return any(finding.severity == "error" for finding in findings)
