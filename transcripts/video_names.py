"""The names of one video: what to listen for, what to put right, what to keep on one line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import BadInput, Place
from transcripts.corrections import Correction, Corrector
from transcripts.gathering import Writing, gather
from transcripts.hotwords import choose_hotwords
from transcripts.lettering import plain
from transcripts.lexicon import Lexicon
from transcripts.own_names import read_own_names
from transcripts.vocabulary import words_of
from transcripts.words import Word


def _nowhere() -> Collection[str]:
    return ()


@dataclass(frozen=True)
class KnownNames:
    """A studio's lexicon, and keys of the names of the world, which are asked for when something is to be put right."""

    lexicon: Lexicon = field(default_factory=Lexicon)
    places: Callable[[], Collection[str]] = _nowhere


@dataclass(frozen=True)
class VideoNames:
    """The names that matter for one video: a lexicon, those of them that its own texts have, and `hotwords` of these."""

    known: KnownNames = field(default_factory=KnownNames)
    expected: frozenset[str] = frozenset()
    hotwords: tuple[str, ...] = ()

    def correct(self, words: Sequence[Word], language: str) -> tuple[tuple[Word, ...], tuple[Correction, ...]]:
        """The words with names put right, and every correction; see `Corrector`."""
        if not self.known.lexicon.names:
            return tuple(words), ()
        corrector = Corrector(self.known.lexicon, words_of(language), self.expected, self.known.places())
        return corrector.correct(words)

    def on_one_line(self, words: Sequence[Word]) -> frozenset[str]:
        """The names of several words among these, as they are written: lines must not part them."""
        found = self.known.lexicon.find_words([plain(word.text) for word in words])
        return frozenset(one.written for one in found if one.last - one.first > 1)


def whole_names(words: Sequence[Word], language: str = "en") -> frozenset[str]:
    """The names of several words in a text of its own, such as a film's: `Strait of Hormuz`."""
    text = " ".join(plain(word.text) for word in words)
    lexicon = gather([Writing("this text", (text,), (), language)])
    return VideoNames(KnownNames(lexicon)).on_one_line(words)


def names_of_text(text: str, lexicon: Lexicon, language: str = "en") -> Lexicon:
    """The lexicon with names that a text has and it has not."""
    own = gather([Writing("this text", tuple(text.splitlines()), (), language)], words_of=words_of)
    return lexicon.with_names(own.names)


def names_of_video(text: str, known: KnownNames, language: str = "en") -> VideoNames:
    """The names of a video with a text of its own: its script, its article."""
    lexicon = names_of_text(text, known.lexicon, language)
    expected = frozenset(found.name.text for found in lexicon.find_in(text))
    hotwords = choose_hotwords(text, lexicon, words_of(language))
    return VideoNames(KnownNames(lexicon, known.places), expected, hotwords)


def names_of_file(file: Path, known: KnownNames, language: str = "en") -> VideoNames:
    """The same for a file: a `names.toml`, all of whose names are expected, or any text. Raises BadInput, CheckFailed."""
    from transcripts.transcribe import read_text

    if file.suffix.lower() != ".toml":
        return names_of_video(read_text(file), known, language)
    if not file.is_file():
        raise BadInput(f"{file.name} does not exist", hint="check the path", place=Place(str(file)))
    own = gather([], read_own_names(file))
    lexicon = own.with_names(known.lexicon.names)
    text = ". ".join(name.text for name in own.names)
    hotwords = choose_hotwords(text, own, words_of(language))
    return VideoNames(KnownNames(lexicon, known.places), frozenset(name.text for name in own.names), hotwords)
