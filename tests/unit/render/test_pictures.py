"""Pictures: their size, and drawings that may not be drawn."""

from pathlib import Path

import pytest
from PIL import Image

from core.errors import BadInput
from render.pictures import picture_size

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30">'


def drawing(tmp_path: Path, body: str, head: str = HEAD) -> Path:
    path = tmp_path / "drawing.svg"
    path.write_text(f"{head}{body}</svg>")
    return path


def test_sizes_are_as_seen(tmp_path: Path) -> None:
    assert picture_size(drawing(tmp_path, "")) == (40, 30)
    turned = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(turned, exif=exif)
    assert picture_size(turned) == (20, 40)


@pytest.mark.parametrize(
    "body",
    [
        '<image href="https://example.org/a.png"/>',
        '<image xlink:href="file:///etc/hosts"/>',
        '<image href="neighbour.png"/>',
        '<use href="other.svg#a"/>',
        '<rect fill="url(https://example.org/#a)"/>',
        '<style>@import "https://example.org/a.css";</style>',
        '<style>rect { fill: url("a.svg#b") }</style>',
    ],
)
def test_a_drawing_names_nothing_outside_itself(tmp_path: Path, body: str) -> None:
    with pytest.raises(BadInput, match="outside itself") as caught:
        picture_size(drawing(tmp_path, f"\n{body}"))
    assert caught.value.place is not None
    assert caught.value.place.line == 2


def test_a_style_sheet_of_its_own_file_is_refused_at_its_line(tmp_path: Path) -> None:
    head = '<?xml version="1.0"?>\n<?xml-stylesheet href="https://example.org/a.css"?>\n' + HEAD
    with pytest.raises(BadInput, match="outside itself") as caught:
        picture_size(drawing(tmp_path, "", head))
    assert caught.value.place is not None
    assert caught.value.place.line == 2


def test_references_inside_are_fine(tmp_path: Path) -> None:
    body = '<image href="data:image/png;base64,AAAA"/><rect fill="url(#a)"/><use href="#b"/>'
    assert picture_size(drawing(tmp_path, body)) == (40, 30)


def test_entities_are_refused(tmp_path: Path) -> None:
    head = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hosts">]>' + HEAD
    with pytest.raises(BadInput, match="entities"):
        picture_size(drawing(tmp_path, "<text>&a;</text>", head))


@pytest.mark.parametrize("text", ["", "<svg", "<html/>", '<svg xmlns="http://www.w3.org/2000/svg"/>'])
def test_what_is_no_drawing_is_one_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "drawing.svg"
    path.write_text(text)
    with pytest.raises(BadInput):
        picture_size(path)


def test_what_is_no_picture_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    path.write_bytes(b"not a picture")
    with pytest.raises(BadInput, match="is not a picture"):
        picture_size(path)
