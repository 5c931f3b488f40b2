"""The parsing rules of the W3C's WebVTT specification, case by case, each named after what it is about."""

import io
from typing import Any

import pytest

from core.errors import BadInput
from transcripts.formats import webvtt
from transcripts.formats.webvtt_settings import read_cue_settings, read_region
from transcripts.formats.webvtt_text import Token, read_text, read_timestamp, tokens
from transcripts.subtitles import Note, Subtitles
from transcripts.words import Cue, Mark


def read(text: str) -> Subtitles:
    return webvtt.read(io.StringIO(text, newline=""))


CUE = "00:01.000 --> 00:02.000\nText"
ONE = Cue(1.0, 2.0, ("Text",))


@pytest.mark.parametrize(
    "head",
    [
        "WEBVTT",
        "WEBVTT ",
        "WEBVTT\t",
        "WEBVTT - title",
        "WEBVTT\ttitle",
        "\ufeffWEBVTT",
        "WEBVTT  -->",
        "WEBVTT WEBVTT",
    ],
)
def test_signature(head: str) -> None:
    assert read(f"{head}\n\n{CUE}").cues == (ONE,)
    assert read(head).cues == ()
    assert read(f"{head}\n").cues == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WEBVT",
        "webvtt",
        "WEBVTTX",
        "WEBVTT-",
        " WEBVTT",
        "\nWEBVTT",
        "WEB\x00VTT",
        "\ufeff\ufeffWEBVTT",
        "WEBVTT\x00",
        "1\n" + CUE,
    ],
)
def test_no_signature(text: str) -> None:
    with pytest.raises(BadInput, match="WebVTT"):
        read(text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    text = f"WEBVTT\n\nid\n{CUE}\nmore\n\nNOTE x\n\n{CUE}\n".replace("\n", end)
    assert read(text).cues == (Cue(1.0, 2.0, ("Text", "more"), "id"), ONE)


BLOCKS = {
    "a cue right under the signature": ("WEBVTT\n" + CUE, (ONE,)),
    "a header is no cue": ("WEBVTT\nKind: captions\nLanguage: en\n\n" + CUE, (ONE,)),
    "a cue ends the header": ("WEBVTT\nKind: captions\n" + CUE, (ONE,)),
    "many blank lines": ("WEBVTT\n\n\n\n\n" + CUE + "\n\n\n\n" + CUE, (ONE, ONE)),
    "no line end at the end": ("WEBVTT\n\n" + CUE, (ONE,)),
    "an identifier": ("WEBVTT\n\nintro\n" + CUE, (Cue(1.0, 2.0, ("Text",), "intro"),)),
    "an identifier of spaces": ("WEBVTT\n\n  \n" + CUE, (Cue(1.0, 2.0, ("Text",), "  "),)),
    "two lines before the times are no identifier": ("WEBVTT\n\na\nb\n" + CUE, (ONE,)),
    "no text": ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n" + CUE, (Cue(1.0, 2.0, ()), ONE)),
    "no blank line between cues": ("WEBVTT\n\n" + CUE + "\n" + CUE, (ONE, ONE)),
    "an arrow in the text begins a cue": ("WEBVTT\n\n" + CUE + "\n-->\nlost\n\n" + CUE, (ONE, ONE)),
    "bad times, then good ones": ("WEBVTT\n\nx --> y\n" + CUE, (ONE,)),
    "an identifier with an arrow is bad times": ("WEBVTT\n\na --> b\n" + CUE, (ONE,)),
    "a line of spaces does not end a cue": ("WEBVTT\n\n" + CUE + "\n \nmore", (Cue(1.0, 2.0, ("Text", " ", "more")),)),
    "NOTE is a note": ("WEBVTT\n\nNOTE\n\n" + CUE, (ONE,)),
    "NOTE above times is an identifier": ("WEBVTT\n\nNOTE\n" + CUE, (Cue(1.0, 2.0, ("Text",), "NOTE"),)),
    "STYLE above times is an identifier": ("WEBVTT\n\nSTYLE\n" + CUE, (Cue(1.0, 2.0, ("Text",), "STYLE"),)),
    "text without times": ("WEBVTT\n\nnothing\nhere\n\n" + CUE, (ONE,)),
    "an end before the beginning is kept": (
        "WEBVTT\n\n00:02.000 --> 00:01.000\nText",
        (Cue(2.0, 1.0, ("Text",)),),
    ),
    "cues keep the order of the file": (
        "WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na",
        (Cue(5.0, 6.0, ("b",)), Cue(1.0, 2.0, ("a",))),
    ),
    "NUL is a replacement character": ("WEBVTT\n\n00:01.000 --> 00:02.000\nT\x00xt", (Cue(1.0, 2.0, ("T\ufffdxt",)),)),
    "a file cut in half": ("WEBVTT\n\n" + CUE + "\n\n00:03.000 --> 00:0", (ONE,)),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks(name: str) -> None:
    text, cues = BLOCKS[name]
    assert read(text).cues == cues


@pytest.mark.parametrize(
    ("times", "span"),
    [
        ("00:01.000 --> 00:02.000", (1.0, 2.0)),
        ("00:00:01.000 --> 00:00:02.000", (1.0, 2.0)),
        ("00:01.000-->00:02.000", (1.0, 2.0)),
        ("\t 00:01.000 \t-->\f 00:02.000 \t", (1.0, 2.0)),
        ("0:00:01.000 --> 123456:00:02.000", (1.0, 444_441_602.0)),
        ("00:01.000 --> 00:02.000align:start", (1.0, 2.0)),
        ("00:59.999 --> 59:59.999", (59.999, 3599.999)),
        ("00:01.000 --> 60:00.000", None),
        ("1:01.000 --> 00:02.000", None),
        ("00:1.000 --> 00:02.000", None),
        ("00:01,000 --> 00:02.000", None),
        ("00:01 --> 00:02", None),
        ("00:01.00 --> 00:02.000", None),
        ("00:01.0000 --> 00:02.000", None),
        ("00:60.000 --> 01:02.000", None),
        ("00:60:01.000 --> 01:02:00.000", None),
        ("00:00:60.000 --> 01:02:00.000", None),
        ("00:01.000 -> 00:02.000-->", None),
        ("00:01.000 - -> 00:02.000 -->", None),
        ("-00:01.000 --> 00:02.000", None),
        ("--> 00:02.000", None),
        ("00:01.000 -->", None),
        ("x00:01.000 --> 00:02.000", None),
        ("00:01.000 x --> 00:02.000", None),
        ("००:०१.००० --> 00:02.000", None),
        ("001:01.000 --> 00:02.000", None),
        ("001:00:01.000 --> 00:00:02.000", (3601.0, 2.0)),
    ],
)
def test_times(times: str, span: tuple[float, float] | None) -> None:
    cues = read(f"WEBVTT\n\n{times}\nText").cues
    assert [(cue.start, cue.end) for cue in cues] == ([span] if span else [])


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("vertical:rl", "vertical:rl"),
        ("vertical:lr", "vertical:lr"),
        ("vertical:RL", ""),
        ("vertical:", ""),
        ("line:0", "line:0"),
        ("line:-1", "line:-1"),
        ("line:4.5", "line:4.5"),
        ("line:84%", "line:84%"),
        ("line:100%,end", "line:100%,end"),
        ("line:5,start", "line:5,start"),
        ("line:5,center", "line:5,center"),
        ("line:5,middle", ""),
        ("line:5,", ""),
        ("line:101%", ""),
        ("line:-1%", ""),
        ("line:--1", ""),
        ("line:1-", ""),
        ("line:1.", ""),
        ("line:.5", ""),
        ("line:1.2.3", ""),
        ("line:%", ""),
        ("line:x", ""),
        ("line:-", ""),
        ("position:50%", "position:50%"),
        ("position:33.3%,line-left", "position:33.3%,line-left"),
        ("position:50%,center", "position:50%,center"),
        ("position:50%,line-right", "position:50%,line-right"),
        ("position:50%,start", ""),
        ("position:50", ""),
        ("position:.5%", ""),
        ("position:5.%", ""),
        ("position:100.1%", ""),
        ("position:-5%", ""),
        ("size:0%", "size:0%"),
        ("size:100%", "size:100%"),
        ("size:50", ""),
        ("size:1e1%", ""),
        ("align:start", "align:start"),
        ("align:center", "align:center"),
        ("align:end", "align:end"),
        ("align:left", "align:left"),
        ("align:right", "align:right"),
        ("align:middle", ""),
        ("align:Start", ""),
        ("region:fred", "region:fred"),
        ("region:bill", ""),
        ("region:fred line:1", "line:1"),
        ("region:fred size:50%", "size:50%"),
        ("region:fred size:100%", "region:fred size:100%"),
        ("region:fred vertical:rl", "vertical:rl"),
        ("line:1 region:fred", "line:1 region:fred"),
        ("align:start align:end", "align:end"),
        ("align:start align:bad", "align:start"),
        (":start", ""),
        ("align", ""),
        ("align :start", ""),
        ("align:start\tsize:50%\fline:0", "align:start size:50% line:0"),
        ("position:10%:5", ""),
        ("foo:bar align:end", "align:end"),
    ],
)
def test_cue_settings(text: str, held: str) -> None:
    settings, refused = read_cue_settings(text, ["fred"])
    assert " ".join(f"{name}:{value}" for name, value in settings) == held
    assert bool(refused) or bool(held)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("id:fred width:40% lines:3", "id:fred width:40% lines:3"),
        ("id:fred\nwidth:40%\nlines:3", "id:fred width:40% lines:3"),
        (
            "regionanchor:0%,100% viewportanchor:10%,90% scroll:up",
            "regionanchor:0%,100% viewportanchor:10%,90% scroll:up",
        ),
        ("width:40", ""),
        ("width:101%", ""),
        ("lines:3.5", ""),
        ("lines:-3", ""),
        ("lines:٣", ""),
        ("regionanchor:0%", ""),
        ("regionanchor:0%,200%", ""),
        ("viewportanchor:a,b", ""),
        ("scroll:down", ""),
        ("id:", ""),
        ("width:10% width:20%", "width:20%"),
    ],
)
def test_region_settings(text: str, held: str) -> None:
    assert " ".join(f"{name}:{value}" for name, value in read_region(text)[0]) == held


