"""What every scene kind shares: its fields, and the port by which a kind becomes layers."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from core.errors import BadInput

if TYPE_CHECKING:
    from fractions import Fraction

    from core.findings import Finding
    from render.clip_sound import ClipSound
    from render.composition import Composition
    from render.scenes.placing import Placed
    from render.stage import Shot, Stage


def refused(error: BadInput) -> PydanticCustomError:
    """What a validator raises for a value that something else refused: its words and its hint, at the field's own place."""
    return PydanticCustomError("value_error", "{said}", {"said": error.message, "hint": error.hint})


class Element(BaseModel):
    """A part of a scene that can wait for the narrator."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    at: str | None = Field(
        default=None, description="enters when the narrator says this phrase of the scene's narration"
    )
    nth: int | None = Field(default=None, ge=1, description="which time, when the phrase is spoken more than once")


class LowerThird(Element):
    """A name and what they are, in the lower third of the frame."""

    name: str = Field(description="who")
    role: str = Field(default="", description="what they are, in a few words")


class Scene(Element):
    """Fields that every kind has. A kind subclasses this, names itself and says how it is laid out."""

    kind: ClassVar[str]
    example: ClassVar[str]
    """YAML of a small complete block, shown in the reference and rendered by the tests."""

    id: str = Field(description="the scene's name in this script; `check --fix` adds missing ones")
    hold: float = Field(default=0.0, ge=0, le=60, description="seconds to stay after the narration")
    duration: float | None = Field(
        default=None, gt=0, le=600, description="fixed length in seconds, instead of the narration's"
    )
    transition: Literal["cut", "fade", "crossfade", "wipe", "push"] = Field(
        default="cut", description="how the scene before gives way to this one"
    )
    lower_third: LowerThird | None = Field(default=None, description="name and role in the lower third")
    credit: str = Field(default="", description="source credit, bottom left")
    teaser: bool = Field(default=False, description="true puts the scene into the film's vertical teaser")

    @abstractmethod
    def compose(self, shot: Shot, stage: Stage) -> Composition:
        """The scene's layers at its length and times. Raises BadInput for what cannot be laid out."""

    def review(self, shot: Shot, stage: Stage) -> list[Finding]:
        """What is wrong with it as a picture (VISUAL.md's ✓ rules); the place is filled in by the caller."""
        return []

    def natural_seconds(self, stage: Stage) -> Fraction | None:
        """How long it lasts by itself where nobody speaks; None for the standard. Raises BadInput."""
        return None

    def sound_of(self, shot: Shot, stage: Stage) -> ClipSound | None:
        """What is heard of it beside the narration and the music."""
        return None

    def own_texts(self, shot: Shot, stage: Stage) -> tuple[Placed, ...]:
        """What is written in it, without its overlays', where `compose` has it."""
        return ()

    def credit_text(self, stage: Stage) -> str:
        """The credit shown over it; empty for none."""
        return str(getattr(self, "credit_line", self.credit))

    def waiting(self) -> Iterator[tuple[tuple[str | int, ...], Element]]:
        """Every element with an `at`, by its path in the scene."""
        yield from _walk(self, ())


def _walk(thing: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Element]]:
    if isinstance(thing, Element):
        if thing.at:
            yield path, thing
        for name in type(thing).model_fields:
            yield from _walk(getattr(thing, name), (*path, name))
    elif isinstance(thing, (list, tuple)):
        for index, item in enumerate(thing):
            yield from _walk(item, (*path, index))
    elif isinstance(thing, dict):
        for name, item in thing.items():
            yield from _walk(item, (*path, name))
