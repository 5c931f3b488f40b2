"""From draft to the public and back: the only place where a video's state changes by somebody's will.

draft → ready → scheduled(time) → published(time) → withdrawn(reason)
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from catalogue.indexing import index_publication
from catalogue.models import Block, Video
from catalogue.views import State
from core.clock import Clock
from core.errors import BadInput, WorkFailed
from core.events import record_event
from core.nearest import nearest


def publish(
    session: Session, slug: str, *, clock: Clock, at: datetime | None = None, accept: Collection[str] = ()
) -> None:
    """Publish a video now, or schedule it for `at`. What is published already stays as it is.

    `accept` names blocks that somebody takes upon themselves; each is marked with the time and named in the event. A draft goes
    through ready when accepting its blocks is all it waited for. Raises BadInput for an unknown slug or a time that has gone, WorkFailed
    when a block remains or the state does not allow it.
    """
    video = _video(session, slug)
    now = clock.now()
    if at is not None and at.tzinfo is None:
        raise BadInput(f"the time {at.isoformat()} has no zone", hint="add Z for UTC, or an offset such as +03:00")
    if at is not None and at <= now:
        raise BadInput(
            f"{at.isoformat()} has passed", hint="leave the time out to publish at once, or name one to come"
        )
    if video.state == State.WITHDRAWN:
        raise WorkFailed(f"'{slug}' was withdrawn ({video.reason})", hint="record it under a new slug to bring it back")
    blocks = session.exec(select(Block).where(Block.video_id == video.id).order_by(col(Block.rule))).all()
    if video.state == State.DRAFT and not blocks:
        raise WorkFailed(f"'{slug}' is still a draft", hint="run `slugline produce` on its script to finish it")
    accepted = _accept(session, slug, blocks, accept, now)
    if video.state == State.PUBLISHED:
        if at is not None:
            raise BadInput(f"'{slug}' is published already", hint="leave --at out")
        return
    video.state = (State.SCHEDULED if at else State.PUBLISHED).value
    video.published = at or video.published or now
    video.updated = now
    session.add(video)
    session.flush()
    index_publication(session, video)
    when = video.published.isoformat()
    record_event(session, f"video.{video.state}", slug, now, published=when, accepted=accepted)


def withdraw(session: Session, slug: str, reason: str, *, clock: Clock) -> None:
    """Take a video off the pages, saying why. Raises BadInput without a reason, WorkFailed when it is not public or scheduled."""
    video = _video(session, slug)
    if not reason.strip():
        raise BadInput(f"withdrawing '{slug}' needs a reason", hint="say why with --reason: readers are shown it")
    if video.state not in (State.PUBLISHED, State.SCHEDULED):
        raise WorkFailed(f"'{slug}' is {video.state}: there is nothing to withdraw")
    video.state, video.reason, video.updated = State.WITHDRAWN.value, reason.strip(), clock.now()
    session.add(video)
    session.flush()
    index_publication(session, video)
    record_event(session, "video.withdrawn", slug, clock.now(), reason=reason.strip())


def publish_due(session: Session, clock: Clock) -> tuple[str, ...]:
    """Publish every scheduled video whose time has come; gives their slugs. Run twice, the second finds nothing to do."""
    now = clock.now()
    query = select(Video).where(Video.state == State.SCHEDULED.value, col(Video.published) <= now)
    due = session.exec(query.order_by(col(Video.published), col(Video.slug)).with_for_update(skip_locked=True)).all()
    for video in due:
        assert video.published is not None
        video.state = State.PUBLISHED.value
        session.add(video)
        session.flush()
        index_publication(session, video)
        record_event(session, "video.published", video.slug, now, published=video.published.isoformat(), accepted=[])
    return tuple(video.slug for video in due)


def anything_due(session: Session, clock: Clock) -> bool:
    """True when a scheduled video's time has come: one look at an index, before a write lock is taken for it."""
    query = select(Video.id).where(Video.state == State.SCHEDULED.value, col(Video.published) <= clock.now())
    return session.exec(query.limit(1)).first() is not None


def _video(session: Session, slug: str) -> Video:
    video = session.exec(select(Video).where(Video.slug == slug).with_for_update()).first()
    if video is None:
        raise _unknown_slug(slug, session.exec(select(Video.slug)).all())
    return video


def _accept(session: Session, slug: str, blocks: Sequence[Block], accept: Collection[str], now: datetime) -> list[str]:
    accepted: list[str] = []
    for block in blocks:
        if block.accepted is None and block.rule in accept:
            block.accepted = now
            session.add(block)
            accepted.append(block.rule)
    waiting = [block.rule for block in blocks if block.accepted is None]
    if waiting:
        meant = [
            f"'{name}' is not '{close}'" for name in accept if (close := nearest(name, waiting)) and name not in waiting
        ]
        flags = " ".join(f"--accept {rule}" for rule in waiting)
        hint = f"put it right, or take it upon yourself: slugline catalogue publish {slug} {flags}"
        raise WorkFailed(f"'{slug}' cannot be published: {', '.join(waiting)}", hint="; ".join([*meant, hint]))
    return accepted


def _unknown_slug(slug: str, known: Sequence[str]) -> BadInput:
    """The error for a slug that no video has."""
    close = nearest(slug, known)
    hint = f"did you mean '{close}'?" if close else "see `slugline catalogue list`"
    return BadInput(f"no video '{slug}'", hint=hint)


def parse_time(text: str) -> datetime:
    """A moment from ISO 8601; without a zone it is this machine's. Raises BadInput for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(
            f"'{text}' is not a time", hint="write it as 2026-01-31T18:00Z or 2026-01-31T18:00+03:00"
        ) from error
    return moment if moment.tzinfo else moment.astimezone()
