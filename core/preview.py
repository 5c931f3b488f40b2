"""Links that let somebody in: a preview link shows a video that is not published, an editing link lets its captions be edited.

The studio's key, from which both are made, is made when first needed.
"""

import hmac
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

KEY_FILE = "preview.key"


def preview_token(home: Path, slug: str) -> str:
    """The word that opens the preview of one video: an HMAC-SHA256 of its slug under the studio's key, 32 hex digits."""
    return hmac.new(_key(home), slug.encode(), sha256).hexdigest()[:32]


def is_preview_token(home: Path, slug: str, token: str) -> bool:
    """True when `token` opens the preview of `slug`; takes equally long for every wrong one."""
    return (home / KEY_FILE).is_file() and hmac.compare_digest(preview_token(home, slug).encode(), token.encode())


def page_address(base_url: str, home: Path, slug: str, *, published: bool) -> str:
    """Where a video's page is shown: its own address, and while it is not published its preview link."""
    address = f"{base_url.rstrip('/')}/watch/{slug}"
    return address if published else f"{address}?preview={preview_token(home, slug)}"


def edit_token(home: Path, slug: str) -> str:
    """The word that lets its holder edit the captions of one video; it says nothing of the preview's, nor that one of it."""
    return hmac.new(_key(home), f"edit captions of {slug}".encode(), sha256).hexdigest()[:32]


def is_edit_token(home: Path, slug: str, token: str) -> bool:
    """True when `token` lets its holder edit the captions of `slug`."""
    return (home / KEY_FILE).is_file() and hmac.compare_digest(edit_token(home, slug).encode(), token.encode())


def _key(home: Path) -> bytes:
    file = home / KEY_FILE
    if not file.is_file():
        fresh = home / f".{KEY_FILE}.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        # A hard link appears whole and only once: of two processes the second one finds the first one's key.
        with suppress(FileExistsError):
            file.hardlink_to(fresh)
        fresh.unlink()
    return bytes.fromhex(file.read_text())
