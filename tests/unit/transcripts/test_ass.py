"""ASS: override tags, styles, positions, karaoke, drawings, and the first SubStation Alpha."""

import io

import pytest

from core.errors import BadInput
from transcripts.formats import ass, webvtt
from transcripts.subtitles import Note, Subtitles
from transcripts.words import Cue, Mark

COLUMNS = "Name, Fontname, Fontsize, PrimaryColour, Bold, Italic, Underline, StrikeOut, Alignment, MarginL, MarginR, MarginV, Encoding"
HEAD = (
    f"[Script Info]\n; made by hand\nScriptType: v4.00+\nPlayResX: 640\nPlayResY: 360\n\n[V4+ Styles]\nFormat: {COLUMNS}\n"
    "Style: Default,Arial,20,&H00FFFFFF,0,0,0,0,2,10,10,10,1\nStyle: Top,Arial,20,&H0000FFFF,-1,-1,0,0,8,10,10,10,1\n\n"
    "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
)


def read(text: str, style: str = "Default", head: str = HEAD) -> Subtitles:
    return ass.read(io.StringIO(f"{head}Dialogue: 0,0:00:01.00,0:00:03.50,{style},,0,0,0,,{text}\n"))


def again(subtitles: Subtitles) -> Subtitles:
    stream = io.StringIO()
    assert ass.write(subtitles, stream) == ()
    return ass.read(io.StringIO(stream.getvalue()))


TEXTS: dict[str, tuple[str, list[Mark]]] = {
    "a\\Nb": ("a\nb", []),
    "a\\nb": ("a b", []),
    "a\\hb": ("a\u00a0b", []),
    "a, b,, c": ("a, b,, c", []),
    "a\\{b\\}": ("a{b}", []),
    "a {b": ("a {b", []),
    "a }b": ("a }b", []),
    "a\\b": ("a\\b", []),
    "{\\i1}a{\\i0}b": ("ab", [Mark(0, 1, "italic")]),
    "{\\i1\\b1}a{\\i0}b": ("ab", [Mark(0, 2, "bold"), Mark(0, 1, "italic")]),
    "{\\b700}a{\\b}b": ("ab", [Mark(0, 1, "bold")]),
    "{\\u1}a{\\s1}b": ("ab", [Mark(0, 2, "underline"), Mark(1, 2, "strike")]),
    "{\\c&H0000FF&}a{\\c}b": ("ab", [Mark(0, 1, "colour", "#ff0000")]),
    "{\\1c&HFF8800}a{\\r}b": ("ab", [Mark(0, 1, "colour", "#0088ff")]),
    "{\\fnComic Sans MS}a{\\fn}b": ("ab", [Mark(0, 1, "font", "Comic Sans MS")]),
    "{\\fs30}a{\\fs}b": ("ab", [Mark(0, 1, "size", "30")]),
    "{\\rTop}a{\\r}b": ("ab", [Mark(0, 1, "bold"), Mark(0, 1, "colour", "#ffff00"), Mark(0, 1, "italic")]),
    "a{\\blur2\\bord3}b": ("ab", [Mark(1, 1, "ass", "\\blur2"), Mark(1, 1, "ass", "\\bord3")]),
    "{\\t(0,500,\\fs30\\c&HFF&)}a": ("a", [Mark(0, 0, "ass", "\\t(0,500,\\fs30\\c&HFF&)")]),
    "a{a comment}b": ("ab", [Mark(1, 1, "ass", "a comment")]),
    "{\\k50}a{\\kf100}b{\\ko20}c": ("abc", [Mark(1, 1, "time", "1.5"), Mark(2, 2, "time", "2.5")]),
    "\u200fשלום\u200e": ("\u200fשלום\u200e", []),
    "a{\\p1}m 0 0 l 9 9{\\p0}b": ("ab", []),
}


