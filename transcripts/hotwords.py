"""Which names the recogniser is told to listen for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from transcripts.lexicon import Lexicon, form_key

ROOM = 400
"""Letters of all hotwords together. Whisper keeps 223 tokens for them (half of its prompt), a rare name takes one for two to three
letters, and the longer the list, the likelier a name is heard that nobody said."""


def choose_hotwords(text: str, lexicon: Lexicon, known: Collection[str] = (), room: int = ROOM) -> tuple[str, ...]:
    """The names of the lexicon in a video's own text, as they are preferred: those a dictionary does not have first (`known` are its
    folded words), of them the ones said most; as many as there is room for. A name inside a longer one goes without saying.
    """
    said = Counter(found.name.text for found in lexicon.find_in(text))
    ranked = sorted(said, key=lambda name: (not _is_rare(name, known), -said[name], name))
    chosen: list[str] = []
    for name in ranked:
        if any(f" {name} " in f" {longer} " for longer in said if longer != name):
            continue
        if sum(len(one) + 2 for one in chosen) + len(name) <= room:
            chosen.append(name)
    return tuple(chosen)


def _is_rare(name: str, known: Collection[str]) -> bool:
    return any(form_key(part) not in known for part in name.replace("-", " ").split())
