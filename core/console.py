"""What commands print: one JSON document, or text for a person; findings with their places."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from core.findings import Finding


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")


def out() -> Console:
    """Standard output for a person; colour only on a terminal."""
    return Console(highlight=False, soft_wrap=True)


def short_path(path: str | Path) -> str:
    """A path as the reader would type it: relative to the current folder when it lies below it."""
    full = Path(path).absolute()
    here = Path.cwd()
    return full.relative_to(here).as_posix() if full.is_relative_to(here) else str(path)


def print_findings(findings: Sequence[Finding], console: Console | None = None) -> None:
    """Findings one by one, errors first, each with its place, its rule and what to do; then how many there were."""
    console = console or out()
    for finding in sorted(findings, key=lambda finding: finding.severity != "error"):
        line = Text()
        if finding.place:
            where = finding.place
            parts = (short_path(where.file), where.line, where.column)
            line.append(":".join(str(part) for part in parts if part is not None) + "  ", style="bold")
        elif finding.scene:
            line.append(f"scene {finding.scene}  ", style="bold")
        line.append(finding.severity, style="bold red" if finding.severity == "error" else "yellow")
        line.append(f"  {finding.message}")
        line.append(f"  [{finding.rule}]", style="dim")
        console.print(line)
        if finding.hint:
            console.print(Text(f"    → {finding.hint}", style="dim"))
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    if findings:
        told = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
        console.print(Text(told, style="bold"))


def counted(number: int, noun: str) -> str:
    """`no segments`, `1 segment`, `2 segments`."""
    return f"{number or 'no'} {noun}" + ("" if number == 1 else "s")
