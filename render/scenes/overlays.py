"""What lies over any scene: the lower third, the credit line, the chapter's strap."""

from __future__ import annotations

from dataclasses import dataclass

from core.findings import Finding
from render.composition import Layer, Plate
from render.scenes.base import Scene
from render.scenes.entrances import enter_and_leave, entrance
from render.scenes.frame import Frame, frame_of
from render.scenes.places import field_place
from render.scenes.placing import Box, Placed
from render.scenes.reviews import review_texts
from render.scenes.styles import text
from render.scenes.svg_layers import draw_layers
from render.stage import Shot, Stage
from render.text import layout_text

_AFTER_CUT = 0.7
_STAYS = 5.0
_LEAST_STAY = 4.0
_BEFORE_NEXT = 0.5
_STRAP_AFTER = 0.3
_STRAP_STAYS = 3.2


@dataclass(frozen=True)
class _Panel:
    """Text on a panel of its own; `box` is the panel."""

    box: Box
    texts: tuple[Placed, ...]


def overlays(scene: Scene, shot: Shot, stage: Stage) -> tuple[Layer, ...]:
    """The overlay layers of a scene, to be laid on top of its own."""
    frame = frame_of(stage)
    out: list[Layer] = []
    third = _lower_third(scene, shot, stage, frame)
    strap = _strap(shot, stage, frame)
    credit = _credit(scene, shot, stage, frame)
    svg = draw_layers("overlays", stage, third=third, strap=strap, credit=credit, scrim=_scrim(scene, credit, frame))
    if third:
        first, last = third.texts[0].first, third.texts[0].last
        slide = enter_and_leave(stage, first, last, travel=0)
        out.append(Layer("lower-third", Plate(svg["lower-third"]), first, last, slide))
    if credit:
        out.append(Layer("credit", Plate(svg["credit"])))
    if strap:
        first, last = strap.texts[0].first, strap.texts[0].last
        out.append(Layer("strap", Plate(svg["strap"]), first, last, enter_and_leave(stage, first, last, travel=0)))
    return tuple(out)


def review_overlays(scene: Scene, shot: Shot, stage: Stage) -> list[Finding]:
    """What is wrong with a scene's overlays: their text, and a lower third that is too short."""
    texts = overlay_texts(scene, shot, stage)
    found: list[Finding] = []
    for placed in texts:
        # A credit that comes by itself has to be there, whether there is time to read it or not.
        automatic = not scene.credit and placed.block.text == scene.credit_text(stage)
        found += [
            one for one in review_texts(scene.id, [placed], stage) if not (automatic and one.rule == "reading-time")
        ]
    third = _lower_third(scene, shot, stage, frame_of(stage))
    if third:
        stays = float((third.texts[0].last - third.texts[0].first) / stage.rate)
        if stays < _LEAST_STAY:
            message = f"the lower third stays for {stays:.1f} s"
            place = field_place(stage, scene.id, "lower_third")
            hint = "let it enter earlier, or put it over a longer scene"
            found.append(
                Finding(
                    "lower-third-time",
                    "warning",
                    message,
                    hint,
                    place,
                    scene.id,
                    value=round(stays, 1),
                    limit=_LEAST_STAY,
                )
            )
    return found


def overlay_texts(scene: Scene, shot: Shot, stage: Stage) -> tuple[Placed, ...]:
    """The overlays' texts, for review."""
    frame = frame_of(stage)
    panels = (_lower_third(scene, shot, stage, frame), _strap(shot, stage, frame))
    credit = _credit(scene, shot, stage, frame)
    return (*(text for panel in panels if panel for text in panel.texts), *((credit,) if credit else ()))


def _lower_third(scene: Scene, shot: Shot, stage: Stage, frame: Frame) -> _Panel | None:
    third = scene.lower_third
    if third is None:
        return None
    path = ("lower_third",)
    first = entrance(stage, shot, path) if path in shot.at else stage.frames(_AFTER_CUT)
    last = max(first + 2, min(first + stage.frames(_STAYS), shot.frames - stage.frames(_BEFORE_NEXT)))
    colours, sizes, unit = stage.theme.colours, stage.theme.sizes, frame.unit
    width = frame.text_width * 0.6
    name_style = text(stage, sizes.lower_third * unit, weight=650, leading=1.2)
    name = layout_text(third.name, name_style, width, 1, min_size=40 * unit)
    inset = 40 * unit
    top = frame.height * 0.68
    texts = [Placed(name, frame.left + inset, top + 20 * unit, colours.ink, colours.panel, first, last)]
    if third.role:
        role_style = text(stage, sizes.lower_third_role * unit, leading=1.25)
        role = layout_text(third.role, role_style, width, 1, min_size=32 * unit)
        texts.append(Placed(role, frame.left + inset, texts[0].bottom, colours.muted, colours.panel, first, last))
    right = frame.left + inset + max(placed.block.width for placed in texts) + 48 * unit
    return _Panel((frame.left, top, right, texts[-1].bottom + 20 * unit), tuple(texts))


def _strap(shot: Shot, stage: Stage, frame: Frame) -> _Panel | None:
    chapters = stage.script.chapters
    if not shot.opens_chapter or not 0 <= shot.chapter < len(chapters) or not chapters[shot.chapter].title:
        return None
    number = sum(1 for chapter in chapters[: shot.chapter + 1] if chapter.title)
    first = stage.frames(_STRAP_AFTER)
    last = max(first + 2, min(first + stage.frames(_STRAP_STAYS), shot.frames))
    colours, unit = stage.theme.colours, frame.unit
    style = text(stage, stage.theme.sizes.label * unit, weight=600, leading=1.2, tabular=True)
    counted = layout_text(str(number), style)
    title = layout_text(
        chapters[shot.chapter].title, style, frame.text_width * 0.7, 1, min_size=32 * unit, max_characters=None
    )
    top, inset = frame.top, 24 * unit
    y = top + 14 * unit
    figure = Placed(counted, frame.left + inset, y, colours.accent, colours.panel, first, last)
    name = Placed(title, figure.x + counted.width + 24 * unit, y, colours.ink, colours.panel, first, last)
    box = (frame.left, top, name.x + title.width + 28 * unit, y + title.height + 14 * unit)
    return _Panel(box, (figure, name))


def _scrim(scene: Scene, credit: Placed | None, frame: Frame) -> Box | None:
    """A quiet ground for the credit on a map, a photo or a clip, which may be of any brightness."""
    if credit is None or scene.kind not in ("map", "photo", "clip"):
        return None
    across, down = 14 * frame.unit, 6 * frame.unit
    left, top, right, bottom = credit.box
    return (left - across, top - down, right + across, bottom + down)


def _credit(scene: Scene, shot: Shot, stage: Stage, frame: Frame) -> Placed | None:
    said = scene.credit_text(stage)
    if not said:
        return None
    colours, unit = stage.theme.colours, frame.unit
    style = text(stage, stage.theme.sizes.credit * unit, leading=1.2)
    block = layout_text(said, style, frame.text_width, 1, min_size=30 * unit, max_characters=None)
    y = frame.bottom - block.height
    return Placed(block, frame.left, y, colours.muted, colours.background, 0, shot.frames, large=False)
