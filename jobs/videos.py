"""Films of the catalogue, for scenes that show a stretch of one: the adapter behind `render.videos.FindVideo`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from render.videos import CataloguedFilm, FindVideo


@dataclass(frozen=True)
class CatalogueFilms:
    """Finds films in the catalogue and the media store of the studio in folder `home`; nothing is opened before it is asked."""

    home: Path

    def __call__(self, slug: str) -> CataloguedFilm:
        """The film of the video with that slug, published or not. Raises BadInput with the nearest slug."""
        from catalogue.store import get_video, nearest_slugs
        from catalogue.views import STAFF
        from core.database import reading
        from core.errors import BadInput
        from core.settings import load_settings
        from jobs.studio import open_catalogue, open_media

        settings = load_settings(self.home)
        engine = open_catalogue(settings)
        try:
            with reading(engine) as session:
                video = get_video(session, slug, STAFF)
                near = nearest_slugs(session, slug, STAFF, limit=1) if video is None else ()
        finally:
            engine.dispose()
        if video is None:
            hint = f"did you mean {near[0]}?" if near else "`slugline catalogue list` shows what there is"
            raise BadInput(f"the catalogue has no video {slug!r}", hint=hint)
        film = video.file("film")
        store = open_media(settings)
        if film is None or not store.exists(film.key):
            raise BadInput(
                f"the film of {slug} is not among the studio's media", hint="produce it again, or bring it back"
            )
        return CataloguedFilm(store.path(film.key), film.sha256, video.card.title)


def find_videos(home: Path | None) -> FindVideo | None:
    """What finds films in the studio's catalogue; None where there is no studio."""
    return CatalogueFilms(home) if home else None
