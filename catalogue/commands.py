"""`slugline catalogue`: look into the studio's record, search it, publish from it."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Engine
from sqlmodel import Session

from catalogue.articles import list_articles
from catalogue.caption_commands import export_captions, import_captions
from catalogue.description import full_description
from catalogue.publication import anything_due, parse_time, publish_due
from catalogue.publication import publish as publish_video
from catalogue.schema import ensure_schema
from catalogue.search import search as search_catalogue
from catalogue.store import get_video, list_videos, nearest_slugs
from catalogue.tables import articles_table, found_videos, video_sheet, videos_table
from catalogue.uses import all_uses, also_called, find_uses, nearest_use
from catalogue.uses_shown import uses_json, uses_table
from catalogue.views import STAFF, AssetUse, State, VideoView
from core.clock import SystemClock
from core.console import counted, out, print_json, short_path
from core.database import open_engine, reading, writing
from core.errors import BadInput
from core.nearest import all_near
from core.preview import edit_token, page_address
from core.settings import Settings, load_settings
from script.assets import asset_named

Home = Annotated[Path | None, typer.Option("--home", help="the studio folder; else the one around the current folder")]
Json = Annotated[bool, typer.Option("--json", help="print one JSON document")]
Limit = Annotated[int, typer.Option("--limit", min=1, help="how many to show")]

EVERYTHING = 1_000_000
"""More videos than a studio makes: programs that ask for JSON get the whole list unless they say otherwise."""

app = typer.Typer(help="Look into the studio's record, search it, publish from it.", no_args_is_help=True)


@contextmanager
def _open(home: Path | None) -> Iterator[tuple[Settings, Engine]]:
    """The studio's catalogue, brought up to date: tables, and what was scheduled for a time that has come."""
    settings = load_settings(home)
    engine = open_engine(settings.database)
    try:
        ensure_schema(engine)
        with reading(engine) as session:
            due = anything_due(session, SystemClock())
        if due:
            with writing(engine) as session:
                publish_due(session, SystemClock())
        yield settings, engine
    finally:
        engine.dispose()


@app.command("list")
def list_(
    query: Annotated[str, typer.Argument(metavar="[QUERY]", help="only what search would find")] = "",
    articles: Annotated[bool, typer.Option("--articles", help="articles instead of videos")] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="how many to show")] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Videos, newest first; or articles."""
    shown = limit or (EVERYTHING if as_json else 30)
    with _open(home) as (_settings, engine), reading(engine) as session:
        if articles:
            total, page = list_articles(session, STAFF, query=query, limit=shown)
            items: list[dict[str, Any]] = [
                {"slug": article.slug, "title": article.title, "published": _when(video.published if video else None)}
                for article, video in page
            ]
            table = None if as_json else articles_table(page)
        else:
            found = list_videos(session, STAFF, query=query, limit=shown)
            total = found.total
            items = [
                {
                    "slug": card.slug,
                    "title": card.title,
                    "published": _when(card.published),
                    "duration": card.duration,
                }
                for card in found.items
            ]
            table = None if as_json else videos_table(found.items)
    if as_json:
        print_json({"total": total, "items": items})
        return
    if items:
        out().print(table)
    noun = ("article" if articles else "video") + ("" if total == 1 else "s")
    more = f", the first {len(items)} shown (--limit shows more)" if total > len(items) else ""
    out().print(f"{total:,} {noun}{more}" if total else f"no {noun}" + (f" for '{query}'" if query else " yet"))


@app.command()
def show(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="the video's name in addresses")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Everything the catalogue knows of one video."""
    with _open(home) as (settings, engine), reading(engine) as session:
        video = get_video(session, slug, STAFF)
        if video is None:
            raise _unknown(session, slug)
    editing = f"{_address(settings, slug)}/edit?key={edit_token(settings.home, slug)}"
    if as_json:
        print_json({**_video_json(video), "editing": editing})
    else:
        published = video.card.state is State.PUBLISHED
        page = page_address(settings.base_url, settings.home, slug, published=published)
        out().print(video_sheet(video, page, editing))


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help='words that must all occur, "phrases" in quotes')],
    series: Annotated[str | None, typer.Option("--series", help="only this series")] = None,
    tag: Annotated[str | None, typer.Option("--tag", help="only this tag")] = None,
    year: Annotated[int | None, typer.Option("--year", help="only this year")] = None,
    limit: Limit = 10,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Find videos by title, description, article and every spoken word, with the moment it is spoken."""
    with _open(home) as (settings, engine), reading(engine) as session:
        page = search_catalogue(session, query, STAFF, series=series, tag=tag, year=year, limit=limit)
        names = {facet.value for facet in list_videos(session, STAFF, limit=1).facets} if not page.total else set()
    if as_json:
        facets: dict[str, dict[str, int]] = defaultdict(dict)
        for facet in page.facets:
            facets[facet.name][facet.value] = facet.count
        results = [
            {
                "slug": result.card.slug,
                "title": result.card.title,
                "score": result.score,
                "hits": [{"start": hit.start, "end": hit.end, "text": hit.text} for hit in result.moments],
            }
            for result in page.results
        ]
        print_json({"total": page.total, "results": results, "facets": facets})
        return
    if page.total:
        out().print(found_videos(page, lambda slug: _address(settings, slug)))
        return
    out().print(f"nothing found for '{query}'")
    for option, value in (("--series", series), ("--tag", tag)):
        if value is not None and value not in names:
            close = all_near(value, sorted(names))
            out().print(f"no video has {option} '{value}'" + (f"; did you mean '{close[0]}'?" if close else ""))
    if page.suggestion:
        out().print(f"did you mean: {page.suggestion}")


@app.command()
def publish(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="the video's name in addresses")],
    at: Annotated[str, typer.Option("--at", metavar="TIME", help="when: 2026-01-31T18:00Z; else now")] = "",
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="RULE", help="publish although this rule blocks it; repeatable"),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Put a video on the pages, now or at a time to come."""
    when = parse_time(at) if at else None
    with _open(home) as (settings, engine):
        with writing(engine) as session:
            publish_video(session, slug, clock=SystemClock(), at=when, accept=tuple(accept or ()))
        with reading(engine) as session:
            video = get_video(session, slug, STAFF)
    assert video is not None
    state, published = video.card.state.value, _when(video.card.published)
    if as_json:
        print_json({"slug": slug, "state": state, "published": published, "url": _address(settings, slug)})
    else:
        out().print(f"{video.card.title}: {state} {published}, {_address(settings, slug)}")


