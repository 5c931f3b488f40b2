"""What an editor is told of a recording that was laid on a script: whether it is of this text at all, then where they part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.errors import Place
from core.findings import Finding
from transcripts.amending import Change, amend, changed_line, find_spans, plan_changes
from transcripts.differences import Difference, find_differences
from transcripts.tokens import Token
from transcripts.words import Alignment, Word

_HALF = 0.5
_STRANGE = 0.2

_QUOTED = 6
"""Words that are quoted of either end of what was read."""


@dataclass(frozen=True)
class Settlement:
    """Differences with what to change for each in the script's file, `source`, which is at `path`."""

    path: Path
    source: str
    differences: tuple[Difference, ...]
    changes: tuple[Change | None, ...]
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Whether it is not this text that was read."""
        return any(finding.severity == "error" for finding in self.findings)

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
        differences = list(_without_the_rest(differences, alignment.script_words))
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
        return Finding(
            "partly-read",
            "warning",
            f"the recording reads {per_cent} of the text, {_extent(words)}",
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


def _extent(words: Sequence[Word]) -> str:
    """What was read of a script's words, as its first and last ones are written: misheard names are among them."""
    first, last = _ends(words)
    if last - first <= 2 * _QUOTED:
        return f"“{_quote(words[first:last])}”"
    return f"from “{_quote(words[first : first + _QUOTED])} …” to “… {_quote(words[last - _QUOTED : last])}”"


def _ends(words: Sequence[Word]) -> tuple[int, int]:
    """First and last place `[first, last)` read: a match counts that has another beside it, as any two texts share an "of"."""
    heard = [word.origin == "matched" for word in words]
    sure = [
        at for at, one in enumerate(heard) if one and (any(heard[max(0, at - 2) : at]) or any(heard[at + 1 : at + 3]))
    ]
    sure = sure or [at for at, one in enumerate(heard) if one]
    return sure[0], sure[-1] + 1


def _quote(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _without_the_rest(differences: Sequence[Difference], words: Sequence[Word]) -> Iterator[Difference]:
    """Differences without the text before the first word that was said and after the last, which was not meant to be read."""
    timed = [word.token for word in words if word.token is not None and word.start is not None]
    for one in differences:
        if not one.written or not timed or (one.last > timed[0] and one.first <= timed[-1]):
            yield one
        elif one.said:
            yield replace(one, kind="said-not-written", written="", first=0, last=0)
