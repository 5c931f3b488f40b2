"""Subtitle files on disk: read in the format they are in, written whole or not at all."""

import io
from pathlib import Path

from core.errors import BadInput, Place
from core.files import write_text
from transcripts.formats.registry import Format, find_format
from transcripts.subtitles import Subtitles


def read_subtitles(path: Path, form: Format | None = None) -> Subtitles:
    """The subtitles in a file, in the format of its suffix unless `form` is given. Raises BadInput with the file as its place."""
    if not path.is_file():
        raise BadInput(f"{path.name} does not exist", hint="check the path", place=Place(str(path)))
    form = form or find_format(path.suffix)
    try:
        return form.read(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is not a text file in UTF-8", place=Place(str(path))) from error
    except BadInput as error:
        place = error.place or Place("")
        raise BadInput(error.message, hint=error.hint, place=Place(str(path), place.line, place.column)) from error


def write_subtitles(subtitles: Subtitles, path: Path, form: Format | None = None) -> tuple[str, ...]:
    """Write a file in the format of its suffix unless `form` is given; what the format could not say comes back as remarks.

    UTF-8, line feeds. Raises BadInput for a suffix that no format has.
    """
    stream = io.StringIO()
    remarks = (form or find_format(path.suffix)).write(subtitles, stream)
    write_text(path, stream.getvalue())
    return remarks
