"""The `slugline` command: mounts each app's commands; the only place where errors become text and exit codes."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from catalogue.commands import app as catalogue_app
from core.console import print_findings, print_json, short_path
from core.errors import Interrupted, SluglineError, WorkFailed
from core.files import FULL, disk_full
from core.findings import CheckFailed
from jobs import commands as jobs
from jobs.name_commands import app as names_app
from jobs.transcribe_command import transcribe
from jobs.videos import find_videos
from render import commands as render
from transcripts.subtitle_commands import app as subtitles_app
from web import commands as web

Command = Callable[..., Any]

app = typer.Typer(
    name="slugline",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="From one Markdown script to a captioned, searchable film beside its article.",
)
START: tuple[Command, ...] = (jobs.init, jobs.demo, jobs.doctor)
MAKE: tuple[Command, ...] = (render.check, render.scenes, render.storyboard, render.render, jobs.produce)
for command in START:
    app.command(rich_help_panel="Start")(command)
for command in MAKE:
    app.command(rich_help_panel="Make")(command)
app.command(rich_help_panel="Words")(transcribe)
app.add_typer(subtitles_app, name="subtitles", rich_help_panel="Words")
app.add_typer(names_app, name="names", rich_help_panel="Words")
app.add_typer(catalogue_app, name="catalogue", rich_help_panel="Publish")
app.command(rich_help_panel="Publish")(web.serve)


def main() -> None:
    """Run the command line and leave with the contract's exit code."""
    sys.exit(_run(sys.argv[1:]))


def _run(words: list[str]) -> int:
    try:
        result = app(words, standalone_mode=False, obj={"videos": find_videos})
    except SluglineError as error:
        return _report(error, as_json="--json" in words)
    except OSError as error:
        return _report(_as_slugline_error(error), as_json="--json" in words)
    except typer.TyperException as error:
        if "--json" in words:
            print_json({"error": {"message": str(error), "hint": "see --help"}})
        else:
            show = getattr(error, "show", None)
            show() if show else Console(stderr=True).print(str(error))
        return 2
    if result == Interrupted.exit_code:
        hint = "nothing is half-written; run the same command again to go on"
        return _report(Interrupted("stopped", hint=hint), as_json="--json" in words)
    return result if isinstance(result, int) else 0


def _as_slugline_error(error: OSError) -> SluglineError:
    """What the system refused, for the person whose folder or disk it is."""
    named = str(error.filename or "")
    if error.errno in FULL:
        return disk_full(Path(named or "a file").absolute())
    what = (error.strerror or str(error)).lower()
    return WorkFailed(
        f"cannot use {named or 'a file'}: {what}", hint="choose another place, or change who may write there"
    )


def _report(error: SluglineError, *, as_json: bool) -> int:
    if as_json:
        print_json(error.to_json())
        return error.exit_code
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if isinstance(error, CheckFailed):
        print_findings(error.findings, console)
        console.print(Text("slugline: ", style="bold red").append(f"{error.what} did not pass", style="default"))
        return error.exit_code
    line = Text("slugline: ", style="bold red")
    if error.place:
        parts = (short_path(error.place.file), error.place.line, error.place.column)
        line.append(":".join(str(part) for part in parts if part is not None) + ": ", style="bold")
    line.append(error.message, style="default")
    console.print(line)
    if error.hint:
        console.print(Text(f"  → {error.hint}", style="dim"))
    return error.exit_code


if __name__ == "__main__":
    main()
