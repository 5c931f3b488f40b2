"""Scenes of other scripts: `use: other-slug#id` in a block takes over that scene, whose fields the block's own override."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from core.errors import Place
from core.findings import Finding
from core.nearest import nearest
from script.document import Lender, Narration, SceneBlock, Script
from script.facts import FACT, put_in_facts
from script.narration import escape_markdown

USE = "use"
"""The field, and the kind of a block that leaves its kind to the scene it uses."""
_REFERENCE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)#([A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*)")
_CIRCLE = "used-in-circle"
_CALL = re.compile(r"\[\^([^\]\s]+)\]")

ReadScript = Callable[[Path], tuple[Script | None, list[Finding]]]
"""Reads a script's file and leaves its `use:` fields as they are."""


def take_over(
    script: Script, studio: Path | None, read: ReadScript, slug_of: Callable[[Path], str | None]
) -> tuple[Script, list[Finding]]:
    """The script with every used scene in its place, or with a finding instead of it.

    A used scene brings its kind and fields, and where no paragraphs follow the block its narration with its footnotes. Its
    facts are already put in. Paths in what was taken over start from the other script's folder: `script.assets` sees by the
    fields' places whose they are.
    """
    if not any(_uses(block) for block in script.scenes):
        return script, []
    shelf = _Shelf(studio, read, slug_of)
    scenes: list[SceneBlock] = []
    findings: list[Finding] = []
    notes = dict(script.footnotes)
    for block in script.scenes:
        if not _uses(block):
            scenes.append(block)
            continue
        try:
            made = shelf.resolve(script, block, ((script.path.resolve(), block.id),))
        except _Refused as refused:
            findings += refused.findings
            continue
        scenes.append(made)
        if made.voice:
            notes |= _footnotes(made.voice.script, made.voice.script.scene(made.voice.id))
    return replace(script, scenes=tuple(scenes), footnotes=notes), findings


class _Refused(Exception):
    """A scene that cannot be used, and why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(findings[0].message)
        self.findings = findings


class _Shelf:
    """The studio's scripts, each read once."""

    def __init__(self, studio: Path | None, read: ReadScript, slug_of: Callable[[Path], str | None]) -> None:
        self.studio, self.read, self.slug_of = studio, read, slug_of
        self.found: dict[str, tuple[Script, list[Finding]]] = {}

    def resolve(self, script: Script, block: SceneBlock, trail: tuple[tuple[Path, str], ...]) -> SceneBlock:
        """The block as the scene that it uses, which may use another in its turn. Raises _Refused."""
        place = block.place_of(USE)
        slug, scene_id = self.parse(script, block)
        lender, found = self.open(slug, script, place)
        step = (lender.path.resolve(), scene_id)
        if step in trail:
            circle = (*trail[trail.index(step) :], step)
            chain = " → ".join(f"{path.parent.name}#{name}" for path, name in circle)
            hint = "write the scene out in one of them"
            raise _Refused(_error(_CIRCLE, f"these scenes use each other: {chain}", hint, place, block))
        taken = self.scene(lender, slug, scene_id, found, block)
        if _uses(taken):
            try:
                taken = self.resolve(lender, taken, (*trail, step))
            except _Refused as refused:
                inner = refused.findings[0]
                message = inner.message if inner.rule == _CIRCLE else f"{slug}#{scene_id}: {inner.message}"
                raise _Refused(_error(inner.rule, message, inner.hint, place, block)) from refused
        return _merge(script, block, lender, taken)

    def parse(self, script: Script, block: SceneBlock) -> tuple[str, str]:
        """Slug and id of what is used."""
        place, written = block.place_of(USE), block.fields.get(USE)
        if written is None:
            hint = f"write `{USE}: other-slug#id` in it"
            raise _Refused(_error("missing-field", "this block does not say which scene it uses", hint, place, block))
        found = _REFERENCE.fullmatch(str(written).strip())
        if found is None:
            hint = f"write `{USE}: slug#id`: another script's slug, and the id of a scene in it"
            raise _Refused(_error("wrong-value", f"{written!r} names no scene of another script", hint, place, block))
        if found.group(1) == script.front.slug:
            hint = "name a scene of another script; here, write it out again"
            raise _Refused(_error("wrong-value", f"{written} is a scene of this same script", hint, place, block))
        return found.group(1), found.group(2)

    def open(self, slug: str, script: Script, place: Place) -> tuple[Script, list[Finding]]:
        """The script of that slug, with what is wrong with it."""
        if slug not in self.found:
            path = self.path(slug)
            lender, findings = self.read(path) if path else (None, [])
            if path is None or lender is None:
                raise _Refused(self.unknown(slug, script, path, findings, place))
            self.found[slug] = lender, findings
        return self.found[slug]

    def path(self, slug: str) -> Path | None:
        """Where the script of that slug is. Its folder is called so in most studios, so that is looked at first."""
        if self.studio is None:
            return None
        likely = self.studio / "scripts" / slug / "script.md"
        files = (likely, *sorted((self.studio / "scripts").glob("*/script.md")))
        return next((file for file in files if file.is_file() and self.slug_of(file) == slug), None)

    def unknown(self, slug: str, script: Script, path: Path | None, findings: list[Finding], place: Place) -> Finding:
        if path:
            why = next((finding.message for finding in findings if finding.severity == "error"), "")
            hint = f"`slugline check {path.parent.name}/{path.name}` says what is wrong with it"
            return Finding("unknown-script", "error", f"the script {slug} cannot be read: {why}", hint, place)
        if self.studio is None:
            hint = "keep both in one studio, under scripts/; `slugline init` makes one"
            return Finding("unknown-script", "error", f"no studio here to look for the script {slug} in", hint, place)
        known = filter(None, (self.slug_of(file) for file in (self.studio / "scripts").glob("*/script.md")))
        others = sorted(set(known) - {script.front.slug})
        near = nearest(slug, others)
        hint = f"did you mean {near}?" if near else f"scripts/ has {', '.join(others[:8]) or 'no other script'}"
        return Finding("unknown-script", "error", f"the studio has no script {slug!r}", hint, place)

    def scene(self, lender: Script, slug: str, scene_id: str, found: list[Finding], block: SceneBlock) -> SceneBlock:
        """The scene of another script. Raises _Refused with what is wrong in that scene itself."""
        place = block.place_of(USE)
        taken = next((scene for scene in lender.scenes if scene.id == scene_id), None)
        errors = [finding for finding in found if finding.severity == "error"]
        if taken is None:
            near = nearest(scene_id, [scene.id for scene in lender.scenes])
            hint = f"did you mean {slug}#{near}?" if near else f"it has {', '.join(s.id for s in lender.scenes[:12])}"
            if errors:
                hint += f"; {len(errors)} of its blocks or lines are wrong"
            raise _Refused(_error("unknown-scene", f"{slug} has no scene {scene_id!r}", hint, place, block))
        wrong = [finding for finding in errors if _stands_in(finding, lender, taken)]
        if wrong:
            raise _Refused(*(replace(finding, scene=block.id) for finding in wrong))
        return taken


