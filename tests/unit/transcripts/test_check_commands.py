"""`subtitles check` and `subtitles fix` as they are typed."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli
from core.errors import BadInput
from transcripts.checking import language_of
from transcripts.cues import build_cues
from transcripts.rates import guess_rate
from transcripts.subtitle_files import write_subtitles
from transcripts.subtitles import Subtitles
from transcripts.words import Cue, Word

GOOD = "1\n00:00:01,000 --> 00:00:03,000\nThe canal is open.\n\n"
BAD = (
    "1\n00:00:01,000 --> 00:00:03,300\nIn the summer the canal was taken by the\nowners.\n\n"
    "2\n00:00:03,200 --> 00:00:05,000\nIt is  shut again...\n\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("good.en.srt").write_text(GOOD)
    Path("bad.en.srt").write_text(BAD)
    return tmp_path


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, ["subtitles", *words], standalone_mode=False)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return int(result.return_value or 0), result.stdout


def said(*words: str) -> tuple[int, Any]:
    code, text = run(*words, "--json")
    return code, json.loads(text)


def test_a_file_in_order(folder: Path) -> None:
    assert run("check", "good.en.srt") == (
        0,
        "good.en.srt: 1 cue (netflix, en, 24 frames a second, guessed): in order\n",
    )


def test_findings_are_as_the_contract_has_them(folder: Path) -> None:
    code, document = said("check", "bad.en.srt", "--profile", "netflix")
    assert code == 1
    assert (document["profile"], document["cues"]) == ("netflix", 2)
    overlap = next(item for item in document["findings"] if item["rule"] == "cue-overlap")
    assert overlap == {
        "rule": "cue-overlap",
        "severity": "error",
        "message": "cue 1 is still shown when cue 2 begins",
        "at": 1.0,
        "where": {"cue": 1},
        "value": 0.1,
        "limit": 0.0,
    }


def test_warnings_alone_are_no_failure(folder: Path) -> None:
    Path("warned.en.srt").write_text(GOOD.replace("open.", "open "))
    code, document = said("check", "warned.en.srt")
    assert code == 0
    assert [item["rule"] for item in document["findings"]] == ["cue-spaces"]


def test_fix_writes_beside_and_leaves_the_file_alone(folder: Path) -> None:
    code, text = run("fix", "bad.en.srt")
    assert code == 0
    assert "cue 1: set as “In the summer the canal was taken” / “by the owners.”" in text
    assert "wrote bad.en.fixed.srt (netflix, en, 30 frames a second, guessed): 2 cues changed" in text
    assert Path("bad.en.srt").read_text() == BAD
    assert "It is shut again…" in Path("bad.en.fixed.srt").read_text()
    once = Path("bad.en.fixed.srt").read_bytes()
    code, document = said("fix", "bad.en.fixed.srt", "-o", "again.srt", "--language", "en")
    assert document["changes"] == []
    assert Path("again.srt").read_bytes() == once


def test_of_a_file_in_order_nothing_is_written(folder: Path) -> None:
    before = sorted(folder.iterdir())
    code, text = run("fix", "good.en.srt")
    assert (code, text.startswith("nothing written")) == (0, True)
    assert "nothing to put right" in text
    assert said("fix", "good.en.srt")[1]["file"] is None
    assert sorted(folder.iterdir()) == before
    assert said("fix", "good.en.srt", "-o", "named.srt")[1]["file"] == "named.srt"
    assert Path("named.srt").exists()


def test_of_several_files_each_is_told_and_a_bad_one_does_not_stop_the_rest(folder: Path) -> None:
    code, document = said("check", "lost.srt", "bad.en.srt", "good.en.srt")
    lost, bad, good = document["results"]
    assert code == 1
    assert (lost["source"], lost["error"]["message"]) == ("lost.srt", "lost.srt does not exist")
    assert [len(one["findings"]) > 0 for one in (bad, good)] == [True, False]
    assert {**said("check", "good.en.srt")[1], "source": "good.en.srt"} == good
    assert run("check", "good.en.srt", "good.en.srt")[0] == 0


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    before = sorted(folder.iterdir())
    _, document = said("fix", "bad.en.srt", "--dry-run")
    assert document["file"] is None
    assert [change["cue"] for change in document["changes"]] == [1, 2]
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("name", ["film.mp4", "film.m2ts", "FILM.MTS"])
def test_a_video_is_never_read_as_a_list_of_cuts(folder: Path, name: str) -> None:
    Path(name).write_bytes(b"G@\x00\xff no video")
    with pytest.raises(BadInput, match="is not a video that can be read"):
        said("check", "good.en.srt", "--cuts", name)


def test_cuts_come_from_a_list(folder: Path) -> None:
    Path("cuts.txt").write_text("0.8\n3.2\n")
    _, document = said("check", "good.en.srt", "--cuts", "cuts.txt", "--rate", "25")
    assert document["cuts"] == 2
    assert [(item["rule"], item["value"]) for item in document["findings"]] == [
        ("cue-start-off-cut", 5),
        ("cue-end-off-cut", -5),
    ]
    _, document = said("fix", "good.en.srt", "--cuts", "cuts.txt", "--rate", "25")
    assert document["findings"] == []
    assert "00:00:00,800 --> 00:00:03,120" in Path("good.en.fixed.srt").read_text()


@pytest.mark.parametrize(
    ("name", "code"),
    [("film.tr.srt", "tr"), ("film.pt-BR.vtt", "pt"), ("film.srt", ""), ("film.deu.srt", "de"), ("a.xyz.srt", "")],
)
def test_the_language_is_in_the_name(name: str, code: str) -> None:
    assert language_of(Path(name)) == code


@pytest.mark.parametrize("rate", [24, 25, 30])
def test_the_rate_is_in_the_times(rate: int) -> None:
    cues = [Cue(round((30 * n + n % 7) / rate, 3), round((30 * n + 20 + n % 5) / rate, 3), ("x",)) for n in range(40)]
    assert guess_rate(cues) == rate
    by_hand = [Cue(cue.start, cue.end + 0.007 * (n % 3 == 0), cue.lines) for n, cue in enumerate(cues)]
    assert guess_rate(by_hand) == rate
    assert guess_rate([Cue(cue.start + 0.003 * n, cue.end, cue.lines) for n, cue in enumerate(cues)]) == 24


def test_short_subtitles_that_are_made_here_are_in_order(folder: Path) -> None:
    said_here = (
        "The canal was shut in the summer of that year. Nobody knew why, and the ships went round the Cape instead."
    )
    words = [
        Word(text, round(0.31 + 0.37 * n, 3), round(0.66 + 0.37 * n, 3), 1.0)
        for n, text in enumerate(said_here.split())
    ]
    write_subtitles(Subtitles(tuple(build_cues(words))), Path("plain.srt"))
    code, document = said("check", "plain.srt")
    assert (code, document["findings"], document["rate"], document["rate_guessed"]) == (0, [], "30/1", True)
    assert said("check", "plain.srt", "--rate", "24")[0] == 1


def test_a_gap_that_rounds_to_two_frames_of_a_guess_is_a_warning(folder: Path) -> None:
    Path("two.en.srt").write_text(GOOD + "2\n00:00:03,066 --> 00:00:05,000\nIt is shut again.\n\n")
    code, document = said("check", "two.en.srt")
    assert (code, document["rate"]) == (0, "24/1")
    (gap,) = document["findings"]
    assert (gap["rule"], gap["severity"], gap["hint"]) == ("cue-gap", "warning", "give the film's rate with --rate")
    assert said("check", "two.en.srt", "--rate", "24")[0] == 1
