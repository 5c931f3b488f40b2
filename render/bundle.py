"""Files of a delivery that are made together: a folder named by everything that went into them, whole or not there at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from core.cache import touch


class Kind(NamedTuple):
    """What one file of a bundle is: its `role` in the catalogue, its `language` where it has one, what its name adds to the film's."""

    role: str
    language: str
    suffix: str


@dataclass(frozen=True)
class Part:
    """A delivered file. `suffix` follows the film's own name, such as `.en.vtt`; `key` is its bundle's."""

    role: str
    language: str
    suffix: str
    path: Path
    key: str


@dataclass(frozen=True)
class Bundle:
    """A folder of files whose names begin with `film`; `key` is the digest of everything that went into them."""

    key: str
    folder: Path
    kinds: tuple[Kind, ...]

    @property
    def parts(self) -> Iterator[Part]:
        """Every file in it, in order."""
        for kind in self.kinds:
            yield Part(*kind, self.file(kind.suffix), self.key)

    def file(self, suffix: str) -> Path:
        """Where the file with that suffix is, or will be."""
        return self.folder / f"film{suffix}"

    @property
    def whole(self) -> bool:
        """False when it is not made yet, or was half swept away."""
        return all(part.path.is_file() for part in self.parts)


def keep_bundle(cache: Path, key: str, kinds: Sequence[Kind], fill: Callable[[Bundle], None]) -> Bundle:
    """Find the bundle with that key in `cache`/films, or `fill` one and give it its name by one rename.

    `fill` is given a bundle whose folder is a temporary one. Two runs may make the same one: the first to finish stays.
    """
    kept = Bundle(key, cache / "films" / key, tuple(kinds))
    if not kept.whole:
        work = cache / "work"
        work.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="bundle-", dir=work) as temporary:
            made = Bundle(key, Path(temporary) / key, kept.kinds)
            made.folder.mkdir()
            fill(made)
            _put(made.folder, kept)
    touch(kept.folder)
    return kept


def _put(made: Path, kept: Bundle) -> None:
    kept.folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        made.rename(kept.folder)
    except OSError:
        # Another run was quicker, or a sweep was stopped half way through an old one.
        if not kept.whole:
            shutil.rmtree(kept.folder)
            made.rename(kept.folder)


def names_beside(film: Path, files: Iterable[Path]) -> list[str]:
    """What stands beside a film, by name, each folder once."""
    named = (f"{file.parent.name}/" if file.parent.name.startswith(f"{film.stem}.") else file.name for file in files)
    return [name for name in dict.fromkeys(named) if name != film.name]
