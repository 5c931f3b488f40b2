"""The command `transcribe`: what was said in a recording, on its own or in a script's spelling."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.console import out, print_findings, print_json, short_path
from core.progress import Silent, Terminal

if TYPE_CHECKING:
    from core.settings import Settings
    from transcripts.transcribe import Result

app = typer.Typer(no_args_is_help=True)


@app.command()
def transcribe(
    media: Annotated[list[Path], typer.Argument(metavar="MEDIA…", help="videos or sound files")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="file to write: .srt, .vtt, .json or .txt; a folder for several"),
    ] = None,
    script: Annotated[
        Path | None,
        typer.Option("--script", help="what is read out: a script, Markdown or plain text; its spelling is used"),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="L", help="ISO 639-1 code, such as en; detected when left out")
    ] = None,
    home: Annotated[Path | None, typer.Option("--home", help="the studio folder; none is needed")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="no progress")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on standard output")] = False,
) -> int:
    """Write down what is said in a video or sound file, as words and subtitles."""
    from core.errors import SluglineError
    from transcripts.transcribe import Transcriber, write_result

    settings = _settings(home)
    with Transcriber(settings, language, script, Silent() if quiet or as_json else Terminal()) as transcriber:
        if len(media) == 1:
            result = transcriber.transcribe(media[0])
            if output:
                write_result(result, output)
            if as_json:
                print_json(result.to_json())
            else:
                out().print(f"wrote {short_path(output)}" if output else result.text, markup=False)
                _remark(result)
            return 0
        documents: list[dict[str, object]] = []
        for path in media:
            try:
                result = transcriber.transcribe(path)
                if output:
                    write_result(result, output / f"{path.stem}.srt")
                documents.append({"source": str(path), **result.to_json()})
                if not as_json:
                    out().print(f"{short_path(path)}: {len(result.words)} words", markup=False)
                    _remark(result)
            except SluglineError as error:
                documents.append({"source": str(path), **error.to_json()})
                if not as_json:
                    typer.echo(f"{short_path(path)}: {error}", err=True)
        if as_json:
            print_json({"results": documents})
        return int(any("error" in document for document in documents))


def _remark(result: Result) -> None:
    """What a person should know before using it, on standard error."""
    from rich.console import Console

    for remark in result.remarks:
        typer.echo(f"  {remark}", err=True)
    print_findings(result.findings, Console(stderr=True, highlight=False, soft_wrap=True))


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
