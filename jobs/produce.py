"""From a script to a catalogued video: a chain of steps, each kept by what went into it, so that a killed run goes on.

Files are put in the media store under names made of their content before the one transaction that speaks of them, so the
catalogue never names a file that is not there; a run killed between the two leaves files that the next run finds again.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalogue.ingest import record_video
from catalogue.publication import parse_time
from catalogue.publication import publish as publish_video
from catalogue.store import get_video
from catalogue.views import (
    STAFF,
    ArticleView,
    AssetUse,
    ChapterView,
    Credit,
    FactUse,
    MediaFile,
    State,
    VideoRecord,
    VideoView,
)
from core.cache import leased
from core.clock import Clock, SystemClock
from core.database import reading, writing
from core.digest import digest, file_digest
from core.errors import BadInput, Place, WorkFailed
from core.findings import Finding
from core.locks import only_one
from core.preview import page_address
from core.progress import Reporter
from core.settings import Settings
from jobs.doubtful import doubtful_words
from jobs.studio import open_catalogue, open_media
from jobs.videos import find_videos
from render.bundle import Part
from render.delivery import Delivered, deliver
from render.film import plan_film
from render.narration import spoken_by_scratch
from render.parting import narration_findings
from render.teaser import marked_scenes, teaser_parts
from render.uses import film_uses
from script.article import read_article
from script.assets import find_asset
from script.credits import credited, film_sources
from script.document import Fact, Script
from script.facts import mentioned_facts
from script.reader import open_script, slug_of
from script.source import read_source

if TYPE_CHECKING:
    from core.media import MediaStore

SCRATCH_RULE = "scratch-voice"
_MIMES = {".vtt": "text/vtt", ".m3u8": "application/vnd.apple.mpegurl", ".srt": "application/x-subrip"}
AD_LIBS_IN_A_ROW = 3
"""More words in a row that the script does not have hold the video at draft until a person accepts them (DESIGN section 6)."""


@dataclass(frozen=True)
class Produced:
    """A produced video: where it is, in which state, and what the checks had to say."""

    slug: str
    state: str
    url: str
    film: Path
    files: tuple[Path, ...]
    delivered: Delivered
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """The contract's shape."""
        return {
            "slug": self.slug,
            "state": self.state,
            "url": self.url,
            "film": str(self.film),
            "files": [str(path) for path in self.files],
            "render": self.delivered.to_json(self.film),
            "report": self.delivered.alignment_report,
            "findings": [finding.to_json() for finding in self.findings],
        }


def produce_script(
    path: Path,
    settings: Settings,
    reporter: Reporter,
    *,
    publish: str | None = None,
    accept: Collection[str] = (),
    clock: Clock | None = None,
) -> Produced:
    """Render, align, caption and catalogue; then publish, if asked. Raises CheckFailed, BadInput, WorkFailed, Busy."""
    clock = clock or SystemClock()
    moment = None if publish in (None, "now") else parse_time(publish)
    if moment and moment <= clock.now():
        raise BadInput(f"{publish} has passed", hint="write --publish now, or a time to come")
    script = open_script(path, settings.home)
    ensure_own_slug(script, settings.home)
    if publish and SCRATCH_RULE in _blocks(script, settings.home) and SCRATCH_RULE not in accept:
        hint = f"record it, or publish with --accept {SCRATCH_RULE}"
        raise WorkFailed("a film narrated by the scratch voice is not published unasked", hint=hint)
    lock = settings.cache / "locks" / f"{digest(path.resolve())[:16]}.lock"
    with only_one(lock, path.name), leased(settings.cache):
        find_video = find_videos(settings.home)
        plan = plan_film(path, settings, reporter, find_video=find_video)
        delivered = deliver(plan, settings, reporter, renditions=settings.renditions)
        parts, told = list(delivered.parts), delivered.findings
        if marked := marked_scenes(plan.scenes):
            short = plan_film(
                path, settings, reporter, shape="9:16", only=marked, chapters=False, find_video=find_video
            )
            teaser = deliver(short, settings, reporter, alone=True)
            parts += teaser_parts(teaser.parts)
            told += tuple(replace(found, message=f"in the teaser: {found.message}") for found in teaser.findings)
        store = open_media(settings)
        files = keep_files(plan.script.front.slug, parts, store)
        record = make_record(plan.script, settings.home, delivered, files)
        engine = open_catalogue(settings)
        try:
            with reading(engine) as session:
                before = get_video(session, record.slug, STAFF)
            with writing(engine) as session:
                record_video(session, record, clock)
            if publish is not None:
                with writing(engine) as session:
                    publish_video(session, record.slug, clock=clock, at=moment, accept=accept)
            with reading(engine) as session:
                video = get_video(session, record.slug, STAFF)
        finally:
            engine.dispose()
    assert video is not None
    paths = tuple(store.path(file.key) for file in files)
    published = video.card.state is State.PUBLISHED
    url = page_address(settings.base_url, settings.home, record.slug, published=published)
    findings = (*plan.findings, *narration_findings(plan), *told, *_changes(before, video))
    return Produced(record.slug, video.card.state.value, url, paths[0], paths, delivered, findings)


