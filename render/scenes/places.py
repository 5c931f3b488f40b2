"""Where a scene's fields stand in the script, for findings."""

from __future__ import annotations

from core.errors import Place
from render.stage import Stage
from script.document import every_field


def field_place(stage: Stage, scene: str, *path: str | int) -> Place | None:
    """The place of a field of the scene with that id; None for a scene that is in no script."""
    block = next((block for block in stage.script.scenes if block.id == scene), None)
    return block.place_of(*path) if block else None


def first_id(stage: Stage, scene: str) -> str:
    """The id under which a scene was written out, in whichever script: what its look varies by, so that it can be used again."""
    block = next((block for block in stage.script.scenes if block.id == scene), None)
    return block.first_id if block else scene


def text_place(stage: Stage, scene: str, said: str) -> Place | None:
    """The place of the field that says `said`, else of the longest one that is part of it, else of the chapter's heading."""
    block = next((block for block in stage.script.scenes if block.id == scene), None)
    if block is None:
        return None
    wanted = _folded(said)
    fields = {
        path: _folded(str(value)) for path, value in every_field(block.fields) if not isinstance(value, (dict, list))
    }
    for path, text in fields.items():
        if text == wanted:
            return block.place_of(*path)
    chapter = stage.script.chapters[block.chapter]
    if _folded(chapter.title) == wanted:
        return chapter.place
    parts = {path: text for path, text in fields.items() if len(text) > 1 and text in wanted}
    return block.place_of(*max(parts, key=lambda path: len(parts[path]))) if parts else block.place


def _folded(text: str) -> str:
    """Without what setting type changes: line breaks, capitals, quotation marks."""
    return " ".join(text.strip("“”\"'«» ").split()).casefold()
