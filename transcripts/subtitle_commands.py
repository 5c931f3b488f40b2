"""`slugline subtitles`: check, mend, convert and compare subtitle files."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.console import counted, out, print_json, short_path
from transcripts.check_commands import check, fix

if TYPE_CHECKING:
    from transcripts.conversion import Conversion

Json = Annotated[bool, typer.Option("--json", help="one JSON document on standard output")]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="FORMAT", help="the format to read; else what the file shows itself to be"),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="the encoding to read, such as cp1254; guessed when left out"),
]
Rate = Annotated[
    str | None,
    typer.Option("--rate", help="frames a second, where a file counts them and does not say: 25, 23.976, 30000/1001"),
]

app = typer.Typer(help="Check, mend, convert and compare subtitle files.", no_args_is_help=True)


@app.callback()
def subtitles() -> None:
    """Check, mend, convert and compare subtitle files."""


app.command()(check)
app.command()(fix)


@app.command()
def convert(
    sources: Annotated[list[Path], typer.Argument(metavar="FILE…", help="the subtitle files to read")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="the file to write, its suffix the format; or a folder")
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="FORMAT", help="srt, vtt, ttml, ass, json or txt; else the suffix of -o"),
    ] = None,
    given: From = None,
    encoding: Encoding = None,
    rate: Rate = None,
    shift: Annotated[
        float,
        typer.Option("--shift", metavar="SECONDS", help="show every cue that much later, or earlier when negative"),
    ] = 0.0,
    as_json: Json = False,
) -> int:
    """Write subtitles in another format; what it cannot say is told, never silently lost."""
    from core.errors import SluglineError
    from transcripts.conversion import plan_conversions

    plan = plan_conversions(sources, output, to)
    documents: list[dict[str, Any]] = []
    for item in plan:
        try:
            document = _convert(item, given, encoding, _rate(rate), shift)
        except SluglineError as error:
            if len(plan) == 1:
                raise
            document = {"source": str(item.source), **error.to_json()}
            if not as_json:
                typer.echo(error.under(short_path(item.source)), err=True)
        else:
            if not as_json:
                told = f"wrote {short_path(item.target)}  {counted(document['cues'], 'cue')}, {item.form.title}"
                out().print(told, markup=False)
                for remark in document["remarks"]:
                    typer.echo(f"  {remark}", err=True)
        documents.append(document)
    if as_json:
        print_json(documents[0] if len(plan) == 1 else {"results": documents})
    return int(any("error" in document for document in documents))


def _convert(
    item: Conversion, given: str | None, encoding: str | None, rate: Fraction | None, shift: float
) -> dict[str, Any]:
    from transcripts.conversion import shifted
    from transcripts.formats.registry import find_format
    from transcripts.subtitle_files import read_subtitles, write_subtitles

    form = find_format(given) if given else None
    read = shifted(read_subtitles(item.source, form, encoding=encoding, rate=rate), shift)
    remarks = read.remarks + write_subtitles(read, item.target, item.form)
    return {
        "source": str(item.source), "file": str(item.target), "format": item.form.name, "cues": len(read.cues), "remarks": list(remarks),
    }  # fmt: skip


def _rate(text: str | None) -> Fraction | None:
    """Frames a second. Raises BadInput for what is no rate."""
    from core.errors import BadInput
    from core.timecode import parse_rate

    if text is None:
        return None
    try:
        rate = parse_rate(text)
    except (ValueError, ZeroDivisionError):
        rate = Fraction(0)
    if not 0 < rate <= 1000:
        raise BadInput(f"{text!r} is no frame rate", hint="such as 25, 23.976 or 30000/1001")
    return rate


@app.command()
def diff(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="the subtitles as they were")],
    after: Annotated[
        Path, typer.Argument(metavar="AFTER", help="the subtitles as they are; the format may be another")
    ],
    given: From = None,
    encoding: Encoding = None,
    rate: Rate = None,
    as_json: Json = False,
) -> int:
    """Show what changed between two subtitle files: words, and by how much cues moved."""
    from transcripts.difference import compare
    from transcripts.difference_shown import difference_lines
    from transcripts.formats.registry import find_format
    from transcripts.subtitle_files import read_subtitles

    form = find_format(given) if given else None
    old, new = (read_subtitles(path, form, encoding=encoding, rate=_rate(rate)) for path in (before, after))
    difference = compare(old, new)
    if as_json:
        print_json(difference.to_json())
        return 0
    for path, read in ((before, old), (after, new)):
        for remark in read.remarks:
            typer.echo(f"{short_path(path)}: {remark}", err=True)
    console = out()
    for line in difference_lines(difference, colour=console.color_system is not None):
        console.print(line)
    return 0
