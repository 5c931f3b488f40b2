"""A studio folder: what `slugline init` lays down, and opening one for work."""

import json
from pathlib import Path

from sqlalchemy import Engine

from catalogue.schema import ensure_schema
from core.database import open_engine
from core.errors import BadInput, Place
from core.files import write_text
from core.media import FolderStore, MediaStore
from core.settings import SETTINGS_FILE, Settings, load_settings
from script.assets import ASSETS_FILE
from script.assets import EXAMPLE as ASSET_EXAMPLE
from script.facts import EXAMPLE as FACT_EXAMPLE
from script.facts import FACTS_FILE
from transcripts.own_names import EXAMPLE as NAME_EXAMPLE
from transcripts.own_names import NAMES_FILE

_SETTINGS = """\
# Settings of this studio; docs/settings.md lists them all. SLUGLINE_* in the environment overrides them.
name = {name}
"""
_FACTS = "# Figures used in scripts as {{id}}. One table each, such as:\n"
_ASSETS = "# Where every picture and sound comes from. A file without a licence is an error. One table each, such as:\n"
_NAMES = "# Names as this studio writes them (docs/names.md); most are found in scripts and articles. One table each, such as:\n"
_SCRIPT = """\
---
title: My first film
slug: my-first-film
narration: scratch
worldview: german
---

```scene title
text: My first film
```

Every film here begins as text.

# Where it happens

```scene map
focus: [EGY, SAU]
highlight: {EGY: accent}
places: [{name: Suez, at: "Suez"}]
source: Natural Earth
```

This is Suez, where two seas meet. The town appears as its name is spoken.
"""


def make_studio(folder: Path) -> list[Path]:
    """Lay down a studio; files that exist are left as they are. Gives what was written. Safe to run again."""
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file, not a folder", place=Place(str(folder)), hint="name another folder")
    name = folder.resolve().name.replace("-", " ").replace("_", " ").title() or "Studio"
    files = {
        SETTINGS_FILE: _SETTINGS.format(name=json.dumps(name, ensure_ascii=False)),
        FACTS_FILE: _FACTS + _commented(FACT_EXAMPLE),
        ASSETS_FILE: _ASSETS + _commented(ASSET_EXAMPLE),
        NAMES_FILE: _NAMES + _commented(NAME_EXAMPLE),
        "scripts/my-first-film/script.md": _SCRIPT,
    }
    written = []
    fresh = not (folder / SETTINGS_FILE).exists()
    for relative, text in files.items():
        target = folder / relative
        if target.exists() or (relative.startswith("scripts/") and not fresh):
            continue
        write_text(target, text)
        written.append(target)
    for part in ("scripts", "templates", "media", "cache", "outbox"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    open_catalogue(load_settings(folder)).dispose()
    return written


def _commented(example: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in example.splitlines())


def open_catalogue(settings: Settings) -> Engine:
    """The studio's database, its tables brought up to date."""
    engine = open_engine(settings.database)
    ensure_schema(engine)
    return engine


def open_media(settings: Settings) -> MediaStore:
    """Where the studio's finished files live."""
    return FolderStore(settings.media)
