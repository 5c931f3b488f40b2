"""The web application: one studio's pages."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from catalogue.schema import ensure_schema
from catalogue.transcript_versions import Outdated
from core.database import open_engine
from core.errors import SluglineError, WorkFailed
from core.media import FolderStore
from core.settings import Settings
from web.compression import CompressPages
from web.pages import STATIC, Pages
from web.routes import article, captions, edit, health, library, media, search, track, watch
from web.security import HEADERS, SecurityHeaders
from web.static_files import LastingFiles
from web.studio import Studio

log = logging.getLogger("slugline.web")


def create_app(settings: Settings) -> FastAPI:
    """The pages of the studio that `settings` describe. Opens nothing before it is started."""
    engine = open_engine(settings.database)
    pages = Pages(settings)

    @asynccontextmanager
    async def open_studio(_app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(ensure_schema, engine)
        yield
        engine.dispose()

    app = FastAPI(title=settings.name, lifespan=open_studio, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.studio = Studio(settings, engine, FolderStore(settings.media), pages)
    for part in (library, watch, captions, edit, track, article, search, media, health):
        app.include_router(part.router)
    app.mount("/static", LastingFiles(STATIC), name="static")
    app.add_middleware(CompressPages)
    app.add_middleware(SecurityHeaders)
    _answer_errors(app, pages)
    return app


def _asks_for_json(request: Request) -> bool:
    """True for a script of ours, which shows what went wrong in its own page."""
    return request.headers.get("accept", "") == "application/json"


def _answer_errors(app: FastAPI, pages: Pages) -> None:
    """Turn errors into pages: what went wrong in words, what to do next, never a traceback."""

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        if _asks_for_json(request):
            return JSONResponse({"error": {"message": str(error.detail), "hint": ""}}, error.status_code)
        if error.status_code == 404:
            return pages.show("not_found", 404, near=())
        return pages.show("error", error.status_code, number=error.status_code, message=str(error.detail), hint="")

    @app.exception_handler(RequestValidationError)
    async def misunderstood(_request: Request, _error: RequestValidationError) -> Response:
        return pages.show("error", 400, number=400, message="That address could not be understood.", hint="")

    @app.exception_handler(SluglineError)
    async def expected(request: Request, error: SluglineError) -> Response:
        status = 409 if isinstance(error, Outdated) else 400
        if _asks_for_json(request) and (status == 409 or not isinstance(error, WorkFailed)):
            return JSONResponse(error.to_json(), status)
        if isinstance(error, WorkFailed) and status != 409:
            # Ours to mend: its words are for the operator, who finds them in the log.
            logging.getLogger("slugline").error("%s", error)
            return pages.show("error", 500, number=500, message="Something broke on our side.", hint="")
        return pages.show("error", status, number=status, message=error.message, hint=error.hint)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        answer = pages.show("error", 500, number=500, message="Something broke on our side.", hint="")
        # This answer is made outside the middleware that adds them.
        answer.headers.update(HEADERS)
        return answer
