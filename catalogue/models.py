"""The catalogue's tables. Rows stay inside this package; everybody else gets the plain records of `catalogue.views`."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from catalogue.columns import UtcTime
from catalogue.views import State


def _id() -> Any:
    return Field(default=None, primary_key=True)


def _text(default: str = "") -> Any:
    return Field(default=default, sa_type=Text)


def _owner(table: str, *, key: bool = False) -> Any:
    """A reference to the row this one belongs to, and goes with."""
    return Field(
        sa_column=Column(Integer, ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=key, nullable=False)
    )


_STATES = ", ".join(f"'{state.value}'" for state in State)


class Series(SQLModel, table=True):
    """A run of videos that belong together."""

    id: int | None = _id()
    name: str = Field(unique=True)


class Tag(SQLModel, table=True):
    """What a video is about, in the producer's words."""

    id: int | None = _id()
    name: str = Field(unique=True)


class Video(SQLModel, table=True):
    """The catalogue's record of a film. `record` is the digest of what was last ingested, so that the same again writes nothing."""

    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="video_state_known"),
        CheckConstraint("duration >= 0", name="video_duration_not_negative"),
        CheckConstraint("slug <> ''", name="video_slug_not_empty"),
        CheckConstraint(
            "state NOT IN ('scheduled', 'published') OR published IS NOT NULL", name="video_published_has_time"
        ),
        CheckConstraint("state <> 'withdrawn' OR reason <> ''", name="video_withdrawn_has_reason"),
        Index("video_by_state_and_time", "state", "published"),
    )

    id: int | None = _id()
    slug: str = Field(unique=True)
    title: str
    description: str = _text()
    series_id: int | None = Field(default=None, foreign_key="series.id", index=True, ondelete="SET NULL")
    language: str
    duration: float
    state: str
    published: datetime | None = Field(default=None, sa_type=UtcTime)
    """When it became public, or will."""
    reason: str = _text()
    """Why it was withdrawn."""
    synthetic_voice: bool = False
    sources: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False, server_default=text("'[]'"))
    )
    """What the film rests on, for its description."""
    record: str
    added: datetime = Field(sa_type=UtcTime)
    updated: datetime = Field(sa_type=UtcTime)


class VideoTag(SQLModel, table=True):
    """A tag on a video; `position` keeps the producer's order."""

    video_id: int = _owner("video", key=True)
    tag_id: int = Field(
        sa_column=Column(Integer, ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True, index=True)
    )
    position: int


class Chapter(SQLModel, table=True):
    """A named span, from `start` seconds to the next one."""

    __table_args__ = (
        UniqueConstraint("video_id", "position", name="chapter_one_a_position"),
        CheckConstraint("start >= 0", name="chapter_start_not_negative"),
    )

    id: int | None = _id()
    video_id: int = _owner("video")
    position: int
    start: float
    title: str


class TranscriptVersion(SQLModel, table=True):
    """One version of what was said. `edited_by` is empty for a machine's; the one shown and searched is `current`.

    A machine never replaces a person's version: it adds its own beside it. A language none of whose versions is current has no track:
    a person took it away, and can bring it back.
    """

    __table_args__ = (
        UniqueConstraint("video_id", "language", "version", name="transcript_one_a_version"),
        CheckConstraint("version >= 1", name="transcript_version_from_one"),
        # At most one version is current; a partial index says so on both databases.
        Index(
            "transcript_one_current",
            "video_id",
            "language",
            unique=True,
            sqlite_where=text("current"),
            postgresql_where=text("current"),
        ),
    )

    id: int | None = _id()
    video_id: int = _owner("video")
    language: str
    kind: str = "captions"
    version: int
    edited_by: str = ""
    current: bool
    digest: str
    """Of its cues, to see whether a machine's newer version says anything new."""
    created: datetime = Field(sa_type=UtcTime)
    made_from: int | None = None
    """The version a person had before them when they made this one."""
    note: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    """Where it came from, if not from the editor: a file, an older version."""
    doubts: list[list[Any]] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """Words that were not simply heard, `[text, start, end, origin, probability]` each; a machine's version alone has them."""


class CueRow(SQLModel, table=True):
    """A cue of a transcript version: seconds, and lines with a line feed between them."""

    __tablename__ = "cue"
    __table_args__ = (
        UniqueConstraint("transcript_id", "position", name="cue_one_a_position"),
        CheckConstraint('start >= 0 AND "end" >= start', name="cue_times_in_order"),
    )

    id: int | None = _id()
    transcript_id: int = _owner("transcriptversion")
    position: int
    start: float
    end: float
    text: str = _text()
    name: str = ""
    settings: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    marks: list[dict[str, Any]] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """How stretches of it look, as `Mark.to_json` says."""
    fields: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """What one format alone knows of it."""


