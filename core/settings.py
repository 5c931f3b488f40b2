"""Settings: `slugline.toml` in the studio folder, overridden by `SLUGLINE_*`."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from core.errors import BadInput, Place

SETTINGS_FILE = "slugline.toml"


class NoStudio(BadInput):
    """There is no studio here, nor above."""


class Settings(BaseSettings):
    """What a studio can choose. Every field is documented in `docs/settings.md`."""

    model_config = SettingsConfigDict(env_prefix="SLUGLINE_", extra="forbid")

    home: Path = Field(default=Path(), description="the studio folder")
    name: str = Field(default="Slugline", description="the studio's name, shown on pages")
    database_url: str = Field(
        default="", description="where the catalogue lives; empty means slugline.db in the studio folder"
    )
    recogniser: Literal["faster-whisper", "faster-whisper-sequential", "openai-whisper"] = Field(
        default="faster-whisper",
        description="what hears: faster-whisper, several clips at once or one after another, or openai-whisper",
    )
    model: str = Field(
        default="",
        description="Whisper model: a folder (openai-whisper: a .pt file), or a name; empty takes an installed weights package",
    )
    device: Literal["auto", "cpu", "cuda"] = Field(default="auto", description="where Whisper runs: auto, cpu or cuda")
    workers: int = Field(default=0, ge=0, description="render processes at once; 0 means one a core")
    cache_limit: int = Field(
        default=20_000, gt=0, description="size of the cache in megabytes; the least recently used goes first"
    )
    renditions: tuple[Annotated[int, Field(ge=144, le=2160)], ...] = Field(
        default=(720, 360),
        description="what `produce` makes below the film for slow connections, by the picture's shorter side; none without any",
    )
    captions_profile: Literal["netflix", "bbc", "youtube"] = Field(
        default="netflix",
        description="whose rules the captions of new films and transcripts keep: netflix, bbc or youtube",
    )
    base_url: str = Field(default="http://127.0.0.1:8000", description="the address under which the pages are seen")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment over file: an operator can override without editing."""
        return (env_settings, init_settings)

    @property
    def database(self) -> str:
        """The database's address, the default filled in."""
        return self.database_url or f"sqlite:///{(self.home / 'slugline.db').as_posix()}"

    @property
    def media(self) -> Path:
        """Where finished files live."""
        return self.home / "media"

    @property
    def cache(self) -> Path:
        """What can be made again: plates, render segments, narration, words."""
        return cache_of(self.home)

    @property
    def worker_count(self) -> int:
        """Render processes at once, the default filled in."""
        return self.workers or os.cpu_count() or 1


def cache_of(home: Path) -> Path:
    """The cache of the studio in a folder, for commands that need no other setting of it."""
    return home / "cache"


def find_home(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds `slugline.toml`."""
    return next((folder for folder in (start, *start.parents) if (folder / SETTINGS_FILE).is_file()), None)


def which_home(home: Path | None = None, *, near: Path | None = None) -> Path | None:
    """The studio meant: `home` if given, else `SLUGLINE_HOME`, else the one that holds `near` or the current folder."""
    named = home or (Path(os.environ["SLUGLINE_HOME"]) if os.environ.get("SLUGLINE_HOME") else None)
    return named or (near and find_home(near.resolve())) or find_home(Path.cwd())


def load_settings(home: Path | None = None, *, near: Path | None = None) -> Settings:
    """Settings of the studio that `which_home` finds.

    Raises NoStudio when there is none, BadInput when its settings cannot be read.
    """
    folder = which_home(home, near=near)
    if folder is None:
        raise NoStudio(
            "no studio here", hint=f"run `slugline init` to make one (no {SETTINGS_FILE} in this folder or above)"
        )
    folder = folder.resolve()
    file = folder / SETTINGS_FILE
    if not file.is_file():
        raise BadInput(f"{folder} is not a studio: it has no {SETTINGS_FILE}", hint=f"run `slugline init {folder}`")
    try:
        values = TomlConfigSettingsSource(Settings, file)()
        # The environment may name another studio; this call was for this one.
        return Settings(**values).model_copy(update={"home": folder})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise BadInput(
            f"setting {name!r}: {first['msg'].lower()}", place=Place(str(file)), hint="see docs/settings.md"
        ) from error
    except ValueError as error:
        raise BadInput(f"{SETTINGS_FILE} is not valid TOML: {error}", place=Place(str(file))) from error
