"""The words of English with their pronunciations: what tells a name from a word, and how either sounds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from transcripts.pronunciations import Phones, read_dictionary


@lru_cache(maxsize=1)
def english_words() -> Mapping[str, tuple[Phones, ...]]:
    """CMU's pronouncing dictionary by folded word, which comes with PocketSphinx; empty where that is not installed. Names that are
    common in America are in it too.
    """
    try:
        import pocketsphinx
    except ImportError:
        return {}
    path = Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict"))
    return read_dictionary(path) if path.is_file() else {}


def words_of(language: str) -> Mapping[str, tuple[Phones, ...]]:
    """The same for a language by its code: nothing for any but English."""
    return english_words() if language.lower().split("-")[0] == "en" else {}
