"""Commands that look at or make a film: check, scenes, storyboard, render."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from core.console import counted, out, print_findings, print_json, short_path
from core.findings import has_errors
from core.progress import Reporter, Silent, Terminal
from core.settings import Settings, load_settings, which_home
from core.timecode import clock_text
from render.formats import Format

if TYPE_CHECKING:
    from render.explain import Explained
    from render.film import FilmPlan
    from render.videos import FindVideo

ScriptFile = Annotated[Path, typer.Argument(metavar="SCRIPT", help="the Markdown script")]
Json = Annotated[bool, typer.Option("--json", help="one JSON document on standard output")]
Shape = Annotated[
    Format, typer.Option("--format", help="9:16 lays every scene out anew for phones; nothing is cropped")
]
Home = Annotated[Path | None, typer.Option("--home", help="the studio folder; else the one around the script")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="no progress")]


def check(
    context: typer.Context,
    script: ScriptFile,
    fix: Annotated[bool, typer.Option("--fix", help="write missing scene ids into the script")] = False,
    shape: Shape = "16:9",
    home: Home = None,
    as_json: Json = False,
) -> int:
    """Find everything that would go wrong, before anything is rendered."""
    from render.check import check_script

    studio = which_home(home, near=script)
    findings = check_script(script, studio, fix=fix, find_video=_videos(context, studio), look=True, shape=shape)
    if as_json:
        print_json({"findings": [finding.to_json() for finding in findings]})
    elif findings:
        print_findings(findings)
    else:
        out().print(f"{short_path(script)}: nothing to mend")
    return int(has_errors(findings))


def scenes(
    kind: Annotated[str | None, typer.Argument(metavar="[KIND]", help="one kind only")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="JSON Schema, for editors")] = False,
    as_json: Json = False,
) -> None:
    """Show the scene kinds and their fields, as the code has them."""
    from render.reference import describe, schemas

    if schema or as_json:
        print_json(schemas(kind))
    else:
        out().print(describe(kind), markup=False)


def storyboard(
    context: typer.Context,
    script: ScriptFile,
    sheet: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="SHEET.png", help="where the contact sheet is written")
    ] = None,
    shape: Shape = "16:9",
    watch: Annotated[
        bool, typer.Option("--watch", help="show it in a browser, and follow every change of the script until Ctrl-C")
    ] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="where --watch is served on this machine; 0 takes any that is free")
    ] = 8001,
    home: Home = None,
    as_json: Json = False,
) -> int:
    """Draw a contact sheet: each scene with its time, what is said over it, and what is wrong with it."""
    from render.board import draw_storyboard

    studio = which_home(home, near=script)
    find_video = _videos(context, studio)
    if watch and as_json:
        raise typer.BadParameter("--watch has no --json: what it finds is on its page")
    if sheet:
        findings = draw_storyboard(script, studio, sheet, shape=shape, find_video=find_video)
        if as_json:
            print_json({"sheet": str(sheet), "findings": [finding.to_json() for finding in findings]})
        else:
            print_findings(findings)
            out().print(f"sheet  {short_path(sheet)}")
    elif not watch:
        raise typer.BadParameter("say where the sheet goes (-o SHEET.png), or --watch it in a browser")
    if watch:
        _watch(script, studio, port, shape, find_video)
    return 0


def _watch(script: Path, studio: Path | None, port: int, shape: Format, find_video: FindVideo | None) -> None:
    from render.watch_run import watch_script

    console = out()
    try:
        watch_script(
            script,
            studio,
            port=port,
            shape=shape,
            find_video=find_video,
            ready=lambda address: console.print(f"storyboard of {short_path(script)} on {address} (Ctrl-C ends it)"),
        )
    except KeyboardInterrupt:
        console.print("no longer watching")


def render(
    context: typer.Context,
    script: ScriptFile,
    film: Annotated[Path, typer.Option("-o", "--output", metavar="FILM.mp4", help="where the film is written")],
    preview: Annotated[bool, typer.Option("--preview", help="a quarter of the pixels, the same times")] = False,
    scene: Annotated[str | None, typer.Option("--scene", metavar="ID", help="this scene only")] = None,
    shape: Shape = "16:9",
    teaser: Annotated[
        bool,
        typer.Option("--teaser", help="instead of the film its upright teaser, cut from scenes with `teaser: true`"),
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="say what would be rendered, and why; render nothing")
    ] = False,
    home: Home = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> int:
    """Render the film, with captions, thumbnail, contact sheet and report beside it."""
    from core.cache import leased
    from render.bundle import names_beside
    from render.delivery import deliver
    from render.film import plan_film
    from render.teaser import require_marked

    if teaser and scene is not None:
        raise typer.BadParameter("--teaser takes the scenes that are marked; leave --scene out")
    settings = load_settings(home, near=script)
    reporter: Reporter = Silent() if quiet else Terminal()
    _refuse_folder(film)
    only = require_marked(script, settings.home) if teaser else None if scene is None else [scene]
    with leased(settings.cache):
        plan = plan_film(
            script,
            settings,
            reporter,
            preview=preview,
            shape="9:16" if teaser else shape,
            only=only,
            chapters=not teaser,
            find_video=_videos(context, settings.home),
        )
        if explain:
            return _explain(plan, settings, as_json=as_json)
        delivered = deliver(plan, settings, reporter, alone=teaser)
        written = delivered.copy_to(film)
    if as_json:
        print_json(delivered.to_json(film))
        return 0
    print_findings((*plan.findings, *delivered.findings))
    counts = delivered.picture.counts
    console = out()
    length = clock_text(float(delivered.seconds))
    console.print(
        f"film   {short_path(film)}   {length}, {counted(counts['rendered'], 'segment')} rendered, {counts['reused']} reused"
    )
    console.print(f"       beside it: {', '.join(names_beside(film, written))}")
    return 0


def _explain(plan: FilmPlan, settings: Settings, *, as_json: bool) -> int:
    from render.explain import explain

    explained, predicted = explain(
        plan.segments, settings.cache, settings.worker_count, plan.script.front.slug, plan.narrations
    )
    if as_json:
        print_json({"segments": [entry.to_json() for entry in explained], "predicted_seconds": round(predicted, 1)})
    else:
        _print_explained(explained, predicted)
    return 0


def _videos(context: typer.Context, studio: Path | None) -> FindVideo | None:
    """What finds films in a studio's catalogue: handed over by the command line, because render knows no catalogue."""
    make: Callable[[Path | None], FindVideo | None] | None = (context.obj or {}).get("videos")
    return make(studio) if make else None


def _refuse_folder(film: Path) -> None:
    from core.errors import BadInput

    if film.is_dir() or film.suffix.lower() != ".mp4":
        raise BadInput(f"{film} is not a name for a film", hint="write -o FILM.mp4")


def _print_explained(explained: Sequence[Explained], predicted: float) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for title in ("segment", "frames", "engine", "", "why"):
        table.add_column(title, justify="right" if title == "frames" else "left")
    for entry in explained:
        state = Text(entry.state, "green" if entry.state == "reused" else "yellow")
        table.add_row(entry.id, str(entry.frames), entry.engine, state, entry.why)
    console = out()
    console.print(table)
    dirty = sum(entry.state == "dirty" for entry in explained)
    console.print(f"{dirty} of {counted(len(explained), 'segment')} to render, about {predicted:.0f} s")
