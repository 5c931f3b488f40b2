import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.errors import BadInput
from transcripts.subtitle_commands import app
from transcripts.subtitle_files import read_subtitles
from transcripts.words import Cue


def convert(*words: str | Path) -> str:
    result = CliRunner().invoke(app, ["convert", *map(str, words)], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.stdout


def test_a_file_is_written_in_the_format_of_its_name(tmp_path: Path) -> None:
    source, target = tmp_path / "old film.srt", tmp_path / "a folder" / "film.vtt"
    source.write_text("1\n00:00:01,000 --> 00:00:02,500\nTom & Jerry\n")
    assert "film.vtt" in convert(source, "-o", target)
    assert target.read_text() == "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\nTom &amp; Jerry\n\n"
    assert json.loads(convert(target, "-o", source, "--json"))["cues"] == 1
    assert read_subtitles(source).cues == (Cue(1.0, 2.5, ("Tom & Jerry",), "1"),)


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        convert(tmp_path / "none.srt", "-o", tmp_path / "b.vtt")
    (tmp_path / "a.vtt").write_text("nothing")
    with pytest.raises(BadInput, match="not a WebVTT file") as caught:
        convert(tmp_path / "a.vtt", "-o", tmp_path / "b.srt")
    assert caught.value.place
    assert caught.value.place.file.endswith("a.vtt")
    (tmp_path / "a.srt").write_text("00:01,0 --> 00:02,0\na")
    with pytest.raises(BadInput, match=r"no subtitle format '\.doc'"):
        convert(tmp_path / "a.srt", "-o", tmp_path / "b.doc")
    assert not (tmp_path / "b.doc").exists()
