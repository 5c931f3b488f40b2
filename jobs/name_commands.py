"""`slugline names`: the studio's names, one of them, and how many of them a transcript has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from core.console import counted, out, print_json

if TYPE_CHECKING:
    from transcripts.lexicon import Name
    from transcripts.video_names import KnownNames

Json = Annotated[bool, typer.Option("--json", help="one JSON document on standard output")]
Home = Annotated[Path | None, typer.Option("--home", help="the studio folder; else the one around the current folder")]

app = typer.Typer(
    help="The names a studio writes: how they are spelt, where, and whether a transcript has them.",
    no_args_is_help=True,
)

_SHOWN = 6
"""Spellings of a name on one line."""


@app.callback()
def names() -> None:
    """The names a studio writes: how they are spelt, where, and whether a transcript has them."""


@app.command("list")
def list_names(
    query: Annotated[
        str, typer.Argument(metavar="[QUERY]", help="only names with a spelling that has this in it")
    ] = "",
    mixed: Annotated[bool, typer.Option("--mixed", help="only names that the studio spells in several ways")] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, help="how many to show; 0 for all")] = 50,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """List the names in the studio's scripts, articles and names.toml, the most frequent first."""
    from core.settings import load_settings
    from jobs.lexicon import read_lexicon

    studio = read_lexicon(load_settings(home))
    found = tuple(name for name in studio.lexicon.search(query) if not mixed or len(name.spelt) > 1)
    shown = found[: limit or None]
    if as_json:
        unread = [{"file": file, "reason": reason} for file, reason in studio.unread]
        counts = {"total": len(found), "scripts": studio.scripts, "articles": studio.articles}
        print_json({**counts, "names": [name.to_json() for name in shown], "unread": unread})
        return
    if shown:
        out().print(_table(shown))
    where = f"{counted(studio.scripts, 'script')} and {counted(studio.articles, 'other article')}"
    more = f"; {len(found) - len(shown)} not shown (--limit 0)" if len(found) > len(shown) else ""
    out().print(f"{counted(len(found), 'name')} from {where}{more}", markup=False)
    for file, reason in studio.unread:
        typer.echo(f"  {file} was not read: {reason}", err=True)


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="the name, in any of its spellings")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Show one name: its spellings, in other alphabets too, how it is said, and where it was seen."""
    from core.errors import BadInput
    from core.nearest import nearest
    from core.settings import load_settings
    from jobs.lexicon import read_lexicon

    lexicon = read_lexicon(load_settings(home)).lexicon
    found = lexicon.get(name)
    if found is None:
        near = nearest(name, (one.text for one in lexicon.names))
        hint = f"did you mean {near}?" if near else "`slugline names list` shows what there is"
        raise BadInput(f"the lexicon has no name {name!r}", hint=hint)
    if as_json:
        print_json(found.to_json())
        return
    out().print(Text(found.text, style="bold"))
    rows = [
        ("spelt", ", ".join(f"{form} {times}×" for form, times in found.spelt)),
        ("put right", ", ".join(found.variants)),
        ("also", ", ".join(found.also)),
        ("said", ", ".join(found.says) or " ".join(_phones(found))),
        ("never", ", ".join(found.never)),
        ("seen", ", ".join(f"{where} {times}×" for where, times in found.seen)),
        ("from", "names.toml" if found.own else ""),
    ]
    for title, value in rows:
        if value:
            out().print(Text(f"  {title:<10}", style="dim").append(value, style="default"))


@app.command()
def recall(
    transcript: Annotated[Path, typer.Argument(metavar="TRANSCRIPT", help="subtitles, or what `transcribe` wrote")],
    text: Annotated[Path, typer.Argument(metavar="TEXT", help="what was said: a script, Markdown or plain text")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Count the names of a text that a transcript has in their exact form, and list those it has not."""
    from core.settings import which_home
    from transcripts.recall import measure_recall, share
    from transcripts.transcribe import read_text
    from transcripts.transcript_files import read_transcript
    from transcripts.video_names import names_of_text

    said = read_text(text)
    lexicon = names_of_text(said, read_names(which_home(home)).lexicon)
    found = measure_recall(said, read_transcript(transcript), lexicon)
    total, exact = sum(one.said for one in found), sum(one.exact for one in found)
    if as_json:
        names = [one.to_json() for one in found]
        print_json({"said": total, "exact": exact, "recall": round(share(found), 4), "names": names})
        return
    for one in found:
        if one.exact < one.said:
            instead = ", ".join(f"{form} {times}×" for form, times in one.otherwise)
            out().print(
                f"  {one.name}: {one.exact} of {one.said}" + (f"; instead {instead}" if instead else ""), markup=False
            )
    per_cent = f" ({share(found):.0%})" if total else ""
    out().print(f"{exact} of {counted(total, 'name')} in their exact form{per_cent}", markup=False)


def read_names(home: Path | None) -> KnownNames:
    """The names of the studio in a folder; none where there is no studio."""
    from core.settings import load_settings
    from jobs.lexicon import read_lexicon
    from render.geography.spellings import names_of_the_world
    from transcripts.video_names import KnownNames

    return KnownNames(read_lexicon(load_settings(home)).lexicon, names_of_the_world) if home else KnownNames()


def _phones(name: Name) -> tuple[str, ...]:
    from transcripts.sounds import phones_of
    from transcripts.vocabulary import english_words

    return phones_of(name.text, english_words())


def _table(names: Sequence[Name]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("name")
    table.add_column("seen", justify="right")
    table.add_column("in", justify="right")
    table.add_column("other spellings", overflow="fold")
    for name in names:
        others = [form for form in (*dict(name.spelt), *name.variants, *name.also) if form != name.text]
        others = list(dict.fromkeys(others))
        more = f" … {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        style = "bold" if name.own else ""
        table.add_row(
            Text(name.text, style=style), str(name.count), str(len(name.seen)), ", ".join(others[:_SHOWN]) + more
        )
    return table
