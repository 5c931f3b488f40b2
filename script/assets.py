"""Files that a script uses, and on what terms: `assets.toml` of the studio and beside the script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from core.errors import BadInput, Place
from core.findings import Finding
from core.nearest import nearest
from script.document import Asset, SceneBlock, Script, every_field
from script.facts import read_tables
from script.regions import REGIONS, read_regions
from script.used_scenes import lenders_of

ASSETS_FILE = "assets.toml"
SCRATCH = "scratch"
"""What `narration:` says when a synthetic voice reads."""
EXAMPLE = """\
["art/harbour.jpg"]
credit = "A. Photographer"
licence = "CC BY 4.0"
address = "https://example.org/harbour"
"""
"""One asset as the file has it: what a new studio's file and a hint show."""
_SUFFIXES = {
    "picture": (".svg", ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".gif"),
    "footage": (".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v", ".mxf", ".ts"),
    "sound": (".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus", ".aac", ".aif", ".aiff"),
    "data": (".csv", ".tsv", ".json", ".geojson"),
}
_FEW = 3
"""As many files of the same type are named where none has a name like the one that is missing."""
_FIELDS = ("credit", "licence", "address", "expires")


def read_assets(folder: Path, studio: Path | None) -> tuple[dict[str, Asset], list[Finding]]:
    """The studio's assets, added to and overridden by those beside the script, by file as a script writes it."""
    assets: dict[str, Asset] = {}
    findings: list[Finding] = []
    for home in dict.fromkeys(place for place in (studio, folder) if place):
        tables, found = read_tables(
            home / ASSETS_FILE, _FIELDS, needs=("credit", "licence"), example=EXAMPLE, apart=REGIONS
        )
        regions, wrong = read_regions(home / ASSETS_FILE)
        findings += [*found, *wrong]
        assets |= {name: Asset(file=name, **table, regions=regions.get(name, {})) for name, table in tables.items()}
    return assets, findings


def asset_named(studio: Path, name: str) -> Asset | None:
    """The entry, as it is today, of a file that is called by its path from the studio; None where there is none."""
    parts = PurePosixPath(name).parts
    folder = studio.joinpath(*parts[:2]) if parts[:1] == ("scripts",) and len(parts) > 2 else studio
    assets, _ = read_assets(folder, studio)
    return assets.get(PurePosixPath(*parts[2:]).as_posix() if folder != studio else name) or assets.get(name)


def find_asset(script: Script, studio: Path | None, file: str) -> Path | None:
    """The file beside the script, else in the studio. None when there is none, or when the path leaves both folders."""
    if not file:
        return None
    found = _inside(script, studio, PurePosixPath(file), (script.folder, studio))
    return next((path for path in found if path.is_file()), None)


def owner_of(script: Script, place: Place | None) -> Script:
    """The script in whose file a field stands, from whose folder its path starts: this one, or one that it uses a scene of."""
    lenders = {str(lender.path): lender for lender in lenders_of(script)}
    return lenders.get(place.file, script) if place else script


def find_narration(script: Script, studio: Path | None) -> Path | None:
    """The recording or folder that `narration:` names: beside the script, in the studio or among its media.

    None when there is none, or when the path leaves these folders.
    """
    homes = [script.folder, *([studio, studio / "media"] if studio else [])]
    return next(_inside(script, studio, PurePosixPath(script.front.narration), homes), None)


def _inside(script: Script, studio: Path | None, file: PurePosixPath, homes: Sequence[Path | None]) -> Iterator[Path]:
    """What is there under a path from each of `homes`, as far as it lies in the script's folder or the studio."""
    if file.is_absolute():
        return
    for home in homes:
        path = (home / file).resolve() if home else None
        around = any(path and folder and path.is_relative_to(folder.resolve()) for folder in (script.folder, studio))
        if path and around and path.exists():
            yield path


class MissingFile(BadInput):
    """A file that a script names is neither beside it nor in the studio."""


def require_asset(script: Script, studio: Path | None, file: str, place: Place | None) -> Path:
    """As `find_asset`, for a field that stands at `place`: the script that a scene is used from finds its own files.

    Raises MissingFile, with the nearest name that is there or where the file belongs.
    """
    script = owner_of(script, place)
    path = find_asset(script, studio, file)
    if path is None:
        raise MissingFile(f"there is no file {file}", hint=_missing_hint(script, studio, file), place=place)
    return path


