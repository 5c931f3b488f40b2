"""Makes a studio of N videos to judge the catalogue, its search and its pages by: articles, transcripts, thumbnails and films, from a seed.

    python -m benchmarks.make_studio FOLDER [--videos 500] [--seed 1] [--quick]

`--quick` leaves out films and pictures, for timing the catalogue alone.
"""

import argparse
import hashlib
import html
import re
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.studio_pictures import draw_thumbnail, make_films
from benchmarks.studio_text import Story, tell_story
from catalogue.ingest import record_video
from catalogue.schema import ensure_schema
from catalogue.text import fold, keys
from catalogue.views import ArticleView, ChapterView, Credit, MediaFile, State, VideoRecord
from core.clock import FixedClock
from core.database import open_engine, writing
from core.digest import file_digest
from core.files import write_text
from core.media import FolderStore
from core.progress import Terminal

FILMS = (312, 377, 433, 498, 541, 606)
"""Lengths of the films in seconds; every video is one of them under its own name."""

FIRST = datetime(2016, 1, 8, 17, tzinfo=UTC)
"""A Friday; one video a week from here on, or more often when there are more."""

LAST = datetime(2025, 6, 27, 17, tzinfo=UTC)

BATCH = 50
"""Videos a transaction."""


def make_studio(folder: Path, videos: int, seed: int, *, quick: bool) -> None:
    """A studio folder of `videos` videos; the last one in a hundred are ready, not yet published."""
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / "slugline.toml", 'name = "Contour"\n')
    media = FolderStore(folder / "media")
    engine = open_engine(f"sqlite:///{folder / 'slugline.db'}")
    ensure_schema(engine)
    reporter = Terminal()
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        films: list[tuple[Path, str]] = []
        if not quick:
            with reporter.step("films", 1):
                films = [(film, file_digest(film)) for film in make_films(Path(scratch), FILMS)]
        with reporter.step("videos", videos) as step:
            for start in range(0, videos, BATCH):
                records = [
                    make_record(seed, number, videos, films, media, Path(scratch))
                    for number in range(start, min(start + BATCH, videos))
                ]
                with writing(engine) as session:
                    for record in records:
                        record_video(session, record, FixedClock(record.published or LAST))
                step.advance(len(records))
    engine.dispose()


def make_record(
    seed: int, number: int, videos: int, films: list[tuple[Path, str]], media: FolderStore, scratch: Path
) -> VideoRecord:
    """Video `number` with its files in the media store."""
    story = tell_story(seed, number, FILMS[number % len(FILMS)])
    slug = f"{_slug(story.title)}-{number + 1}"
    files: list[MediaFile] = []
    if films:
        film, sha = films[number % len(films)]
        key = f"{slug}/{sha[:16]}.mp4"
        media.put(film, key)
        files.append(MediaFile("film", key, sha, film.stat().st_size, "video/mp4"))
        picture = scratch / f"{number}.jpg"
        draw_thumbnail(picture, story.title, story.series, story.country.numeric, number)
        sha = hashlib.sha256(picture.read_bytes()).hexdigest()
        key = f"{slug}/{sha[:16]}.jpg"
        media.put(picture, key)
        files.append(MediaFile("thumbnail", key, sha, picture.stat().st_size, "image/jpeg"))
    record = VideoRecord(
        slug=slug,
        title=story.title,
        description=story.description,
        series=story.series,
        tags=story.tags,
        duration=float(FILMS[number % len(FILMS)]),
        language="en",
        chapters=tuple(ChapterView(start, title) for start, title in story.chapters),
        cues=story.cues,
        article=_article(slug, story),
        files=tuple(files),
        credits=(Credit("Map", "Natural Earth", "public domain", "https://www.naturalearthdata.com"),),
        synthetic_voice=True,
    )
    if number >= videos - videos // 100:
        return record
    published = FIRST + (LAST - FIRST) * number / max(videos - 1, 1)
    rounded = published.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=number % 4 * 15)
    return replace(record, state=State.PUBLISHED, published=rounded)


def _slug(title: str) -> str:
    return "-".join(word for key in keys(title) if (word := re.sub(r"[^a-z0-9]", "", fold(key))))


def _article(slug: str, story: Story) -> ArticleView:
    parts = [
        (f"<h2>{html.escape(heading)}</h2>\n" if heading else "") + f"<p>{html.escape(paragraph)}</p>"
        for heading, paragraph in story.article
    ]
    return ArticleView(
        slug=slug,
        title=story.title,
        teaser_html="\n".join(parts[:2]),
        html="\n".join(parts),
        sources=story.sources,
        words=sum(len(paragraph.split()) for _heading, paragraph in story.article),
    )


def main() -> None:
    """Read the command line, make the studio, say how long it took."""
    parser = argparse.ArgumentParser(description="Make a studio of N videos, from a seed.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--videos", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="no films and no pictures")
    arguments = parser.parse_args()
    started = time.monotonic()
    make_studio(arguments.folder, arguments.videos, arguments.seed, quick=arguments.quick)
    print(f"{arguments.videos} videos in {time.monotonic() - started:.1f} s: slugline serve --home {arguments.folder}")


if __name__ == "__main__":
    main()
