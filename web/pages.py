"""Templates, and the few things every template may call: addresses, times, dates and marks."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from catalogue.views import VideoView
from core.digest import file_digest
from core.resources import resource
from core.settings import Settings
from core.timecode import clock_text
from web.languages import direction, language_name
from web.moment import write_moment

STATIC = resource("web", "static")


class Pages:
    """Makes pages of one studio. A template of the same name under the studio's own `templates/` is used instead of ours."""

    def __init__(self, settings: Settings) -> None:
        self.environment = Environment(
            loader=FileSystemLoader([settings.home / "templates", resource("templates")]),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        self.environment.filters |= {"clock": clock_text, "day": day, "spoken": spoken, "marked": marked}
        self.environment.globals |= {
            "studio": settings.name,
            "base": settings.base_url.rstrip("/"),
            "static": static_address,
            "media": media_address,
            "watch": watch_address,
            "language_name": language_name,
            "direction": direction,
        }
        self.environment.globals["icon"] = self.environment.get_template("partials/icons.html").module.icon  # type: ignore[attr-defined]

    def render(self, name: str, **context: Any) -> str:
        """The page's HTML."""
        return self.environment.get_template(f"pages/{name}.html").render(context)

    def show(self, name: str, status: int = 200, **context: Any) -> HTMLResponse:
        """The page as an answer: kept by the browser, but asked about again every time."""
        headers = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
        return HTMLResponse(self.render(name, **context), status_code=status, headers=headers)


@lru_cache(maxsize=256)
def _version(file: Path, changed: int) -> str:  # noqa: ARG001 - part of the key: a changed file has a new version
    return file_digest(file)[:10]


def static_address(name: str) -> str:
    """Where a file of ours is fetched from; its digest is part of the address, so that it can be kept for ever."""
    file = STATIC / name
    return f"/static/{name}?v={_version(file, file.stat().st_mtime_ns)}"


def media_address(key: str, sha256: str = "") -> str:
    """Where a file of the studio is fetched from; with its digest in the address it can be kept for ever."""
    return f"/media/{quote(key)}" + (f"?v={sha256[:12]}" if sha256 else "")


def picture_address(video: VideoView, role: str) -> str:
    """Where the video's picture of that role is fetched from, else the one that lists show; empty where it has none."""
    file = video.file(role)
    if file:
        return media_address(file.key, file.sha256)
    return media_address(video.card.thumbnail) if video.card.thumbnail else ""


def watch_address(slug: str, seconds: float | None = None) -> str:
    """A video's page, opened at a moment."""
    return f"/watch/{quote(slug)}" + (f"?t={write_moment(seconds)}" if seconds else "")


def day(moment: datetime | None) -> str:
    """`22 November 2026`; empty for a time that is not set."""
    return f"{moment.day} {moment:%B %Y}" if moment else ""


def spoken(seconds: float) -> str:
    """`2 minutes 4 seconds`, for those who hear the page."""
    whole = round(seconds)
    parts = ((whole // 3600, "hour"), (whole // 60 % 60, "minute"), (whole % 60, "second"))
    said = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
    return " ".join(said) or "0 seconds"


def marked(text: str, marks: Sequence[tuple[int, int]]) -> Markup:
    """Text with the spans that matched in `<mark>`; everything else escaped."""
    out, at = Markup(), 0
    for start, end in sorted(marks):
        if start < at or end <= start or end > len(text):
            continue
        out += escape(text[at:start]) + Markup("<mark>") + escape(text[start:end]) + Markup("</mark>")
        at = end
    return out + escape(text[at:])
