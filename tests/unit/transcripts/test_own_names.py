"""`names.toml`: everything wrong with it at once, each with its place and what to do."""

from pathlib import Path

import pytest

from core.findings import CheckFailed
from transcripts.gathering import OwnName
from transcripts.own_names import EXAMPLE, parse_own_names, read_own_names


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / "names.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_the_example_is_read_as_it_stands(tmp_path: Path) -> None:
    assert read_own_names(write(tmp_path, EXAMPLE)) == (
        OwnName("Idlib", ("Idleb", "Edlib", "إدلب"), ("id lib",)),
        OwnName("Erdoğan", ("Erdogan",), ("air doe ahn",)),
        OwnName("Black Friday", leave_out=True),
    )


def test_a_studio_needs_no_file(tmp_path: Path) -> None:
    assert read_own_names(tmp_path / "names.toml") == ()
    assert read_own_names(write(tmp_path, "")) == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[Idlib]\nvariants = ["Idleb"]\n[Idleb]\n', 3, "'Idleb' is claimed by [Idlib] and [Idleb]"),
        ('[Idlib]\n[Homs]\nvariants = ["IDLIB"]\n', 2, "'IDLIB' is claimed by [Idlib] and [Homs]"),
        ("[X]\n", 1, "'X' in [X] is too short to be a name"),
        ('[Idlib]\nvariants = ["…"]\n', 1, "'…' in [Idlib] is too short to be a name"),
        ('[Idlib]\nvariant = "Idleb"\n', 1, "[Idlib] has no field 'variant'"),
        ("[Idlib]\nvariants = 3\n", 1, "variants of [Idlib] is not a list of texts"),
        ('[Idlib]\nleave_out = "yes"\n', 1, "leave_out of [Idlib] is neither true nor false"),
        ('Idlib = "Idleb"\n', 1, "'Idlib' is not a table"),
        ("[St.Petersburg]\n", 1, "[St.Petersburg] is a table inside a table"),
        ("[Idlib\n", 1, "names.toml is not valid TOML"),
        ("[Erdoğan]\n", 1, "names.toml is not valid TOML"),
        (b"[\xff\xfe]", None, "names.toml is not UTF-8 text"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, text: str | bytes, line: int | None, message: str
) -> None:
    file = write(tmp_path, text)
    _, [finding] = parse_own_names(file)
    assert finding.message.startswith(message)
    assert finding.hint
    assert finding.place is not None
    assert (finding.place.file, finding.place.line) == (str(file), line)
    with pytest.raises(CheckFailed):
        read_own_names(file)


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    _, findings = parse_own_names(write(tmp_path, '[X]\n[Homs]\nsay = "homs"\n["حلب"]\nvariants = ["Aleppo"]\n'))
    assert len(findings) == 2
