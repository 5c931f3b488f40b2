"""What the captions' editor asks and says, in JSON. Whoever has no editing link is told that there is nothing here."""

from fractions import Fraction
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from sqlmodel import Session
from starlette.responses import JSONResponse, Response

from catalogue.store import get_video
from catalogue.track_check import clean_language
from catalogue.tracks import list_versions, track_cues, track_doubts
from catalogue.transcript_versions import edit_transcript, remove_track
from catalogue.views import STAFF, Track, VideoView
from core.clock import SystemClock
from core.database import reading, writing
from core.errors import BadInput
from core.timecode import parse_rate
from transcripts.merging import merge
from transcripts.rules import check_cues
from web.entitlement import from_own_page, may_edit
from web.film import film_waveform
from web.studio import TheStudio
from web.track_json import changes_json, doubt_json, read_cues, read_document, read_number, read_text, version_json
from web.uploads import Body, read_upload


def an_editor(request: Request, slug: str, studio: TheStudio) -> None:
    """404 for whoever may not edit this video, 403 for a request that another site made in an editor's name."""
    if not may_edit(request, studio.settings.home, slug):
        raise HTTPException(404)
    if request.method not in ("GET", "HEAD") and not from_own_page(request):
        raise HTTPException(403, "This request did not come from this site’s own page.")


router = APIRouter(prefix="/watch/{slug}/edit", dependencies=[Depends(an_editor)])


def a_language(language: str) -> str:
    """The track's language as the catalogue writes it."""
    return clean_language(language)


Language = Annotated[str, Depends(a_language)]


@router.get("/track")
def show_track(slug: str, language: Language, studio: TheStudio, version: int | None = None) -> Response:
    """A track as it is shown, or one of its versions, with every word of which the machine was not sure."""
    with reading(studio.engine) as session:
        video = _video(session, slug)
        return _answer(_track_json(session, video, language, version))


@router.post("/track")
def save_track(slug: str, language: Language, studio: TheStudio, body: Body) -> Response:
    """Keep a person's version; 409 with what is shown now when somebody else was quicker."""
    document = read_document(body)
    cues, by, base = read_cues(body), read_text(document, "by"), read_number(document, "base")
    with writing(studio.engine) as session:
        edit_transcript(
            session, slug, cues, edited_by=by, clock=SystemClock(), language=language, base=base,
            note=read_text(document, "note")[:200],
        )  # fmt: skip
    return show_track(slug, language, studio)


@router.delete("/track")
def delete_track(slug: str, language: Language, studio: TheStudio, body: Body) -> Response:
    """Take a translation off the pages."""
    document = read_document(body)
    by, base = read_text(document, "by"), read_number(document, "base")
    with writing(studio.engine) as session:
        remove_track(session, slug, language, edited_by=by, base=base, clock=SystemClock())
    return _answer({"removed": language})


@router.post("/file")
def upload_file(
    slug: str, language: Language, name: str, by: str, base: int, studio: TheStudio, body: Body
) -> Response:
    """A subtitle file in any format we read, kept as a person's version."""
    subtitles = read_upload(body, name)
    with writing(studio.engine) as session:
        edit_transcript(
            session, slug, subtitles.cues, edited_by=by, clock=SystemClock(), language=language, base=base,
            note=f"from {name[-80:]}",
        )  # fmt: skip
    with reading(studio.engine) as session:
        track = _track_json(session, _video(session, slug), language, None)
    return _answer({**track, "remarks": list(subtitles.remarks)})


@router.post("/restore")
def restore_version(slug: str, language: Language, studio: TheStudio, body: Body) -> Response:
    """An older version once more, as a new one by whoever wants it back."""
    document = read_document(body)
    wanted = read_number(document, "version")
    with writing(studio.engine) as session:
        cues = track_cues(session, slug, language, STAFF, wanted)
        if cues is None:
            raise BadInput(f"there is no version {wanted}")
        edit_transcript(
            session, slug, cues, edited_by=read_text(document, "by"), clock=SystemClock(), language=language,
            base=read_number(document, "base"), note=f"version {wanted} restored",
        )  # fmt: skip
    return show_track(slug, language, studio)


