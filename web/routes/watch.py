"""The watch page: the film, its chapters and transcript, the article beside it; and the tracks that are made from the record."""

import io

from fastapi import APIRouter, HTTPException, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from catalogue.store import get_video, nearest_slugs, next_in_series, related_videos
from catalogue.views import STAFF, State, VideoView, Visibility
from transcripts.formats import webvtt
from transcripts.subtitles import Subtitles
from transcripts.words import Cue
from web.chapters import read_spans, to_cues
from web.entitlement import may_edit, may_preview, may_read, preview_cookie
from web.moment import read_moment
from web.pages import picture_address
from web.routes.captions import captions_address
from web.structured import describe_video, to_script
from web.studio import Catalogue, Reader, Studio, TheStudio
from web.transcript import read_passages

router = APIRouter(prefix="/watch")

PREVIEW = 30 * 24 * 3600
"""Seconds for which a browser remembers a preview link."""


@router.get("/{slug}", response_class=HTMLResponse)
def watch(request: Request, slug: str, studio: TheStudio, catalogue: Catalogue, reader: Reader) -> HTMLResponse:
    """One video. `?t=` opens it at a moment."""
    previewed = may_preview(request, studio.settings.home, slug)
    video = get_video(catalogue, slug, STAFF if previewed else reader)
    if video is None:
        near = nearest_slugs(catalogue, slug, reader)
        return studio.pages.show("not_found", 404, near=near)
    spans = read_spans(video.chapters, video.card.duration)
    settings = studio.settings
    page = studio.pages.show(
        "watch",
        video=video,
        card=video.card,
        film=video.file("film"),
        poster=picture_address(video, "poster"),
        shared=picture_address(video, "thumbnail"),
        sprites=video.file("sprites"),
        captions=[(track, captions_address(slug, track)) for track in video.tracks],
        start=read_moment(request.query_params.get("t", ""), video.card.duration),
        spans=spans,
        passages=read_passages(video.cues, video.chapters if spans else ()),
        article=video.article,
        full=video.article is not None and may_read(video.article, reader),
        editing=may_edit(request, studio.settings.home, slug),
        draft=video.card.state is not State.PUBLISHED,
        following=next_in_series(catalogue, slug, reader),
        related=related_videos(catalogue, slug, reader, limit=8),
        structured=to_script(describe_video(video, spans, settings.base_url.rstrip("/"), settings.name)),
    )
    if token := request.query_params.get("preview") if previewed else None:
        secure = request.url.scheme == "https"
        page.set_cookie(preview_cookie(slug), token, max_age=PREVIEW, httponly=True, samesite="lax", secure=secure)
    return page


@router.get("/{slug}/chapters.vtt")
def chapters(request: Request, slug: str, studio: TheStudio, catalogue: Catalogue, reader: Reader) -> Response:
    """The chapters, for the seek bar."""
    video = _seen(request, slug, studio, catalogue, reader)
    return _track(to_cues(read_spans(video.chapters, video.card.duration)))


def _seen(request: Request, slug: str, studio: Studio, catalogue: Session, reader: Visibility) -> VideoView:
    allowed = STAFF if may_preview(request, studio.settings.home, slug) else reader
    video = get_video(catalogue, slug, allowed)
    if video is None:
        raise HTTPException(404)
    return video


def _track(cues: list[Cue]) -> Response:
    stream = io.StringIO()
    webvtt.write(Subtitles(tuple(cues)), stream)
    return Response(stream.getvalue(), media_type="text/vtt; charset=utf-8", headers={"Cache-Control": "no-cache"})
