"""Captions as the record has them: for the player, and to take away in every format."""

import io

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from catalogue.store import get_video
from catalogue.tracks import track_cues
from catalogue.views import STAFF, Track
from transcripts.formats.registry import FORMATS
from transcripts.subtitles import Subtitles
from web.entitlement import may_preview
from web.studio import Catalogue, Reader, TheStudio

router = APIRouter(prefix="/watch")

MEDIA_TYPES = {
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "json": "application/json",
    "ttml": "application/ttml+xml",
}
"""By the suffix that is asked for; others are plain text."""


def captions_address(slug: str, track: Track, suffix: str = "vtt") -> str:
    """Where a track is fetched from; another version has another address, so that it can be kept."""
    return f"/watch/{slug}/captions.{track.language}.{suffix}?v={track.digest[:12]}"


@router.get("/{slug}/captions.{rest}")
def captions(
    request: Request, slug: str, rest: str, studio: TheStudio, catalogue: Catalogue, reader: Reader
) -> Response:
    """`captions.de.vtt`, or `captions.vtt` for the film's own language: the version that is shown."""
    language, _, suffix = rest.rpartition(".")
    form = next((each for each in FORMATS if f".{suffix}" in each.suffixes), None)
    if form is None:
        raise HTTPException(404)
    previewed = may_preview(request, studio.settings.home, slug)
    video = get_video(catalogue, slug, STAFF if previewed else reader)
    if video is None:
        raise HTTPException(404)
    track = next((one for one in video.tracks if one.language == (language or video.language)), None)
    if track is None:
        raise HTTPException(404)
    cues = video.cues
    if track.language != video.language:
        cues = track_cues(catalogue, slug, track.language, STAFF if previewed else reader) or ()
    stream = io.StringIO()
    form.write(Subtitles(cues, track.language, video.card.title), stream)
    mime = MEDIA_TYPES.get(form.name, "text/plain")
    lasting = request.query_params.get("v", "") == track.digest[:12] and not previewed
    headers = {"Cache-Control": "public, max-age=31536000, immutable" if lasting else "private, no-cache"}
    if request.query_params.get("download") is not None:
        headers["Content-Disposition"] = f'attachment; filename="{slug}.{track.language}.{suffix}"'
    return Response(stream.getvalue(), media_type=f"{mime}; charset=utf-8", headers=headers)
