"""Which file becomes which, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import BadInput, Place
from transcripts.formats.registry import Format, find_format
from transcripts.subtitles import Subtitles


@dataclass(frozen=True)
class Conversion:
    """One file to read and one to write."""

    source: Path
    target: Path
    form: Format


def plan_conversions(sources: Sequence[Path], output: Path | None, to: str | None) -> list[Conversion]:
    """What to write for each source.

    `output` is a file for one source, a folder for several or where it is one already; without it files appear beside their sources,
    over none that is there. `to` names the format, else the suffix of `output` does. Raises BadInput for what does not say which
    format, and where two sources would become one file.
    """
    folder = output if output is not None and (output.is_dir() or len(sources) > 1 or not output.suffix) else None
    if output is not None and folder is None:
        return [Conversion(sources[0], output, find_format(to or output.suffix))]
    if to is None:
        raise BadInput("no format to convert to", hint="name one with --to, or a file to write with -o")
    form = find_format(to)
    out = [Conversion(each, (folder or each.parent) / (each.stem + form.suffixes[0]), form) for each in sources]
    names: dict[Path, Path] = {}
    for item in out:
        if item.target in names:
            raise BadInput(
                f"{names[item.target].name} and {item.source.name} would both become {item.target.name}",
                hint="convert them into different folders",
            )
        names[item.target] = item.source
        if folder is None and item.target.exists():
            raise BadInput(
                f"{item.target.name} is there already",
                hint="name it with -o to write over it",
                place=Place(str(item.target)),
            )
    return out


def shifted(subtitles: Subtitles, seconds: float) -> Subtitles:
    """The cues that many seconds later, or earlier when negative; those that would end before zero are left out, and told."""
    if not seconds:
        return subtitles
    kept = tuple(
        replace(cue, start=round(max(0.0, cue.start + seconds), 6), end=round(cue.end + seconds, 6))
        for cue in subtitles.cues
        if cue.end + seconds > 0
    )
    lost = len(subtitles.cues) - len(kept)
    notes = tuple(replace(note, before=max(0, note.before - lost)) for note in subtitles.notes)
    told = (f"{lost} {'cue' if lost == 1 else 'cues'} before the beginning left out",) if lost else ()
    marks = tuple(
        replace(
            cue,
            marks=tuple(
                replace(mark, value=str(round(max(0.0, float(mark.value) + seconds), 3)))
                if mark.kind == "time"
                else mark
                for mark in cue.marks
            ),
        )
        for cue in kept
    )
    return replace(subtitles, cues=marks, notes=notes, remarks=subtitles.remarks + told)
