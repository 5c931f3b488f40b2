"""What a request carries, read within bounds."""

import tempfile
from pathlib import Path, PurePath
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.requests import ClientDisconnect

from core.errors import BadInput
from transcripts.subtitle_files import read_subtitles
from transcripts.subtitles import Subtitles

LARGEST = 16 * 1024 * 1024
"""Bytes. A file of 100,000 cues has about ten million, of which a film could not show a fifth."""


async def whole_body(request: Request) -> bytes:
    """The request's body; 413 as soon as it is longer than `LARGEST`, without reading the rest."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST:
                raise HTTPException(413, f"That is more than {LARGEST // 1024 // 1024} MB: too much for subtitles.")
    except ClientDisconnect as error:
        # The editor gives up a check of the rules as soon as the next letter is typed.
        raise HTTPException(400, "The request ended before it was whole.") from error
    return bytes(body)


Body = Annotated[bytes, Depends(whole_body)]


def read_upload(body: bytes, name: str) -> Subtitles:
    """The subtitles in an uploaded file; its name's suffix says which format. Raises BadInput, naming the file."""
    # Backslashes as well: some browsers send a whole Windows path.
    bare = PurePath(name.replace("\\", "/").replace("\x00", "")).name
    with tempfile.TemporaryDirectory(prefix="slugline-") as folder:
        path = Path(folder) / f"upload{PurePath(bare).suffix[:12]}"
        path.write_bytes(body)
        try:
            subtitles = read_subtitles(path)
        except BadInput as error:
            line = f" (line {error.place.line})" if error.place and error.place.line else ""
            message = error.message.replace(path.name, bare)
            raise BadInput(message + line, hint=error.hint) from error
    if not subtitles.cues:
        raise BadInput(f"{bare} has no cues", hint="choose a subtitle file: SubRip, WebVTT, …")
    return subtitles
