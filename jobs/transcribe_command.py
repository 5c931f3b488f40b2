"""The command `transcribe`: what was said in recordings and in catalogued videos, on its own or in a script's spelling."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.console import out, print_findings, print_json, short_path
from core.progress import Silent, Terminal
from core.timecode import clock_text

if TYPE_CHECKING:
    from core.settings import Settings
    from jobs.batch import Outcome
    from transcripts.transcribe import Result, Transcriber
    from transcripts.video_names import KnownNames

app = typer.Typer(no_args_is_help=True)

_SUMS = {"done": "done", "silent": "without speech", "skipped": "skipped", "failed": "failed"}


@app.command()
def transcribe(
    media: Annotated[
        list[Path] | None, typer.Argument(metavar="[MEDIA]…", help="videos or sound files, or folders of them")
    ] = None,
    query: Annotated[
        str | None,
        typer.Option(
            "--query",
            metavar="QUERY",
            help="videos of the catalogue: words, series:NAME, tag:NAME, year:2025; '' is all",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="file to write, its suffix chooses the format; a folder for several"),
    ] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="FORMAT", help="srt, vtt, ttml, ass, json or txt; for several: srt")
    ] = "",
    script: Annotated[
        Path | None,
        typer.Option("--script", help="what is read out: a script, Markdown or plain text; its spelling is used"),
    ] = None,
    changes: Annotated[
        Path | None,
        typer.Option(
            "--changes", help="file for the script as it was read: a patch if it ends in .diff, else the text"
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="L", help="ISO 639-1 code, such as en; detected when left out")
    ] = None,
    names: Annotated[
        Path | None,
        typer.Option("--names", metavar="FILE", help="what has its names: an article, any text, or a names.toml"),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME", help="whose rules the cues keep: netflix, bbc or youtube"),
    ] = None,
    translate: Annotated[bool, typer.Option("--translate", help="write it in English, whatever is spoken")] = False,
    track: Annotated[
        int | None, typer.Option("--track", metavar="N", min=1, help="which audio track; else the one players choose")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="also what is done already")] = False,
    home: Annotated[
        Path | None, typer.Option("--home", help="the studio folder; none is needed but for --query")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="no progress")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on standard output")] = False,
) -> int:
    """Write down what is said in videos or sound files, as words and subtitles."""
    from core.errors import BadInput
    from jobs.batch import file_tasks, find_recordings, run_batch
    from transcripts.formats.registry import find_format
    from transcripts.profiles import find_profile
    from transcripts.transcribe import Order, Transcriber

    if bool(media) == (query is not None):
        raise BadInput(
            "nothing to transcribe" if not media else "both files and --query", hint="name recordings, or give --query"
        )
    form = find_format(to).name if to else ""
    if query is not None:
        if output or changes or form:
            raise BadInput(
                "--query keeps captions in the catalogue",
                hint="leave out -o, --to and --changes; `slugline catalogue export` writes them",
            )
        from core.settings import load_settings
        from jobs.catalogue_captions import query_tasks

        settings = load_settings(home)
        tasks = query_tasks(query, settings, language, translate=translate)
    else:
        settings = _settings(home)
        paths = media or []
        recordings = find_recordings(paths)
        alone = len(paths) == 1 and not paths[0].is_dir()
        if alone and output and not form:
            find_format(output.suffix or "a name without a suffix")
        if changes and not (alone and script):
            raise BadInput("--changes is for one recording and its --script", hint="give both, one recording at a time")
        tasks = [] if alone else file_tasks(recordings, output, form or "srt")
    if profile is not None:
        settings = settings.model_copy(update={"captions_profile": find_profile(profile).name})
    order = Order(language, script, names, translate, track or 0)
    reporter = Silent() if quiet or as_json else Terminal()
    with Transcriber(settings, order, reporter, _known_names(settings)) as transcriber:
        if not tasks:
            return _one((media or [])[0], output, form, changes, transcriber, as_json=as_json)
        outcomes = []
        for outcome in run_batch(tasks, transcriber, settings, again=again):
            if not as_json:
                _tell(outcome)
                outcome = replace(outcome, result=None)  # noqa: PLW2901 - thousands of transcripts would fill the memory
            outcomes.append(outcome)
    return _sum_up(outcomes, as_json=as_json)


def _one(
    media: Path, output: Path | None, form: str, changes: Path | None, transcriber: Transcriber, *, as_json: bool
) -> int:
    from core.findings import has_errors
    from transcripts.transcribe import write_changes, write_result

    result = transcriber.transcribe(media)
    if changes and result.settlement:
        write_changes(result.settlement, changes)
    output = output if result.text else None
    lost = write_result(result, output, form) if output else ()
    if as_json:
        print_json(result.to_json())
        return int(has_errors(result.findings))
    if result.text:
        out().print(f"wrote {short_path(output)}" if output else result.text, markup=False)
    for remark in lost:
        typer.echo(f"  {remark}", err=True)
    _remark(result)
    return int(has_errors(result.findings))


def _tell(outcome: Outcome) -> None:
    """One recording's line, and what there is to say about it."""
    name = short_path(outcome.task.source) if outcome.task.media.exists() else outcome.task.source
    if outcome.error:
        typer.echo(outcome.error.under(name), err=True)
    elif outcome.result is None:
        out().print(f"{name}: skipped, {outcome.skipped}", markup=False)
    elif outcome.silent:
        out().print(f"{name}: no speech was heard, nothing is written", markup=False)
    else:
        spoken = outcome.result.spoken
        where = f", in {short_path(outcome.kept)}" if outcome.kept else ""
        out().print(f"{name}: {spoken:,} word{'s' * (spoken != 1)}{where}", markup=False)
        if not outcome.kept:
            out().print(outcome.result.text + "\n", markup=False, highlight=False)
        _remark(outcome.result)


def _sum_up(outcomes: list[Outcome], *, as_json: bool) -> int:
    from jobs.batch import counts

    total = counts(outcomes)
    if as_json:
        print_json({"results": [outcome.to_json() for outcome in outcomes], "summary": total})
        return int(total["failed"] > 0)
    out().print(
        ", ".join(f"{number} {_SUMS[what]}" for what, number in total.items() if number or what != "silent"),
        style="bold",
    )
    for outcome in outcomes:
        if outcome.error:
            out().print(f"  failed: {outcome.error.under(outcome.task.source)}", markup=False)
    return int(total["failed"] > 0)


def _remark(result: Result) -> None:
    """What a person should know before using it, on standard error."""
    from rich.console import Console

    for remark in result.remarks:
        typer.echo(f"  {remark}", err=True)
    for one in result.corrections:
        why = f"{one.confidence:.0%} by its {one.why}"
        typer.echo(f"  {clock_text(one.start)}  {one.heard} → {one.text} ({why})", err=True)
    print_findings(result.findings, Console(stderr=True, highlight=False, soft_wrap=True))


def _known_names(settings: Settings) -> KnownNames | None:
    """The studio's names; None without a studio."""
    from core.settings import SETTINGS_FILE
    from jobs.name_commands import read_names

    return read_names(settings.home) if (settings.home / SETTINGS_FILE).is_file() else None


def _settings(home: Path | None) -> Settings:
    """The studio's settings, or the defaults with the user's own cache where there is no studio."""
    import os

    from core.settings import NoStudio, Settings, load_settings

    try:
        return load_settings(home)
    except NoStudio:
        if home or os.environ.get("SLUGLINE_HOME"):
            raise
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Settings(home=caches / "slugline")