@pytest.mark.parametrize("text", TEXTS)
def test_text(text: str) -> None:
    plain, marks = TEXTS[text]
    subtitles = read(text)
    (cue,) = subtitles.cues
    assert "\n".join(cue.lines) == plain
    assert list(cue.marks) == marks
    if "\\p1" not in text:
        assert again(subtitles) == subtitles


PLACES = {
    "a": {},
    "{\\an8}a": {"line": "0"},
    "{\\an4}a": {"line": "50%,center", "align": "left"},
    "{\\a6}a": {"line": "0"},
    "{\\a9}a": {"line": "50%,center", "align": "left"},
    "{\\an9}a{\\an1}": {"line": "0", "align": "right"},
    "{\\pos(320,90)}a": {"line": "25%,end", "position": "50%,center"},
    "{\\an7\\pos(64,36)}a": {"line": "10%", "position": "10%,line-left", "align": "left"},
    "{\\pos(9000,90)}a": {},
    "{\\pos(x)}a": {},
}


@pytest.mark.parametrize("text", PLACES)
def test_places(text: str) -> None:
    subtitles = read(text)
    assert dict(subtitles.cues[0].settings) == PLACES[text]
    assert again(subtitles) == subtitles


def test_a_style_is_marks_where_it_differs_from_the_default() -> None:
    subtitles = read("a{\\i0}b{\\c&HFFFFFF&}c", "Top")
    (cue,) = subtitles.cues
    assert cue.settings == (("line", "0"),)
    assert cue.fields == (("ass.style", "Top"),)
    assert cue.marks == (Mark(0, 3, "bold"), Mark(0, 2, "colour", "#ffff00"), Mark(0, 1, "italic"))
    assert again(subtitles) == subtitles
    stream = io.StringIO()
    told = webvtt.write(subtitles, stream)
    assert "<b><c.yellow><i>a</i>b</c>c</b>" in stream.getvalue()
    assert told == ("WebVTT: the header of ASS is left out", "WebVTT: the column style is left out (cue 1)")


def test_columns_comments_and_other_sections_survive() -> None:
    text = HEAD.replace("Layer, Start", "Start, Layer").replace(
        "[Events]", "[Fonts]\nfontname: a.ttf\n!!!\n\n[Events]"
    ) + (
        "Comment: 0:00:01.00,0,0:00:02.00,Default,,0,0,0,,said, by\\Nthe editor\n"
        "Dialogue: 0:00:01.00,3,0:00:02.00,*Top,Anna,1,02,0,Banner;5,a\nDialogue: 1,2,3\nDialogue: 0:0x,0,0:00:02.00,Default,,0,0,0,,b\n"
    )
    subtitles = ass.read(io.StringIO(text))
    assert subtitles.notes == (Note("said, by\nthe editor", 0, (("ass.comment", subtitles.notes[0].fields[0][1]),)),)
    assert [cue.text for cue in subtitles.cues] == ["a"]
    assert dict(subtitles.cues[0].fields) == {
        "ass.layer": "3", "ass.style": "*Top", "ass.marginl": "1", "ass.marginr": "02", "ass.effect": "Banner;5",
    }  # fmt: skip
    assert Mark(0, 1, "voice", "Anna") in subtitles.cues[0].marks
    assert len([remark for remark in subtitles.remarks if "without times" in remark]) == 2
    stream = io.StringIO()
    assert ass.write(subtitles, stream) == ()
    assert "; made by hand\n" in stream.getvalue()
    assert stream.getvalue().index("[Events]") < stream.getvalue().index("[Fonts]")


