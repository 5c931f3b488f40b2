"""The facts at the head of a script: which fields there are, what they may say, and where each stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from core.errors import Place
from core.findings import Finding
from core.nearest import nearest
from core.timecode import parse_rate
from script.document import FrontMatter, Music, Thumbnail
from script.yaml_places import Fields

MUSIC_LEVEL = -20.0
"""LU under the speech when `music:` gives no level (VISUAL.md, Sound; WCAG 1.4.7)."""

FIELDS: Mapping[str, str] = {
    "title": "the film's name, as pages and the slate show it",
    "slug": "its address; made from the title when left out",
    "description": "one or two sentences for lists and search engines",
    "series": "the series it belongs to",
    "tags": "subjects, as a list",
    "article": "the article's Markdown file; else the narration is the article",
    "narration": "a recording, a folder with one recording a scene id, or `scratch`",
    "music": "the bed: a file, or `{file: bed.wav, level: -20}`",
    "theme": "a theme file",
    "language": "the narration's language, ISO 639-1",
    "fps": "frames a second: 24, 25, 30, 50, 60 or an NTSC rate such as 29.97",
    "worldview": "whose borders the maps show, where they are contested",
    "captions": "`burned` draws them into the picture too; left out, they are a track to switch on",
    "thumbnail": "`{text: A few words, scene: strait}`: what it says instead of the title, and whose picture it shows",
}
_RATES = {Fraction(rate) for rate in (24, 25, 30, 50, 60)} | {
    Fraction(rate, 1001) for rate in (24000, 30000, 60000)
}  # the rates that video sites accept without conversion
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def slugify(title: str) -> str:
    """A title as an address: ASCII letters, digits and single hyphens. Empty when nothing of it is Latin."""
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]", "", title.casefold()))
    ascii_text = plain.replace("ı", "i").replace("ø", "o").replace("ł", "l").encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")


def read_front_matter(fields: Fields) -> tuple[FrontMatter | None, list[Finding]]:
    """Type the fields. Without a title or an address there is no front matter, only findings."""
    return _FrontMatterReader(fields).read()


class _FrontMatterReader:
    def __init__(self, fields: Fields) -> None:
        self.values, self.places = fields.values, fields.places
        self.findings: list[Finding] = []

    def read(self) -> tuple[FrontMatter | None, list[Finding]]:
        for name in self.values:
            if name not in FIELDS:
                near = nearest(name, FIELDS)
                hint = f"did you mean {near!r}?" if near else f"there are {', '.join(FIELDS)}"
                self.report("unknown-field", f"front matter has no field {name!r}", hint, name)
        title, slug = self.text("title"), self.slug()
        front = FrontMatter(
            title=title,
            slug=slug,
            description=self.text("description"),
            series=self.text("series"),
            tags=self.tags(),
            article=self.text("article"),
            narration=self.text("narration") or "scratch",
            music=self.music(),
            theme=self.text("theme"),
            language=self.checked("language", "en", _is_language, "a language code such as en, fr or pt-BR"),
            fps=self.checked("fps", "30", _is_rate, "24, 25, 30, 50, 60, 23.976, 29.97 or 59.94"),
            worldview=self.text("worldview"),
            captions=self.checked("captions", "", lambda said: said in ("", "burned"), "burned, or leave it out"),
            thumbnail=self.thumbnail(),
            places={str(path[0]): place for path, place in self.places.items() if len(path) == 1},
        )
        if self.values.get("title") in (None, ""):
            hint = "write `title: …` in the front matter"
            self.findings.append(Finding("missing-field", "error", "the script has no title", hint, self.places[()]))
        return (front if title and slug else None), self.findings

    def report(self, rule: str, message: str, hint: str, *path: str | int) -> None:
        at: tuple[str | int, ...] = path
        while at and at not in self.places:
            at = at[:-1]
        place: Place = self.places[at]
        self.findings.append(Finding(rule, "error", message, hint, place))

    def text(self, name: str) -> str:
        """A field that is one text; a number is taken as it is written."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, (dict, list, bool)):
            self.report("wrong-type", f"{name} must be one text", f"write `{name}: …`, in quotes if need be", name)
            return ""
        return str(value).strip()

    def slug(self) -> str:
        slug = self.text("slug")
        if not slug:
            slug = slugify(self.text_of_title())
            if not slug and self.text_of_title():
                hint = "write `slug: …` with Latin letters, digits and hyphens"
                self.report("missing-field", "no address can be made from the title", hint, "title")
        elif not _SLUG.fullmatch(slug):
            self.report("wrong-value", f"{slug!r} is not an address", f"write {slugify(slug) or 'my-film'!r}", "slug")
            return ""
        return slug

    def text_of_title(self) -> str:
        title = self.values.get("title")
        return "" if title is None or isinstance(title, (dict, list, bool)) else str(title)

    def tags(self) -> tuple[str, ...]:
        value = self.values.get("tags") or []
        if isinstance(value, str):
            value = value.split(",")
        if not isinstance(value, list) or any(isinstance(tag, (dict, list, bool)) or tag is None for tag in value):
            self.report("wrong-type", "tags must be a list of texts", "write `tags: [Egypt, shipping]`", "tags")
            return ()
        return tuple(dict.fromkeys(tag for tag in (str(tag).strip() for tag in value) if tag))

    def music(self) -> Music | None:
        value: Any = self.values.get("music")
        if not value:
            return None
        if isinstance(value, str):
            value = {"file": value}
        hint = "write `music: {file: bed.wav, level: -20}`"
        if not isinstance(value, dict) or not isinstance(value.get("file"), str):
            self.report("wrong-type", "music must name a file", hint, "music")
            return None
        for name in value.keys() - {"file", "level"}:
            self.report("unknown-field", f"music has no field {name!r}", hint, "music", name)
        level = value.get("level", MUSIC_LEVEL)
        if isinstance(level, bool) or not isinstance(level, (int, float)) or not -60 <= level <= 0:
            message = "music's level is LU relative to the speech, from -60 to 0"
            self.report("wrong-value", message, hint, "music", "level")
            level = MUSIC_LEVEL
        place = self.places.get(("music", "file"), self.places[("music",)])
        return Music(value["file"], float(level), place)

    def thumbnail(self) -> Thumbnail:
        value: Any = self.values.get("thumbnail")
        if not value:
            return Thumbnail()
        hint = "write `thumbnail: {text: A few words, scene: strait}`, or only one of the two"
        if not isinstance(value, dict) or any(isinstance(field, (dict, list, bool)) for field in value.values()):
            self.report("wrong-type", "thumbnail takes a text and a scene", hint, "thumbnail")
            return Thumbnail()
        for name in value.keys() - {"text", "scene"}:
            self.report("unknown-field", f"thumbnail has no field {name!r}", hint, "thumbnail", name)
        text, scene = (str(value.get(name) or "").strip() for name in ("text", "scene"))
        return Thumbnail(text, scene)

    def checked(self, name: str, default: str, right: Callable[[str], bool], kinds: str) -> str:
        value = self.text(name) or default
        if right(value):
            return value
        self.report("wrong-value", f"{name} cannot be {value!r}", f"write {kinds}", name)
        return default


def _is_language(text: str) -> bool:
    return re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text) is not None


def _is_rate(text: str) -> bool:
    try:
        return parse_rate(text) in _RATES
    except (ValueError, ZeroDivisionError):
        return False
