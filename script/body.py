"""The body of a script: headings are chapters, fenced blocks are scenes, what stands between is spoken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from core.errors import Place
from core.findings import Finding
from core.nearest import nearest
from script.document import Chapter, Fact, Narration, SceneBlock
from script.facts import FACT, mentioned_facts, put_in_facts, unknown_fact
from script.narration import spoken_paragraphs, spoken_text
from script.source import Source
from script.yaml_places import Fields, read_fields

_ID = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*", re.IGNORECASE)


@dataclass(frozen=True)
class Body:
    """Chapters and scenes; `code` are the line ranges [first, last) of fenced blocks, counted from 1."""

    chapters: tuple[Chapter, ...]
    scenes: tuple[SceneBlock, ...]
    code: tuple[tuple[int, int], ...]
    findings: tuple[Finding, ...]


@dataclass
class _Open:
    """A scene whose narration is still being gathered; `fields` is None when its block could not be read."""

    kind: str
    id: str
    written_id: bool
    fields: Fields | None
    chapter: int
    tokens: list[Token] = field(default_factory=list)
    ranges: list[tuple[int, int]] = field(default_factory=list)


def read_body(source: Source, tokens: Sequence[Token], facts: Mapping[str, Fact]) -> Body:
    """Gather chapters and scenes from the body's block tokens, whose maps count the source's lines from 0."""
    return _BodyReader(source, facts).read(tokens)


class _BodyReader:
    def __init__(self, source: Source, facts: Mapping[str, Fact]) -> None:
        self.source, self.facts = source, facts
        self.chapters: list[Chapter] = []
        self.open: list[_Open] = []
        self.code: list[tuple[int, int]] = []
        self.findings: list[Finding] = []
        self.counted: Counter[str] = Counter()
        self.ids: dict[str, int] = {}
        self.speakable = False
        self.homeless: dict[int, Place] = {}

    def read(self, tokens: Sequence[Token]) -> Body:
        position = 0
        while position < len(tokens):
            end = _block_end(tokens, position)
            self.block(tokens[position : end + 1])
            position = end + 1
        scenes = [self.scene(opened) for opened in self.open]
        read = tuple(scene for scene in scenes if scene is not None)
        # A document without any scene has that said of it, once.
        for place in self.homeless.values() if scenes else ():
            hint = "move it below the ```scene block that it is spoken over"
            self.report("text-without-scene", "this text has no scene to be spoken over", hint, place)
        self.empty_chapters()
        return Body(tuple(self.chapters), read, tuple(self.code), tuple(self.findings))

    def report(self, rule: str, message: str, hint: str, place: Place, *, warn: bool = False) -> None:
        self.findings.append(Finding(rule, "warning" if warn else "error", message, hint, place))

    def block(self, tokens: Sequence[Token]) -> None:
        """One top-level block: a heading, a fence, or text."""
        head = tokens[0]
        for token in tokens:
            if token.type == "fence" and token.map:
                self.fence(token, nested=token is not head)
        if head.type == "heading_open":
            self.heading(tokens)
        elif head.type == "html_block":
            if not head.content.lstrip().startswith("<!--"):
                self.report("unspoken-block", "HTML is not spoken", "write it as text", self.at(head), warn=True)
        elif head.type == "code_block":
            hint = "start the line without spaces if it is narration"
            self.report("unspoken-block", "an indented block is not spoken", hint, self.at(head), warn=True)
        elif head.type not in ("fence", "hr", "footnote_block_open"):
            self.text(tokens)

    def at(self, token: Token) -> Place:
        line = token.map[0] + 1 if token.map else 1
        text = self.source.lines[line - 1]
        return self.source.place(line, len(text) - len(text.lstrip()) + 1)

    def heading(self, tokens: Sequence[Token]) -> None:
        title, place = " ".join(spoken_paragraphs(tokens)), self.at(tokens[0])
        title, unknown = put_in_facts(title, self.facts)
        self.findings += [unknown_fact(name, self.facts, place) for name in unknown]
        if not title:
            self.report("empty-chapter", "a chapter needs a title", "write it after the #", place)
        self.chapters.append(Chapter(title, place))
        self.speakable = False

    def empty_chapters(self) -> None:
        """A heading over no scene is shown nowhere: neither as a chapter to navigate by, nor on a strap."""
        told = {opened.chapter for opened in self.open}
        for index, chapter in enumerate(self.chapters if told else ()):
            # Text under it that has no scene is a finding of its own.
            if chapter.title and index not in told and index + 1 not in self.homeless:
                hint = "put a scene under it, or take the heading out"
                self.report(
                    "empty-chapter", f"the chapter “{chapter.title}” has no scene", hint, chapter.place, warn=True
                )

    def text(self, tokens: Sequence[Token]) -> None:
        if not any(True for _ in spoken_paragraphs(tokens)):
            return
        if not self.speakable:
            self.homeless.setdefault(len(self.chapters), self.at(tokens[0]))
            return
        self.open[-1].tokens += tokens
        first, last = tokens[0].map or (0, 0)
        self.open[-1].ranges.append((first, last))

    def fence(self, token: Token, *, nested: bool) -> None:
        assert token.map
        first, last = token.map[0] + 1, token.map[1] + 1
        self.code.append((first, last))
        place = self.at(token)
        words = token.info.split()
        if not words or words[0] != "scene":
            near = nearest(words[0], ["scene"], score=75) if words else None
            hint = "did you mean ```scene?" if near else "a scene starts with ```scene KIND"
            self.report("unspoken-block", "this block is neither scene nor narration", hint, place, warn=not near)
            return
        if nested:
            hint = "move it to the left margin"
            self.report("nested-scene", "a scene stands inside a list or a quotation", hint, place)
            return
        kind = words[1] if len(words) > 1 else ""
        if len(words) != 2:
            wrong = "names no kind" if not kind else "names more than a kind"
            hint = "write ```scene KIND; `slugline scenes` lists the kinds"
            self.report("scene-kind", f"the scene {wrong}", hint, place)
        closed = _closes(self.source.lines[last - 2], token.markup) and last - first > 1
        if not closed:
            hint = f"close it with a line {token.markup}"
            self.report("unclosed-scene", "the scene's block is not closed", hint, place)
        fields = None
        if kind and closed:
            fields, found = read_fields(self.source, first + 1, last - 1, place, self.facts)
            self.findings += found
        self.begin(kind, fields, place)

    def begin(self, kind: str, fields: Fields | None, place: Place) -> None:
        if not self.chapters:
            self.chapters.append(Chapter("", place))
        self.counted[kind] += 1
        scene_id, written = f"{kind}-{self.counted[kind]}", False
        where = place
        if fields and "id" in fields.values:
            where = fields.places["id",]
            value = fields.values["id"]
            if isinstance(value, (str, int)) and not isinstance(value, bool) and _ID.fullmatch(str(value)):
                scene_id, written = str(value), True
            else:
                self.report("wrong-value", f"{value!r} is no id", "use letters, digits and hyphens", where)
        if scene_id in self.ids:
            message = f"two scenes are called {scene_id!r}; the first is on line {self.ids[scene_id]}"
            self.report("duplicate-id", message, "give this one an id of its own", where)
        self.ids.setdefault(scene_id, where.line or 1)
        self.open.append(_Open(kind, scene_id, written, fields, len(self.chapters) - 1))
        self.speakable = True

    def scene(self, opened: _Open) -> SceneBlock | None:
        narration = self.narration(opened)
        if opened.fields is None:
            return None
        values = {name: value for name, value in opened.fields.values.items() if name != "id"}
        said = mentioned_facts(
            "\n".join(spoken_text(token) for token in opened.tokens if token.type == "inline"), self.facts
        )
        return SceneBlock(
            id=opened.id,
            kind=opened.kind,
            fields=values,
            narration=narration,
            chapter=opened.chapter,
            places=opened.fields.places,
            written_id=opened.written_id,
            facts=tuple({fact.id: fact for fact in (*opened.fields.facts, *said)}.values()),
        )

    def narration(self, opened: _Open) -> Narration:
        paragraphs = []
        for token in opened.tokens:
            if token.type != "inline":
                continue
            text, unknown = put_in_facts(spoken_text(token), self.facts)
            self.findings += [unknown_fact(name, self.facts, self.mention(token, name)) for name in unknown]
            if text:
                paragraphs.append(text)
        markdown = "\n\n".join("\n".join(self.source.lines[first:last]).rstrip() for first, last in opened.ranges)
        place = self.at(opened.tokens[0]) if opened.tokens else None
        return Narration(tuple(paragraphs), markdown, place)

    def mention(self, token: Token, name: str) -> Place:
        first, last = token.map or (0, 0)
        for line in range(first, min(last, len(self.source.lines))):
            found = next((hit for hit in FACT.finditer(self.source.lines[line]) if hit.group(1) == name), None)
            if found:
                return self.source.place(line + 1, found.start() + 1)
        return self.at(token)


def _block_end(tokens: Sequence[Token], start: int) -> int:
    """The index of the token that closes the block opened at `start`."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth <= 0:
            return index
    return len(tokens) - 1


def _closes(line: str, markup: str) -> bool:
    """True when the line is the fence's closing marks."""
    bare = line.strip()
    return bare.startswith(markup) and not bare.strip(markup[0])