def test_styles_regions_and_notes_are_kept_in_their_places() -> None:
    text = (
        "WEBVTT Film\nKind: captions\nLanguage: tr\n\nSTYLE\n::cue(b) {\n  color: red;\n}\n\nREGION \t\nid:fred\nwidth:40%\n\n"
        f"NOTE one line\n\n{CUE}\n\nNOTE\nseveral\nlines\n\n{CUE}\n\nSTYLE\n::cue {{ color: blue }}\n\nNOTEX\nno note\n\nNOTE\tlast"
    )
    file = read(text)
    assert file.title == "Film"
    assert file.language == "tr"
    assert file.headers == (("vtt", "Kind: captions"),)
    assert file.styles == ("::cue(b) {\n  color: red;\n}",)
    assert file.regions == ((("id", "fred"), ("width", "40%")),)
    assert file.notes == (Note("one line", 0), Note("several\nlines", 1), Note("last", 2))
    assert len(file.cues) == 2
    assert [remark.partition(" is ")[0] for remark in file.remarks] == [
        "WebVTT: a STYLE block after the first cue",
        "WebVTT: a block without times",
    ]
    stream = io.StringIO()
    assert webvtt.write(file, stream) == ()
    again = read(stream.getvalue())
    assert again.remarks == ()
    assert (again.styles, again.regions, again.notes, again.headers) == (
        file.styles,
        file.regions,
        file.notes,
        file.headers,
    )


