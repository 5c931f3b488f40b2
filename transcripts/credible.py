"""Whether a recogniser is to be believed where it says something else than the script."""

from collections.abc import Sequence

from transcripts.spoken import spoken_forms
from transcripts.words import Word

_SURE = 0.5
"""Mean probability from which words that are not in the script are believed to have been said."""

_LOOP = 8
_DISTINCT = 0.2
"""So many words of which under a fifth are different ones are a loop, into which Whisper falls over names that it does not know."""


def credible(words: Sequence[Word]) -> bool:
    """True when heard words are likely enough, and no loop."""
    return not looping(words) and sum(word.probability for word in words) >= _SURE * len(words)


def looping(words: Sequence[Word]) -> bool:
    """True for the same few words over and over."""
    atoms = [atom for word in words for atom in (spoken_forms(word.text) or ((),))[0]]
    return len(atoms) >= _LOOP and len(set(atoms)) < _DISTINCT * len(atoms)
