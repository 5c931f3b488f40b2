"""What videos use, as JSON and as a table: each thing on the terms on which it was used, and what has changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby
from typing import Any

from rich.table import Table
from rich.text import Text

from catalogue.uses import FACT, VideoUse, order_of
from catalogue.views import AssetUse, FactUse
from script.document import Asset

Terms = Mapping[AssetUse, Asset | None]
"""The entries that used files have in `assets.toml` today."""


def uses_json(name: str, video: str, found: Sequence[VideoUse], terms: Terms) -> dict[str, Any]:
    """By video: slug, title, state, and each use with its scenes and terms; `now` where `assets.toml` says otherwise today."""
    videos = []
    for slug, group in groupby(found, key=lambda use: use.slug):
        uses = list(group)
        videos.append(
            {
                "slug": slug,
                "title": uses[0].title,
                "state": uses[0].state,
                "uses": [_use_json(use, terms) for use in uses],
            }
        )
    asked: dict[str, Any] = {"asset": name or None}
    return asked | ({"video": video} if video else {}) | {"videos": videos}


def _use_json(use: VideoUse, terms: Terms) -> dict[str, Any]:
    facts = {"kind": use.kind} | {key: value for key, value in asdict(use.use).items() if value or key == "scenes"}
    changed = _changed(use, terms)
    return facts | {"scenes": list(use.use.scenes)} | ({"now": changed} if changed else {})


def _changed(use: VideoUse, terms: Terms) -> dict[str, str]:
    """Terms of a file that are others today than when it was used."""
    now = terms.get(use.use) if isinstance(use.use, AssetUse) else None
    if now is None or not isinstance(use.use, AssetUse):
        return {}
    fields = ("credit", "licence", "address", "expires")
    return {field: getattr(now, field) for field in fields if getattr(now, field) != getattr(use.use, field)}


def uses_table(found: Sequence[VideoUse], terms: Terms, today: date, *, by_video: bool) -> Table:
    """A row a use, `by_video`; else a row a thing, with the videos that use it."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    heads = ("kind", "what", "video", "scenes", "terms") if by_video else ("kind", "what", "videos", "terms")
    for head in heads:
        table.add_column(head, overflow="fold")
    if by_video:
        for use in found:
            scenes = ", ".join(use.use.scenes) or "the whole film" * (use.kind != FACT)
            table.add_row(use.kind, _named(use), Text(use.slug), Text(scenes), _terms(use, terms, today))
        return table
    rows: dict[tuple[str, str, str], list[VideoUse]] = {}
    for use in found:
        rows.setdefault((use.kind, use.use.name, _terms(use, terms, today).plain), []).append(use)
    for (kind, _, _), uses in sorted(rows.items(), key=lambda row: (order_of(row[0][0]), *row[0])):
        slugs = ", ".join(dict.fromkeys(use.slug for use in uses))
        table.add_row(kind, _named(uses[0]), Text(slugs), _terms(uses[0], terms, today))
    return table


def _named(use: VideoUse) -> Text:
    return Text(use.use.name, style="bold")


def _terms(use: VideoUse, terms: Terms, today: date) -> Text:
    used = use.use
    if isinstance(used, FactUse):
        figure = " ".join(filter(None, (used.value, used.unit)))
        return Text(", ".join(filter(None, (figure, used.as_of, used.source))))
    line = Text(", ".join(filter(None, (used.credit, used.licence))))
    expires = _changed(use, terms).get("expires", used.expires)
    if expires:
        over = expires[:10] < today.isoformat()
        line.append(f", {'ran out' if over else 'until'} {expires[:10]}", style="red" if over else "")
    for field, value in _changed(use, terms).items():
        if field != "expires":
            line.append(f"; {field} now {value or 'none'}", style="yellow")
    return line
