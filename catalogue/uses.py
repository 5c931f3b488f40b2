"""Which videos use what: files, music, maps, flags, countries, other videos and scenes, figures; and on which terms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import or_, select, true
from sqlmodel import Session, col

from catalogue.models import AssetUseRow, FactUseRow, Video
from catalogue.views import AssetUse, FactUse
from core.nearest import nearest
from script.credits import KINDS

FACT = "fact"
"""The kind under which figures are listed beside `script.credits.KINDS`."""


@dataclass(frozen=True)
class VideoUse:
    """What one video uses, with the video's slug, title and state."""

    slug: str
    title: str
    state: str
    use: AssetUse | FactUse

    @property
    def kind(self) -> str:
        """The kind of what is used."""
        return self.use.kind if isinstance(self.use, AssetUse) else FACT


def find_uses(session: Session, wanted: str, names: Sequence[str] = ()) -> tuple[VideoUse, ...]:
    """Every use of what is called `wanted` or one of `names`, by video and kind.

    A file answers to its path, the end of its path and its own name; everything else to its name, capitals aside. A kind, such
    as `flag`, finds all of that kind.
    """
    asked = {name.casefold() for name in (wanted, *names)}
    if wanted in (*KINDS, FACT) or not all(name.isascii() for name in asked):
        # Databases fold no letters but those of ASCII alike, and SQLite no others at all.
        found = all_uses(session)
    else:
        found = _select(session, lambda row: or_(*(col(row.name).icontains(name, autoescape=True) for name in asked)))
    called = (use for use in found if use.kind == wanted or any(_is_called(use, name) for name in asked))
    return tuple(sorted(dict.fromkeys(called), key=_order))


def nearest_use(session: Session, wanted: str) -> str | None:
    """What is used under the name most like `wanted`."""
    known = {name for use in all_uses(session) for name in (use.use.name, use.use.name.rpartition("/")[2])}
    return nearest(wanted, known)


def also_called(name: str) -> tuple[str, ...]:
    """The ISO code of a country that is meant by its name or by another code: what flags and countries are recorded as."""
    from render.geography.names import code_of_name

    code = code_of_name(name) if name else None
    return (code,) if code else ()


def all_uses(session: Session, slug: str | None = None) -> tuple[VideoUse, ...]:
    """Every use in the catalogue, or in one video, by video and kind."""
    return tuple(sorted(_select(session, lambda _: Video.slug == slug if slug is not None else true()), key=_order))


def _select(session: Session, which: Callable[[Any], Any]) -> tuple[VideoUse, ...]:
    """The uses that a condition on either table's rows leaves."""
    video = (col(Video.slug), col(Video.title), col(Video.state))
    found: list[VideoUse] = []
    for table, made in ((AssetUseRow, AssetUse), (FactUseRow, FactUse)):
        names = [field.name for field in fields(made)]
        columns = [getattr(table, name) for name in names]
        query = select(*video, *columns).join(Video, col(table.video_id) == col(Video.id)).where(which(table))
        for slug, title, state, *values in session.execute(query).all():
            facts = dict(zip(names, values, strict=True))
            facts["scenes"] = tuple(facts["scenes"].split())
            found.append(VideoUse(slug, title, state, made(**facts)))
    return tuple(found)


def _order(use: VideoUse) -> tuple[str, int, str]:
    return use.slug, order_of(use.kind), use.use.name


def order_of(kind: str) -> int:
    """Where a kind stands in a list: files first, figures last."""
    return (*KINDS, FACT).index(kind)


def _is_called(use: VideoUse, asked: str) -> bool:
    name = use.use.name.casefold()
    return name == asked or name.endswith(f"/{asked}")
