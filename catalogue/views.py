"""What the catalogue shows: plain records that pages, commands and JSON are made from; no sessions, no lazy rows."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from transcripts.words import Cue


class State(StrEnum):
    """Publication states, CONTRACTS."""

    DRAFT = "draft"
    READY = "ready"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Visibility:
    """What the reader may see, so that gated text cannot leak from a query: staff see every state; only those who may
    read in full find article text beyond the teaser."""

    unpublished: bool = False
    full_articles: bool = False


PUBLIC = Visibility()
SUBSCRIBER = Visibility(full_articles=True)
STAFF = Visibility(unpublished=True, full_articles=True)


@dataclass(frozen=True)
class ChapterView:
    """A named span: `start` in seconds."""

    start: float
    title: str


@dataclass(frozen=True)
class MediaFile:
    """A file of a video, named by `key` in the media store.

    `role` is film, captions-vtt, captions-srt, report; poster, card (the same for lists), thumbnail (with the title), sheet;
    sprites (their WebVTT) and sprites-1 and on; hls (the playlist of playlists) and hls-… for what it names; teaser,
    teaser-poster, teaser-captions-vtt, teaser-captions-srt. One file a role and language.
    """

    role: str
    key: str
    sha256: str
    bytes: int
    mime: str
    language: str = ""


@dataclass(frozen=True)
class Credit:
    """Where something used in the film came from."""

    what: str
    credit: str
    licence: str
    address: str = ""


@dataclass(frozen=True)
class AssetUse:
    """Something that a film uses; kinds and names are those of `script.credits`. `scenes` are ids; none is the whole film."""

    kind: str
    name: str
    credit: str = ""
    licence: str = ""
    address: str = ""
    expires: str = ""
    scenes: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactUse:
    """A figure as a film says or shows it; `scenes` are ids; none is the article alone."""

    name: str
    value: str
    unit: str = ""
    as_of: str = ""
    source: str = ""
    scenes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ArticleView:
    """The written side. `html` is sanitised; `teaser_html` its open part; `sources` the footnotes, in order."""

    slug: str
    title: str
    teaser_html: str
    html: str
    sources: tuple[str, ...] = ()
    words: int = 0


@dataclass(frozen=True)
class DoubtfulWord:
    """A spoken word that was not simply heard: `origin` and `probability` are the alignment's, times in seconds."""

    text: str
    start: float
    end: float
    origin: str
    probability: float


@dataclass(frozen=True)
class VideoRecord:
    """Everything `record_video` keeps about one video, in one transaction. Same record twice changes nothing."""

    slug: str
    title: str
    description: str
    series: str
    tags: tuple[str, ...]
    duration: float
    language: str
    chapters: tuple[ChapterView, ...]
    cues: tuple[Cue, ...]
    article: ArticleView | None
    files: tuple[MediaFile, ...]
    credits: tuple[Credit, ...]
    blocks: tuple[str, ...] = ()
    """Rules that must be accepted by name before it is published, such as `scratch-voice`."""
    external_ids: tuple[tuple[str, str], ...] = ()
    published: datetime | None = None
    state: State = State.READY
    synthetic_voice: bool = False
    sources: tuple[str, ...] = ()
    """What the film rests on, for its description: footnotes, then figures' sources."""
    uses: tuple[AssetUse, ...] = ()
    facts: tuple[FactUse, ...] = ()
    doubts: tuple[DoubtfulWord, ...] = ()
    """Words of the cues that were not simply heard, for whoever edits them."""


@dataclass(frozen=True)
class VideoCard:
    """A video in a list. `thumbnail` is the media key of its picture, one without its title where there is one."""

    slug: str
    title: str
    description: str
    series: str
    tags: tuple[str, ...]
    duration: float
    published: datetime | None
    state: State
    thumbnail: str
    has_article: bool


@dataclass(frozen=True)
class Track:
    """Captions in one language: the version that is shown. `edited_by` is empty for a machine's; `digest` is of its cues.

    `newer` is the number of a version that a machine has added behind a person's since then; None when there is none.
    """

    language: str
    version: int
    edited_by: str
    created: datetime
    digest: str
    newer: int | None = None


@dataclass(frozen=True)
class TrackVersion:
    """One version in the list of a track's versions; `made_from` is the one that its editor had before them."""

    version: int
    edited_by: str
    created: datetime
    current: bool
    made_from: int | None = None
    note: str = ""
    cues: int = 0


@dataclass(frozen=True)
class VideoView:
    """A video whole, for its watch page."""

    card: VideoCard
    language: str
    chapters: tuple[ChapterView, ...]
    cues: tuple[Cue, ...]
    article: ArticleView | None
    files: tuple[MediaFile, ...]
    credits: tuple[Credit, ...]
    blocks: tuple[str, ...]
    external_ids: tuple[tuple[str, str], ...]
    transcripts: tuple[dict[str, Any], ...]
    synthetic_voice: bool = False
    sources: tuple[str, ...] = ()
    tracks: tuple[Track, ...] = ()
    """Captions as they are shown, the film's own language first."""

    def file(self, role: str) -> MediaFile | None:
        """The first file of that role."""
        return next((file for file in self.files if file.role == role), None)


@dataclass(frozen=True)
class Facet:
    """How many of the found videos share a series, a tag or a year."""

    name: str
    value: str
    count: int


@dataclass(frozen=True)
class CardPage:
    """A page of a list: `total` found, `items` shown."""

    total: int
    items: tuple[VideoCard, ...]
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True)
class Moment:
    """Where in a video a query was said: seconds, the words around it, and the spans of `text` that matched."""

    start: float
    end: float
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class SearchResult:
    """A found video with its moments; `excerpt` comes from the article or description when no moment matched."""

    card: VideoCard
    score: float
    moments: tuple[Moment, ...]
    excerpt: str = ""
    excerpt_marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class SearchPage:
    """The answer to a query."""

    query: str
    total: int
    results: tuple[SearchResult, ...]
    facets: tuple[Facet, ...] = field(default=())
    suggestion: str = ""
