"""What a film shows and plays that others made: every use on its terms, and the lines in which they are thanked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from core.errors import Place
from script.assets import files_of, find_asset, media_kind, owner_of, videos_of
from script.document import Script
from script.facts import put_in_facts

LABELS = {
    "picture": "Pictures",
    "footage": "Footage",
    "sound": "Sound",
    "music": "Music",
    "map": "Maps",
    "towns": "Towns",
    "flag": "Flags",
    "data": "Data",
    "file": "Files",
}
"""Kinds of use that are credited, in the order in which a list of credits has them, and what it calls them."""
KINDS = (*LABELS, "country", "video", "scene")
"""Every kind of use: besides those that are credited, countries shown on a map, and the studio's own videos and scenes."""
LINES = 6
"""Lines of credits that a slate has room for."""
LINE = 88
"""Characters of such a line, which may be set in two."""
_UNBROKEN = 32
MORE = "All credits are listed with the film."


@dataclass(frozen=True)
class Use:
    """Something that a film uses: of which kind, what it is called, and in which scenes (none is the whole film).

    A file is called by its path from the studio, so that it is the same one in every script; `credit`, `licence`, `address`
    and `expires` (ISO 8601) are as `assets.toml` has them. Flags and countries are called by their ISO code.
    """

    kind: str
    name: str
    credit: str = ""
    licence: str = ""
    address: str = ""
    expires: str = ""
    scenes: tuple[str, ...] = ()


def script_uses(script: Script, studio: Path | None) -> Iterator[Use]:
    """Every file, catalogued video and scene of another script that a script names, once for every mention."""
    music = script.front.music
    if music:
        yield _use("music", script, studio, music.file, music.place, "")
    for block in script.scenes:
        for file, place in files_of(block):
            yield _use(media_kind(file), script, studio, file, place, block.id)
        for slug, _ in videos_of(block):
            yield Use("video", slug, scenes=(block.id,))
        for lender in block.lenders:
            yield Use("scene", f"{lender.script.front.slug}#{lender.id}", scenes=(block.id,))


def gather_uses(uses: Iterable[Use]) -> tuple[Use, ...]:
    """The same uses, each once with all its scenes, by kind."""
    found: dict[Use, tuple[str, ...]] = {}
    for use in uses:
        bare = replace(use, scenes=())
        found[bare] = tuple(dict.fromkeys((*found.get(bare, ()), *use.scenes)))
    ordered = sorted(found, key=lambda use: KINDS.index(use.kind))
    return tuple(replace(use, scenes=found[use]) for use in ordered)


def credited(uses: Iterable[Use]) -> tuple[Use, ...]:
    """Those uses that somebody is credited for. Where many are called after what they show, such as flags, one stands for all."""
    shown: dict[tuple[str, ...], Use] = {}
    for use in uses:
        if use.kind in LABELS and (use.credit or use.licence):
            named = use.name if use.kind not in ("flag", "map", "towns") else LABELS[use.kind]
            shown.setdefault((use.kind, named, use.credit, use.licence), replace(use, name=named))
    return tuple(shown.values())


def credit_lines(uses: Sequence[Use], *, lines: int = LINES, length: int = LINE) -> tuple[str, ...]:
    """The credits as lines for a slate, a line a kind: with licences where there is room, else without, else shortened.

    Where somebody had to be left out the last line says where all are named.
    """
    rows: dict[str, list[tuple[str, str]]] = {}
    for use in credited(uses):
        rows.setdefault(LABELS[use.kind], []).append((use.credit or PurePosixPath(use.name).name, use.licence))
    made = [_line(label, list(dict.fromkeys(thanked)), length) for label, thanked in rows.items()]
    if all(whole for _, whole in made) and len(made) <= lines:
        return tuple(line for line, _ in made)
    return (*(line for line, _ in made[: lines - 1]), MORE)


def film_sources(script: Script) -> tuple[str, ...]:
    """What a film rests on, as its description lists it: its footnotes in the order of their calls, then its figures' own sources."""
    notes = [put_in_facts(note, script.facts)[0] for note in script.footnotes.values()]
    facts = dict.fromkeys(fact for block in script.scenes for fact in block.facts if fact.source)
    for fact in facts:
        figure = " ".join(part for part in (fact.value, fact.unit) if part)
        said = f"{figure} ({fact.as_of}): {fact.source}" if fact.as_of else f"{figure}: {fact.source}"
        if not any(fact.source in note for note in notes):
            notes.append(said)
    return tuple(dict.fromkeys(note for note in notes if note))


def _line(label: str, thanked: list[tuple[str, str]], length: int) -> tuple[str, bool]:
    """A kind's line, and whether it names everybody. Names are not broken at the end of a line."""
    thanked = [(name.replace(" ", "\u00a0") if len(name) <= _UNBROKEN else name, licence) for name, licence in thanked]
    full = ", ".join(f"{name} ({licence})" if licence else name for name, licence in thanked)
    names = list(dict.fromkeys(name for name, _ in thanked))
    for text in (full, ", ".join(names)):
        if len(label) + 2 + len(text) <= length:
            return f"{label}: {text}", True
    for count in range(len(names) - 1, 0, -1):
        text = f"{', '.join(names[:count])} and {len(names) - count} more"
        if len(label) + 2 + len(text) <= length or count == 1:
            return f"{label}: {text}", False
    return f"{label}: {names[0]}", True


def _use(kind: str, script: Script, studio: Path | None, file: str, place: Place, scene: str) -> Use:
    owner = owner_of(script, place)
    asset = owner.assets.get(file)
    use = Use(kind, _name(owner, studio, file), scenes=(scene,) if scene else ())
    if asset is None:
        return use
    return replace(use, credit=asset.credit, licence=asset.licence, address=asset.address, expires=asset.expires)


def _name(owner: Script, studio: Path | None, file: str) -> str:
    path = find_asset(owner, studio, file)
    if path and studio and path.is_relative_to(studio.resolve()):
        return path.relative_to(studio.resolve()).as_posix()
    return PurePosixPath(file).as_posix()
