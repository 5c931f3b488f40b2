"""Who may see what. Every page, file and search asks here, so that membership will change one module and not the pages."""

from fastapi import Request

from catalogue.views import SUBSCRIBER, ArticleView, Visibility


def visibility_of(request: Request) -> Visibility:  # noqa: ARG001 - sessions will be read from the request
    """What this reader may see: everybody reads in full for as long as the studio has no memberships."""
    return SUBSCRIBER


def may_read(article: ArticleView, reader: Visibility) -> bool:
    """True when the whole text may be shown; the catalogue leaves `html` empty for those who may not read it."""
    return reader.full_articles and bool(article.html)
