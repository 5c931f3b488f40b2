"""One way in: a record becomes rows, search rows and an event in one transaction; the same record again changes nothing."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Literal

from sqlalchemy import delete, insert
from sqlmodel import Session, SQLModel, col, select

from catalogue.indexing import index_video
from catalogue.models import (
    Article,
    ArticleLink,
    AssetUseRow,
    Block,
    Chapter,
    CreditRow,
    ExternalId,
    FactUseRow,
    MediaFileRow,
    Series,
    Tag,
    Video,
    VideoTag,
)
from catalogue.record import check_record
from catalogue.transcript_versions import keep_machine_version
from catalogue.upsert import insert_missing
from catalogue.views import ArticleView, AssetUse, FactUse, State, VideoRecord
from core.clock import Clock
from core.digest import digest
from core.errors import BadInput
from core.events import record_event

Outcome = Literal["added", "updated", "unchanged"]


def record_video(session: Session, record: VideoRecord, clock: Clock) -> Outcome:
    """Keep everything about one video within the transaction under way (`core.database.writing`).

    A person's transcript stays in front of a newer one by a machine. A video that is scheduled, published or withdrawn stays so, except
    that a block nobody has accepted takes it back to ready. Raises BadInput for a record that contradicts itself or another video.
    """
    check_record(record)
    spoken = digest(record.cues)
    address = digest(
        replace(record, published=None, cues=()), record.published and record.published.isoformat(), spoken
    )
    now = clock.now()
    fresh = {
        "slug": record.slug,
        "title": record.title,
        "language": record.language,
        "duration": record.duration,
        "state": State.DRAFT.value,
        "record": "",
        "added": now,
        "updated": now,
    }
    insert_missing(session, Video, [fresh])
    # The row is there now, whoever put it there; on PostgreSQL the lock keeps a second writer of this video waiting.
    video = session.exec(select(Video).where(Video.slug == record.slug).with_for_update()).one()
    if video.record == address:
        return "unchanged"
    outcome: Outcome = "updated" if video.record else "added"
    before = video.state if video.record else None
    _write_video(session, video, record)
    video.record, video.updated = address, now
    session.flush()
    _write_parts(session, video, record)
    _write_blocks(session, video, record)
    _write_state(session, video, record, before, clock)
    keep_machine_version(session, video, record.cues, spoken, clock, record.doubts)
    others = _write_article(session, video, record.article)
    index_video(session, video)
    for other in others:
        index_video(session, other)
    record_event(session, f"video.{outcome}", record.slug, now, state=video.state)
    return outcome


def _write_video(session: Session, video: Video, record: VideoRecord) -> None:
    video.title = record.title
    video.description = record.description
    video.language = record.language
    video.duration = record.duration
    video.synthetic_voice = record.synthetic_voice
    video.sources = list(record.sources)
    video.series_id = None
    if record.series:
        insert_missing(session, Series, [{"name": record.series}])
        video.series_id = session.exec(select(Series.id).where(Series.name == record.series)).one()


def _write_parts(session: Session, video: Video, record: VideoRecord) -> None:
    """Chapters, tags, files, credits, uses and external ids: those of the record and no others."""
    assert video.id is not None
    _replace(
        session,
        video.id,
        Chapter,
        [{"position": n, "start": part.start, "title": part.title} for n, part in enumerate(record.chapters)],
    )
    tags = list(dict.fromkeys(record.tags))
    insert_missing(session, Tag, [{"name": name} for name in sorted(tags)])
    found = session.exec(select(Tag.name, Tag.id).where(col(Tag.name).in_(tags))).all()
    ids = {name: tag_id for name, tag_id in found}  # noqa: C416 - rows, not pairs, to the type checker
    _replace(session, video.id, VideoTag, [{"tag_id": ids[name], "position": n} for n, name in enumerate(tags)])
    _replace(
        session,
        video.id,
        MediaFileRow,
        [
            {
                "position": n,
                "role": file.role,
                "key": file.key,
                "sha256": file.sha256,
                "bytes": file.bytes,
                "mime": file.mime,
                "language": file.language,
            }
            for n, file in enumerate(record.files)
        ],
    )
    _replace(
        session,
        video.id,
        CreditRow,
        [
            {"position": n, "what": part.what, "credit": part.credit, "licence": part.licence, "address": part.address}
            for n, part in enumerate(record.credits)
        ],
    )
    _replace(session, video.id, AssetUseRow, _use_rows(record.uses))
    _replace(session, video.id, FactUseRow, _use_rows(record.facts))
    for kind, value in record.external_ids:
        owner = session.exec(
            select(Video.slug)
            .join(ExternalId, col(ExternalId.video_id) == col(Video.id))
            .where(ExternalId.kind == kind, ExternalId.value == value, Video.id != video.id)
        ).first()
        if owner is not None:
            raise BadInput(f"video '{record.slug}' claims {kind} {value}, which is '{owner}'")
    _replace(
        session,
        video.id,
        ExternalId,
        [{"kind": kind, "value": value} for kind, value in sorted(set(record.external_ids))],
    )


def _use_rows(uses: Sequence[AssetUse | FactUse]) -> list[dict[str, object]]:
    return [{**asdict(use), "position": n, "scenes": " ".join(use.scenes)} for n, use in enumerate(uses)]


def _replace(session: Session, video_id: int, table: type[SQLModel], rows: list[dict[str, object]]) -> None:
    owner = table.__table__.c.video_id  # type: ignore[attr-defined]
    session.execute(delete(table).where(owner == video_id))
    if rows:
        session.execute(insert(table), [{"video_id": video_id, **row} for row in rows])


def _write_blocks(session: Session, video: Video, record: VideoRecord) -> None:
    """The record's rules; one accepted before stays accepted."""
    assert video.id is not None
    kept = {block.rule: block for block in session.exec(select(Block).where(Block.video_id == video.id)).all()}
    for rule, block in kept.items():
        if rule not in record.blocks:
            session.delete(block)
    for rule in dict.fromkeys(record.blocks):
        if rule not in kept:
            session.add(Block(video_id=video.id, rule=rule))
    session.flush()


