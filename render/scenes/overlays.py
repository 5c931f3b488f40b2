"""What lies over any scene: lower third, credit line, chapter's strap, watermark, burned captions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.findings import Finding
from render.composition import Layer, Plate
from render.scenes.base import Scene
from render.scenes.burned_captions import BurnedCue, burned_cues
from render.scenes.entrances import enter_and_leave
from render.scenes.frame import Frame, frame_of
from render.scenes.logo import Logo, watermark
from render.scenes.panels import Panel, lower_third, strap
from render.scenes.places import field_place
from render.scenes.placing import Box, Placed
from render.scenes.reviews import review_texts
from render.scenes.styles import text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import layout_text

_LEAST_STAY = 4.0
_PICTURES = frozenset({"map", "photo", "clip", "python"})
"""Kinds on whose ground a credit needs one of its own: it may be of any brightness."""
_LONG_CREDIT = frozenset({"map"})
_OWN_LOGO = frozenset({"slate"})


@dataclass(frozen=True)
class _Overlays:
    """All that lies over one scene."""

    third: Panel | None
    strap: Panel | None
    credit: Placed | None
    scrim: Box | None
    mark: Logo | None
    cues: tuple[BurnedCue, ...]
    spoken: float
    """Where burned captions end."""

    @property
    def texts(self) -> Iterator[Placed]:
        """What can be read of them, captions apart: those are the narration's."""
        for panel in (self.third, self.strap):
            yield from panel.texts if panel else ()
        if self.credit:
            yield self.credit


def overlays(scene: Scene, shot: Shot, stage: Stage) -> tuple[Layer, ...]:
    """The overlay layers of a scene, to be laid on top of its own."""
    over = _lay_over(scene, shot, stage)
    svg = draw_layers(
        "overlays",
        stage,
        third=over.third,
        strap=over.strap,
        credit=over.credit,
        scrim=over.scrim,
        mark=over.mark,
        cues=over.cues,
    )
    out: list[Layer] = []
    for name, panel in (("lower-third", over.third), ("strap", over.strap)):
        if panel:
            comes = enter_and_leave(stage, panel.first, panel.last, travel=0)
            out.append(Layer(name, Plate(svg[name]), panel.first, panel.last, comes))
    if over.credit:
        out.append(Layer("credit", Plate(svg["credit"])))
    if over.mark:
        out.append(Layer("watermark", Plate(svg["watermark"])))
    for number, cue in enumerate(over.cues, 1):
        out.append(Layer(f"caption-{number}", Plate(svg[f"caption-{number}"]), cue.text.first, cue.text.last))
    return tuple(out)


def overlay_foot(scene: Scene, shot: Shot, stage: Stage) -> float:
    """The height at the foot of the text area over which a scene had better draw nothing, in pixels.

    In 9:16 the lower third stands in the middle of the text area. In 16:9 it stands beside most of what is drawn, and goes
    after five seconds: a scene that leaves room for it would look empty then.
    """
    frame = frame_of(stage)
    third = _lay_over(scene, shot, stage).third if frame.vertical else None
    return frame.bottom - third.box[1] + 40 * frame.unit if third else 0.0


def overlay_boxes(scene: Scene, shot: Shot, stage: Stage) -> tuple[Box, ...]:
    """What overlays cover at one time or another, in pixels: for kinds that choose where their words stand."""
    over, frame = _lay_over(scene, shot, stage), frame_of(stage)
    boxes = [panel.box for panel in (over.third, over.strap) if panel]
    if over.mark:
        boxes.append((over.mark.x, over.mark.y, over.mark.x + over.mark.width, over.mark.y + over.mark.height))
    return (*boxes, *_foot_boxes(over, frame))


def foot_boxes(scene: Scene, shot: Shot, stage: Stage) -> tuple[Box, ...]:
    """What the credit and burned captions cover at the foot of the frame, in pixels."""
    return _foot_boxes(_lay_over(scene, shot, stage), frame_of(stage))


