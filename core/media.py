"""The media store: finished files under stable keys, put there whole or not at all."""

import os
import shutil
from pathlib import Path, PurePosixPath
from typing import Protocol

from core.errors import BadInput
from core.files import whole_file


class MediaStore(Protocol):
    """Keeps files by key, such as `strait-of-hormuz/3f2a….mp4`."""

    def put(self, source: Path, key: str) -> None:
        """Keep a copy of `source` under `key`, replacing what was there."""
        ...

    def path(self, key: str) -> Path:
        """A local path from which the file can be read. Raises BadInput for a key that leaves the store."""
        ...

    def exists(self, key: str) -> bool:
        """True when something is kept under `key`."""
        ...


class FolderStore:
    """A media store in a folder; hard links where the file system allows, so that a film is not copied."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, key: str) -> Path:
        """The file's place under the root."""
        parts = PurePosixPath(key).parts
        if not parts or key.startswith("/") or ".." in parts:
            raise BadInput(f"{key!r} is not a media key")
        return self.root.joinpath(*parts)

    def exists(self, key: str) -> bool:
        """True when the file is there."""
        return self.path(key).is_file()

    def put(self, source: Path, key: str) -> None:
        """Link or copy, then rename into place."""
        with whole_file(self.path(key)) as temporary:
            temporary.unlink()
            try:
                os.link(source, temporary)
            except OSError:
                shutil.copyfile(source, temporary)
