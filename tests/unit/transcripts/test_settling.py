"""Where voice and script part, as an editor reads it, and the script with what was said put in."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.transcripts.test_align import SCRIPT, heard
from transcripts.align import align
from transcripts.amending import amend, find_spans, to_patch
from transcripts.differences import find_differences
from transcripts.settling import Settlement, judge, settle
from transcripts.spoken import fold
from transcripts.tokens import script_tokens
from transcripts.words import Transcript

MARKDOWN = """\
---
title: The canal runs for ever
---

# The canal

The canal runs for one hundred and **ninety-three** kilometres, from sea to sea, without a
single lock. It opened in 1869, and for most of a century its shareholders were in *Paris* and [London](https://example.org).[^1]

In July 1956 Gamal Abdel Nasser stood up in Alexandria, and took it. The company, he said, was Egypt’s own.

[^1]: The canal runs, says everybody.
"""


def settled(said: str, source: str = SCRIPT, written: str = SCRIPT) -> Settlement:
    tokens = script_tokens(written)
    return settle(align(heard(said), tokens), tokens, Path("script.md"), source)


def told(said: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.written, one.said) for one in settled(said).differences]


def test_read_as_written_there_is_nothing_to_settle() -> None:
    assert told(SCRIPT) == []
    assert settled(SCRIPT).findings == ()


def test_what_was_added() -> None:
    [one] = settled(SCRIPT.replace("In July 1956", "and I should add here quickly In July 1956")).differences
    assert (one.kind, one.said, one.written) == ("said-not-written", "and I should add here quickly", "")
    assert one.before.endswith("Paris and London.")
    assert one.after.startswith("In July 1956")
    assert 0 < one.start < one.end


def test_what_was_left_out() -> None:
    cut = " It opened in 1869, and for most of a century its shareholders were in Paris and London."
    assert told(SCRIPT.replace(cut, "")) == [("written-not-said", cut.strip(), "")]


def test_what_was_said_otherwise() -> None:
    cut = "In July 1956 Gamal Abdel Nasser stood up in Alexandria, and took it."
    other = "Nobody who was present believed what the young colonel told them then."
    [(kind, written, said)] = told(SCRIPT.replace(cut, other))
    assert (kind, said) == ("said-otherwise", other)
    assert written == cut


def test_what_was_read_elsewhere() -> None:
    first, second, third = SCRIPT.split(". ", 2)
    [one] = settled(f"{second}. {first}. {third}").differences
    assert one.kind == "read-elsewhere"
    assert one.said in (f"{second}.", f"{first}.")


def test_each_is_a_finding_with_its_time_its_words_and_what_to_do() -> None:
    [finding] = settled(SCRIPT.replace("In July 1956", "and I should add here quickly In July 1956")).findings
    assert finding.rule == "said-not-written"
    assert finding.message.startswith("0:09 said, not written: … ")
    assert "[and I should add here quickly] In July 1956" in finding.message
    assert finding.hint
    assert finding.place
    assert finding.place.line == 1


def test_the_script_as_it_was_read() -> None:
    said = SCRIPT.replace("The company, he said,", "I saw it myself, last May. The company, he said,")
    said = said.replace(" and for most of a century its shareholders were in Paris and London.", "")
    settlement = settled(said, MARKDOWN)
    expected = MARKDOWN.replace("took it. The", "took it. I saw it myself, last May. The")
    expected = expected.replace(
        ", and for most of a century its shareholders were in *Paris* and [London](https://example.org).[^1]", "."
    )
    assert settlement.amended == expected
    lines = [document["line"] for document in settlement.to_json()]
    assert lines == sorted(lines)
    assert all(document["change"]["old"] in MARKDOWN for document in settlement.to_json())


def test_a_patch_can_be_applied(tmp_path: Path) -> None:
    settlement = settled(SCRIPT.replace("In July 1956", "And I saw it myself, last May. In July 1956"), MARKDOWN)
    (tmp_path / "script.md").write_text(MARKDOWN)
    (tmp_path / "changes.diff").write_text(to_patch("script.md", MARKDOWN, settlement.amended))
    subprocess.run(["git", "apply", "changes.diff"], cwd=tmp_path, check=True)
    assert (tmp_path / "script.md").read_text() == settlement.amended


def test_a_patch_of_a_file_without_a_last_line_end(tmp_path: Path) -> None:
    (tmp_path / "script.md").write_text("one two")
    (tmp_path / "changes.diff").write_text(to_patch("script.md", "one two", "one two three"))
    subprocess.run(["git", "apply", "changes.diff"], cwd=tmp_path, check=True)
    assert (tmp_path / "script.md").read_text() == "one two three"


def test_words_that_the_file_does_not_have_get_no_proposal() -> None:
    """A fact's value stands in another file."""
    source = SCRIPT.replace("one hundred and ninety-three kilometres", "{{length}}")
    said = SCRIPT.replace("one hundred and ninety-three kilometres, from sea to sea, without a single lock. ", "")
    settlement = settled(said, source)
    assert settlement.changes == (None,)
    assert settlement.amended == source


RECIPE = "My recipe needs three eggs, a spoon of butter, some flour and patience on a cold morning. " * 3
TALE = "Dans un pays lointain vivait une reine que personne n'avait jamais vue. " * 4
PART = SCRIPT[: SCRIPT.index("It opened")]
LONG = (
    SCRIPT
    + " "
    + " ".join(
        f"Elsewhere, in chapter {number}, another matter altogether is told at length, for readers with time."
        for number in range(30)
    )
)


@pytest.mark.parametrize(
    ("said", "written", "rule", "severity", "word"),
    [
        (RECIPE, SCRIPT, "another-text", "error", "another text"),
        (TALE, SCRIPT, "another-text", "error", "another text"),
        (SCRIPT, LONG, "partly-read", "warning", "Egypt’s own."),
        (PART, SCRIPT, "partly-read", "warning", "lock."),
        ("", SCRIPT, "nothing-said", "error", "no speech"),
    ],
    ids=["another film", "another language", "ten times longer", "partly read", "empty"],
)  # fmt: skip
def test_a_script_that_does_not_fit(said: str, written: str, rule: str, severity: str, word: str) -> None:
    transcript = heard(said) if said else Transcript("en", 20.0, ())
    tokens = script_tokens(written)
    alignment = align(transcript, tokens)
    settlement = settle(alignment, tokens, Path("script.md"), written)
    [finding] = settlement.findings
    assert (finding.rule, finding.severity) == (rule, severity)
    assert word in finding.message
    assert settlement.differences == ()
    assert judge(alignment)
    if rule == "partly-read":
        assert not alignment.ad_libbed
        assert [word.text for word in alignment.words if word.start is not None] == said.split()


def part_told(said: str, script: str = LONG) -> tuple[str, list[tuple[str, str, str]]]:
    settlement = settled(said, script, script)
    assert settlement.findings[0].rule == "partly-read"
    return settlement.findings[0].message, [(one.kind, one.written, one.said) for one in settlement.differences]


def test_what_was_read_is_quoted_as_it_stands_in_the_script() -> None:
    """A name that was misheard is quoted too, and a short passage once."""
    bakers = "The bakers of Ma’arrat had no flour at all. "
    message, _ = part_told(bakers.replace("Ma’arrat", "Moran"), bakers + LONG)
    assert message.endswith(f"of the text, “{bakers.strip()}”")
    message, _ = part_told(SCRIPT.replace("Gamal", "Kemal"), "Nothing of this. " + LONG)
    assert message.endswith("from “The canal runs for one hundred …” to “… company, he said, was Egypt’s own.”")


def test_of_a_part_what_was_not_meant_to_be_read_is_not_told() -> None:
    thanks = "Thank you all for listening so patiently to me tonight."
    assert part_told(f"{SCRIPT} {thanks}")[1] == [("said-not-written", "", thanks)]
    assert part_told(SCRIPT.replace("It opened in 1869, and for", "For"))[1] == [
        ("written-not-said", "It opened in 1869, and", "")
    ]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["the sea", "a canal", "ninety ships", "in 1956", "no lock", "of it"]), min_size=3),
    st.data(),
)
def test_every_word_apart_is_told_once(parts: list[str], data: st.DataObject) -> None:
    said = data.draw(st.lists(st.sampled_from([*parts, "well then", "by the way"]), min_size=1))
    alignment = align(heard(" ".join(said)), script_tokens(" ".join(parts)))
    found = [one for one in find_differences(alignment) if one.kind != "read-elsewhere"]
    assert sorted(word for one in found for word in one.written.split()) == sorted(alignment.unspoken)
    assert sorted(word for one in found for word in one.said.split()) == sorted(alignment.ad_libbed)


@given(st.text(alphabet="ab*_[]()#`~-—^{}\n .1é", max_size=80))
def test_any_markdown_can_be_searched(source: str) -> None:
    tokens = script_tokens("a b ab ba 1 é")
    for token, span in zip(tokens, find_spans(source, tokens), strict=True):
        assert span is None or fold(source[slice(*span)]).startswith(fold(token.text))
    assert amend(source, [None]) == source
