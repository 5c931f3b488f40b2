"""Chapters as spans with an end, for the list under the player, the seek bar and search engines."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.views import ChapterView
from transcripts.words import Cue


@dataclass(frozen=True)
class Span:
    """A chapter from `start` to `end`, seconds."""

    start: float
    end: float
    title: str


def read_spans(chapters: Sequence[ChapterView], duration: float) -> tuple[Span, ...]:
    """Every chapter with its end: the next one's start, or the film's end. One alone divides nothing and is left out."""
    inside = [chapter for chapter in sorted(chapters, key=lambda chapter: chapter.start) if chapter.start < duration]
    if len(inside) < 2:
        return ()
    ends = [chapter.start for chapter in inside[1:]] + [duration]
    return tuple(Span(chapter.start, end, chapter.title) for chapter, end in zip(inside, ends, strict=True))


def to_cues(spans: Sequence[Span]) -> list[Cue]:
    """The spans as cues of a WebVTT chapters track."""
    return [Cue(span.start, span.end, (span.title,)) for span in spans]
