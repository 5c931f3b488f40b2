"""TTML: times, containment, white space, styles, regions, and that an independent reader understands what we write."""

import io
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest
from ttconv.imsc.reader import to_model
from ttconv.isd import ISD
from ttconv.model import Br, Span, Text

from core.errors import BadInput
from transcripts.formats import ttml
from transcripts.formats.ttml_time import read_time_base
from transcripts.formats.ttml_xml import read_xml
from transcripts.subtitles import Note, Subtitles
from transcripts.words import Cue, Mark

NAMES = (
    'xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling" '
    'xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="en"'
)


def document(body: str, head: str = "", root: str = "") -> str:
    return f"<tt {NAMES} {root}><head>{head}</head><body>{body}</body></tt>"


def read(body: str, head: str = "", root: str = "") -> Subtitles:
    return ttml.read(io.StringIO(document(body, head, root)))


def times(body: str, root: str = "") -> list[tuple[float, float, str]]:
    return [(cue.start, cue.end, cue.text) for cue in read(body, root=root).cues]


@pytest.mark.parametrize(
    ("text", "root", "seconds"),
    [
        ("00:00:01", "", Fraction(1)),
        ("00:00:01.5", "", Fraction(3, 2)),
        ("100:00:00.001", "", Fraction(360_000_001, 1000)),
        ("00:00:01:15", "", Fraction(3, 2)),
        ("00:00:01:15", 'ttp:frameRate="25"', Fraction(40, 25)),
        ("00:00:01:12", 'ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001"', 1 + Fraction(12 * 1001, 24_000)),
        ("00:00:01:12.1", 'ttp:frameRate="24" ttp:subFrameRate="2"', 1 + Fraction(25, 48)),
        ("1.5h", "", Fraction(5400)),
        ("2m", "", Fraction(120)),
        ("1.25s", "", Fraction(5, 4)),
        ("1500ms", "", Fraction(3, 2)),
        ("45f", "", Fraction(3, 2)),
        ("50f", 'ttp:frameRate="25"', Fraction(2)),
        ("30f", 'ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"', Fraction(1001, 1000)),
        ("30f", 'ttp:frameRate="30" ttp:frameRateMultiplier="1000:1001"', Fraction(1001, 1000)),
        ("90000t", 'ttp:tickRate="90000"', Fraction(1)),
        ("5t", "", Fraction(5)),
        ("50t", 'ttp:frameRate="25"', Fraction(2)),
        ("00:01:00:02", 'ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" ttp:dropMode="dropNTSC"',
         Fraction(1800 * 1001, 30_000)),
        ("00:10:00:00", 'ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" ttp:dropMode="dropNTSC"',
         Fraction(17_982 * 1001, 30_000)),
        ("00:10:00:00", 'ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"', Fraction(18_000 * 1001, 30_000)),
        ("00:02:00:04", 'ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" ttp:dropMode="dropPAL"',
         Fraction(3600 * 1001, 30_000)),
        ("1:00:00", "", None),
        ("00:00:1", "", None),
        ("00:00:01,5", "", None),
        ("", "", None),
        ("soon", "", None),
        ("-1s", "", None),
        ("9" * 40 + "s", "", None),
    ],
)  # fmt: skip
def test_time_expressions(text: str, root: str, seconds: Fraction | None) -> None:
    base = read_time_base(read_xml(document("", root=root)))
    assert base.seconds(text) == seconds


def test_a_rate_from_outside_counts_only_where_the_file_names_none() -> None:
    body = '<div><p begin="50f" end="75f">x</p></div>'
    assert ttml.read(io.StringIO(document(body)), Fraction(25)).cues[0].start == 2.0
    assert ttml.read(io.StringIO(document(body, root='ttp:frameRate="50"')), Fraction(25)).cues[0].start == 1.0


