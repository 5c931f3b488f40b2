"""Files that appear whole or not at all."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import NoSpace

FULL = (errno.ENOSPC, errno.EDQUOT)
"""What the system says when there is no room left on a disk, or in somebody's share of it."""


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a temporary name beside `target`; on success it is flushed to disk and renamed, else it is removed.

    The temporary name keeps the suffix, because ffmpeg and Pillow choose the format by it. Raises NoSpace when the disk is full.
    """
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}.", suffix=target.suffix, dir=target.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb") as stream:
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(target)
    except OSError as error:
        if error.errno in FULL:
            raise disk_full(target) from error
        raise
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def disk_full(target: Path) -> NoSpace:
    """The error for a full disk while writing `target`."""
    return NoSpace(
        f"no space left on the disk while writing {target.name}",
        hint=f"free some space under {target.parent} and run the same command again: finished parts are kept",
    )


def write_text(target: Path, text: str) -> None:
    """Write UTF-8 text, whole or not at all."""
    with whole_file(target) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def write_bytes(target: Path, data: bytes) -> None:
    """Write bytes, whole or not at all."""
    with whole_file(target) as temporary:
        temporary.write_bytes(data)
