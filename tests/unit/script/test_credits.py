"""Who is thanked, and how, where there is room for some of them only."""

from collections.abc import Sequence
from pathlib import Path

from script.credits import MORE, Use, credit_lines, credited, film_sources, gather_uses, script_uses
from script.reader import open_script


def lines_of(uses: Sequence[Use]) -> list[str]:
    """The lines with plain spaces."""
    return [line.replace("\u00a0", " ") for line in credit_lines(uses)]


def picture(number: int, credit: str = "", licence: str = "CC BY 4.0") -> Use:
    return Use("picture", f"art/{number}.jpg", credit or f"Photographer {number}", licence)


def test_a_line_a_kind_in_one_order_with_licences() -> None:
    uses = [
        Use("flag", "EGY", "flag-icons", "MIT"),
        Use("flag", "GBR", "flag-icons", "MIT"),
        Use("country", "EGY"),
        Use("map", "German view", "Natural Earth", "public domain"),
        picture(1, "Ann"),
        picture(2, "Ann"),
        picture(3, "Bob", "CC0"),
    ]
    assert lines_of(gather_uses(uses)) == [
        "Pictures: Ann (CC BY 4.0), Bob (CC0)",
        "Maps: Natural Earth (public domain)",
        "Flags: flag-icons (MIT)",
    ]
    assert [use.name for use in credited(gather_uses(uses)) if use.kind == "flag"] == ["Flags"]
    assert credit_lines([]) == ()


def test_a_long_line_loses_its_licences_then_its_last_names() -> None:
    few = [picture(number) for number in range(4)]
    [line] = lines_of(few)
    assert line == "Pictures: Photographer 0, Photographer 1, Photographer 2, Photographer 3"
    assert "Photographer\u00a00, Photographer\u00a01" in credit_lines(few)[0], "a name stays on one line"
    line, more = lines_of([picture(number) for number in range(30)])
    assert line.startswith("Pictures: Photographer 0, Photographer 1, ")
    assert line.endswith(" and 26 more")
    assert len(line) <= 88
    assert more == MORE


def test_a_slate_never_has_more_lines_than_it_has_room_for() -> None:
    kinds = ("picture", "footage", "sound", "music", "map", "towns", "flag")
    lines = credit_lines([Use(kind, kind, f"Maker of {kind}", "CC0") for kind in kinds])
    assert len(lines) == 6
    assert lines[-1] == MORE


def test_what_a_script_uses_is_called_alike_in_every_script(tmp_path: Path) -> None:
    for name in ("one", "two"):
        folder = tmp_path / "scripts" / name
        folder.mkdir(parents=True)
        body = (
            "```scene photo\nid: a\nfile: shared.svg\n```\n\nWords.\n\n```scene photo\nid: b\nfile: shared.svg\n```\n"
        )
        (folder / "script.md").write_text(f"---\ntitle: {name}\nslug: {name}\nmusic: bed.wav\n---\n\n{body}")
    (tmp_path / "shared.svg").write_text("<svg/>")
    (tmp_path / "scripts/one/bed.wav").write_bytes(b"")
    (tmp_path / "assets.toml").write_text('["shared.svg"]\ncredit = "Ann"\nlicence = "CC0"\nexpires = 2030-01-01\n')
    one, two = (
        gather_uses(script_uses(open_script(tmp_path / f"scripts/{name}/script.md", tmp_path), tmp_path))
        for name in ("one", "two")
    )
    assert one[0] == two[0] == Use("picture", "shared.svg", "Ann", "CC0", "", "2030-01-01", ("a", "b"))
    assert [use.name for use in one] == ["shared.svg", "scripts/one/bed.wav"]


def test_sources_are_the_footnotes_and_what_the_figures_rest_on(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(
        '[oil]\nvalue = "20"\nunit = "million barrels"\nas_of = "2024"\nsource = "EIA"\n\n'
        '[width]\nvalue = "33"\nsource = "A chart"\n\n[bare]\nvalue = "1"\n'
    )
    path = tmp_path / "script.md"
    path.write_text(
        "---\ntitle: A film\n---\n\n```scene title\ntext: '{{bare}}'\n```\n\n"
        "{{width}} kilometres.[^b] {{oil}} barrels.[^a]\n\n[^a]: Not {{bare}}.\n[^b]: A chart, sheet 3.\n"
    )
    assert film_sources(open_script(path)) == ("A chart, sheet 3.", "Not 1.", "20 million barrels (2024): EIA")
