"""Our own style sheets, scripts and fonts: kept for a year where the address carries the digest, else a day; scripts are asked about."""

from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class LastingFiles(StaticFiles):
    """Static files with caching told by their address."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 304, with how long it may be kept."""
        response = await super().get_response(path, scope)
        if scope["query_string"].startswith(b"v="):
            kept = "public, max-age=31536000, immutable"
        else:
            # A script that another one imports carries no digest: with an old one beside a new one the page would break.
            kept = "public, no-cache" if path.endswith(".js") else "public, max-age=86400"
        response.headers["Cache-Control"] = kept
        return response