class Article(SQLModel, table=True):
    """The written side. `html` is sanitised before it comes here; `teaser_html` is its open part."""

    __table_args__ = (
        CheckConstraint("words >= 0", name="article_words_not_negative"),
        CheckConstraint("slug <> ''", name="article_slug_not_empty"),
    )

    id: int | None = _id()
    slug: str = Field(unique=True)
    title: str
    teaser_html: str = _text()
    html: str = _text()
    sources: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    words: int = 0


class ArticleLink(SQLModel, table=True):
    """An article beside a video. `origin` is explicit (the record says so), embedded (an id in the article) or proposed."""

    __table_args__ = (
        CheckConstraint("origin IN ('explicit', 'embedded', 'proposed')", name="articlelink_origin_known"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="articlelink_confidence_a_share"),
    )

    video_id: int = _owner("video", key=True)
    article_id: int = Field(
        sa_column=Column(Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True)
    )
    origin: str = "explicit"
    confidence: float = 1.0
    accepted: bool = True


class MediaFileRow(SQLModel, table=True):
    """A file of a video in the media store, with what it takes to notice that it changed."""

    __tablename__ = "mediafile"
    __table_args__ = (
        UniqueConstraint("video_id", "role", "language", name="mediafile_one_a_role"),
        CheckConstraint("bytes >= 0", name="mediafile_bytes_not_negative"),
    )

    id: int | None = _id()
    video_id: int = _owner("video")
    position: int
    role: str
    key: str = Field(index=True)
    sha256: str = Field(index=True)
    bytes: int
    mime: str
    language: str = ""


class CreditRow(SQLModel, table=True):
    """Where something used in the film came from, in order of use."""

    __tablename__ = "credit"
    __table_args__ = (UniqueConstraint("video_id", "position", name="credit_one_a_position"),)

    id: int | None = _id()
    video_id: int = _owner("video")
    position: int
    what: str
    credit: str = _text()
    licence: str
    address: str = ""


class AssetUseRow(SQLModel, table=True):
    """Something that a film uses, on the terms on which it was used. `scenes` are ids with spaces between."""

    __tablename__ = "assetuse"
    __table_args__ = (UniqueConstraint("video_id", "position", name="assetuse_one_a_position"),)

    id: int | None = _id()
    video_id: int = _owner("video")
    position: int
    kind: str
    name: str = Field(index=True)
    credit: str = _text()
    licence: str = ""
    address: str = _text()
    expires: str = ""
    scenes: str = _text()


class FactUseRow(SQLModel, table=True):
    """A figure as a film says or shows it. `scenes` are ids with spaces between, empty where only the article has it."""

    __tablename__ = "factuse"
    __table_args__ = (UniqueConstraint("video_id", "position", name="factuse_one_a_position"),)

    id: int | None = _id()
    video_id: int = _owner("video")
    position: int
    name: str = Field(index=True)
    value: str = _text()
    unit: str = ""
    as_of: str = ""
    source: str = _text()
    scenes: str = _text()


class ExternalId(SQLModel, table=True):
    """What a video is called elsewhere, such as (`youtube`, `dQw4w9WgXcQ`); one video an id."""

    __table_args__ = (UniqueConstraint("kind", "value", name="externalid_one_video"),)

    id: int | None = _id()
    video_id: int = _owner("video")
    kind: str
    value: str


class Block(SQLModel, table=True):
    """A rule that stops publishing until somebody accepts it by name; `accepted` is when."""

    __table_args__ = (UniqueConstraint("video_id", "rule", name="block_one_a_rule"),)

    id: int | None = _id()
    video_id: int = _owner("video")
    rule: str
    accepted: datetime | None = Field(default=None, sa_type=UtcTime)


class SearchCard(SQLModel, table=True):
    """The few narrow facts by which found videos are filtered, ordered and counted: one short row a video."""

    video_id: int = _owner("video", key=True)
    public: bool
    title: str
    """Folded, for ordering alike on every database."""
    duration: float
    published: float | None = None
    """Seconds since 1970, for ordering."""
    year: int | None = None
    series: str = ""
    tags: str = ""
    """Names with a line feed between them."""


class SearchText(SQLModel, table=True):
    """Everything a video can be found by, as tokens of `catalogue.tokens`; the databases' own indexes are made from it.

    `cue_starts` is the number of the first spoken token of each cue of the current transcript, with spaces between.
    """

    video_id: int = _owner("video", key=True)
    tokens: str = _text()
    cue_starts: str = _text()
    transcript_id: int | None = Field(default=None, foreign_key="transcriptversion.id", ondelete="SET NULL")


class SearchWord(SQLModel, table=True):
    """A word that was indexed once: where suggestions for misspelt words come from. `shown` is how it was first written."""

    __table_args__ = (Index("searchword_by_length", "length"),)

    word: str = Field(primary_key=True)
    shown: str
    length: int
