"""YAML as plain values with the place of every key, safe to read from anyone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, SequenceEndEvent, SequenceStartEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from core.errors import Place
from core.findings import Finding
from script.document import Fact
from script.facts import FACT, mentioned_facts, put_in_facts, unknown_fact
from script.source import Source, straighten_yaml

Path = tuple[str | int, ...]

MAX_DEPTH = 24

# `{{fact}}` unquoted is a mapping of a mapping to YAML; these stand for its braces, one for one, while it is parsed.
_OPEN, _CLOSE = "\ue000", "\ue001"

_HINTS = (
    ("cannot start any token", "write spaces instead of tabs, and quotes around a value that starts with a sign"),
    ("mapping values are not allowed", 'put quotes around a value that contains ": "'),
    ("expected ',' or ']'", "close the list with ], and put a comma between its items"),
    ("expected ',' or '}'", "close the braces with }, and put a comma between the fields"),
    ("expected ':'", "write every field as `name: value`, on a line of its own"),
    ("expected <block end>", "give the fields of one block the same indentation"),
    ("unexpected end of stream", "close the quotes"),
    ("unknown escape character", "write \\\\ for a backslash inside double quotes"),
)


@dataclass(frozen=True)
class Fields:
    """What a block of YAML says: `values` by name, `places` by path (`()` is the block itself), the facts put in."""

    values: Mapping[str, Any]
    places: Mapping[Path, Place]
    facts: tuple[Fact, ...] = ()


def read_fields(
    source: Source, first: int, last: int, opening: Place, facts: Mapping[str, Fact]
) -> tuple[Fields | None, list[Finding]]:
    """Read the source's lines [first, last), from 1, as one YAML mapping.

    `opening` is the place of the block itself. Numbers, booleans and null are typed (YAML 1.2, so that `no` is Norway's
    code and not false); dates stay text. Broken YAML, aliases, doubled fields and unknown facts are findings.
    """
    source = straighten_yaml(source, first, last)
    text = "\n".join(source.lines[first - 1 : last - 1]) + "\n"
    text = FACT.sub(lambda found: _masked(found.group()), text)
    parser = YAML(typ="safe", pure=True)
    try:
        problem = _refused(parser, text)
        if problem:
            rule, message, hint, line, column = problem
            return None, [Finding(rule, "error", message, hint, source.place(first + line, column + 1))]
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        return None, [_broken(error, source, first)]
    except ReaderError as error:
        line = text.count("\n", 0, error.position)
        column = error.position - (text.rfind("\n", 0, error.position) + 1)
        place = source.place(first + line, column + 1)
        return None, [Finding("yaml", "error", "a control character stands in the YAML", "delete it", place)]
    except (YAMLError, ValueError) as error:
        return None, [Finding("yaml", "error", f"broken YAML: {error}", "", opening)]
    if node is None:
        return Fields({}, {(): opening}), []
    if not isinstance(node, MappingNode):
        place = source.place(first + node.start_mark.line, node.start_mark.column + 1)
        hint = "write every field as `name: value`, on a line of its own"
        return None, [Finding("yaml", "error", "this is not a list of fields", hint, place)]
    reader = _Reader(source, first, facts)
    values = reader.value(node, ())
    return Fields(values, {**reader.places, (): opening}, mentioned_facts(_unmasked(text), facts)), reader.findings


class _Reader:
    """Turns nodes into plain values, and notes places and findings on the way."""

    def __init__(self, source: Source, first: int, facts: Mapping[str, Fact]) -> None:
        self.source, self.first, self.facts = source, first, facts
        self.places: dict[Path, Place] = {}
        self.findings: list[Finding] = []
        self.scalars = SafeConstructor(loader=YAML(typ="safe", pure=True))

    def place(self, node: Node) -> Place:
        return self.source.place(self.first + node.start_mark.line, node.start_mark.column + 1)

    def value(self, node: Node, path: Path) -> Any:
        if isinstance(node, MappingNode):
            return dict(self.pairs(node, path))
        if isinstance(node, SequenceNode):
            out = []
            for index, item in enumerate(node.value):
                self.places[*path, index] = self.place(item)
                out.append(self.value(item, (*path, index)))
            return out
        assert isinstance(node, ScalarNode)
        return self.scalar(node)

    def pairs(self, node: MappingNode, path: Path) -> Iterator[tuple[str, Any]]:
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                message = "a field's name must be plain text"
                hint = "write `name: value`; a value with braces of its own needs quotes"
                self.findings.append(Finding("yaml", "error", message, hint, self.place(key)))
                continue
            name = _unmasked(key.value)
            if (*path, name) in self.places:
                first = self.places[*path, name].line
                message = f"{name!r} is written twice; the first is on line {first}"
                self.findings.append(
                    Finding("duplicate-field", "error", message, "delete one of the two", self.place(key))
                )
                continue
            self.places[*path, name] = self.place(key)
            yield name, self.value(value, (*path, name))

    def scalar(self, node: ScalarNode) -> Any:
        if _OPEN in node.value:
            text, unknown = put_in_facts(_unmasked(node.value), self.facts)
            self.findings += [unknown_fact(name, self.facts, self.mention(node, name)) for name in unknown]
            return text
        kind = str(node.tag).rpartition(":")[2]
        if kind not in ("int", "float", "bool", "null"):
            return node.value
        try:
            return getattr(self.scalars, f"construct_yaml_{kind}")(node)
        except (ValueError, ArithmeticError):
            return node.value

    def mention(self, node: ScalarNode, name: str) -> Place:
        """Where a fact is mentioned inside a value."""
        for line in range(self.first + node.start_mark.line, self.first + node.end_mark.line + 1):
            start = node.start_mark.column if line == self.first + node.start_mark.line else 0
            if line > len(self.source.lines):
                break
            found = re.compile(r"\{\{\s*" + re.escape(name)).search(self.source.lines[line - 1], start)
            if found:
                return self.source.place(line, found.start() + 1)
        return self.place(node)


def _refused(parser: YAML, text: str) -> tuple[str, str, str, int, int] | None:
    """What a hostile file would do with YAML: aliases that multiply, nesting without end. Reads events only."""
    depth = 0
    for event in parser.parse(text):
        mark = event.start_mark
        if isinstance(event, AliasEvent):
            return "yaml-alias", f"*{event.anchor} is a YAML alias", "write the value out", mark.line, mark.column
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            depth -= 1
        if depth > MAX_DEPTH:
            return "yaml", "brackets are nested too deep", "close them earlier", mark.line, mark.column
    return None


def _broken(error: MarkedYAMLError, source: Source, first: int) -> Finding:
    """The finding for YAML that cannot be parsed, at the mark nearest to the mistake."""
    problem = str(error.problem or error.context or "it cannot be read")
    hint = next((hint for part, hint in _HINTS if part in problem), "")
    mark = error.problem_mark or error.context_mark
    if "end of stream" in problem or "<stream end>" in problem:
        mark = error.context_mark or mark
    if mark is None:
        return Finding("yaml", "error", f"broken YAML: {problem}", hint, source.place(first))
    opened = error.context_mark
    if opened and "flow" in str(error.context) and error.problem_mark and error.problem_mark.line > opened.line:
        # The parser gives up lines later; the mistake is where the bracket was left open.
        line = first + opened.line
        bracket = "[" if "sequence" in str(error.context) else "{"
        message = f"broken YAML: the {bracket} that opens here is not closed"
        return Finding("yaml", "error", message, hint, source.place(line, opened.column + 1))
    line = min(first + mark.line, len(source.lines))
    return Finding("yaml", "error", f"broken YAML: {problem}", hint, source.place(line, mark.column + 1))


def _masked(mention: str) -> str:
    return mention.replace("{{", _OPEN * 2).replace("}}", _CLOSE * 2)


def _unmasked(text: str) -> str:
    return text.replace(_OPEN * 2, "{{").replace(_CLOSE * 2, "}}")
