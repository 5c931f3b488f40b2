"""Hypothesis strategies for subtitles that hold only what a set of formats can all say."""

from collections.abc import Iterable

from hypothesis import strategies as st

from transcripts.formats.zones import zone_settings
from transcripts.subtitles import Note, Subtitles
from transcripts.words import Cue, Mark, MarkKind

KINDS: dict[str, frozenset[MarkKind]] = {
    "srt": frozenset({"italic", "bold", "underline", "strike", "colour", "font", "size"}),
    "vtt": frozenset(
        {
            "italic",
            "bold",
            "underline",
            "strike",
            "colour",
            "background",
            "font",
            "size",
            "voice",
            "language",
            "class",
            "ruby",
            "time",
        }
    ),
    "ttml": frozenset(
        {"italic", "bold", "underline", "strike", "colour", "background", "font", "voice", "language", "ruby"}
    ),
    "ass": frozenset({"italic", "bold", "underline", "strike", "colour", "font", "size", "time"}),
    "json": frozenset(
        {
            "italic",
            "bold",
            "underline",
            "strike",
            "colour",
            "background",
            "font",
            "size",
            "voice",
            "language",
            "class",
            "ruby",
            "time",
            "ass",
        }
    ),
    "txt": frozenset(),
}
"""The marks that each format can say anywhere in a cue."""

_TEXT = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"),
        include_characters=" ",
        exclude_characters="\ufeff\u2060\ufffe\uffff",
    )
)
_TRICKY = st.sampled_from([
    "a < b > c", "<3", "<i>", "</b>", "<font color=red>", "{\\an8}", "{x}", "\\N", "\\h\\n", "-->", "00:00:01,000 --> 00:00:02,000",
    "&amp;", "&lt;b&gt;", "&", "12", "<v Anna>", "<00:01.000>", "]]>", "<!-- x -->", "--", "\u200fשלום\u200e", "مرحبا", "a\u00a0b", "NOTE",
    "STYLE", "WEBVTT", "Dialogue: 0", "[Events]", "a,b,,c", "\\", "{", "}", "漢字", "👩\u200d👩\u200d👧", "e\u0301", "♪ la ♪", "a  b",
])  # fmt: skip
lines = st.lists(_TEXT.filter(lambda text: text.strip() == text and text != "") | _TRICKY, min_size=1, max_size=3).map(
    tuple
)
_VALUES: dict[str, st.SearchStrategy[str]] = {
    "colour": st.sampled_from(["#ff8800", "#ffff00", "#0000ff", "#102030"]),
    "background": st.sampled_from(["#000000", "#ff0000", "#123456"]),
    "font": st.sampled_from(["Arial", "Comic Sans MS"]),
    "size": st.sampled_from(["20", "48"]),
    "voice": st.sampled_from(["Anna", "Ayşe Öz", "R & B <x>"]),
    "language": st.sampled_from(["fr", "pt-BR"]),
    "ruby": st.sampled_from(["かん", "a<b"]),
}


@st.composite
def marked_cues(draw: st.DrawFn, kinds: frozenset[MarkKind], step: int, places: str) -> Cue:
    """A cue whose times are whole numbers of `step` milliseconds, with at most one mark of each of `kinds`."""
    start = draw(st.integers(0, 400_000_000 // step)) * step
    end = start + draw(st.integers(1, 10_000 // step)) * step
    text = draw(lines)
    length = len("\n".join(text))
    marks = []
    for kind in draw(st.sets(st.sampled_from(sorted(kinds)), max_size=4)) if kinds else ():
        first, last = sorted((draw(st.integers(0, length)), draw(st.integers(0, length))))
        if kind in ("time", "ass"):
            value = str((start + step * max(1, (end - start) // step // 2)) / 1000) if kind == "time" else "\\blur2"
            if 0 < first < length and end - start > 2 * step:
                marks.append(Mark(first, first, kind, value))
        elif first < last and not (kind == "ruby" and "\n" in "\n".join(text)[first:last]):
            classes = ("loud", "x2") if kind == "class" else ()
            marks.append(Mark(first, last, kind, draw(_VALUES.get(kind, st.just(""))), classes))
    return Cue(start / 1000, end / 1000, text, settings=draw(settings(places)), marks=tuple(marks))


def settings(places: str) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """Places: `none`, one of the nine `zones`, a `box` in per cent, or `all` that WebVTT has."""
    zones = st.integers(1, 9).map(zone_settings)
    if places == "none":
        return st.just(())
    if places == "zones":
        return zones
    spot = st.tuples(
        st.integers(20, 80).map(lambda at: ("line", f"{at}%,end")),
        st.integers(10, 90).map(lambda at: ("position", f"{at}%,center")),
    )
    if places == "box":
        return zones | spot
    free = st.fixed_dictionaries(
        {},
        optional={
            "vertical": st.sampled_from(["rl", "lr"]),
            "line": st.sampled_from(["0", "-3", "4.5", "84%", "10%,center"]),
            "position": st.sampled_from(["10%", "33.3%,line-left"]),
            "size": st.sampled_from(["50%", "100%"]),
            "align": st.sampled_from(["start", "center", "end", "left", "right"]),
        },
    ).map(lambda chosen: tuple(chosen.items()))
    return zones | spot | free


@st.composite
def documents(draw: st.DrawFn, names: Iterable[str]) -> Subtitles:
    """Subtitles that every one of the named formats can say whole."""
    formats = set(names)
    kinds = frozenset.intersection(*(KINDS[name] for name in formats))
    step = 10 if "ass" in formats else 1
    if "txt" in formats:
        places = "none"
    elif "srt" in formats:
        places = "zones"
    else:
        places = "box" if formats & {"ass", "ttml"} else "all"
    cues = tuple(draw(st.lists(marked_cues(kinds, step, places), max_size=5)))
    if formats & {"srt", "txt"}:
        return Subtitles(cues)
    words = st.sampled_from(["", "A film", "Büyük & <küçük>"])
    note = st.builds(Note, st.sampled_from(["a note", "two\nlines", "x -- y"]), st.integers(0, len(cues)))
    notes = sorted(draw(st.lists(note, max_size=2)), key=lambda note: note.before)
    return Subtitles(cues, language=draw(st.sampled_from(["", "en", "zh-Hans"])), title=draw(words), notes=tuple(notes))
