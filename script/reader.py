"""From one Markdown file to a `Script`, or to everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markdown_it.token import Token

from core.errors import BadInput
from core.findings import Finding, has_errors
from script.assets import read_assets
from script.body import Body, read_body
from script.document import FrontMatter, Script
from script.facts import read_facts
from script.footnotes import read_footnotes, review_footnotes
from script.front_matter import read_front_matter
from script.narration import markdown_parser
from script.source import Source, read_source, unescape_fences
from script.used_scenes import take_over
from script.yaml_places import read_fields


def read_script(path: Path, studio: Path | None = None) -> tuple[Script | None, list[Finding]]:
    """Read a script with the facts and assets of the studio and of the script's folder, and the scenes that it uses of others.

    The findings are everything that is wrong with the document itself, in order of place. There is no Script when the file
    cannot be read, has no usable front matter or no scene; else a scene that cannot be read is left out of it.
    """
    script, findings = _read_alone(path, studio)
    if script:
        script, found = take_over(script, studio, lambda other: _read_alone(other, studio), slug_of)
        findings = sorted(findings + found, key=by_place)
    return (script if script and script.scenes else None), findings


def _read_alone(path: Path, studio: Path | None) -> tuple[Script | None, list[Finding]]:
    """The script as its own file has it."""
    source, findings = read_source(path)
    if source is None:
        return None, findings
    source = unescape_fences(source)
    if not any(line.strip() for line in source.lines):
        hint = "start with a front matter that has a title, then write scenes and narration"
        return None, [Finding("empty-script", "error", "the script is empty", hint, source.place(1))]
    facts, found = read_facts(path.parent, studio)
    findings += found
    assets, found = read_assets(path.parent, studio)
    findings += found

    front, body_starts, found = _read_head(source)
    findings += found
    if body_starts is None:
        return None, sorted(findings, key=by_place)
    tokens, env = _parse(source, body_starts)
    body = read_body(source, tokens, facts)
    findings += body.findings
    findings += review_footnotes(source, tokens, env, [(1, body_starts), *body.code])
    if not body.scenes and not has_errors(body.findings):
        hint = "open one with a fence whose first line is ```scene KIND; `slugline scenes` lists the kinds"
        findings.append(Finding("no-scenes", "error", "the script has no scene", hint, source.place(body_starts)))
    script = None
    if front and body.scenes:
        script = _script(path, front, body, tokens, facts, assets)
    return script, sorted(findings, key=by_place)


def slug_of(path: Path) -> str | None:
    """The slug of a script, read from its head alone; None when the file has no usable front matter."""
    source, _ = read_source(path)
    if source is None:
        return None
    front, _, _ = _read_head(unescape_fences(source))
    return front.slug if front else None


def open_script(path: Path, studio: Path | None = None) -> Script:
    """The script, for commands that go on to make something of it. Raises BadInput with the first error and its place."""
    script, findings = read_script(path, studio)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        more = f" (and {len(errors) - 1} more: run `slugline check {path.name}`)" if len(errors) > 1 else ""
        raise BadInput(errors[0].message + more, hint=errors[0].hint, place=errors[0].place)
    assert script is not None
    return script


def by_place(finding: Finding) -> tuple[str, int, int, str]:
    """Sorts findings as a reader goes through the files."""
    place = finding.place
    return (place.file, place.line or 0, place.column or 0, finding.rule) if place else ("", 0, 0, finding.rule)


def _read_head(source: Source) -> tuple[FrontMatter | None, int | None, list[Finding]]:
    """The front matter, the line (from 1) at which the body starts (None when that cannot be told), and findings."""
    first = next(number for number, line in enumerate(source.lines, start=1) if line.strip())
    if source.lines[first - 1].rstrip() != "---":
        hint = "start the file with a line ---, a line `title: …` and a line ---"
        finding = Finding("no-front-matter", "error", "the script has no front matter", hint, source.place(first))
        return None, 1, [finding]
    end = next(
        (number for number in range(first + 1, len(source.lines) + 1) if source.lines[number - 1].rstrip() == "---"),
        None,
    )
    if end is None:
        hint = "close it with a line --- before the first scene"
        finding = Finding("no-front-matter", "error", "the front matter is not closed", hint, source.place(first))
        return None, None, [finding]
    # Figures in front matter would make a slug or a file name change with them, so none are put in there.
    fields, findings = read_fields(source, first + 1, end, source.place(first), {})
    if fields is None:
        return None, end + 1, findings
    front, found = read_front_matter(fields)
    return front, end + 1, findings + found


def _parse(source: Source, body_starts: int) -> tuple[list[Token], dict[str, Any]]:
    """The body's tokens; blank lines stand for the front matter, so that tokens count the file's lines."""
    env: dict[str, Any] = {}
    lines = [""] * (body_starts - 1) + list(source.lines[body_starts - 1 :])
    return markdown_parser().parse("\n".join(lines), env), env


def _script(
    path: Path, front: FrontMatter, body: Body, tokens: Sequence[Token], facts: dict[str, Any], assets: dict[str, Any]
) -> Script:
    return Script(path, front, body.chapters, body.scenes, read_footnotes(tokens), facts, assets)