def test_the_first_substation_alpha_is_read() -> None:
    head = (
        "[Script Info]\nScriptType: v4.00\n\n[V4 Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, "
        "TertiaryColour, BackColour, Bold, Italic, BorderStyle, Outline, Shadow, Alignment, "
        "MarginL, MarginR, MarginV, AlphaLevel, Encoding\n"
        "Style: Default,Tahoma,24,16777215,65535,255,0,-1,0,1,3,0,6,30,30,10,0,0\n\n"
        "[Events]\nFormat: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    )
    subtitles = ass.read(
        io.StringIO(head + "Dialogue: Marked=0,0:00:01.00,0:00:02.00,Default,,0000,0000,0000,,a{\\b0}b\n")
    )
    (cue,) = subtitles.cues
    assert (cue.settings, cue.fields) == ((("line", "0"),), ())
    assert cue.marks == (Mark(1, 1, "ass", "\\b0"),)
    style = next(line for _, line in subtitles.headers if line.startswith("Style:"))
    assert style.startswith("Style: Default,Tahoma,24,16777215,65535,255,0,-1,0,0,0,100,100,0,0,1,3,0,8,30,30,10,0")
    assert again(subtitles) == subtitles


def test_soft_breaks_break_where_the_script_says_so() -> None:
    assert read("a\\nb", head=HEAD.replace("PlayResX", "WrapStyle: 2\nPlayResX")).cues[0].lines == ("a", "b")


def test_a_drawing_alone_is_no_cue() -> None:
    subtitles = read("{\\p1\\an7}m 0 0 l 100 100{\\p0}")
    assert subtitles.cues == ()
    assert subtitles.remarks == ("ASS: drawings are left out (cue 1)",)


def test_times_are_rounded_to_hundredths_and_told() -> None:
    stream = io.StringIO()
    told = ass.write(Subtitles((Cue(1.234, 360_000.0, ("a",)),)), stream)
    assert told == ("ASS: times are rounded to a hundredth of a second (cue 1)",)
    assert "Dialogue: 0,0:00:01.23,100:00:00.00,Default,,0,0,0,,a" in stream.getvalue()


@pytest.mark.parametrize(
    ("cue", "told"),
    [
        (Cue(1, 2, ("a",), marks=(Mark(0, 1, "class", classes=("loud",)),)), "the class loud is left out"),
        (
            Cue(1, 2, ("ab",), marks=(Mark(0, 1, "voice", "A"), Mark(1, 2, "voice", "B"))),
            "one voice speaks the whole cue",
        ),
        (Cue(1, 2, ("a",), settings=(("vertical", "rl"),)), "lines run across"),
        (Cue(1, 2, ("a",), settings=(("line", "-3"),)), "line numbers become heights"),
        (Cue(1, 2, ("a",), settings=(("line", "20%"), ("size", "40%"))), "the width of a cue is left out"),
        (Cue(1, 2, ("a",), id="intro"), "identifiers are left out"),
        (Cue(1, 2, ("a",), marks=(Mark(0, 1, "ruby", "b"),)), "in brackets"),
        (Cue(1, 2, ("a",), marks=(Mark(0, 1, "colour", "#ff000080"),)), "colours are opaque"),
        (Cue(1, 2, ("a",), fields=(("ass.style", "Gone"),)), "the style Gone is unknown"),
    ],
)
def test_what_cannot_be_said_is_told(cue: Cue, told: str) -> None:
    stream = io.StringIO()
    assert told in "\n".join(ass.write(Subtitles((cue,)), stream))
    assert len(ass.read(io.StringIO(stream.getvalue())).cues) == 1


def test_columns_from_elsewhere_break_no_line() -> None:
    cue = Cue(
        1, 2, ("a",), fields=(("ass.effect", "x,y\nDialogue: 0,0:00:01.00"),), marks=(Mark(0, 1, "voice", "A,\nB"),)
    )
    stream = io.StringIO()
    ass.write(Subtitles((cue,)), stream)
    (read_cue,) = ass.read(io.StringIO(stream.getvalue())).cues
    assert read_cue.lines == ("a",)


@pytest.mark.parametrize("text", ["", "hello", "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,a"])
def test_what_is_no_script(text: str) -> None:
    with pytest.raises(BadInput, match="not an ASS file"):
        ass.read(io.StringIO(text))
