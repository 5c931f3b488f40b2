"""A subtitle file with everything that is known of it: what its rules are checked against."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from core.errors import BadInput
from core.timecode import parse_rate
from transcripts.cuts import Footage, find_cuts, read_cuts, read_footage
from transcripts.lettering import UNSPACED
from transcripts.outputs import VIDEO
from transcripts.rates import guess_rate
from transcripts.subtitle_files import read_subtitles
from transcripts.subtitles import Subtitles
from transcripts.track import Track, make_track
from transcripts.words import Cue

_CODE = re.compile(r"\.([a-z]{2,3})(?:-[A-Za-z0-9]+)*$")


@dataclass(frozen=True)
class Request:
    """What a person said of the subtitles in `file`; None and empty where nothing was said."""

    file: Path
    profile: str = "netflix"
    rate: str | None = None
    language: str | None = None
    cuts: Path | None = None
    video: Path | None = None
    children: bool = False
    translation: bool = False
    names: Collection[str] = ()


def open_track(request: Request) -> tuple[Subtitles, Track]:
    """The file, and its cues with what they are held to. Raises BadInput for a file, a rate, a video or a profile that is none."""
    document = read_subtitles(request.file)
    footage = read_footage(request.video) if request.video else None
    cuts: Sequence[float] = ()
    if request.cuts and request.cuts.suffix.lower() in VIDEO:
        found = find_cuts(request.cuts)
        footage, cuts = footage or found, found.cuts
    elif request.cuts:
        if not request.cuts.is_file():
            raise BadInput(f"{request.cuts.name} does not exist", hint="check the path")
        cuts = read_cuts(request.cuts)
    language = request.language or document.language or language_of(request.file) or "en"
    rate, guessed = _rate(request.rate, footage, document.cues)
    track = make_track(
        document.cues,
        request.profile,
        rate,
        language,
        cuts,
        footage.seconds if footage and footage.seconds else None,
        request.names,
        children=request.children,
        translation=request.translation,
        rate_guessed=guessed,
    )
    return document, track


def language_of(path: Path) -> str:
    """The language in a name like `FILM.tr.srt`; empty where there is none."""
    match = _CODE.search(path.stem)
    if match is None:
        return ""
    code = match.group(1)
    if len(code) == 2 or code in UNSPACED:
        return code
    import pycountry

    found = pycountry.languages.get(alpha_3=code)
    return str(getattr(found, "alpha_2", "")) if found else ""


def _rate(given: str | None, footage: Footage | None, cues: Sequence[Cue]) -> tuple[Fraction, bool]:
    """Frames a second, and whether they are a guess."""
    if given is None:
        return (footage.rate, False) if footage else (guess_rate(cues), True)
    try:
        rate = parse_rate(given)
    except (ValueError, ZeroDivisionError) as error:
        raise BadInput(f"{given!r} is not a frame rate", hint="write 25, 29.97 or 30000/1001") from error
    if not 1 <= rate <= 1000:
        raise BadInput(f"{given!r} is not a frame rate", hint="write 25, 29.97 or 30000/1001")
    return rate, False
