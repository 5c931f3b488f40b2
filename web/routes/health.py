"""Whether the program and its database answer, for whoever watches over the machine."""

from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse

from web.studio import TheStudio

router = APIRouter()


@router.get("/healthz")
def health(studio: TheStudio) -> JSONResponse:
    """200 when all is well, 503 when the database does not answer or the media folder is gone."""
    checks = {"database": _database_answers(studio), "media": studio.settings.media.is_dir()}
    well = all(checks.values())
    body = {
        "status": "ok" if well else "failing",
        **{name: "ok" if fine else "failing" for name, fine in checks.items()},
    }
    return JSONResponse(body, status_code=200 if well else 503, headers={"Cache-Control": "no-store"})


def _database_answers(studio: TheStudio) -> bool:
    try:
        with studio.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
