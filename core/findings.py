"""A finding: one thing a check has to say, with its place, its figure and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from core.errors import Place, WorkFailed

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

    @staticmethod
    def from_json(document: dict[str, Any]) -> Finding:
        """A finding that was kept as JSON; its place is left out, as what is kept concerns a film and not a file."""
        where = document.get("where", {})
        names = ("rule", "severity", "message", "hint", "at", "value", "limit")
        facts = {name: document[name] for name in names if name in document}
        return Finding(**facts, scene=where.get("scene"), cue=where.get("cue"))


def has_errors(findings: Iterable[Finding]) -> bool:
    """True when any finding is an error rather than a warning."""
    return any(finding.severity == "error" for finding in findings)


class CheckFailed(WorkFailed):
    """A check found errors, so the work was not begun, or its result not kept; carries every finding."""

    def __init__(self, what: str, findings: Iterable[Finding]) -> None:
        self.what = what
        self.findings = tuple(findings)
        errors = [finding for finding in self.findings if finding.severity == "error"]
        first = errors[0] if errors else None
        count = f"{len(errors)} errors" if len(errors) > 1 else "an error"
        message = f"{what} has {count}: {first.message}" if first else f"{what} did not pass its check"
        super().__init__(message, hint=first.hint if first else "", place=first.place if first else None)

    def to_json(self) -> dict[str, Any]:
        """The first error as the contract's document, and every finding beside it."""
        return super().to_json() | {"findings": [finding.to_json() for finding in self.findings]}
