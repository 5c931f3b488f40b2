"""Files of the studio: whole or in ranges, and only those of videos that the reader may see."""

import re

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import FileResponse, Response

from catalogue.files import find_file
from catalogue.views import STAFF, MediaFile
from core.errors import BadInput
from web.entitlement import may_preview
from web.security import FILE_POLICY
from web.studio import Catalogue, Reader, TheStudio

router = APIRouter(prefix="/media")

_RANGES = re.compile(r"bytes=\s*(\d+-\d*|-\d+)(\s*,\s*(\d+-\d*|-\d+)){0,15}\s*", re.IGNORECASE)


@router.api_route("/{key:path}", methods=["GET", "HEAD"])
def media(request: Request, key: str, studio: TheStudio, catalogue: Catalogue, reader: Reader) -> Response:
    """The file kept under `key`. Its SHA-256 is its ETag; an address that carries it never changes what it names."""
    found = find_file(catalogue, key, reader)
    public = found is not None
    found = found or find_file(catalogue, key, STAFF)
    if found is None or not (public or may_preview(request, studio.settings.home, found[1])):
        raise HTTPException(404)
    file = found[0]
    try:
        path = studio.media.path(key)
    except BadInput as error:
        raise HTTPException(404) from error
    if not path.is_file() or not path.resolve().is_relative_to(studio.settings.media.resolve()):
        raise HTTPException(404)
    version = request.query_params.get("v", "")
    lasting = file.sha256[:12] in key or (len(version) >= 12 and file.sha256.startswith(version))
    headers = {
        "ETag": f'"{file.sha256}"',
        "Cache-Control": _caching(file, lasting) if public else "private, no-store",
        "Content-Security-Policy": FILE_POLICY,
        "Accept-Ranges": "bytes",
    }
    if _is_known(request.headers.get("if-none-match", ""), file.sha256):
        return Response(status_code=304, headers=headers)
    _drop_strange_range(request)
    return FileResponse(path, media_type=_mime(file.mime), headers=headers)


def _caching(file: MediaFile, lasting: bool) -> str:
    if lasting:
        return "public, max-age=31536000, immutable"
    # A picture in a list: an hour of the old one hurts nobody.
    return (
        "public, max-age=3600, stale-while-revalidate=86400" if file.mime.startswith("image/") else "public, no-cache"
    )


def _is_known(header: str, sha256: str) -> bool:
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")}
    return sha256 in tags or header.strip() == "*"


def _mime(mime: str) -> str:
    return f"{mime}; charset=utf-8" if mime.startswith("text/") else mime


def _drop_strange_range(request: Request) -> None:
    """A range of another unit must be ignored, and one that cannot be read may be (RFC 9110, 14.2): the whole file is the answer."""
    if _RANGES.fullmatch(request.headers.get("range", "")) is None:
        request.scope["headers"] = [(name, value) for name, value in request.scope["headers"] if name != b"range"]
