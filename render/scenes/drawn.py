"""A scene that stands on the theme's background: its kind lays out layers and text, this adds ground, overlays and review."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from typing import TYPE_CHECKING

from core.findings import Finding
from render.composition import Composition, Layer
from render.scenes.background import Motif, background
from render.scenes.base import Scene
from render.scenes.overlays import overlay_foot, overlay_texts, overlays, review_overlays
from render.scenes.placing import Placed, overlap
from render.scenes.reviews import excerpt, review_texts

if TYPE_CHECKING:
    from render.stage import Shot, Stage


@dataclass(frozen=True)
class Layout:
    """What a kind lays out: `layers` bottom first, the `texts` among them, findings of its own, and its ground."""

    layers: tuple[Layer, ...]
    texts: tuple[Placed, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    ground: Layer | None = None
    """Instead of the theme's background."""
    motif: Motif = "globe"
    strength: float = 1.0
    """How strongly the background's motif shows: less under rules and grids."""


class DrawnScene(Scene):
    """A kind made of plates: subclasses say how they are laid out, once, for drawing and for review."""

    @abstractmethod
    def lay_out(self, shot: Shot, stage: Stage) -> Layout:
        """The kind's layers and texts. Raises BadInput for what cannot be laid out."""

    def compose(self, shot: Shot, stage: Stage) -> Composition:
        """Ground, the kind's layers, overlays."""
        layout = self.lay_out(shot, self._room(shot, stage))
        ground = layout.ground or background(stage, shot, motif=layout.motif, strength=layout.strength)
        layers = (ground, *layout.layers, *overlays(self, shot, stage))
        return Composition(stage.size, shot.frames, layers, background=stage.theme.colours.background)

    def review(self, shot: Shot, stage: Stage) -> list[Finding]:
        """The kind's own findings, its texts' and its overlays', and what lies on what."""
        layout = self.lay_out(shot, self._room(shot, stage))
        over = overlay_texts(self, shot, stage)
        found = [*layout.findings, *review_texts(self.id, layout.texts, stage), *review_overlays(self, shot, stage)]
        pairs = [*product(over, layout.texts), *combinations(layout.texts, 2)]
        for above, below in pairs:
            meet = above.first < below.last and below.first < above.last
            if meet and overlap(above.box, below.box):
                message = f"{excerpt(above.block.text)} would lie on {excerpt(below.block.text)}"
                found.append(Finding("collision", "warning", message, "move or shorten one of them", scene=self.id))
        return found

    def own_texts(self, shot: Shot, stage: Stage) -> tuple[Placed, ...]:
        """The kind's texts where `compose` has them, without its overlays'."""
        return self.lay_out(shot, self._room(shot, stage)).texts

    def _room(self, shot: Shot, stage: Stage) -> Stage:
        """The stage, less what overlays take of it."""
        foot = overlay_foot(self, shot, stage)
        return replace(stage, foot=foot) if foot else stage
