"""What a video can be found by, as one line of tokens: each a field's letter and a folded, encoded word.

The letter keeps title and transcript, teaser and gated article apart in one index; a reader who may not read in full is simply never
given the gated letter.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from catalogue.text import encode, tokens

TITLE, SUBJECT, CHAPTER, DESCRIPTION, TEASER, ARTICLE, SPOKEN, STRESSED = "abcdefgh"
"""Letters of the fields. SUBJECT is series and tags; STRESSED repeats the words that are spoken again and again."""

GAP = "0"
"""Between two tags or chapters, so that no phrase reaches from one into the next."""

STRESSED_TIMES = 3
STRESSED_SHARE = 0.004
"""A word is stressed when it is spoken three times, and at least four times in a thousand words."""


@dataclass(frozen=True)
class Searchable:
    """The texts of one video; `article` is plain text, `cues` the texts of its current transcript in order."""

    title: str
    subjects: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    description: str = ""
    teaser: str = ""
    article: str = ""
    cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Indexed:
    """`line` begins and ends with a space; `cue_starts[i]` is the number of the first spoken token of cue i; `words` maps every
    folded word to how it is written."""

    line: str
    cue_starts: tuple[int, ...]
    words: dict[str, str]


def index_text(thing: Searchable) -> Indexed:
    """Fold, tokenise and letter everything."""
    words: dict[str, str] = {}
    parts: list[str] = []
    parts += _lettered(TITLE, [thing.title], words)
    parts += _lettered(SUBJECT, thing.subjects, words)
    parts += _lettered(CHAPTER, thing.chapters, words)
    parts += _lettered(DESCRIPTION, [thing.description], words)
    parts += _lettered(TEASER, [thing.teaser], words)
    parts += _lettered(ARTICLE, [thing.article], words)
    starts: list[int] = []
    spoken: list[str] = []
    for cue in thing.cues:
        starts.append(len(spoken))
        spoken += _keys(cue, words)
    encoded = [encode(key) for key in spoken]
    parts += [STRESSED + key for key in _stressed(encoded)]
    # The spoken words come last, so that their numbers can be counted from where they begin.
    parts += [SPOKEN + key for key in encoded]
    return Indexed(line=f" {' '.join(parts)} ", cue_starts=tuple(starts), words=words)


def _keys(text: str, words: dict[str, str]) -> list[str]:
    """The folded words of a text; how each was first written goes into `words`."""
    out: list[str] = []
    for token in tokens(text):
        out.append(token.key)
        if token.key not in words:
            words[token.key] = text[token.start : token.end]
    return out


def _lettered(letter: str, texts: Iterable[str], words: dict[str, str]) -> list[str]:
    out: list[str] = []
    for text in texts:
        found = [letter + encode(key) for key in _keys(text, words)]
        if found:
            out += [*found, GAP]
    return out


def _stressed(spoken: Sequence[str]) -> list[str]:
    least = max(STRESSED_TIMES, len(spoken) * STRESSED_SHARE)
    return sorted(key for key, count in Counter(spoken).items() if count >= least)


class _Plain(HTMLParser):
    """Collects the text of an HTML fragment, with a space where an element ends or begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")


_INLINE = frozenset(
    ("a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u")
)


def html_to_text(html: str) -> str:
    """The plain text of sanitised HTML, spaces single."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    parser = _Plain()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.parts).split())
