"""The captions' editor: its page, the link that opens it, and the plain form for a browser without scripts."""

import io
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, HTTPException, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from catalogue.store import get_video
from catalogue.track_check import clean_language
from catalogue.tracks import track_cues
from catalogue.transcript_versions import edit_transcript
from catalogue.views import STAFF
from core.clock import SystemClock
from core.database import writing
from core.errors import BadInput
from core.preview import is_edit_token
from core.timecode import rate_to_text
from transcripts.formats import srt
from transcripts.formats.registry import FORMATS
from transcripts.profiles import PROFILES
from transcripts.subtitles import Subtitles
from transcripts.words import Cue
from web.entitlement import edit_cookie, from_own_page, may_edit
from web.film import USUAL_RATE, film_rate
from web.pages import picture_address
from web.routes.captions import captions_address
from web.studio import Catalogue, Studio, TheStudio
from web.uploads import Body

router = APIRouter(prefix="/watch/{slug}/edit")

REMEMBERED = 30 * 24 * 3600
"""Seconds for which a browser remembers an editing link."""


@router.get("")
def edit_page(
    request: Request, slug: str, studio: TheStudio, catalogue: Catalogue, key: str = "", language: str = ""
) -> Response:
    """The editor. The link's word is put into a cookie and taken out of the address, so that it is in no history and no picture of it."""
    if key:
        return _let_in(request, slug, studio, key)
    if not may_edit(request, studio.settings.home, slug):
        return studio.pages.show("no_editing", 403, slug=slug)
    language = _language(catalogue, slug, language)
    video = get_video(catalogue, slug, STAFF)
    assert video is not None
    film = video.file("film")
    path = studio.media.path(film.key) if film else None
    rate = film_rate(path, path.stat().st_mtime_ns) if path and path.is_file() else USUAL_RATE
    track = next((one for one in video.tracks if one.language == language), None)
    plain = io.StringIO()
    srt.write(Subtitles(track_cues(catalogue, slug, language, STAFF) or ()), plain)
    page = studio.pages.show(
        "edit",
        video=video,
        card=video.card,
        film=film,
        poster=picture_address(video, "poster"),
        language=language,
        track=track,
        rate=rate_to_text(rate),
        profiles=PROFILES.values(),
        formats=FORMATS,
        download=captions_address(slug, track) if track else "",
        plain=plain.getvalue(),
    )
    page.headers["Cache-Control"] = "private, no-store"
    return page


@router.post("")
def save_plainly(
    request: Request, slug: str, studio: TheStudio, catalogue: Catalogue, body: Body, language: str = ""
) -> Response:
    """What the form without scripts sends: all cues as SubRip in one field."""
    if not may_edit(request, studio.settings.home, slug):
        raise HTTPException(404)
    if not from_own_page(request):
        raise HTTPException(403, "This request did not come from this site’s own page.")
    fields = {name: values[0] for name, values in parse_qs(body.decode(errors="replace")).items()}
    sent = srt.read(io.StringIO(fields.get("cues", ""), newline="")).cues
    if not sent:
        raise BadInput("there is no cue in what was sent", hint="go back: what you typed is still there")
    kept = {
        _shown_times(cue): cue for cue in track_cues(catalogue, slug, _language(catalogue, slug, language), STAFF) or ()
    }
    base = fields.get("base", "")
    with writing(studio.engine) as session:
        edit_transcript(
            session, slug, [_beside(cue, kept.get(_shown_times(cue))) for cue in sent], edited_by=fields.get("by", ""),
            clock=SystemClock(), language=language, base=int(base) if len(base) < 10 and base.isdecimal() else -1,
        )  # fmt: skip
    return RedirectResponse(_address(slug, language), 303)


def _shown_times(cue: Cue) -> tuple[int, int]:
    """A cue's times as SubRip writes them, in milliseconds."""
    return round(cue.start * 1000), round(cue.end * 1000)


def _beside(cue: Cue, kept: Cue | None) -> Cue:
    """A cue whose times were not touched keeps them to the last digit, and whatever SubRip cannot say."""
    return replace(kept, lines=cue.lines) if kept else replace(cue, id="")


def _language(session: Session, slug: str, language: str) -> str:
    """The track's language, the film's own unless another is named. Raises a 404 for a video that is not there."""
    video = get_video(session, slug, STAFF)
    if video is None:
        raise HTTPException(404)
    return clean_language(language) if language else video.language


def _let_in(request: Request, slug: str, studio: Studio, key: str) -> Response:
    if not is_edit_token(studio.settings.home, slug, key):
        return studio.pages.show("no_editing", 403, slug=slug)
    answer = RedirectResponse(_address(slug, request.query_params.get("language", "")), 303)
    cookie: dict[str, Any] = {"max_age": REMEMBERED, "httponly": True, "samesite": "lax"}
    answer.set_cookie(edit_cookie(slug), key, secure=request.url.scheme == "https", **cookie)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _address(slug: str, language: str) -> str:
    return f"/watch/{quote(slug)}/edit" + (f"?language={quote(language)}" if language else "")
