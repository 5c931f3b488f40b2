"""Who may see what. Every page, file and search asks here, so that membership will change one module and not the pages."""

from pathlib import Path
from urllib.parse import urlsplit

from fastapi import Request

from catalogue.views import SUBSCRIBER, ArticleView, Visibility
from core.preview import is_edit_token, is_preview_token


def visibility_of(request: Request) -> Visibility:  # noqa: ARG001 - sessions will be read from the request
    """What this reader may see: everybody reads in full for as long as the studio has no memberships."""
    return SUBSCRIBER


def preview_cookie(slug: str) -> str:
    """Name of the cookie that remembers a preview link, so that the film behind the page is let through too."""
    return f"preview-{slug}"


def may_preview(request: Request, home: Path, slug: str) -> bool:
    """True when the reader came by the preview link of this video, now or before, or may edit it."""
    token = request.query_params.get("preview") or request.cookies.get(preview_cookie(slug), "")
    return (bool(token) and is_preview_token(home, slug, token)) or may_edit(request, home, slug)


def edit_cookie(slug: str) -> str:
    """Name of the cookie that remembers an editing link."""
    return f"edit-{slug}"


def may_edit(request: Request, home: Path, slug: str) -> bool:
    """True when the reader came by this video's editing link before. Roles, once there are members, will be asked for here."""
    token = request.cookies.get(edit_cookie(slug), "")
    return bool(token) and is_edit_token(home, slug, token)


def from_own_page(request: Request) -> bool:
    """True for a request that one of this site's own pages made: what browsers send of their own accord, and no other site can forge.

    A request without either header comes from no browser of this decade, and is refused too: it carries the cookie of one.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    # Browsers leave that one out on addresses without https, other than this machine's own; `Origin` is always there.
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


def may_read(article: ArticleView, reader: Visibility) -> bool:
    """True when the whole text may be shown; the catalogue leaves `html` empty for those who may not read it."""
    return reader.full_articles and bool(article.html)
