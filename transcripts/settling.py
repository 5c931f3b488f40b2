"""What an editor is told of a recording that was laid on a script: whether it is of this text at all, then where they part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.errors import Place
from core.findings import Finding
from transcripts.amending import Change, amend, changed_line, find_spans, plan_changes
from transcripts.differences import Difference, find_differences, shortened
from transcripts.tokens import Token
from transcripts.words import Alignment, Word

_HALF = 0.5
_STRANGE = 0.2


@dataclass(frozen=True)
class Settlement:
    """Differences with what to change for each in the script's file, `source`, which is at `path`."""

    path: Path
    source: str
    differences: tuple[Difference, ...]
    changes: tuple[Change | None, ...]
    findings: tuple[Finding, ...]

    @property
    def amended(self) -> str:
        """The file with everything in it as the narrator says it, in place of what is written."""
        return amend(self.source, self.changes)

    def to_json(self) -> list[dict[str, Any]]:
        """The contract's `differences`."""
        out = []
        for difference, change in zip(self.differences, self.changes, strict=True):
            document = difference.to_json()
            if change:
                old, new = changed_line(self.source, change)
                document |= {"line": change.line, "change": {"old": old, "new": new}}
            out.append(document)
        return out


def settle(alignment: Alignment, tokens: Sequence[Token], path: Path, source: str) -> Settlement:
    """What there is to say about a recording and the script in `source`, from which the tokens were read."""
    verdict = judge(alignment)
    differences = [] if verdict and verdict.severity == "error" else find_differences(alignment)
    if verdict:
        differences = [one for one in differences if not _at_an_end(one, alignment.script_words)]
    spans = find_spans(source, tokens, markdown=path.suffix.lower() in (".md", ".markdown"))
    changes = plan_changes(source, spans, differences)
    findings = [replace(verdict, place=Place(str(path)))] if verdict else []
    for difference in differences:
        at = difference.first if difference.written else difference.follows
        span = spans[at] if at >= 0 else None
        line = source.count("\n", 0, span[0]) + 1 if span else None
        findings.append(replace(difference.to_finding(), place=Place(str(path), line)))
    return Settlement(path, source, tuple(differences), tuple(changes), tuple(findings))


def judge(alignment: Alignment) -> Finding | None:
    """Whether the recording is of this text: an error where it is not, a warning where it reads a part of it, else None."""
    share = alignment.matched_share
    words = alignment.script_words
    if share >= _HALF or not words:
        return None
    per_cent = f"{100 * share:.0f} %" if share >= 0.01 or not share else "less than 1 %"
    if not any(word.start is not None for word in alignment.words):
        return Finding(
            "nothing-said",
            "error",
            "nothing that is written was said: no speech was heard",
            "is it the right recording, and the right one of its sound tracks?",
        )
    said = sum(word.origin == "matched" for word in words)
    if said >= _HALF * sum(word.start is not None for word in alignment.words):
        heard = [word for word in words if word.origin == "matched"]
        span = f"from “{shortened(_opening(heard[:6]))} …” to “… {_opening(heard[-6:])}”"
        return Finding(
            "partly-read",
            "warning",
            f"the recording reads {per_cent} of the text, {span}",
            "captions show what was read; give the part that was read to be told of smaller differences",
        )
    if share >= _STRANGE:
        return Finding(
            "another-text",
            "error",
            f"only {per_cent} of the text was heard, and much else was said",
            "is it the version that was read? Captions show what was said",
        )
    return Finding(
        "another-text",
        "error",
        f"{per_cent} of the text was heard: the recording is of another text",
        "is it the right script, and in the language that is spoken? Captions show what was said",
    )


def _opening(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _at_an_end(difference: Difference, words: Sequence[Word]) -> bool:
    """True for what was left out before the first word that was said, or after the last."""
    timed = [word.token for word in words if word.token is not None and word.start is not None]
    return not difference.said and bool(timed) and (difference.last <= timed[0] or difference.first > timed[-1])