def _write_state(session: Session, video: Video, record: VideoRecord, before: str | None, clock: Clock) -> None:
    if before not in (State.SCHEDULED, State.PUBLISHED, State.WITHDRAWN):
        video.state = record.state.value
        video.published = record.published or video.published
        if record.state is State.PUBLISHED:
            record_event(session, "video.published", video.slug, clock.now(), imported=True)
        return
    waiting = session.exec(select(Block.rule).where(Block.video_id == video.id, col(Block.accepted).is_(None))).all()
    if waiting and before != State.WITHDRAWN:
        # Its date stays, so that it returns to its place when the rules are accepted.
        video.state = State.READY.value
        record_event(session, "video.held", video.slug, clock.now(), rules=sorted(waiting))


def _write_article(session: Session, video: Video, article: ArticleView | None) -> list[Video]:
    """The article and its explicit link. Gives the other videos beside which it stands, whose search rows change with it."""
    assert video.id is not None
    row = None
    changed = False
    if article is not None:
        insert_missing(session, Article, [{"slug": article.slug, "title": article.title, "sources": [], "words": 0}])
        row = session.exec(select(Article).where(Article.slug == article.slug).with_for_update()).one()
        facts = (article.title, article.teaser_html, article.html, list(article.sources), article.words)
        changed = facts != (row.title, row.teaser_html, row.html, row.sources, row.words)
        row.title, row.teaser_html, row.html, row.sources, row.words = facts
        session.add(row)
    stale = delete(ArticleLink).where(col(ArticleLink.video_id) == video.id, col(ArticleLink.origin) == "explicit")
    session.execute(stale if row is None else stale.where(col(ArticleLink.article_id) != row.id))
    if row is None:
        return []
    assert row.id is not None
    link = session.get(ArticleLink, (video.id, row.id))
    if link is None:
        link = ArticleLink(video_id=video.id, article_id=row.id)
    link.origin, link.confidence, link.accepted = "explicit", 1.0, True
    session.add(link)
    session.flush()
    if not changed:
        return []
    return list(
        session.exec(
            select(Video)
            .join(ArticleLink, col(ArticleLink.video_id) == col(Video.id))
            .where(ArticleLink.article_id == row.id, Video.id != video.id)
        ).all()
    )
