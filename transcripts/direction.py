"""Lines that are read from right to left, so marked that every player shows them in the order in which they are read.

A player takes a line's direction from its first letter (WebVTT, Processing cue text), or takes every line to run from left to right, as
many do with SubRip. In either, a line that is not wholly of right-to-left letters comes out in pieces: its full stop at the wrong end,
a name before the word it follows. Set between RLE and PDF (Unicode UAX 9, Explicit Directional Embeddings) it is the same in all.
"""

import unicodedata

from transcripts.lettering import MARKS

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo"})
"""Scripts that are written so whatever the language: `ku-Arab`, where `ku` by itself is written from the left (ISO 15924)."""

_RLE, _PDF = "\u202b", "\u202c"
_STRIP = str.maketrans("", "", MARKS)
_STRONG, _CARRIED = frozenset({"R", "AL"}), frozenset({"NSM", "BN"})


def is_right_to_left(language: str) -> bool:
    """True for a language that is written from right to left."""
    first, *rest = language.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return script in _SCRIPTS if script else first in RIGHT_TO_LEFT


def without_marks(text: str) -> str:
    """A line without marks of direction."""
    return text.translate(_STRIP)


def bare_line(line: str, language: str) -> str:
    """A line without the marks that `with_marks` sets; those of somebody else stay."""
    if is_right_to_left(language) and line.startswith(_RLE) and line.endswith(_PDF):
        return line[1:-1]
    return line


def needs_marks(text: str) -> bool:
    """True for a line that some player would put out of order: anything in it is no right-to-left letter, nor a space between two."""
    return any(
        unicodedata.bidirectional(char) not in _STRONG | _CARRIED and not char.isspace() for char in without_marks(text)
    )


def with_marks(line: str, language: str) -> str:
    """A line as a file has to carry it: marked where a right-to-left language needs it, bare elsewhere in one; others unchanged."""
    if not is_right_to_left(language):
        return line
    bare = without_marks(line)
    return f"{_RLE}{bare}{_PDF}" if needs_marks(bare) else bare