@pytest.mark.parametrize("head", ["STYLE", "STYLE  \t"])
def test_a_style_needs_its_word_alone(head: str) -> None:
    assert read(f"WEBVTT\n\n{head}\n::cue {{}}\n\n{CUE}").styles == ("::cue {}",)


@pytest.mark.parametrize("head", ["STYLES", "STYLE x", "style", "NOTE STYLE"])
def test_what_is_no_style(head: str) -> None:
    assert read(f"WEBVTT\n\n{head}\n::cue {{}}\n\n{CUE}").styles == ()


TOKENS: dict[str, list[Any]] = {
    "": [],
    "a": [("text", "a")],
    "a<b>c": [("text", "a"), ("start", "b"), ("text", "c")],
    "<b": [("start", "b")],
    "<": [("start", "")],
    "<>": [("start", "")],
    "</": [("end", "")],
    "</b": [("end", "b")],
    "</b >": [("end", "b ")],
    "< b>": [("start", "", (), "b")],
    "<\nb>": [("start", "", (), "b")],
    "<.a>": [("start", "", ("a",))],
    "<c.a.b>": [("start", "c", ("a", "b"))],
    "<c..a.>": [("start", "c", ("a",))],
    "<c.a b c>": [("start", "c", ("a",), "b c")],
    "<v  Anna \t B\n C >": [("start", "v", (), "Anna B C")],
    "<v.loud Anna>": [("start", "v", ("loud",), "Anna")],
    "<v A&amp;B>": [("start", "v", (), "A&B")],
    "<v a.b>": [("start", "v", (), "a.b")],
    "<v\nAnna>": [("start", "v", (), "Anna")],
    "<c.a\nx>": [("start", "c", ("a",), "x")],
    "<00:01.000>": [("timestamp", "00:01.000")],
    "<0": [("timestamp", "0")],
    "<0x y>": [("timestamp", "0x y")],
    "&amp;&lt;&gt;&nbsp;&lrm;&rlm;": [("text", "&<>\u00a0\u200e\u200f")],
    "&#60;b&#x3E;": [("text", "<b>")],
    "&ampx &foo; &": [("text", "&x &foo; &")],
    "&eacute;&hellip;": [("text", "é…")],
    "a<b<c>": [("text", "a"), ("start", "b<c")],
    "a > b": [("text", "a > b")],
}


