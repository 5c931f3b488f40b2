"""`names.toml`: what a studio says of its names itself. It adds, corrects and forbids."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from core.errors import Place
from core.findings import CheckFailed, Finding
from core.nearest import nearest
from script.facts import place_of_table
from transcripts.gathering import OwnName
from transcripts.lexicon import form_key

NAMES_FILE = "names.toml"
EXAMPLE = """\
[Idlib]
variants = ["Idleb", "Edlib", "إدلب"]
says = "id lib"

["Erdoğan"]
variants = ["Erdogan"]
says = "air doe ahn"

["Black Friday"]
leave_out = true
"""
"""What documentation and hints show."""

_LISTS = ("variants", "says", "never")
_FIELDS = (*_LISTS, "leave_out")
_LONGEST = 200
"""Letters in the longest name: what is longer is a sentence that ended up in the wrong place."""


def read_own_names(file: Path) -> tuple[OwnName, ...]:
    """The names of a file; none where there is no file. Raises CheckFailed with everything that is wrong, each with its place."""
    if not file.is_file():
        return ()
    names, findings = parse_own_names(file)
    if findings:
        raise CheckFailed(file.name, findings)
    return names


def parse_own_names(file: Path) -> tuple[tuple[OwnName, ...], list[Finding]]:
    """The names of a file that is there, and what is wrong with it."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        content = tomllib.loads(text)
    except UnicodeDecodeError:
        return (), [_finding(f"{file.name} is not UTF-8 text", "save it as UTF-8", Place(str(file)))]
    except tomllib.TOMLDecodeError as error:
        return (), [_broken(file, text, str(error))]
    names: list[OwnName] = []
    findings: list[Finding] = []
    claimed: dict[str, str] = {}
    for written, table in content.items():
        place = place_of_table(file, text, written)
        found = list(_wrong(written, table, place))
        findings += found
        if found:
            continue
        variants, says, never = (_texts(table.get(key)) or () for key in _LISTS)
        name = OwnName(written, variants, says, never, bool(table.get("leave_out", False)))
        for form in dict.fromkeys((name.text, *name.variants)):
            other = claimed.setdefault(form_key(form), written)
            if other != written:
                hint = f"let one of them have it; what the narrator means cannot be told from {form!r} alone"
                findings.append(_finding(f"{form!r} is claimed by [{other}] and [{written}]", hint, place))
        names.append(name)
    return tuple(names), findings


def _wrong(written: str, table: Any, place: Place) -> list[Finding]:
    if not isinstance(table, dict):
        hint = f'write ["{written}"] on a line of its own, and below it variants = ["…"]'
        return [_finding(f"{written!r} is not a table", hint, place)]
    inner = next((key for key, value in table.items() if isinstance(value, dict)), None)
    if inner is not None:
        hint = f'write ["{written}.{inner}"]: a name with a dot in it needs quotes'
        return [_finding(f"[{written}.{inner}] is a table inside a table", hint, place)]
    out = [
        _finding(
            f"[{written}] has no field {key!r}",
            f"did you mean {near!r}?" if (near := nearest(key, _FIELDS)) else f"it may have {', '.join(_FIELDS)}",
            place,
        )
        for key in table
        if key not in _FIELDS
    ]
    out += [
        _finding(f"{key} of [{written}] is not a list of texts", f'write {key} = ["…", "…"]', place)
        for key in _LISTS
        if key in table and _texts(table[key]) is None
    ]
    if not isinstance(table.get("leave_out", False), bool):
        out.append(_finding(f"leave_out of [{written}] is neither true nor false", "write leave_out = true", place))
    for form in () if out else (written, *(_texts(table.get("variants")) or ())):
        if len(form_key(form)) < 2:
            hint = "a name needs two letters or digits: one letter is said all the time without meaning it"
            out.append(_finding(f"{form!r} in [{written}] is too short to be a name", hint, place))
        elif len(form) > _LONGEST:
            out.append(
                _finding(f"a name in [{written[:40]}…] has {len(form)} characters", "give the name alone", place)
            )
    return out


def _texts(value: Any) -> tuple[str, ...] | None:
    """A text or a list of texts as a tuple; None for anything else."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    good = isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)
    return tuple(item.strip() for item in value) if good else None


def _broken(file: Path, text: str, message: str) -> Finding:
    found = re.search(r"at line (\d+), column (\d+)", message)
    line, column = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)
    reason = re.sub(r"\s*\(at [^)]*\)$", "", message)
    hint = 'a name with anything but a to z in it needs quotes: ["Erdoğan"]'
    return _finding(
        f"{file.name} is not valid TOML: {reason[:1].lower()}{reason[1:]}", hint, Place(str(file), line, column)
    )


def _finding(message: str, hint: str, place: Place) -> Finding:
    return Finding("names", "error", message, hint, place)
