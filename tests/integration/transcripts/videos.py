"""Recordings as videos of a studio's catalogue."""

from pathlib import Path

from sqlalchemy import Engine

from catalogue.ingest import record_video
from catalogue.store import get_video
from catalogue.views import STAFF, MediaFile, VideoRecord, VideoView, Visibility
from core.clock import SystemClock
from core.database import reading, writing
from core.digest import file_digest
from core.settings import load_settings
from jobs.studio import open_catalogue, open_media
from transcripts.words import Cue


def record(
    home: Path,
    slug: str,
    audio: Path,
    *,
    series: str = "Chokepoints",
    language: str = "en",
    cues: tuple[Cue, ...] = (),
) -> Engine:
    """Keep a recording as the film of a video; gives the catalogue, to be disposed of."""
    settings = load_settings(home)
    key = f"{slug}/film.wav"
    open_media(settings).put(audio, key)
    film = MediaFile("film", key, file_digest(audio), audio.stat().st_size, "audio/wav")
    engine = open_catalogue(settings)
    with writing(engine) as session:
        whole = VideoRecord(
            slug=slug,
            title=slug,
            description="",
            series=series,
            tags=(),
            duration=60.0,
            language=language,
            chapters=(),
            cues=cues,
            article=None,
            files=(film,),
            credits=(),
        )
        record_video(session, whole, SystemClock())
    return engine


def see(engine: Engine, slug: str, visibility: Visibility = STAFF) -> VideoView:
    """The video as the catalogue has it."""
    with reading(engine) as session:
        video = get_video(session, slug, visibility)
    assert video is not None
    return video
