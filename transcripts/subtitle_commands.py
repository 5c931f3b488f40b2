"""`slugline subtitles`: check, mend, convert and compare subtitle files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.console import out, print_json, short_path
from transcripts.check_commands import check, fix

Json = Annotated[bool, typer.Option("--json", help="one JSON document on standard output")]

app = typer.Typer(help="Check, mend, convert and compare subtitle files.", no_args_is_help=True)


@app.callback()
def subtitles() -> None:
    """Check, mend, convert and compare subtitle files."""


app.command()(check)
app.command()(fix)


@app.command()
def convert(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="the subtitle file to read")],
    output: Annotated[Path, typer.Option("-o", "--output", help="the file to write; its suffix chooses the format")],
    as_json: Json = False,
) -> int:
    """Write subtitles in another format."""
    from transcripts.subtitle_files import read_subtitles, write_subtitles

    read = read_subtitles(source)
    remarks = read.remarks + write_subtitles(read, output)
    if as_json:
        print_json({"source": str(source), "file": str(output), "cues": len(read.cues), "remarks": list(remarks)})
        return 0
    out().print(f"wrote {short_path(output)}", markup=False)
    for remark in remarks:
        typer.echo(f"  {remark}", err=True)
    return 0