def _uses(block: SceneBlock) -> bool:
    return block.kind == USE or USE in block.fields


def _error(rule: str, message: str, hint: str, place: Place, block: SceneBlock) -> Finding:
    return Finding(rule, "error", message, hint, place, scene=block.id)


def _stands_in(finding: Finding, script: Script, block: SceneBlock) -> bool:
    """True for what is wrong in a block or its narration, and in the tables that its facts and assets come from."""
    place = finding.place
    if place is None or Path(place.file) != script.path:
        return True
    starts = [scene.place.line or 0 for scene in script.scenes] + [
        chapter.place.line or 0 for chapter in script.chapters
    ]
    first = block.place.line or 0
    end = min((start for start in starts if start > first), default=1 << 30)
    return first <= (place.line or 0) < end


def _merge(script: Script, block: SceneBlock, lender: Script, taken: SceneBlock) -> SceneBlock:
    """The block with what it takes over; what it says itself stands."""
    if block.kind not in (USE, taken.kind):
        hint = f"write ```scene {taken.kind}, or ```scene {USE}"
        message = f"{block.fields[USE]} is a {taken.kind} scene, not a {block.kind} scene"
        raise _Refused(_error("scene-kind", message, hint, block.place, block))
    own = {name: value for name, value in block.fields.items() if name != USE}
    speaks = bool(taken.narration.paragraphs) and not block.narration.paragraphs
    if speaks and lender.front.language != script.front.language:
        message = (
            f"{block.fields[USE]} is spoken in {lender.front.language!r}, this script in {script.front.language!r}"
        )
        hint = "write its narration below the block"
        raise _Refused(_error("wrong-value", message, hint, block.place_of(USE), block))
    spoken_there = taken.voice is None
    lenders = (
        Lender(lender, taken.id, speaks and spoken_there),
        *(replace(other, speaks=speaks and other.speaks) for other in taken.lenders),
    )
    inherited = {path: place for path, place in taken.places.items() if path and path[0] not in (*own, USE, "id")}
    narration = _narration(lender, taken) if speaks and spoken_there else taken.narration if speaks else block.narration
    return replace(
        block,
        kind=taken.kind,
        fields={**taken.fields, **own},
        places={**inherited, **block.places},
        narration=narration,
        facts=tuple(dict.fromkeys((*block.facts, *taken.facts))),
        lenders=lenders,
    )


def _narration(lender: Script, taken: SceneBlock) -> Narration:
    """Another script's narration: figures put in, footnotes called by a name that no footnote of this script has."""
    markdown = FACT.sub(
        lambda found: escape_markdown(put_in_facts(found.group(), lender.facts)[0]), taken.narration.markdown
    )
    markdown = _CALL.sub(lambda call: f"[^{_note(lender, call.group(1))}]", markdown)
    return replace(taken.narration, markdown=markdown)


def _footnotes(lender: Script, taken: SceneBlock) -> Mapping[str, str]:
    """The footnotes that a scene's narration calls, by their names in the script that uses it."""
    called: Iterable[str] = _CALL.findall(taken.narration.markdown)
    return {
        _note(lender, label): put_in_facts(lender.footnotes[label], lender.facts)[0]
        for label in called
        if label in lender.footnotes
    }


def _note(lender: Script, label: str) -> str:
    return f"{lender.front.slug}#{label}"


def lenders_of(script: Script) -> Iterator[Script]:
    """Every other script that scenes of this one come from."""
    yield from {lender.script.path: lender.script for block in script.scenes for lender in block.lenders}.values()
