"""Where the files that come with Slugline lie, installed or in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """A file or folder that ships with Slugline, such as `resource("templates", "pages")`."""
    return ROOT.joinpath(*parts)