@app.command()
def edit(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="the video's name in addresses")],
    subtitles: Annotated[Path, typer.Option("--subtitles", metavar="FILE", help="corrected captions, in any format")],
    language: Annotated[str, typer.Option("--language", metavar="L", help="their language; else the film's")] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="who corrected them; else you")] = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Put a corrected subtitle file in front, as a version by a person; older versions stay."""
    with _open(home) as (_settings, engine), writing(engine) as session:
        version, remarks = import_captions(session, slug, subtitles, language=language, by=by, clock=SystemClock())
    if as_json:
        shown = {"version": version.version, "edited_by": version.edited_by, "cues": version.cues}
        print_json({"slug": slug, **shown, "remarks": list(remarks)})
        return
    out().print(f"version {version.version} by {version.edited_by}: {counted(version.cues, 'cue')}", markup=False)
    for remark in remarks:
        typer.echo(f"  {remark}", err=True)


@app.command()
def export(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="the video's name in addresses")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="the file to write; its suffix chooses the format")
    ],
    language: Annotated[str, typer.Option("--language", metavar="L", help="which captions; else the film's own")] = "",
    version: Annotated[int | None, typer.Option("--version", min=1, help="an older version")] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Write a video's captions as the pages show them into a file."""
    with _open(home) as (_settings, engine), reading(engine) as session:
        remarks = export_captions(session, slug, output, language=language, version=version)
    if as_json:
        print_json({"slug": slug, "file": str(output), "remarks": list(remarks)})
        return
    out().print(f"wrote {short_path(output)}", markup=False)
    for remark in remarks:
        typer.echo(f"  {remark}", err=True)


@app.command()
def uses(
    name: Annotated[
        str,
        typer.Argument(metavar="[NAME]", help="a file, a fact's id, a country, a video's slug, or a kind such as flag"),
    ] = "",
    video: Annotated[str, typer.Option("--video", metavar="SLUG", help="what this video uses")] = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Which videos use a file, a figure, a flag or a country's map, and on which terms; without a name, everything used."""
    with _open(home) as (settings, engine), reading(engine) as session:
        if video and get_video(session, video, STAFF) is None:
            raise _unknown(session, video)
        found = find_uses(session, name, also_called(name)) if name else all_uses(session, video or None)
        if video:
            found = tuple(use for use in found if use.slug == video)
        near = nearest_use(session, name) if name and not found else None
    terms = {use.use: asset_named(settings.home, use.use.name) for use in found if isinstance(use.use, AssetUse)}
    if as_json:
        print_json(uses_json(name, video, found, terms))
    elif found:
        out().print(uses_table(found, terms, SystemClock().now().date(), by_video=bool(name or video)))
    else:
        what = f"'{name}'" if name else "anything that is recorded"
        out().print(f"no video uses {what}" + (f"; did you mean '{near}'?" if near else ""))


def _unknown(session: Session, slug: str) -> BadInput:
    close = nearest_slugs(session, slug, STAFF)
    return BadInput(
        f"no video '{slug}'", hint=f"did you mean '{close[0]}'?" if close else "see `slugline catalogue list`"
    )


def _when(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _address(settings: Settings, slug: str) -> str:
    return f"{settings.base_url.rstrip('/')}/watch/{slug}"


def _video_json(video: VideoView) -> dict[str, Any]:
    card = video.card
    return {
        "slug": card.slug,
        "title": card.title,
        "description": card.description,
        "state": card.state.value,
        "published": _when(card.published),
        "duration": card.duration,
        "series": card.series,
        "tags": list(card.tags),
        "chapters": [{"start": chapter.start, "title": chapter.title} for chapter in video.chapters],
        "article": {"slug": video.article.slug, "title": video.article.title} if video.article else None,
        "external_ids": dict(video.external_ids),
        "transcripts": list(video.transcripts),
        "files": [{"path": file.key, "sha256": file.sha256, "bytes": file.bytes} for file in video.files],
        "credits": [
            {"what": one.what, "credit": one.credit, "licence": one.licence, "address": one.address}
            for one in video.credits
        ],
        "sources": list(video.sources),
        "notes": full_description(video),
    }
