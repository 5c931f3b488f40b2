"""What a script is once it has been read: plain, immutable, every part with its place in the file.

Nothing here knows what a scene kind means; `render` types the blocks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.errors import Place


@dataclass(frozen=True)
class Fact:
    """A figure from `facts.toml`: written `{{id}}` in narration and scene fields."""

    id: str
    value: str
    unit: str = ""
    as_of: str = ""
    source: str = ""
    place: Place | None = None


@dataclass(frozen=True)
class Asset:
    """An entry of `assets.toml`: where a file came from and on what terms it is used. `regions` are parts of a picture by name:
    centre from the left, from the top, and width, in fractions."""

    file: str
    credit: str
    licence: str
    address: str = ""
    expires: str = ""
    regions: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Music:
    """The music bed: `level` in LU relative to the speech (negative)."""

    file: str
    level: float
    place: Place


@dataclass(frozen=True)
class Thumbnail:
    """What the thumbnail shows: `text` instead of the title, over `scene`'s picture; empty for what the film offers by itself."""

    text: str = ""
    scene: str = ""


@dataclass(frozen=True)
class FrontMatter:
    """The facts at the head of a script, typed. `narration` is `scratch`, a file or a folder, as written."""

    title: str
    slug: str
    description: str = ""
    series: str = ""
    tags: tuple[str, ...] = ()
    article: str = ""
    narration: str = "scratch"
    music: Music | None = None
    theme: str = ""
    language: str = "en"
    fps: str = "30"
    worldview: str = ""
    captions: str = ""
    thumbnail: Thumbnail = Thumbnail()
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each field stands, by name."""

    @property
    def burned_captions(self) -> bool:
        """True when captions are part of the picture."""
        return self.captions == "burned"


@dataclass(frozen=True)
class Narration:
    """What is spoken over a scene.

    `paragraphs` are plain text as it is spoken and captioned: markup and footnote marks gone, facts put in.
    `markdown` is the same as written, for the article.
    """

    paragraphs: tuple[str, ...]
    markdown: str
    place: Place | None

    @property
    def text(self) -> str:
        """All paragraphs, one a line."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class Lender:
    """The scene of another script that a block takes over (`use:`). `script` is as its file has it, its own `use:` unresolved.

    `speaks` is true where its narration and its take come along.
    """

    script: "Script"
    id: str
    speaks: bool


@dataclass(frozen=True)
class SceneBlock:
    """A fenced `scene KIND` block and the narration after it.

    `fields` is the block's YAML as plain Python values, facts put in; `places` gives the place of every key by its path,
    such as `("places", 1, "name")`, and of the block itself by `()`. Of a scene that is used from another script, what was
    taken over has its place in that script's file.
    """

    id: str
    kind: str
    fields: Mapping[str, Any]
    narration: Narration
    chapter: int
    places: Mapping[tuple[str | int, ...], Place]
    written_id: bool = True
    """False when the id was counted (`KIND-N`) rather than written."""
    facts: tuple[Fact, ...] = ()
    """The facts that its fields and its narration mention, in order."""
    lenders: tuple[Lender, ...] = ()
    """Where the scene is used from, the nearest first; in the last one it is written out."""

    @property
    def first_id(self) -> str:
        """The id under which the scene was written out: what its look varies by, so that it is the same wherever it is used."""
        return self.lenders[-1].id if self.lenders else self.id

    @property
    def voice(self) -> Lender | None:
        """Whose narration is spoken over it, where it is another script's."""
        return next((lender for lender in self.lenders if lender.speaks), None)

    @property
    def place(self) -> Place:
        """Where the block begins."""
        return self.places[()]

    def place_of(self, *path: str | int) -> Place:
        """The place of a field, or of the nearest thing around it that has one."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]


@dataclass(frozen=True)
class Chapter:
    """A heading: a named span to navigate by."""

    title: str
    place: Place


@dataclass(frozen=True)
class Script:
    """A whole script. `scenes` are in order; each names its chapter by index into `chapters`."""

    path: Path
    front: FrontMatter
    chapters: tuple[Chapter, ...]
    scenes: tuple[SceneBlock, ...]
    footnotes: Mapping[str, str]
    facts: Mapping[str, Fact]
    assets: Mapping[str, Asset]

    @property
    def folder(self) -> Path:
        """The folder that the script's relative paths start from."""
        return self.path.parent

    def scene(self, scene_id: str) -> SceneBlock:
        """The block with that id. Raises KeyError."""
        return next(scene for scene in self.scenes if scene.id == scene_id)


def every_field(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every field below a block's `fields`, or below one of them, with its path; what holds others comes before them."""
    if isinstance(value, Mapping):
        pairs: Iterator[tuple[str | int, Any]] = iter(value.items())
    elif isinstance(value, list):
        pairs = iter(enumerate(value))
    else:
        return
    for key, item in pairs:
        yield (*path, key), item
        yield from every_field(item, (*path, key))
