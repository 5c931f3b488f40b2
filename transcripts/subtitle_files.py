"""Subtitle files on disk: read in the format and the encoding that they are in, written whole or not at all."""

import io
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from core.errors import BadInput, Place
from core.files import write_text
from transcripts.decoding import decode, refuse_binary
from transcripts.formats.registry import Format, find_format, sniff_format
from transcripts.subtitles import Subtitles

LARGEST = 256 * 1024 * 1024
"""Bytes; a subtitle file of three hours has about 200 kB."""

_LANGUAGE = re.compile(r"\.([a-z]{2}(?:-[A-Za-z]{2,4})?)$")


def read_subtitles(
    path: Path, form: Format | None = None, *, encoding: str | None = None, rate: Fraction | None = None
) -> Subtitles:
    """The subtitles in a file, in the format that its text shows, else that of its suffix, unless `form` is given.

    `encoding` is guessed where it is not given and the file does not say; `rate` is frames a second for files that count them and
    do not say. A language in the name (`film.tr.srt`) is the subtitles' where the file names none. Remarks tell what was guessed and
    what was passed over. Raises BadInput with the file as its place: for what is no subtitle file it says what it is instead.
    """
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise BadInput(f"{path.name} {what}", hint="check the path", place=Place(str(path)))
    try:
        return _read(path, form, encoding, rate)
    except BadInput as error:
        place = error.place or Place("")
        raise BadInput(error.message, hint=error.hint, place=Place(str(path), place.line, place.column)) from error


def _read(path: Path, form: Format | None, encoding: str | None, rate: Fraction | None) -> Subtitles:
    with path.open("rb") as stream:
        data = stream.read(64 * 1024)
        refuse_binary(data)
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path.name} is far larger than subtitles are", hint="give a subtitle file")
        data += stream.read()
    decoded = decode(data, encoding)
    if not decoded.text.strip("\ufeff \t\r\n\x00"):
        raise BadInput(f"{path.name} is empty", hint="there is nothing in it to read")
    remarks = list(decoded.remarks)
    if form is None:
        form, told = _form(path, decoded.text)
        remarks += told
    stream_of_text = io.StringIO(decoded.text, newline="")
    read = form.read(stream_of_text, rate=rate) if form.counts_frames else form.read(stream_of_text)
    if not read.cues and form.name == "srt":
        raise BadInput(
            f"{path.name} holds no times such as 00:00:01,000 --> 00:00:02,000", hint="is it a subtitle file?"
        )
    if not read.cues:
        remarks.append("no cues were found")
    backwards = sum(cue.end < cue.start for cue in read.cues)
    if backwards:
        remarks.append(
            f"{backwards} {'cue ends' if backwards == 1 else 'cues end'} before beginning; times are kept as they are"
        )
    early = sum(after.start < before.start for before, after in zip(read.cues, read.cues[1:], strict=False))
    if early:
        remarks.append(
            f"{early} {'cue begins' if early == 1 else 'cues begin'} before the one above; the order is kept as it is"
        )
    return replace(read, language=read.language or _language(path), remarks=(*remarks, *read.remarks))


def _form(path: Path, text: str) -> tuple[Format, list[str]]:
    """The format of a text: what it shows, before what its name says."""
    shown = sniff_format(text)
    try:
        named = find_format(path.suffix)
    except BadInput as error:
        if shown is None:
            raise BadInput(f"{path.name} is in no subtitle format that we know", hint=error.hint) from error
        return shown, []
    if shown is None or shown == named or (named.name == "txt" and shown.name == "json"):
        return named, []
    return shown, [f"named {path.suffix}, but it is {shown.title}: read as that"]


def _language(path: Path) -> str:
    """The language that a name ends in, as in `film.tr.srt` or `film.pt-BR.vtt`."""
    match = _LANGUAGE.search(path.stem)
    if match is None:
        return ""
    import pycountry

    return match[1] if pycountry.languages.get(alpha_2=match[1][:2]) else ""


def write_subtitles(subtitles: Subtitles, path: Path, form: Format | None = None) -> tuple[str, ...]:
    """Write a file in the format of its suffix unless `form` is given; what the format could not say comes back as remarks.

    UTF-8, line feeds. A language that the name says is not missed in the file. Raises BadInput for a suffix that no format has.
    """
    form = form or find_format(path.suffix)
    if subtitles.language and form.name in ("srt", "txt") and path.stem.endswith(f".{subtitles.language}"):
        subtitles = replace(subtitles, language="")
    stream = io.StringIO()
    remarks = form.write(subtitles, stream)
    write_text(path, stream.getvalue())
    return remarks
