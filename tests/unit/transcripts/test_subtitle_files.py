"""Reading, writing and converting files, and what the commands tell."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.errors import BadInput
from transcripts.subtitle_commands import app
from transcripts.subtitle_files import read_subtitles, write_subtitles
from transcripts.subtitles import Subtitles
from transcripts.transcribe import Result, write_result
from transcripts.words import Cue

SRT = "1\n00:00:01,000 --> 00:00:02,500\nTom & Jerry\n"


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [*map(str, words)], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.return_value or 0, result.stdout, result.stderr


def as_json(*words: str | Path) -> Any:
    return json.loads(run(*words, "--json")[1])


def test_a_file_is_written_in_the_format_of_its_name(tmp_path: Path) -> None:
    source, target = tmp_path / "old film.srt", tmp_path / "a folder" / "film.vtt"
    source.write_text(SRT)
    assert "film.vtt  1 cue, WebVTT" in run("convert", source, "-o", target)[1]
    assert target.read_text() == "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\nTom &amp; Jerry\n\n"
    assert as_json("convert", target, "-o", source) == {
        "source": str(target), "file": str(source), "format": "srt", "cues": 1, "remarks": [],
    }  # fmt: skip
    assert read_subtitles(source).cues == (Cue(1.0, 2.5, ("Tom & Jerry",), "1"),)


def test_several_files_go_into_a_folder_and_a_bad_one_stops_none(tmp_path: Path) -> None:
    for name in ("a.srt", "b.srt"):
        (tmp_path / name).write_text(SRT)
    (tmp_path / "c.srt").write_bytes(b"PK\x03\x04" + bytes(50))
    sources = [tmp_path / name for name in ("a.srt", "c.srt", "b.srt")]
    code, out, told = run("convert", *sources, "--to", "ttml", "-o", tmp_path / "new")
    assert code == 1
    assert out.count("wrote") == 2
    assert "c.srt: this is a zip archive" in told.replace("\n", " ")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["a.ttml", "b.ttml"]
    results = as_json("convert", *sources, "--to", "vtt", "-o", tmp_path / "new")["results"]
    assert [set(result) for result in results][1] == {"source", "error"}
    assert results[2]["cues"] == 1


def test_beside_its_source_nothing_is_written_over(tmp_path: Path) -> None:
    source = tmp_path / "film.tr.srt"
    source.write_text(SRT)
    run("convert", source, "--to", "vtt")
    assert "Language: tr" in (tmp_path / "film.tr.vtt").read_text()
    with pytest.raises(BadInput, match=r"film\.tr\.vtt is there already"):
        run("convert", source, "--to", "vtt")
    run("convert", source, "-o", tmp_path / "film.tr.vtt")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("none.srt", "-o", "b.vtt"), "does not exist"),
        ((".", "-o", "b.vtt"), "is a folder"),
        (("a.srt", "-o", "b.doc"), "no subtitle format '.doc'"),
        (("a.srt",), "no format to convert to"),
        (("a.srt", "b/a.srt", "--to", "vtt", "-o", "out"), "would both become a.vtt"),
        (("a.srt", "-o", "b.vtt", "--from", "ttml"), "not well-formed"),
        (("a.srt", "-o", "b.vtt", "--encoding", "klingon"), "no encoding 'klingon'"),
        (("a.srt", "-o", "b.vtt", "--rate", "0"), "no frame rate"),
        (("a.srt", "-o", "b.vtt", "--rate", "fast"), "no frame rate"),
        (("a.doc", "-o", "b.vtt"), "in no subtitle format that we know"),
        (("empty.srt", "-o", "b.vtt"), "is empty"),
        (("blank.vtt", "-o", "b.srt"), "is empty"),
        (("words.srt", "-o", "b.vtt"), "holds no times"),
        (("words.vtt", "-o", "b.srt"), "not a WebVTT file"),
        (("words.json", "-o", "b.srt"), "not JSON"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.srt").write_text(SRT)
    (tmp_path / "b").mkdir()
    (tmp_path / "b/a.srt").write_text(SRT)
    (tmp_path / "empty.srt").write_bytes(b"")
    (tmp_path / "blank.vtt").write_bytes(b"\xef\xbb\xbf \r\n\x00")
    for name in ("a.doc", "words.srt", "words.vtt", "words.json"):
        (tmp_path / name).write_text("only words")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BadInput, match=message.replace(".", r"\.")):
        run("convert", *words)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("film.vtt", SRT, "it is SubRip"),
        ("film.srt", "WEBVTT\n\n00:01.000 --> 00:02.000\na", "it is WebVTT"),
        ("film.txt", SRT, "it is SubRip"),
        ("film", SRT, ""),
        ("film.sub", "[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,a", ""),
        (
            "film.xml",
            '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s" end="2s">a</p></div></body></tt>',
            "",
        ),
        ("film.srt", '{"cues": [{"start": 1, "end": 2, "lines": ["a"]}]}', "it is JSON"),
    ],
)
def test_what_a_file_shows_goes_before_what_it_is_called(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text)
    read = read_subtitles(tmp_path / name)
    assert len(read.cues) == 1
    assert told in " ".join(read.remarks)
    assert bool(told) == bool(read.remarks)


def test_times_that_run_backwards_are_kept_and_told(tmp_path: Path) -> None:
    path = tmp_path / "film.srt"
    path.write_text(
        "00:00:09,000 --> 00:00:08,000\na\n\n00:00:01,000 --> 00:00:02,000\nb\n\n00:00:01,500 --> 00:00:03,000\nc\n"
    )
    read = read_subtitles(path)
    assert [(cue.start, cue.end) for cue in read.cues] == [(9.0, 8.0), (1.0, 2.0), (1.5, 3.0)]
    assert read.remarks == (
        "1 cue ends before beginning; times are kept as they are",
        "1 cue begins before the one above; the order is kept as it is",
    )


def test_shifted_cues_keep_to_the_time_after_zero(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(
        "00:00:01,000 --> 00:00:02,000\na\n\n00:00:02,500 --> 00:00:04,000\nb\n\n00:00:05,000 --> 00:00:06,000\nc\n"
    )
    document = as_json("convert", tmp_path / "a.srt", "-o", tmp_path / "b.srt", "--shift", "-3")
    assert document["remarks"] == ["1 cue before the beginning left out"]
    assert [(cue.start, cue.end) for cue in read_subtitles(tmp_path / "b.srt").cues] == [(0.0, 1.0), (2.0, 3.0)]


def test_the_language_of_a_name_is_not_missed_in_the_file(tmp_path: Path) -> None:
    subtitles = Subtitles((Cue(1, 2, ("a",)),), language="tr")
    assert write_subtitles(subtitles, tmp_path / "film.tr.srt") == ()
    assert write_subtitles(subtitles, tmp_path / "film.srt") == (
        "SubRip: the language tr is not written; say it in the file's name",
    )
    (tmp_path / "film.no-such.srt").write_text(SRT)
    (tmp_path / "film.xx.srt").write_text(SRT)
    assert read_subtitles(tmp_path / "film.xx.srt").language == ""


def test_a_recording_has_no_language_to_lose(tmp_path: Path) -> None:
    assert write_result(Result("tr", 2.0, (), (Cue(1, 2, ("a",)),)), tmp_path / "film.srt") == ()


def test_a_name_is_said_once() -> None:
    error = BadInput("full.wav does not exist", hint="check the path")
    assert error.under("in/full.wav") == "in/full.wav: does not exist; check the path"
    assert BadInput("it is full").under("full.wav") == "full.wav: it is full"


def test_the_document_that_transcribe_writes_is_subtitles(tmp_path: Path) -> None:
    (tmp_path / "words.json").write_text(
        '{"language": "en", "duration": 2, "text": "a", "words": [], "cues": [{"start": 0, "end": 1.5, "lines": ["a"]}], "report": {}}'
    )
    read = read_subtitles(tmp_path / "words.json")
    assert (read.language, read.cues) == ("en", (Cue(0.0, 1.5, ("a",)),))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "holds no cues"),
        ('{"cues": 5}', "holds no cues"),
        ('{"cues": [5]}', "cue 1 is not an object"),
        ('{"cues": [{"start": 1, "end": 2}]}', "cue 1 has no lines"),
        ('{"cues": [{"start": 1, "end": 2, "lines": [1]}]}', "cue 1 has no lines"),
        ('{"cues": [{"start": "1", "end": 2, "lines": []}]}', "cue 1 has no start"),
        ('{"cues": [{"start": 1, "end": NaN, "lines": []}]}', "cue 1 has no end"),
        ('{"cues": [{"start": -1, "end": 2, "lines": []}]}', "cue 1 has no start"),
        (
            '{"cues": [{"start": 1, "end": 2, "lines": ["a"], "marks": [{"start": 0, "end": 1, "kind": "loud"}]}]}',
            "cue 1 has a mark",
        ),
        (
            '{"cues": [{"start": 1, "end": 2, "lines": ["a"], "marks": [{"start": 0, "end": 1, "kind": "colour", "value": "red}"}]}]}',
            "mark",
        ),
        ('{"cues": [{"start": 1, "end": 2, "lines": ["a"]}', "not JSON"),
        ("[" * 100_000, "without end"),
    ],
)
def test_json_that_is_no_subtitles(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(BadInput, match=message):
        read_subtitles(tmp_path / "a.json")


def test_settings_that_would_break_a_file_are_left_out(tmp_path: Path) -> None:
    settings = {"line": "0", "align": "start\n\n00:01.000 --> 00:02.000", "position": "far"}
    (tmp_path / "a.json").write_text(
        json.dumps({"cues": [{"start": 1, "end": 2, "lines": ["a\r\nb"], "settings": settings, "id": "a\n-->"}]})
    )
    read = read_subtitles(tmp_path / "a.json")
    assert read.cues[0].settings == (("line", "0"),)
    assert read.cues[0].lines == ("a", "b")
    assert len(read.remarks) == 2
    for name in ("vtt", "ttml", "ass", "srt"):
        write_subtitles(read, tmp_path / f"b.{name}")
        assert len(read_subtitles(tmp_path / f"b.{name}").cues) == 1