CONTAINED = {
    "a paragraph": ('<div><p begin="1s" end="2s">a</p></div>', [(1, 2, "a")]),
    "dur": ('<div><p begin="1s" dur="2s">a</p></div>', [(1, 3, "a")]),
    "dur and end: the earlier": ('<div><p begin="1s" dur="5s" end="2s">a</p></div>', [(1, 2, "a")]),
    "within a div": ('<div begin="10s"><p begin="1s" end="2s">a</p></div>', [(11, 12, "a")]),
    "within divs": ('<div begin="10s"><div begin="5s"><p begin="1s" end="2s">a</p></div></div>', [(16, 17, "a")]),
    "a parent ends first": ('<div begin="10s" end="12s"><p begin="1s" end="5s">a</p></div>', [(11, 12, "a")]),
    "times of the div alone": ('<div begin="1s" end="2s"><p>a</p></div>', [(1, 2, "a")]),
    "in sequence": (
        '<div timeContainer="seq"><p dur="1s">a</p><p begin="1s" dur="2s">b</p><p dur="1s">c</p></div>',
        [(0, 1, "a"), (2, 4, "b"), (4, 5, "c")],
    ),
    "times of spans alone": ('<div><p><span begin="1s" end="2s">a</span></p></div>', [(1, 2, "a")]),
    "spans within a paragraph's time": (
        '<div><p begin="10s" end="20s">a <span begin="2s" end="4s">b</span></p></div>',
        [(10, 12, "a "), (12, 14, "a b"), (14, 20, "a ")],
    ),
    "spans after one another": (
        '<div><p begin="1s"><span end="1s">a</span><span begin="3s" end="4s">b</span></p></div>',
        [(1, 2, "a"), (4, 5, "b")],
    ),
    "overlapping paragraphs": ('<div><p begin="1s" end="5s">a</p><p begin="2s" end="3s">b</p></div>', [(1, 5, "a"), (2, 3, "b")]),
    "without an end": ('<div><p begin="1s">a</p><p begin="4s" end="5s">b</p></div>', [(1, 4, "a"), (4, 5, "b")]),
    "without an end, the last": ('<div><p begin="1s">a</p></div>', [(1, 3, "a")]),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTAINED)
def test_time_containment(name: str) -> None:
    body, wanted = CONTAINED[name]
    assert times(body) == wanted


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("  a \n  b  ", ("a b",)),
        ("a<br/>b", ("a", "b")),
        (" a <br/> b ", ("a", "b")),
        ("<span> a </span> <span> b </span>", ("a b",)),
        ("a<br/><br/>b", ("a", "", "b")),
        ('<span xml:space="preserve">  a  b</span>', ("  a  b",)),
        ("a&#xA0; b", ("a\u00a0 b",)),
        ("a &lt;b&gt; &amp;amp; <![CDATA[<c>]]>", ("a <b> &amp; <c>",)),
        ("\u200fשלום\u200e", ("\u200fשלום\u200e",)),
        ("", ()),
    ],
)
def test_white_space(text: str, lines: tuple[str, ...]) -> None:
    assert read(f'<div><p begin="0s" end="1s">{text}</p></div>').cues[0].lines == lines


def test_styles_are_inherited_referred_to_and_given_by_the_region() -> None:
    head = (
        '<styling><style xml:id="base" tts:color="yellow"/><style xml:id="loud" style="base" tts:fontWeight="bold"/>'
        '<style xml:id="round" style="round base"/></styling>'
        '<layout><region xml:id="r" tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after">'
        '<style tts:fontStyle="italic"/></region></layout>'
    )
    body = (
        '<div region="r"><p begin="0s" end="1s">abc<span style="loud">def</span>'
        '<span tts:fontStyle="normal" style="round">ghi</span></p></div>'
    )
    marks = read(body, head).cues[0].marks
    assert marks == (Mark(0, 6, "italic"), Mark(3, 9, "colour", "#ffff00"), Mark(3, 6, "bold"))


@pytest.mark.parametrize(
    ("style", "mark"),
    [
        ('tts:textDecoration="underline"', Mark(0, 1, "underline")),
        ('tts:textDecoration="lineThrough"', Mark(0, 1, "strike")),
        ('tts:color="rgba(255,0,0,128)"', Mark(0, 1, "colour", "#ff000080")),
        ('tts:color="#ff0000ff"', Mark(0, 1, "colour", "#ff0000")),
        ('tts:backgroundColor="black"', Mark(0, 1, "background", "#000000")),
        ('tts:fontFamily="Arial, default"', Mark(0, 1, "font", "Arial")),
        ('xml:lang="fr"', Mark(0, 1, "language", "fr")),
        ('ttm:agent="anna"', Mark(0, 1, "voice", "Anna B")),
    ],
)
def test_marks(style: str, mark: Mark) -> None:
    head = '<metadata><ttm:agent xml:id="anna" type="person"><ttm:name type="full">Anna\n B</ttm:name></ttm:agent></metadata>'
    assert read(f'<div><p begin="0s" end="1s"><span {style}>a</span>b</p></div>', head).cues[0].marks == (mark,)


