import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from transcripts.clock import read_time, write_time
from transcripts.formats import srt, webvtt
from transcripts.subtitles import Subtitles
from transcripts.words import Cue, Mark

LINE = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=40).map(str.strip)
LINES = st.lists(LINE.filter(lambda line: bool(line) and "-->" not in line), min_size=1, max_size=3).map(tuple)
TIMES = st.tuples(st.integers(0, 400_000_000), st.integers(1, 10_000)).map(
    lambda t: (t[0] / 1000, round((t[0] + t[1]) / 1000, 3))
)
SETTINGS = st.sets(st.sampled_from([("line", "84%"), ("position", "50%"), ("align", "start")])).map(
    lambda s: tuple(sorted(s))
)


@st.composite
def cues(draw: st.DrawFn) -> list[Cue]:
    return [Cue(*draw(TIMES), draw(LINES), settings=draw(SETTINGS)) for _ in range(draw(st.integers(0, 6)))]


@given(cues())
def test_webvtt_comes_back_as_it_went(written: list[Cue]) -> None:
    stream = io.StringIO()
    webvtt.write(Subtitles(tuple(written)), stream)
    stream.seek(0)
    assert webvtt.read(stream).cues == tuple(written)


@given(cues(), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_subrip_comes_back_as_it_went(written: list[Cue], ends: str, marked: bool) -> None:
    stream = io.StringIO()
    srt.write(Subtitles(tuple(written)), stream)
    text = ("\ufeff" if marked else "") + stream.getvalue().replace("\n", ends)
    back = srt.read(io.StringIO(text, newline="")).cues
    assert [(cue.start, cue.end, cue.lines) for cue in back] == [(cue.start, cue.end, cue.lines) for cue in written]
    assert [cue.id for cue in back] == [str(number) for number in range(1, len(written) + 1)]


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(srt.read(io.StringIO(text)), Subtitles)
    assert isinstance(webvtt.read(io.StringIO("WEBVTT\n\n" + text)), Subtitles)


def test_subrip_forgives() -> None:
    text = "\ufeff1\r\n00:00:01,500 --> 00:00:03.250  X1:0\r\nHello\r\n<i>there</i>\r\n\r\n"
    text += "0:0:4,0 -> 0:00:05,5\r\n2024\n\n\n3\n00:00:06,000 --> 00:00:07,000\nlast"
    assert list(srt.read(io.StringIO(text)).cues) == [
        Cue(1.5, 3.25, ("Hello", "there"), "1", marks=(Mark(6, 11, "italic"),)),
        Cue(4.0, 5.5, ("2024",)),
        Cue(6.0, 7.0, ("last",), "3"),
    ]
    assert srt.read(io.StringIO("MZ\x90\x00 not a subtitle file")).cues == ()


def test_webvtt_keeps_what_it_reads() -> None:
    text = (
        "WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\n\nNOTE\nnothing --is here\n\n"
        "intro\n00:01.000 --> 01:00:02.000 line:84% align:start bogus\n<v Anna>Tom &amp; <b>Jerry</b>\n&lt;3\n\n"
        "00:03.000 --> 00:04.000\nno blank line\n00:05.000 --> 00:06.000\nbetween\n\nbad --> times\nlost\n"
    )
    assert list(webvtt.read(io.StringIO(text)).cues) == [
        Cue(
            1.0,
            3602.0,
            ("Tom & Jerry", "<3"),
            "intro",
            (("line", "84%"), ("align", "start")),
            (Mark(0, 14, "voice", "Anna"), Mark(6, 11, "bold")),
        ),
        Cue(3.0, 4.0, ("no blank line",)),
        Cue(5.0, 6.0, ("between",)),
    ]


@pytest.mark.parametrize("text", ["", "WEBVTTX", "1\n00:00:01,000 --> 00:00:02,000\nHello"])
def test_webvtt_has_to_say_so(text: str) -> None:
    with pytest.raises(BadInput, match="WebVTT"):
        webvtt.read(io.StringIO(text))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:00:01,500", 1.5),
        ("01:02.003", 62.003),
        ("123:00:00.000", 442_800.0),
        ("1:2:3", 3723.0),
        ("now", None),
        ("1.5", None),
    ],
)
def test_reads_times(text: str, seconds: float | None) -> None:
    assert read_time(text) == seconds


def test_writes_times() -> None:
    assert write_time(3723.0045, ",") == "01:02:03,004"
    assert write_time(-1, ".") == "00:00:00.000"
    assert write_time(360_000, ".") == "100:00:00.000"
