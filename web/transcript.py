"""A transcript as one reads it: passages under the chapters' titles, paragraphs that end where a sentence does."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.views import ChapterView
from transcripts.words import Cue

LONG_ENOUGH = 240
"""Characters after which a paragraph ends with the sentence: about four lines beside a video."""
PAUSE = 2.0
"""Seconds of silence that end a paragraph."""


@dataclass(frozen=True)
class Paragraph:
    """Cues that belong together; `start` in seconds."""

    start: float
    cues: tuple[Cue, ...]


@dataclass(frozen=True)
class Passage:
    """What is said in one chapter; `title` is empty before the first one and in a film without chapters."""

    title: str
    start: float
    paragraphs: tuple[Paragraph, ...]


def read_passages(cues: Sequence[Cue], chapters: Sequence[ChapterView]) -> tuple[Passage, ...]:
    """Lay the cues out under the chapters in which they begin; a chapter in which nothing is said is left out."""
    starts = [chapter.start for chapter in chapters]
    grouped: dict[int, list[Cue]] = {}
    for cue in cues:
        # A cue may begin a frame or two before the cut that its chapter begins with.
        index = sum(1 for start in starts if start <= cue.start + 0.25) - 1
        grouped.setdefault(index, []).append(cue)
    passages = []
    for index, said in sorted(grouped.items()):
        title, start = ("", 0.0) if index < 0 else (chapters[index].title, chapters[index].start)
        passages.append(Passage(title, start, _paragraphs(said)))
    return tuple(passages)


def _paragraphs(cues: Sequence[Cue]) -> tuple[Paragraph, ...]:
    paragraphs: list[list[Cue]] = []
    length = 0
    for cue in cues:
        last = paragraphs[-1][-1] if paragraphs else None
        ended = last is not None and last.text.rstrip("”’\"')]").endswith((".", "?", "!", "…"))
        waited = last is not None and cue.start - last.end > PAUSE
        if last is None or (ended and (length >= LONG_ENOUGH or waited)):
            paragraphs.append([])
            length = 0
        paragraphs[-1].append(cue)
        length += len(cue.text)
    return tuple(Paragraph(group[0].start, tuple(group)) for group in paragraphs)
