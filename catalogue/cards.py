"""Rows of videos made into the cards that lists show, a page at a time."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from catalogue.models import ArticleLink, MediaFileRow, Series, Tag, Video, VideoTag
from catalogue.views import State, VideoCard


def cards(session: Session, video_ids: Sequence[int]) -> tuple[VideoCard, ...]:
    """Cards in the order of the ids; four queries however many there are."""
    if not video_ids:
        return ()
    ids = list(video_ids)
    videos = session.execute(
        select(  # type: ignore[call-overload]
            Video.id,
            Video.slug,
            Video.title,
            Video.description,
            Series.name,
            Video.duration,
            Video.published,
            Video.state,
        )
        .outerjoin(Series, col(Series.id) == col(Video.series_id))
        .where(col(Video.id).in_(ids))
    ).all()
    tags: dict[int, list[str]] = defaultdict(list)
    tagged = select(VideoTag.video_id, Tag.name).join(Tag, col(Tag.id) == col(VideoTag.tag_id))
    for video_id, name in session.exec(tagged.where(col(VideoTag.video_id).in_(ids)).order_by(col(VideoTag.position))):
        tags[video_id].append(name)
    # In a list the title stands beside the picture: one without it comes before the thumbnail, which shows it.
    pictures = select(MediaFileRow.video_id, MediaFileRow.key).where(col(MediaFileRow.role).in_(("card", "thumbnail")))
    pictures = pictures.where(col(MediaFileRow.video_id).in_(ids))
    pictures = pictures.order_by(col(MediaFileRow.role).desc(), col(MediaFileRow.position).desc())
    thumbnails: dict[int, str] = dict(session.exec(pictures).all())
    linked = select(ArticleLink.video_id).where(col(ArticleLink.video_id).in_(ids), col(ArticleLink.accepted))
    written = set(session.exec(linked).all())
    by_id = {
        video_id: VideoCard(
            slug=slug,
            title=title,
            description=description,
            series=series or "",
            tags=tuple(tags[video_id]),
            duration=duration,
            published=published,
            state=State(state),
            thumbnail=thumbnails.get(video_id, ""),
            has_article=video_id in written,
        )
        for video_id, slug, title, description, series, duration, published, state in videos
    }
    return tuple(by_id[video_id] for video_id in ids)
