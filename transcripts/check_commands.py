"""`slugline subtitles check` and `slugline subtitles fix`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from core.console import counted, out, print_json, short_path

if TYPE_CHECKING:
    from core.findings import Finding
    from transcripts.checking import Request
    from transcripts.track import Track

File = Annotated[Path, typer.Argument(metavar="FILE", help="the subtitle file")]
Profile = Annotated[str, typer.Option("--profile", metavar="NAME", help="whose rules: netflix, bbc or youtube")]
Rate = Annotated[
    str | None,
    typer.Option("--rate", metavar="R", help="frames a second, such as 25 or 30000/1001; found when left out"),
]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="L", help="of the subtitles; from the file or its name when left out"),
]
Cuts = Annotated[
    Path | None,
    typer.Option("--cuts", metavar="VIDEO|LIST", help="a video whose cuts are found, or a list of their times"),
]
Video = Annotated[Path | None, typer.Option("--video", metavar="MEDIA", help="the film: its rate and its length")]
Children = Annotated[bool, typer.Option("--children", help="children watch it: slower reading")]
Translation = Annotated[bool, typer.Option("--translation", help="the sound is in another language")]
Json = Annotated[bool, typer.Option("--json", help="one JSON document on standard output")]

_SHOWN = 200
"""Findings that are listed for a person; the sums below are of all."""


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="the subtitle files")],
    profile: Profile = "netflix",
    rate: Rate = None,
    language: Language = None,
    cuts: Cuts = None,
    video: Video = None,
    children: Children = False,
    translation: Translation = False,
    as_json: Json = False,
) -> int:
    """Say everything in which subtitles break a house's rules."""
    from core.errors import SluglineError
    from transcripts.checking import Request

    documents: list[dict[str, Any]] = []
    failed = False
    for file in files:
        request = Request(file, profile, rate, language, cuts, video, children, translation)
        try:
            document, wrong = _check(request, as_json=as_json)
        except SluglineError as error:
            if len(files) == 1:
                raise
            document, wrong = error.to_json(), True
            if not as_json:
                typer.echo(error.under(short_path(file)), err=True)
        documents.append(document if len(files) == 1 else {"source": str(file), **document})
        failed = failed or wrong
    if as_json:
        print_json(documents[0] if len(files) == 1 else {"results": documents})
    return int(failed)


def _check(request: Request, *, as_json: bool) -> tuple[dict[str, Any], bool]:
    """One file: the contract's document, and whether a house sends it back. Told unless it is wanted as JSON."""
    from core.findings import has_errors
    from core.timecode import rate_to_text
    from transcripts.checking import open_track
    from transcripts.rules import check_track

    document, track = open_track(request)
    findings = check_track(track)
    if not as_json:
        _list(findings)
        for remark in document.remarks:
            typer.echo(f"  {remark}", err=True)
        out().print(
            f"{short_path(request.file)}: {counted(len(track.cues), 'cue')} ({_held(track)}): {_sums(findings)}",
            markup=False,
        )
    return {
        "profile": track.profile.name,
        "cues": len(track.cues),
        "rate": rate_to_text(track.rate),
        "rate_guessed": track.rate_guessed,
        "language": track.language,
        "cuts": len(track.cuts),
        "findings": [finding.to_json() for finding in findings],
    }, has_errors(findings)


def fix(
    file: File,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="the file to write; FILE.fixed beside it when left out")
    ] = None,
    profile: Profile = "netflix",
    rate: Rate = None,
    language: Language = None,
    cuts: Cuts = None,
    video: Video = None,
    children: Children = False,
    translation: Translation = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="write nothing")] = False,
    as_json: Json = False,
) -> int:
    """Put right what a machine may: overlaps, gaps, cuts, line breaks, spaces. Words stay as they are."""
    from core.findings import has_errors
    from core.timecode import rate_to_text
    from transcripts.checking import Request, open_track
    from transcripts.fixing import fix_guessed, fixed_subtitles
    from transcripts.subtitle_files import write_subtitles

    request = Request(file, profile, rate, language, cuts, video, children, translation)
    document, track = open_track(request)
    track, fixed = fix_guessed(track)
    target = output or _beside(request)
    remarks = document.remarks
    idle = not fixed.changes and output is None
    if not (dry_run or idle):
        remarks += write_subtitles(fixed_subtitles(document, fixed), target)
    if as_json:
        print_json(
            {
                "source": str(file),
                "file": None if dry_run or idle else str(target),
                "profile": track.profile.name,
                "rate": rate_to_text(track.rate),
                "rate_guessed": track.rate_guessed,
                "cues": len(fixed.cues),
                "changes": [change.to_json() for change in fixed.changes],
                "findings": [finding.to_json() for finding in fixed.left],
                "remarks": list(remarks),
            }
        )
        return int(has_errors(fixed.left))
    for change in fixed.changes[:_SHOWN]:
        out().print(f"cue {change.cue}: {change.message}  ({', '.join(change.rules)})", markup=False, highlight=False)
    _more(len(fixed.changes))
    if fixed.left:
        out().print("left for a person:", markup=False)
        _list(fixed.left)
    for remark in remarks:
        typer.echo(f"  {remark}", err=True)
    wrote = "nothing written" if dry_run or idle else f"wrote {short_path(target)}"
    many = f"{counted(len(fixed.changes), 'cue')} changed" if fixed.changes else "nothing to put right"
    out().print(f"{wrote} ({_held(track)}): {many}, left: {_sums(fixed.left)}", markup=False)
    return int(has_errors(fixed.left))


def _held(track: Track) -> str:
    """What a track was held to, for a person."""
    known = f"{track.profile.name}, {track.language}, {float(track.rate):g} frames a second"
    known += ", guessed" if track.rate_guessed else ""
    return known + (f", {len(track.cuts)} cuts" if track.cuts else "")


def _beside(request: Request) -> Path:
    return request.file.with_name(f"{request.file.stem}.fixed{request.file.suffix}")


def _list(findings: Sequence[Finding]) -> None:
    from transcripts.clock import write_time

    for finding in findings[:_SHOWN]:
        line = Text(write_time(finding.at, ".") if finding.at is not None else " " * 12, style="bold")
        line.append("  ")
        line.append(finding.severity, style="bold red" if finding.severity == "error" else "yellow")
        line.append(f"  {finding.message}", style="not bold")
        line.append(f"  [{finding.rule}]", style="not bold dim")
        if finding.hint:
            line.append(f" → {finding.hint}", style="not bold dim")
        out().print(line)
    _more(len(findings))


def _more(count: int) -> None:
    if count > _SHOWN:
        out().print(f"… and {count - _SHOWN} more", markup=False)


def _sums(findings: Sequence[Finding]) -> str:
    if not findings:
        return "in order"
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    said = [f"{errors} error{'s' * (errors != 1)}"] if errors else []
    said += [f"{warnings} warning{'s' * (warnings != 1)}"] if warnings else []
    rules = Counter(finding.rule for finding in findings)
    return ", ".join(said) + " (" + ", ".join(f"{rule} {times}" for rule, times in rules.most_common(6)) + ")"