def _foot_boxes(over: _Overlays, frame: Frame) -> tuple[Box, ...]:
    boxes = [over.scrim or over.credit.box] if over.credit else []
    if frame.captions:
        boxes.append((frame.left, over.spoken - frame.captions, frame.right, over.spoken))
    return tuple(boxes)


def overlay_texts(scene: Scene, shot: Shot, stage: Stage) -> tuple[Placed, ...]:
    """The overlays' texts, for review."""
    return tuple(_lay_over(scene, shot, stage).texts)


def review_overlays(scene: Scene, shot: Shot, stage: Stage) -> list[Finding]:
    """What is wrong with a scene's overlays: their text, a lower third that is too short, captions without a glyph."""
    over = _lay_over(scene, shot, stage)
    found = review_texts(scene.id, over.texts, stage)
    if over.third:
        stays = float((over.third.last - over.third.first) / stage.rate)
        if stays < _LEAST_STAY:
            message = f"the lower third stays for {stays:.1f} s"
            place = field_place(stage, scene.id, "lower_third")
            hint = "let it enter earlier, or put it over a longer scene"
            value = round(stays, 1)
            found.append(
                Finding("lower-third-time", "warning", message, hint, place, scene.id, value=value, limit=_LEAST_STAY)
            )
    return [*found, *_review_captions(scene, stage)]


def _review_captions(scene: Scene, stage: Stage) -> Iterator[Finding]:
    """Burned captions are drawn from the narration: no font may lack any of its characters."""
    block = next((block for block in stage.script.scenes if block.id == scene.id), None)
    if block is None or not stage.script.front.burned_captions:
        return
    said = layout_text(block.narration.text, text(stage, 48), max_lines=10_000, max_characters=None)
    for char in said.missing:
        message = f"no font has {char!r} (U+{ord(char):04X}) of the narration, which is to be burned in as captions"
        yield Finding("no-glyph", "error", message, "choose a font that has it", block.narration.place, scene.id)


def _lay_over(scene: Scene, shot: Shot, stage: Stage) -> _Overlays:
    frame = frame_of(stage)
    mark = None if scene.kind in _OWN_LOGO else watermark(stage, frame)
    credit = _credit(scene, shot, stage, frame)
    foot = credit.y - 24 * frame.unit if credit else frame.bottom
    spoken = min(frame.captions_bottom, credit.y - 12 * frame.unit if credit else frame.bottom)
    if stage.script.front.burned_captions:
        # Captions keep their place, since what jumps is hard to read: the lower third makes room for them.
        foot = spoken - frame.captions
    third = lower_third(scene, shot, stage, frame, foot)
    opening = strap(shot, stage, frame, mark.width + 24 * frame.unit if mark else 0.0)
    cues = burned_cues(shot, stage, frame, spoken)
    return _Overlays(third, opening, credit, _scrim(scene, credit, frame), mark, cues, spoken)


def _scrim(scene: Scene, credit: Placed | None, frame: Frame) -> Box | None:
    """A quiet ground for the credit on a picture."""
    if credit is None or scene.kind not in _PICTURES:
        return None
    # Beside a photograph's or a video's own light, letters need more room around them than on a map.
    across, down = 14 * frame.unit, (10 if scene.kind in ("photo", "clip") else 6) * frame.unit
    left, top, right, bottom = credit.box
    return (left - across, top - down, right + across, bottom + down)


def _credit(scene: Scene, shot: Shot, stage: Stage, frame: Frame) -> Placed | None:
    said = scene.credit_text(stage)
    if not said:
        return None
    colours = stage.theme.colours
    style = text(stage, stage.theme.sizes.credit * frame.type_unit, leading=1.2)
    # A map's grows with the areas on it, and has the room.
    lines = (2 if frame.vertical else 1) + (scene.kind in _LONG_CREDIT)
    block = layout_text(said, style, frame.text_width, lines, min_size=30 * frame.unit, max_characters=None)
    y = frame.bottom - block.height
    own = bool(scene.credit)
    return Placed(block, frame.left, y, colours.muted, colours.background, 0, shot.frames, large=False, written=own)