REGIONS = {
    "the usual one": ('tts:origin="10% 80%" tts:extent="80% 15%" tts:displayAlign="after"', "center", {}),
    "a whole safe area": ('tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after"', "center", {}),
    "at the top": ('tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="before"', "center", {"line": "0"}),
    "in the middle": ('tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="center"', "center", {"line": "50%,center"}),
    "aligned": ('tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after"', "left", {"align": "left"}),
    "a corner": (
        'tts:origin="60% 20%" tts:extent="30% 20%" tts:displayAlign="after"', "center",
        {"line": "40%,end", "position": "75%,center", "size": "30%"},
    ),
    "in pixels": (
        'tts:origin="960px 216px" tts:extent="576px 216px" tts:displayAlign="before"', "start",
        {"line": "20%", "position": "50%,line-left", "size": "30%", "align": "start"},
    ),
    "in cells": ('tts:origin="3.2c 12c" tts:extent="25.6c 3c" tts:displayAlign="after"', "center", {}),
    "running down": ('tts:origin="5% 5%" tts:extent="90% 90%" tts:writingMode="tbrl"', "center", {"vertical": "rl"}),
    "without an extent": ('tts:origin="5% 5%"', "center", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", REGIONS)
def test_regions_become_settings_and_keep_their_geometry(name: str) -> None:
    style, align, wanted = REGIONS[name]
    head = f'<layout><region xml:id="r" {style}/></layout>'
    subtitles = read(
        f'<div><p region="r" begin="0s" end="1s" tts:textAlign="{align}">a</p></div>',
        head,
        'tts:extent="1920px 1080px"',
    )
    assert dict(subtitles.cues[0].settings) == wanted
    stream = io.StringIO()
    assert ttml.write(subtitles, stream) == ()
    again = ttml.read(io.StringIO(stream.getvalue()))
    assert again.cues[0].settings == subtitles.cues[0].settings
    if subtitles.cues[0].fields:
        assert again.cues[0].fields == subtitles.cues[0].fields


def test_ruby_stands_over_its_base() -> None:
    ruby = (
        '<span tts:ruby="container"><span tts:ruby="base">漢<span tts:fontWeight="bold">字</span></span><span tts:ruby="delimiter">(</span>'
        '<span tts:ruby="text">かんじ</span></span>'
    )
    both = (
        '<span tts:ruby="container"><span tts:ruby="baseContainer"><span tts:ruby="base">日</span><span tts:ruby="base">本</span></span>'
        '<span tts:ruby="textContainer"><span tts:ruby="text">に</span><span tts:ruby="text">ほん</span></span></span>'
    )
    cue = read(f'<div><p begin="0s" end="1s">{ruby}{both}</p></div>').cues[0]
    assert cue.lines == ("漢字日本",)
    assert cue.marks == (
        Mark(0, 2, "ruby", "かんじ"), Mark(1, 2, "bold"), Mark(2, 3, "ruby", "に"), Mark(3, 4, "ruby", "ほん"),
    )  # fmt: skip


def test_what_is_passed_over_is_told() -> None:
    head = "<metadata><ttm:title>A\n film</ttm:title></metadata>"
    body = (
        '<div><!-- a note --><p begin="0s" end="1s" tts:opacity="0.5" xml:id="first">a<set begin="0s"/><metadata>m</metadata></p>'
        '<p begin="soon" end="2s">b</p><p begin="2s" end="3s" tts:display="none">c</p>'
        '<p begin="2s" end="3s"><span tts:visibility="hidden">d</span>e</p></div>'
    )
    subtitles = read(body, head)
    assert subtitles.title == "A film"
    assert subtitles.language == "en"
    assert subtitles.notes == (Note("a note", 0),)
    assert [(cue.id, cue.text) for cue in subtitles.cues] == [("first", "a"), ("", "b"), ("", "e")]
    told = "\n".join(subtitles.remarks)
    for word in ("tts:opacity", "<set>", "begin='soon' in line 2", "not displayed", "hidden"):
        assert word in told


def test_older_names_of_the_family_are_read() -> None:
    text = (
        '<tt:tt xmlns:tt="http://www.w3.org/2006/10/ttaf1" xmlns:x="http://www.w3.org/2006/10/ttaf1#styling"><tt:body><tt:div>'
        '<tt:p begin="0s" end="1s"><tt:span x:fontStyle="italic">a</tt:span></tt:p></tt:div></tt:body></tt:tt>'
    )
    assert ttml.read(io.StringIO(text)).cues == (
        Cue(0.0, 1.0, ("a",), settings=(("align", "start"),), marks=(Mark(0, 1, "italic"),)),
    )


BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE tt [\n<!ENTITY a "aaaaaaaaaa">\n'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">\n' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f']>\n<tt {NAMES}><body><div><p begin="0s" end="1s">&i;</p></div></body></tt>'
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "document type"),
        (
            f'<!DOCTYPE tt [<!ENTITY x SYSTEM "file:///etc/passwd">]><tt {NAMES}><body><div><p>&x;</p></div></body></tt>',
            "document type",
        ),
        (f'<!DOCTYPE tt SYSTEM "http://127.0.0.1:9/x.dtd"><tt {NAMES}/>', "document type"),
        (f"<tt {NAMES}><body><div><p>&nothing;</p></div></body></tt>", "not well-formed"),
        (f"<tt {NAMES}><body><div><p>cut in ha", "not well-formed"),
        ("<html><body>x</body></html>", "not a TTML file"),
        ("", "not well-formed"),
        (f"<tt {NAMES}><body>" + "<div>" * 5000 + "</div>" * 5000 + "</body></tt>", "without end"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message) as caught:
        ttml.read(io.StringIO(text))
    assert caught.value.place
    assert caught.value.place.line


def test_a_style_that_refers_to_itself_many_times_is_worked_out_once() -> None:
    styles = "".join(f'<style xml:id="s{n}" style="{f"s{n + 1} " * 20}" tts:color="red"/>' for n in range(60))
    subtitles = read('<div><p begin="0s" end="1s" style="s0">a</p></div>', f"<styling>{styles}</styling>")
    assert subtitles.cues[0].marks == (Mark(0, 1, "colour", "#ff0000"),)


CUES = (
    Cue(
        1.0,
        4.0,
        ("The canal was closed", "for <six> & days."),
        marks=(Mark(14, 20, "italic"), Mark(4, 9, "colour", "#ff8800")),
    ),
    Cue(1.0, 4.0, ("At the top",), settings=(("line", "0"),)),
    Cue(5.0, 6.5, ("\u200fשלום, עולם!\u200f",), settings=(("line", "40%,end"), ("position", "80%,center"))),
    Cue(360_000.0, 360_001.25, ("漢字",), marks=(Mark(0, 2, "ruby", "かんじ"),)),
    Cue(360_002.0, 360_003.0, ("縦",), settings=(("vertical", "rl"),)),
)


def test_the_reference_reader_shows_what_we_wrote(caplog: pytest.LogCaptureFixture) -> None:
    """`ttconv`, by the editors of IMSC, without a warning; what is on screen at a moment is what the cues say."""
    stream = io.StringIO()
    assert ttml.write(Subtitles(CUES, language="en", title="A & B", notes=(Note("a -- note", 1),)), stream) == ()
    model = to_model(ET.ElementTree(ET.fromstring(stream.getvalue())))
    assert model is not None
    assert [record.getMessage() for record in caplog.records if record.levelname != "INFO"] == []
    assert model.get_lang() == "en"
    for cue in CUES:
        shown = ISD.from_model(model, Fraction(cue.start + 0.5))
        assert shown is not None
        texts = [
            "".join(
                "\n" if isinstance(part, Br) else part.get_text()
                for part in paragraph.dfs_iterator()
                if isinstance(part, Br | Text)
            )
            for region in shown.iter_regions()
            for paragraph in region.dfs_iterator()
            if type(paragraph).__name__ == "P"
        ]
        assert "\n".join(cue.lines) in [text.replace("かんじ", "") for text in texts]
        before = ISD.from_model(model, Fraction(4.5))
        assert before is not None
        assert not [
            part for region in before.iter_regions() for part in region.dfs_iterator() if isinstance(part, Span)
        ]
