"""A difference as an editor reads it."""

from collections.abc import Iterator

from rich.text import Text

from transcripts.clock import write_time
from transcripts.difference import Change, Difference

_SIGN = {"added": "+", "removed": "−", "changed": " "}
_BRACKETS = {"gone": ("[-", "-]"), "new": ("{+", "+}"), "same": ("", "")}
_STYLE = {"gone": "red strike", "new": "green", "same": ""}


def difference_lines(difference: Difference, *, colour: bool) -> Iterator[Text]:
    """The lines to print: what moved as a whole, each change with its number, time and words, and the count.

    Words that are gone stand in `[-…-]` and new ones in `{+…+}` where there is no colour to tell them.
    """
    if difference.shift:
        yield Text(
            f"every cue is shown {_seconds(difference.shift)} {'later' if difference.shift > 0 else 'earlier'}",
            style="bold",
        )
    for change in difference.changes:
        yield _head(change)
        if change.pieces:
            yield _words(change, colour=colour)
    yield Text(_count(difference), style="bold")


def _head(change: Change) -> Text:
    number = {"added": f"{change.after}", "removed": f"{change.before}"}.get(change.kind, "")
    if change.kind == "changed":
        number = str(change.before) if change.before == change.after else f"{change.before} → {change.after}"
    line = Text(f"{_SIGN[change.kind]} {number}", style={"added": "green", "removed": "red"}.get(change.kind, "bold"))
    line.append(f"  {write_time(change.at, '.')}", style="dim")
    told: list[str] = [change.kind] if change.kind != "changed" else []
    if change.begins and change.begins == change.ends:
        told.append(f"{_seconds(change.begins)} {'later' if change.begins > 0 else 'earlier'}")
    else:
        told += [
            f"{verb} {_seconds(by)} {'later' if by > 0 else 'earlier'}"
            for verb, by in (("begins", change.begins), ("ends", change.ends))
            if by
        ]
    told += ["looks otherwise"] if change.looks else []
    told += ["stands elsewhere"] if change.place else []
    return line.append("  " + ", ".join(told) if told else "")


def _words(change: Change, *, colour: bool) -> Text:
    line = Text("    ")
    for index, piece in enumerate(change.pieces):
        left, right = ("", "") if colour or change.kind != "changed" else _BRACKETS[piece.what]
        line.append(" " if index else "")
        line.append(left + " ".join(piece.words) + right, style=_STYLE[piece.what] if change.kind == "changed" else "")
    return line


def _seconds(by: float) -> str:
    return f"{abs(by):.3f}".rstrip("0").rstrip(".") + " s"


def _count(difference: Difference) -> str:
    document = difference.to_json()
    if not difference.changes:
        same = "the same cues" if not difference.shift else "the same but for the shift"
        return f"{same} ({difference.cues[1]})"
    told = []
    for name, words in (("words", "with other words"), ("moved", "moved"), ("added", "added"), ("removed", "removed")):
        if document[name]:
            told.append(f"{document[name]} {words}")
    others = sum(change.kind == "changed" and not change.words and not change.moved for change in difference.changes)
    told += [f"{others} only in looks or place"] if others else []
    return f"{difference.cues[0]} → {difference.cues[1]} cues: " + ", ".join(told)
