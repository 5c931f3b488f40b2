"""Pages travel compressed; films and fonts, which are so already, do not."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send


class CompressPages:
    """gzip for everything but `/media/` and fonts: a compressed range would not be the bytes that were asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.plain = app
        self.compressed = GZipMiddleware(app, minimum_size=1024, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose by the address."""
        path = scope.get("path", "")
        raw = scope["type"] != "http" or path.startswith("/media/") or path.endswith(".woff2")
        await (self.plain if raw else self.compressed)(scope, receive, send)
