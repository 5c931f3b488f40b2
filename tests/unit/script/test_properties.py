"""What holds for any text: values survive the YAML, places point at what they name, fixing is exact, nothing crashes."""

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from script.fix import write_missing_ids
from script.front_matter import slugify
from script.reader import read_script
from script.source import decode_source
from script.yaml_places import read_fields
from tests.strategies.scripts import names, sentences, values


def _yaml(fields: dict[str, object]) -> str:
    """Every field on a line of its own, its value as JSON, which is YAML that nobody's dumper gets wrong."""
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())


@given(st.dictionaries(names, values, min_size=1, max_size=4))
@settings(deadline=None)
def test_values_come_out_of_yaml_as_they_went_in_and_places_name_their_keys(fields: dict[str, object]) -> None:
    text = _yaml(fields)
    source, _ = decode_source(Path("s.md"), text.encode())
    assert source
    read, findings = read_fields(source, 1, len(source.lines), source.place(1), {})
    assert findings == []
    assert read
    assert read.values == fields
    for path, place in read.places.items():
        if path and isinstance(path[-1], str):
            line = source.lines[(place.line or 0) - 1]
            assert line[(place.column or 0) - 1 :].lstrip("'\"? ").startswith(path[-1])


@given(st.text(max_size=300) | st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_it_fall_over(junk: str | bytes) -> None:
    data = junk.encode("utf-8", "surrogatepass") if isinstance(junk, str) else junk
    for head in (b"", b"---\ntitle: A\n---\n\n```scene map\n", b"---\n"):
        script, findings = _read(head + data)
        assert script is not None or any(finding.severity == "error" for finding in findings)


@given(st.lists(st.tuples(st.booleans(), sentences), min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=40, deadline=None)
def test_fixing_writes_the_ids_and_only_them(scenes: list[tuple[bool, str]], end: str) -> None:
    text = "---\ntitle: A\n---\n\n"
    for index, (named, narration) in enumerate(scenes):
        text += "```scene map\n" + (f"id: s{index}\n" if named else "a: 1\n") + f"```\n\n{narration}\n\n"
    data = b"\xef\xbb\xbf" + text.replace("\n", end).encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.md"
        path.write_bytes(data)
        before, _ = read_script(path)
        assert before
        written = write_missing_ids(before)
        fixed = path.read_bytes()
        for scene_id in written:
            fixed = fixed.replace(f"id: {scene_id}{end}".encode(), b"", 1)
        assert fixed == data
        after, findings = read_script(path)
        assert findings == []
        assert after
        assert [scene.id for scene in after.scenes] == [scene.id for scene in before.scenes]
        assert all(scene.written_id for scene in after.scenes)
        assert write_missing_ids(after) == ()


@given(st.text(max_size=40))
@settings(deadline=None)
def test_a_slug_is_an_address_or_nothing(title: str) -> None:
    slug = slugify(title)
    assert slug == slug.strip("-")
    assert slug.isascii()
    assert slugify(slug) == slug


def _read(data: bytes):  # type: ignore[no-untyped-def]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.md"
        path.write_bytes(data)
        return read_script(path)
