"""Commands that cross apps: init, demo, doctor, produce."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from core.console import out, print_findings, print_json, short_path
from core.progress import Reporter, Silent, Terminal
from core.settings import NoStudio, load_settings

Json = Annotated[bool, typer.Option("--json", help="one JSON document on standard output")]
Home = Annotated[Path | None, typer.Option("--home", help="the studio folder; else the one around the current folder")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="no progress")]
Accept = Annotated[
    list[str] | None, typer.Option("--accept", metavar="RULE", help="publish in spite of this rule; may be repeated")
]


def init(folder: Annotated[Path, typer.Argument(metavar="[DIR]")] = Path(), as_json: Json = False) -> None:
    """Make a studio folder: settings, database, media, and a first script to try."""
    from jobs.studio import make_studio

    written = make_studio(folder)
    if as_json:
        print_json({"studio": str(folder.resolve()), "written": [str(path) for path in written]})
        return
    console = out()
    for path in written:
        console.print(f"  wrote {short_path(path)}")
    script = short_path(folder / "scripts/my-first-film/script.md")
    console.print(
        f"Studio ready. Next: slugline check {script}" if written else "Studio already there; nothing changed."
    )


def doctor(home: Home = None, as_json: Json = False) -> int:
    """Say what is missing on this machine and what to do about it."""
    from jobs.doctor import diagnose

    try:
        settings = load_settings(home)
    except NoStudio:
        if home:
            raise
        settings = None
    results = diagnose(settings)
    failed = any(not result.ok and result.needed for result in results)
    if as_json:
        print_json({"ok": not failed, "checks": [vars(result) for result in results]})
        return int(failed)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for result in results:
        mark = Text("ok", "green") if result.ok else Text("missing", "bold red" if result.needed else "yellow")
        table.add_row(mark, Text(result.name, "bold"), result.found)
        if not result.ok:
            table.add_row("", "", Text(f"→ {result.advice}", "dim"))
    out().print(table)
    return int(failed)


def produce(
    script: Annotated[Path, typer.Argument(help="the script to produce")],
    publish: Annotated[
        str | None, typer.Option("--publish", metavar="now|TIME", help="publish when it is done")
    ] = None,
    accept: Accept = None,
    home: Home = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> int:
    """Render, align, caption and catalogue a script; stops at ready unless told to publish."""
    from jobs.produce import produce_script

    reporter: Reporter = Silent() if quiet else Terminal()
    result = produce_script(
        script, load_settings(home, near=script), reporter, publish=publish, accept=tuple(accept or ())
    )
    if as_json:
        print_json(result.to_json())
        return 0
    print_findings(result.findings)
    console = out()
    console.print(f"film   {short_path(result.film)}")
    console.print(f"page   {result.url}   ({result.state}; slugline serve shows it)")
    return 0


def demo(
    home: Annotated[Path, typer.Option("--home", help="where the demo studio is made")] = Path("demo-studio"),
    as_json: Json = False,
) -> int:
    """Make the example film, catalogue it and publish it; ends by saying how to see it."""
    from jobs.demo import run_demo
    from render.bundle import names_beside

    result = run_demo(home, Silent() if as_json else Terminal())
    if as_json:
        print_json(result.to_json())
        return 0
    print_findings(result.findings)
    console = out()
    console.print()
    console.print(Text(f"  The film   {short_path(result.film)}", style="bold"))
    console.print(f"  Beside it  {', '.join(names_beside(result.film, result.files))}")
    console.print(
        Text(
            f"  The page   make serve   (or: slugline serve --home {short_path(home)}), then open {result.url}",
            style="bold",
        )
    )
    return 0
