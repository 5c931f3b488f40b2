"""Who may see what. Every page, file and search asks here, so that membership will change one module and not the pages."""

from pathlib import Path

from fastapi import Request

from catalogue.views import SUBSCRIBER, ArticleView, Visibility
from core.preview import is_preview_token


def visibility_of(request: Request) -> Visibility:  # noqa: ARG001 - sessions will be read from the request
    """What this reader may see: everybody reads in full for as long as the studio has no memberships."""
    return SUBSCRIBER


def preview_cookie(slug: str) -> str:
    """Name of the cookie that remembers a preview link, so that the film behind the page is let through too."""
    return f"preview-{slug}"


def may_preview(request: Request, home: Path, slug: str) -> bool:
    """True when the reader came by the preview link of this video, now or before."""
    token = request.query_params.get("preview") or request.cookies.get(preview_cookie(slug), "")
    return bool(token) and is_preview_token(home, slug, token)


def may_read(article: ArticleView, reader: Visibility) -> bool:
    """True when the whole text may be shown; the catalogue leaves `html` empty for those who may not read it."""
    return reader.full_articles and bool(article.html)
