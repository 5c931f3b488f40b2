"""The article in full, or its open part and what it takes to read the rest."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from catalogue.store import get_article, get_video, related_videos, videos_of_article
from web.entitlement import may_read
from web.structured import describe_article, to_script
from web.studio import Catalogue, Reader, TheStudio

router = APIRouter(prefix="/articles")

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019, a review of 190 studies)."""


@router.get("/{slug}", response_class=HTMLResponse)
def article(slug: str, studio: TheStudio, catalogue: Catalogue, reader: Reader) -> HTMLResponse:
    """One article, with the films it stands beside."""
    text = get_article(catalogue, slug, reader)
    if text is None:
        return studio.pages.show("not_found", 404, near=())
    videos = videos_of_article(catalogue, slug, reader)
    video = videos[0] if videos else None
    whole = get_video(catalogue, video.slug, reader) if video else None
    settings = studio.settings
    return studio.pages.show(
        "article",
        article=text,
        full=may_read(text, reader),
        minutes=max(1, round(text.words / WORDS_A_MINUTE)),
        video=video,
        videos=videos,
        credits=whole.credits if whole else (),
        related=related_videos(catalogue, video.slug, reader, limit=4) if video else (),
        structured=to_script(describe_article(text, video, settings.base_url.rstrip("/"), settings.name)),
    )