def mentioned_files(script: Script) -> Iterator[tuple[str, Place]]:
    """Every picture, clip and sound that the script uses, with the place of its mention: those of its scenes, and music."""
    if script.front.music:
        yield script.front.music.file, script.front.music.place
    for block in script.scenes:
        yield from files_of(block)


def files_of(block: SceneBlock) -> Iterator[tuple[str, Place]]:
    """What a scene names in fields called `file`, and pictures, footage and sounds that a `python` scene's function uses."""
    for path, value in every_field(block.fields):
        read = (
            block.kind == "python" and path[0] == "uses" and media_kind(str(value)) in ("picture", "footage", "sound")
        )
        if isinstance(value, str) and (path[-1] == "file" or read):
            yield value, block.place_of(*path)


def videos_of(block: SceneBlock) -> Iterator[tuple[str, Place]]:
    """Every video of the catalogue that a scene shows a stretch of, by its slug, with the place of its mention."""
    for path, value in every_field(block.fields):
        if block.kind == "clip" and path[-1] == "video" and isinstance(value, str):
            yield value, block.place_of(*path)


def media_kind(file: str) -> str:
    """What a file is by its name: picture, footage, sound or data; else `file`."""
    suffix = PurePosixPath(file).suffix.lower()
    return next((kind for kind, suffixes in _SUFFIXES.items() if suffix in suffixes), "file")


def review_assets(script: Script, studio: Path | None, today: date) -> list[Finding]:
    """Files that are missing, that have no licence in `assets.toml`, or whose licence has run out by `today`."""
    findings = [*_review_front(script, studio)]
    for file, place in mentioned_files(script):
        owner = owner_of(script, place)
        there = find_asset(owner, studio, file) is not None
        if not there:
            findings.append(_missing(owner, studio, file, place))
        asset = owner.assets.get(file)
        if asset is None:
            if not there:
                continue  # its licence can wait until it is there
            hint = f'add ["{file}"] with credit and licence to {ASSETS_FILE} beside the script'
            findings.append(Finding("no-licence", "error", f"{file} has no licence", hint, place))
        elif asset.expires and not _lasts(asset.expires, today):
            hint = "renew the licence, or use another file"
            message = f"the licence of {file} ran out on {asset.expires}"
            findings.append(Finding("expired-licence", "error", message, hint, place, value=asset.expires))
    return findings


def _missing(script: Script, studio: Path | None, file: str, place: Place) -> Finding:
    return Finding("missing-file", "error", f"there is no file {file}", _missing_hint(script, studio, file), place)


def _missing_hint(script: Script, studio: Path | None, file: str) -> str:
    relative = PurePosixPath(file)
    if relative.is_absolute() or ".." in relative.parts:
        return "name it by its path from the script's folder, and keep it in there or in the studio"
    there = [
        path.relative_to(home).as_posix()
        for home in dict.fromkeys(folder for folder in (script.folder, studio) if folder)
        for folder in dict.fromkeys(((home / file).parent, home))
        if folder.is_dir() and folder.resolve().is_relative_to(home.resolve())
        for path in sorted(folder.iterdir())
        if path.is_file()
    ]
    near = nearest(file, there)
    if near:
        return f"did you mean {near}?"
    alike = [name for name in dict.fromkeys(there) if PurePosixPath(name).suffix == relative.suffix]
    others = f"; there is {' and '.join(alike)}" if 0 < len(alike) <= _FEW else ""
    return f"put it at {relative} beside the script{others}"


def _review_front(script: Script, studio: Path | None) -> Iterator[Finding]:
    """The files that front matter names."""
    front = script.front
    for name, file in (("article", front.article), ("theme", front.theme)):
        if file and find_asset(script, studio, file) is None:
            yield _missing(script, studio, file, front.places[name])
    if front.narration != SCRATCH and find_narration(script, studio) is None:
        yield _missing(script, studio, front.narration, front.places["narration"])


def _lasts(expires: str, today: date) -> bool:
    try:
        return date.fromisoformat(expires[:10]) >= today
    except ValueError:
        return False
