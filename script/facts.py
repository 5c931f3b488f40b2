"""Figures kept in one place: `facts.toml` of the studio and beside the script, written `{{id}}`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from core.errors import Place
from core.findings import Finding
from core.nearest import nearest
from script.document import Fact, Script

FACTS_FILE = "facts.toml"
EXAMPLE = """\
[oil-flow]
value = "20"
unit = "million barrels a day"
as_of = "2024"
source = "U.S. Energy Information Administration"
"""
"""One fact as the file has it: what a new studio's file and a hint show."""
FACT = re.compile(r"\{\{\s*([\w.-]+)\s*\}\}")
_FIELDS = ("value", "unit", "as_of", "source")
_PARTS = _FIELDS[1:]
"""What `{{id.PART}}` puts in besides the value."""


def read_facts(folder: Path, studio: Path | None) -> tuple[dict[str, Fact], list[Finding]]:
    """The studio's facts, added to and overridden by those beside the script."""
    facts: dict[str, Fact] = {}
    findings: list[Finding] = []
    for home in dict.fromkeys(place for place in (studio, folder) if place):
        tables, found = read_tables(home / FACTS_FILE, _FIELDS, needs=("value",), example=EXAMPLE)
        findings += found
        if tables:
            file = home / FACTS_FILE
            text = file.read_text(encoding="utf-8-sig")
            facts |= {
                name: Fact(id=name, **table, place=place_of_table(file, text, name)) for name, table in tables.items()
            }
    return facts, findings


def find_fact(name: str, facts: Mapping[str, Fact]) -> tuple[Fact, str] | None:
    """The fact that `{{name}}` mentions and what is put in: its value, or for `{{id.unit}}` its unit. None when there is none."""
    if name in facts:
        return facts[name], facts[name].value
    owner, _, part = name.rpartition(".")
    if owner in facts and part in _PARTS and getattr(facts[owner], part):
        return facts[owner], str(getattr(facts[owner], part))
    return None


def mentioned_facts(text: str, facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """The known facts that a text mentions, in the order of the first mention."""
    found = (find_fact(name, facts) for name in FACT.findall(text))
    return tuple({fact.id: fact for fact, _ in filter(None, found)}.values())


def put_in_facts(text: str, facts: Mapping[str, Fact]) -> tuple[str, tuple[str, ...]]:
    """The text with every known `{{id}}` replaced by its value, and the ids that are not known, which stay as written."""
    unknown: list[str] = []

    def value(found: re.Match[str]) -> str:
        known = find_fact(found.group(1), facts)
        if known is None:
            unknown.append(found.group(1))
            return found.group()
        return known[1]

    return FACT.sub(value, text), tuple(unknown)


def review_facts(script: Script, texts: Iterable[str]) -> list[Finding]:
    """The facts beside the script that neither its scenes nor any of `texts` mention. The studio's serve other scripts too."""
    used = {fact for block in script.scenes for fact in block.facts}
    used.update(fact for text in texts for fact in mentioned_facts(text, script.facts))
    own = str(script.folder / FACTS_FILE)
    hint = "mention it as {{%s}} where its figure is said or shown, or delete it"
    return [
        Finding("unused-fact", "warning", f"nothing mentions the fact {name!r}", hint % name, fact.place)
        for name, fact in script.facts.items()
        if fact.place and fact.place.file == own and fact not in used
    ]


def unknown_fact(name: str, facts: Mapping[str, Fact], place: Place) -> Finding:
    """The finding for a mention of a fact that no `facts.toml` holds."""
    owner, _, part = name.rpartition(".")
    if owner in facts and part in _PARTS:
        hint = f'add {part} = "…" to [{owner}] in {FACTS_FILE}'
        return Finding("unknown-fact", "error", f"the fact {owner!r} has no {part}", hint, place)
    near = nearest(name, facts)
    hint = f"did you mean {{{{{near}}}}}?" if near else f"add [{name}] with its value and source to {FACTS_FILE}"
    return Finding("unknown-fact", "error", f"no fact {name!r}", hint, place)


def read_tables(
    file: Path, fields: tuple[str, ...], *, needs: tuple[str, ...], example: str, apart: str = ""
) -> tuple[dict[str, dict[str, str]], list[Finding]]:
    """A TOML file of tables of texts. Numbers and dates are kept as they would be written; a missing file is empty.

    `example` is one table as it should be, for the hints; `apart` a field of another form, which another reader takes.
    """
    if not file.is_file():
        return {}, []
    try:
        text = file.read_bytes().decode("utf-8-sig")
        content = tomllib.loads(text)
    except UnicodeDecodeError:
        return {}, [Finding("toml", "error", f"{file.name} is not UTF-8 text", "save it as UTF-8", Place(str(file)))]
    except tomllib.TOMLDecodeError as error:
        return {}, [_broken(file, text, str(error), _form(example, needs))]
    tables: dict[str, dict[str, str]] = {}
    findings: list[Finding] = []
    for name, table in content.items():
        place = place_of_table(file, text, name)
        if not isinstance(table, dict):
            findings.append(Finding("toml", "error", f"{name!r} is not a table", _form(example, needs), place))
            continue
        inner = next((key for key, value in table.items() if isinstance(value, dict) and key != apart), None)
        if inner is not None:
            hint = f'write ["{name}.{inner}"]: a name with a dot in it needs quotes'
            message = f"[{name}.{inner}] is a table inside a table"
            findings.append(Finding("toml", "error", message, hint, place))
            continue
        for key in table:
            if key not in (*fields, apart):
                near = nearest(key, fields)
                hint = f"did you mean {near!r}?" if near else f"it may have {', '.join(fields)}"
                findings.append(Finding("unknown-field", "error", f"[{name}] has no field {key!r}", hint, place))
        missing = [key for key in needs if not _text(table.get(key, ""))]
        findings += [
            Finding("missing-field", "error", f"[{name}] has no {key}", f'write {key} = "…" below it', place)
            for key in missing
        ]
        if not missing:
            tables[name] = {key: _text(value) for key, value in table.items() if key in fields}
    return tables, findings


def place_of_table(file: Path, text: str, name: str) -> Place:
    """Where `[name]` stands in the file."""
    pattern = re.compile(r"^\s*\[{0,2}\s*[\"']?" + re.escape(name) + r"[\"']?\s*[\]=.]")
    lines = enumerate(text.splitlines(), start=1)
    return Place(str(file), next((number for number, line in lines if pattern.match(line)), 1), 1)


def _form(example: str, needs: tuple[str, ...]) -> str:
    """How a table is written, in one line: its head, and the fields that must be there."""
    head, *fields = example.splitlines()
    return f"write {head} on a line of its own, and below it " + ", ".join(
        field for field in fields if field.partition(" ")[0] in needs
    )


def _text(value: Any) -> str:
    """A value as it is spoken and printed; what is neither text, number nor date is nothing."""
    return "" if isinstance(value, (dict, list, bool)) else str(value)


def _broken(file: Path, text: str, message: str, hint: str) -> Finding:
    found = re.search(r"at line (\d+), column (\d+)", message)
    line, column = (int(found.group(1)), int(found.group(2))) if found else (text.count("\n") + 1, 1)
    reason = re.sub(r"\s*\(at [^)]*\)$", "", message)
    reason = reason[:1].lower() + reason[1:]
    return Finding("toml", "error", f"{file.name} is not valid TOML: {reason}", hint, Place(str(file), line, column))