def _changes(before: VideoView | None, after: VideoView) -> list[Finding]:
    """What this run changed in what the public sees, which its producer should know."""
    if before is None or before.card.state is not State.PUBLISHED:
        return []
    if after.card.state is not State.PUBLISHED:
        rules = ", ".join(after.blocks)
        hint = f"slugline catalogue publish {after.card.slug} --accept {' --accept '.join(after.blocks)}"
        return [Finding("taken-offline", "warning", f"the video was published and is not any more: {rules}", hint)]
    old, new = before.file("film"), after.file("film")
    if old and new and old.sha256 != new.sha256:
        return [Finding("film-replaced", "warning", "the video was published: its page shows the new film from now on")]
    return []


def keep_files(slug: str, parts: Iterable[Part], store: MediaStore) -> tuple[MediaFile, ...]:
    """Put what was delivered into the media store, in order."""
    kept = []
    for part in parts:
        key = f"{slug}/{part.key[:16]}/{slug}{part.suffix}"
        sha256 = file_digest(part.path)
        if not store.exists(key) or file_digest(store.path(key)) != sha256:
            store.put(part.path, key)
        mime = _MIMES.get(part.path.suffix) or mimetypes.guess_type(part.path.name)[0] or "application/octet-stream"
        kept.append(MediaFile(part.role, key, sha256, part.path.stat().st_size, mime, part.language))
    return tuple(kept)


def ensure_own_slug(script: Script, studio: Path) -> None:
    """Raise BadInput when another script of the studio has the same slug: its video would be replaced by this one."""
    own = script.path.resolve()
    for other in sorted((studio / "scripts").glob("*/script.md")):
        if other.resolve() != own and slug_of(other) == script.front.slug:
            raise BadInput(
                f"the slug {script.front.slug} belongs to {other.relative_to(studio)}",
                place=script.front.places.get("slug") or Place(str(script.path), 1),
                hint="give this script a `slug:` of its own, or its film would take the other one's page",
            )


def _blocks(script: Script, studio: Path) -> list[str]:
    """Rules that must be accepted by name before the film is published, as far as the script tells."""
    return [SCRATCH_RULE] if spoken_by_scratch(script, studio) else []


def make_record(script: Script, studio: Path, delivered: Delivered, files: tuple[MediaFile, ...]) -> VideoRecord:
    """What the catalogue keeps of this film."""
    front = script.front
    article = read_article(script, studio)
    uses = film_uses(script, studio)
    blocks = _blocks(script, studio)
    improvised = delivered.longest_ad_lib > AD_LIBS_IN_A_ROW
    if improvised:
        blocks.append("ad-libs")
    return VideoRecord(
        slug=front.slug,
        title=front.title,
        description=front.description,
        series=front.series,
        tags=front.tags,
        duration=float(delivered.seconds),
        language=front.language,
        chapters=tuple(ChapterView(start, title) for start, title in delivered.chapters),
        cues=delivered.cues,
        article=ArticleView(
            slug=article.slug,
            title=article.title,
            teaser_html=article.teaser_html,
            html=article.html,
            sources=tuple(article.sources),
            words=article.words,
        ),
        files=files,
        credits=tuple(Credit(Path(use.name).name, use.credit, use.licence, use.address) for use in credited(uses)),
        blocks=tuple(blocks),
        state=State.DRAFT if improvised else State.READY,
        synthetic_voice=SCRATCH_RULE in blocks,
        sources=film_sources(script),
        uses=tuple(AssetUse(**asdict(use)) for use in uses),
        facts=fact_uses(script, studio),
        doubts=doubtful_words(delivered.words),
    )


def fact_uses(script: Script, studio: Path) -> tuple[FactUse, ...]:
    """The figures of a film and of its article, each with the scenes that say or show it."""
    article = find_asset(script, studio, script.front.article)
    source = read_source(article)[0] if article else None
    written = mentioned_facts("\n".join(source.lines), script.facts) if source else ()
    scenes: dict[Fact, list[str]] = {fact: [] for block in script.scenes for fact in block.facts}
    for block in script.scenes:
        for fact in block.facts:
            scenes[fact].append(block.id)
    for fact in written:
        scenes.setdefault(fact, [])
    return tuple(
        FactUse(fact.id, fact.value, fact.unit, fact.as_of, fact.source, tuple(ids)) for fact, ids in scenes.items()
    )
