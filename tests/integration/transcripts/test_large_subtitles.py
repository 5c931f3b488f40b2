"""A hundred thousand cues, and files made to keep a program busy: every format takes seconds, never the square of its length."""

import io
import time

import pytest

from core.errors import BadInput
from transcripts.difference import compare
from transcripts.formats.registry import FORMATS, find_format
from transcripts.subtitles import Subtitles
from transcripts.words import Cue, Mark

pytestmark = pytest.mark.slow

MANY = 100_000
LIMIT = 60.0
"""Seconds of the processor: five times what the slowest format takes on one core of 2020, and a thousandth of what a square would."""


@pytest.fixture(scope="module")
def many() -> Subtitles:
    return Subtitles(
        tuple(
            Cue(
                n * 2.0,
                n * 2.0 + 1.9,
                (f"This is line {n} of the film,", "and a second one"),
                marks=(Mark(0, 4, "italic"),) * (n % 3 == 0),
            )
            for n in range(MANY)
        )
    )


@pytest.mark.parametrize("name", [each.name for each in FORMATS])
def test_a_hundred_thousand_cues(many: Subtitles, name: str) -> None:
    start = time.process_time()
    stream = io.StringIO(newline="")
    find_format(name).write(many, stream)
    back = find_format(name).read(io.StringIO(stream.getvalue(), newline=""))
    assert time.process_time() - start < LIMIT
    assert len(back.cues) == MANY
    assert back.cues[-1].lines == many.cues[-1].lines


def test_a_hundred_thousand_cues_are_compared(many: Subtitles) -> None:
    start = time.process_time()
    other = Subtitles(
        tuple(
            Cue(cue.start + n % 2, cue.end, (cue.lines[0].replace("film", "x" * (n % 2)), ""))
            for n, cue in enumerate(many.cues)
        )
    )
    assert len(compare(many, other).changes) == MANY
    same = tuple(Cue(float(n), n + 0.9, ("♪",)) for n in range(MANY))
    assert len(compare(Subtitles(same), Subtitles(same[:500] + same[510:])).changes) == 10
    assert time.process_time() - start < LIMIT


N = 200_000
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\n"
ASS = "[Script Info]\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,"
TTML = '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"><body><div><p begin="0s" end="9s">'
END = "</p></div></body></tt>"
BUSY = {
    "open tags": ("vtt", VTT + "<b>" * N),
    "open tags of many kinds": ("vtt", VTT + "".join(f"<c.a{n}>x" for n in range(N // 4))),
    "closing tags": ("vtt", VTT + "<i>" * N + "</b>" * N),
    "brackets": ("vtt", VTT + "<" * N),
    "ampersands": ("vtt", VTT + "&" * N),
    "figures of a reference": ("vtt", VTT + "&#" + "9" * N + ";"),
    "figures of a time": ("vtt", "WEBVTT\n\n" + "9" * N + ":00:00.000 --> 00:02.000\na"),
    "spaces before an arrow": ("vtt", "WEBVTT\n\n" + " " * N + "-->\na"),
    "a style without an end": ("vtt", "WEBVTT\n\nSTYLE\n" + "::cue(.a) " * N + "\n\n" + VTT[8:] + "<c.a>x</c>"),
    "bad times": ("vtt", "WEBVTT\n\n" + "x --> y\n\n" * N),
    "blank lines": ("srt", "\n" * N + SRT + "a"),
    "spaces before an arrow in SubRip": ("srt", SRT + "a\n" + "1 " * N + "-"),
    "spaces and an arrow in SubRip": ("srt", SRT + "a\n" + " " * N + "->"),
    "italics and other ends": ("srt", SRT + "<i>" * N + "</b>" * N),
    "fonts": ("srt", SRT + '<font color="#112233" face="a">' * (N // 10)),
    "fonts without an end": ("srt", SRT + "<font " * N),
    "braces in SubRip": ("srt", SRT + "{\\" * N),
    "braces": ("ass", ASS + "{" * N),
    "escaped braces": ("ass", ASS + "\\{" * N),
    "parentheses": ("ass", ASS + "{\\t(" + "(" * N + "}"),
    "overrides": ("ass", ASS + "{\\blur1}" * N),
    "italics on and off": ("ass", ASS + "{\\i1}a{\\i0}b" * (N // 4)),
    "karaoke": ("ass", ASS + "{\\k1}a" * N),
    "sections": ("ass", ASS + "a\n" + "[x]\n" * N),
    "spans": ("ttml", TTML + "<span>a</span> " * N + END),
    "spans with times": ("ttml", TTML + "".join(f'<span begin="{n}ms" end="{n + 1}ms">a</span>' for n in range(N // 10)) + END),
    "spans that all stay": ("ttml", TTML + "".join(f'<span begin="{n}ms">a</span>' for n in range(N // 10)) + END),
    "spaces in TTML": ("ttml", TTML + "a" + " " * N + "b" + END),
    "attributes": ("ttml", TTML.replace("<p ", "<p " + " ".join(f'tts:a{n}="b"' for n in range(N // 10)) + " ") + "a" + END),
    "lists in JSON": ("json", '{"cues": ' + "[" * N),
    "blank lines of text": ("txt", "a" + "\n \n" * N + "b"),
    "spaces of text": ("txt", "a\n" + " " * N + "b"),
}  # fmt: skip


@pytest.mark.parametrize("name", BUSY)
def test_files_made_to_keep_a_program_busy(name: str) -> None:
    form, text = BUSY[name]
    start = time.process_time()
    try:
        subtitles = find_format(form).read(io.StringIO(text, newline=""))
    except BadInput:
        subtitles = Subtitles()
    for each in FORMATS:
        each.write(subtitles, io.StringIO())
    compare(subtitles, Subtitles(tuple(Cue(cue.start, cue.end, ("b a",)) for cue in subtitles.cues)))
    assert time.process_time() - start < 20
    assert len(subtitles.remarks) <= 21
