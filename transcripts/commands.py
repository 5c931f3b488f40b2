"""The command `transcribe`: what was said in a recording, on its own or in a script's spelling."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.console import out, print_findings, print_json, short_path
from core.progress import Silent, Terminal
from core.timecode import clock_text

if TYPE_CHECKING:
    from core.settings import Settings
    from transcripts.transcribe import Result
    from transcripts.video_names import KnownNames

app = typer.Typer(no_args_is_help=True)


@app.command()
def transcribe(
    context: typer.Context,
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
    names: Annotated[
        Path | None,
        typer.Option("--names", metavar="FILE", help="what has its names: an article, any text, or a names.toml"),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME", help="whose rules the cues keep: netflix, bbc or youtube"),
    ] = None,
    home: Annotated[Path | None, typer.Option("--home", help="the studio folder; none is needed")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="no progress")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document on standard output")] = False,
) -> int:
    """Write down what is said in a video or sound file, as words and subtitles."""
    from core.errors import SluglineError
    from transcripts.profiles import find_profile
    from transcripts.transcribe import Transcriber, write_result

    settings = _settings(home)
    if profile is not None:
        settings = settings.model_copy(update={"captions_profile": find_profile(profile).name})
    reporter = Silent() if quiet or as_json else Terminal()
    known = _known_names(context, settings)
    with Transcriber(settings, language, script, reporter, names, known) as transcriber:
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
    for one in result.corrections:
        why = f"{one.confidence:.0%} by its {one.why}"
        typer.echo(f"  {clock_text(one.start)}  {one.heard} → {one.text} ({why})", err=True)
    print_findings(result.findings, Console(stderr=True, highlight=False, soft_wrap=True))


def _known_names(context: typer.Context, settings: Settings) -> KnownNames | None:
    """The studio's names: handed over by the command line, because transcripts know no catalogue."""
    from core.settings import SETTINGS_FILE

    read = (context.obj or {}).get("names")
    inside = (settings.home / SETTINGS_FILE).is_file()
    return read(settings.home) if read and inside else None


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