@router.get("/versions")
def show_versions(slug: str, language: Language, studio: TheStudio) -> Response:
    """Every version, the newest first."""
    with reading(studio.engine) as session:
        return _answer({"versions": [version_json(one) for one in list_versions(session, slug, language, STAFF)]})


@router.get("/compare")
def compare_versions(slug: str, language: Language, before: int, after: int, studio: TheStudio) -> Response:
    """What changed from one version to another."""
    with reading(studio.engine) as session:
        sides = [track_cues(session, slug, language, STAFF, version) for version in (before, after)]
    if sides[0] is None or sides[1] is None:
        raise HTTPException(404)
    return _answer(changes_json(sides[0], sides[1]))


@router.post("/merge")
def merge_versions(slug: str, language: Language, studio: TheStudio, body: Body) -> Response:
    """A person's unsaved cues on top of what somebody else saved meanwhile. Nothing is written."""
    document = read_document(body)
    mine, base = read_cues(body), read_number(document, "base")
    with reading(studio.engine) as session:
        now = _track_json(session, _video(session, slug), language, None)
        theirs = track_cues(session, slug, language, STAFF, now["version"]) or ()
        before = track_cues(session, slug, language, STAFF, base) or ()
    merged = merge(before, mine, theirs)
    return _answer(
        {
            **now,
            "cues": [cue.to_json() for cue in merged.cues],
            **changes_json(before, theirs),
            "conflicts": [
                {
                    "position": one.position,
                    "mine": [cue.to_json() for cue in one.mine],
                    "theirs": [cue.to_json() for cue in one.theirs],
                }
                for one in merged.conflicts
            ],
        }
    )


@router.post("/check")
def check_track(slug: str, language: Language, studio: TheStudio, body: Body) -> Response:
    """Everything in which the cues break a profile's rules; what concerns no single cue comes first."""
    document = read_document(body)
    try:
        rate = parse_rate(read_text(document, "rate") or "30")
    except (ValueError, ZeroDivisionError) as error:
        raise BadInput("that is no frame rate") from error
    with reading(studio.engine) as session:
        video = _video(session, slug)
    found = check_cues(
        read_cues(body),
        profile=read_text(document, "profile") or "netflix",
        rate=rate if rate > 0 else Fraction(30),
        language=language,
        seconds=video.card.duration or None,
        translation=language != video.language,
    )
    return _answer({"findings": [finding.to_json() for finding in found]})


@router.get("/waveform")
def show_waveform(slug: str, studio: TheStudio) -> Response:
    """The film's loudness, a byte every hundredth of a second; made when it is first asked for."""
    with reading(studio.engine) as session:
        film = _video(session, slug).file("film")
    if film is None or not studio.media.exists(film.key):
        raise HTTPException(404)
    drawn = film_waveform(studio.media.path(film.key), film.sha256, studio.settings.cache)
    return Response(drawn, media_type="application/octet-stream", headers={"Cache-Control": "private, max-age=86400"})


def _video(session: Session, slug: str) -> VideoView:
    video = get_video(session, slug, STAFF)
    if video is None:
        raise HTTPException(404)
    return video


def _track_json(session: Session, video: VideoView, language: str, version: int | None) -> dict[str, Any]:
    track = next((one for one in video.tracks if one.language == language), None)
    cues = track_cues(session, video.card.slug, language, STAFF, version)
    if version is not None and cues is None:
        raise HTTPException(404)
    return {
        "language": language,
        **_shown(track),
        "cues": [cue.to_json() for cue in cues or ()],
        "doubts": [doubt_json(one) for one in track_doubts(session, video.card.slug, language, STAFF)],
    }


def _shown(track: Track | None) -> dict[str, Any]:
    if track is None:
        return {"version": 0, "edited_by": "", "created": None, "newer": None}
    return {
        "version": track.version,
        "edited_by": track.edited_by,
        "created": track.created.isoformat(),
        "newer": track.newer,
    }


def _answer(document: dict[str, Any]) -> Response:
    return JSONResponse(document, headers={"Cache-Control": "private, no-store"})