@pytest.mark.parametrize("text", TOKENS)
def test_tokenizer(text: str) -> None:
    assert list(tokens(text)) == [Token(*token) for token in TOKENS[text]]


TREES: dict[str, tuple[str, list[Mark]]] = {
    "<b>a</b>c": ("ac", [Mark(0, 1, "bold")]),
    "<b>a<i>b</i></b>": ("ab", [Mark(0, 2, "bold"), Mark(1, 2, "italic")]),
    "<b>a": ("a", [Mark(0, 1, "bold")]),
    "<b>a</i>b</b>c": ("abc", [Mark(0, 2, "bold")]),
    "<b><i>a</b>b</i>c": ("abc", [Mark(0, 3, "bold"), Mark(0, 2, "italic")]),
    "</b>a": ("a", []),
    "<x>a</x>": ("a", []),
    "<B>a</B>": ("a", []),
    "a < b > c": ("a  c", []),
    "<u>a</u >b": ("ab", [Mark(0, 2, "underline")]),
    "<c.loud.yellow>a</c>": ("a", [Mark(0, 1, "class", classes=("loud", "yellow"))]),
    "<b.loud>a</b>": ("a", [Mark(0, 1, "bold", classes=("loud",))]),
    "<v Anna>a\nb</v>": ("a\nb", [Mark(0, 3, "voice", "Anna")]),
    "<v>a</v>": ("a", [Mark(0, 1, "voice")]),
    "<lang en-GB>a<lang fr>b</lang>c</lang>d": (
        "abcd",
        [Mark(0, 3, "language", "en-GB"), Mark(1, 2, "language", "fr")],
    ),
    "<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>x": ("漢字x", [Mark(0, 1, "ruby", "かん"), Mark(1, 2, "ruby", "じ")]),
    "<ruby>漢<rt>かん</ruby>x": ("漢x", [Mark(0, 1, "ruby", "かん")]),
    "<ruby.r>漢<rt>かん": ("漢", [Mark(0, 1, "ruby", "かん", ("r",))]),
    "<rt>a</rt>": ("a", []),
    "<ruby><b>漢<rt>x</rt></b></ruby>": ("漢x", [Mark(0, 2, "bold")]),
    "<ruby><rt>x</rt></ruby>": ("x", []),
    "a<00:01.500>b": ("ab", [Mark(1, 1, "time", "1.5")]),
    "a<00:01.500 >b<1>c": ("abc", []),
    "&lt;b&gt;": ("<b>", []),
    "\u200fשלום&rlm;": ("\u200fשלום\u200f", []),
}


@pytest.mark.parametrize("text", TREES)
def test_cue_text(text: str) -> None:
    lines, marks, _ = read_text(text)
    plain, wanted = TREES[text]
    assert "\n".join(lines) == plain
    assert list(marks) == wanted


@pytest.mark.parametrize("text", ["<x>a", "a</b>", "a < b", "a<00:99.000>b", "<>a"])
def test_tags_that_mean_nothing_are_told(text: str) -> None:
    assert "means nothing" in read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}").remarks[0]


@pytest.mark.parametrize(("text", "end"), [("00:01.000", 9), ("01:00:00.000 x", 12), ("100:00:00.000", 13)])
def test_a_timestamp_says_where_it_ends(text: str, end: int) -> None:
    found = read_timestamp(text)
    assert found
    assert found[1] == end
