"""Captions edited as an editor does it: by keyboard alone, beside the film, with somebody else at work and the line cut."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.preview import edit_token
from core.settings import Settings
from tests.browser.conftest import served
from tests.browser.small_studio import make_small_studio
from tests.browser.test_access import RULES

SLUG = "suez-shortcut"
WATCH = f"/watch/{SLUG}"
EDIT = f"{WATCH}/edit"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_small_studio(tmp_path_factory.mktemp("editing") / "studio")


@pytest.fixture(scope="module")
def desk(browser: Browser, studio: Settings) -> Iterator[str]:
    """Where the studio is served whose captions are edited here."""
    with served(studio) as base:
        yield base


def sit_down(browser: Browser, desk: str, studio: Settings, name: str = "Ada", **more: object) -> BrowserContext:
    """A browser of somebody who has opened the editing link and said their name."""
    shape = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **more}
    context = browser.new_context(base_url=desk, **shape)  # type: ignore[arg-type]
    context.set_default_timeout(8_000)
    context.add_init_script(f"localStorage.getItem('editor-name') ?? localStorage.setItem('editor-name', '\"{name}\"')")
    page = context.new_page()
    page.goto(f"{EDIT}?key={edit_token(studio.home, SLUG)}")
    assert "key=" not in page.url
    page.close()
    return context


@pytest.fixture
def context(browser: Browser, desk: str, studio: Settings) -> Iterator[BrowserContext]:
    context = sit_down(browser, desk, studio)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """The editor; script errors and refused resources fail the test."""
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    yield open_editor(page)
    assert not troubles, troubles


def open_editor(page: Page, language: str = "") -> Page:
    page.goto(EDIT + (f"?language={language}" if language else ""))
    page.wait_for_selector("[data-ready]")
    return page


def texts(page: Page) -> list[str]:
    return page.locator(".cue-text").all_text_contents()


def saved(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("[data-status]")).to_contain_text(re.compile(r"^Saved as version \d+ by "))


def test_an_editor_works_by_keyboard_alone(page: Page) -> None:
    # The first cue has the focus from the start.
    expect(page.locator(".cue-open .cue-handle")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".cue-open .cue-handle")).to_have_attribute("aria-label", re.compile("^Cue 2, 0:02.500"))
    assert page.evaluate("document.querySelector('video').currentTime") == pytest.approx(2.51, abs=0.02)

    # Written over, and split at the caret.
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("has a walrus to fear. It is large.")
    for _ in range(len("It is large.")):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Alt+s")
    expect(page.locator("[data-text]")).to_be_focused()
    assert page.locator("[data-text]").input_value() == "It is large."
    assert texts(page)[1:3] == ["has a walrus to fear.", "It is large."]
    expect(page.locator("[data-said]")).to_have_text("Split. Cue 3 of 13.")

    # Merged again from the list, undone, and done again.
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("m")
    assert texts(page)[1] == "has a walrus to fear.\nIt is large."
    page.keyboard.press("Control+z")
    assert texts(page)[1:3] == ["has a walrus to fear.", "It is large."]
    page.keyboard.press("Control+Shift+z")
    assert len(texts(page)) == 12

    # Times: a frame later, ten frames earlier, out where the film stands, and as text.
    page.keyboard.press("w")
    expect(page.locator("[data-in]")).to_have_value("0:02.520")
    page.keyboard.press("Shift+E")
    expect(page.locator("[data-out]")).to_have_value("0:04.520")
    page.keyboard.press("l")
    page.keyboard.press("o")
    expect(page.locator("[data-out]")).to_have_value("0:04.520")
    page.keyboard.press("t")
    page.keyboard.type("0:02,6")
    page.keyboard.press("Escape")
    expect(page.locator(".cue-open .cue-clock")).to_have_text("0:02.600")

    # A new cue, deleted again: the focus goes on to the next.
    page.keyboard.press("n")
    expect(page.locator("[data-text]")).to_be_focused()
    page.keyboard.type("Nobody said this.")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    expect(page.locator(".cue-open .cue-handle")).to_be_focused()
    expect(page.locator(".cue-open .cue-text")).to_have_text("It can sail through Suez,")
    assert len(texts(page)) == 12

    saved(page)
    page.reload()
    page.wait_for_selector("[data-ready]")
    assert texts(page)[1] == "has a walrus to fear.\nIt is large."
    page.goto(WATCH)
    expect(page.locator("[data-transcript]")).to_contain_text("has a walrus to fear. It is large.")
    track = page.evaluate("fetch(document.querySelector('track[kind=captions]').src).then(answer => answer.text())")
    assert "00:00:02.600 --> 00:00:04.520\nhas a walrus to fear." in track
    page.goto("/search?q=walrus")
    expect(page.locator(".moment")).to_have_count(1)
    expect(page.locator(".moment")).to_contain_text("has a walrus to fear.")


def test_rules_stand_beside_the_cue_while_one_writes(page: Page) -> None:
    summary = page.locator("[data-summary]")
    expect(summary).to_contain_text("rules")
    before = summary.text_content() or ""
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type(" and this line is now much too long for anybody to read in time")
    # A fraction of a second after the last letter.
    expect(page.locator("[data-findings]")).to_contain_text("the rule is 42", timeout=1_000)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("g")
    expect(page.locator(".cue-open")).to_have_class(re.compile("cue-warned|cue-wrong"))
    page.keyboard.press("Control+z")
    expect(page.locator("[data-findings]")).not_to_contain_text("the rule is 42")
    expect(summary).to_have_text(before)


VIOLET = """() => {
  const canvas = document.querySelector("[data-canvas]"), tall = Math.round(3 * devicePixelRatio);
  const { data } = canvas.getContext("2d").getImageData(0, canvas.height - tall, canvas.width, tall);
  return data.some((blue, at) => at % 4 === 2 && blue > data[at - 2] + 60 && blue > data[at - 1] + 60 && data[at + 1] > 200);
}"""
"""True when the waveform marks a doubtful word along its foot."""


def test_a_word_to_listen_to_is_marked_until_it_is_gone(page: Page) -> None:
    summary = page.locator("[data-summary]")
    row = page.locator(".cue", has_text="closed it for six days")
    expect(row.locator(".cue-doubt")).to_have_text("?")
    expect(summary).to_contain_text(", 1 word to listen to")
    row.locator(".cue-text").click()
    expect(page.locator("[data-findings]")).to_contain_text("“nights”: heard with a probability of 40 %")
    expect(page.locator("[data-findings]")).to_contain_text("This cue and the next are 0.100 s apart")
    page.wait_for_function(VIOLET)
    page.keyboard.press("Control+a")
    page.keyboard.type("closed it for six days.")
    expect(summary).not_to_contain_text("to listen to")
    expect(page.locator(".cue-doubt:not(:empty)")).to_have_count(0)
    page.wait_for_function(f"() => !({VIOLET})()")


def test_a_phone_can_undo(browser: Browser, desk: str, studio: Settings) -> None:
    context = sit_down(browser, desk, studio, viewport={"width": 390, "height": 844}, has_touch=True)
    page = open_editor(context.new_page())
    before = texts(page)[0]
    page.locator("[data-text]").tap()
    page.keyboard.type("Hm. ")
    page.get_by_role("button", name="Undo").tap()
    assert texts(page)[0] == before
    page.get_by_role("button", name="Redo").tap()
    assert "Hm. " in texts(page)[0]
    page.get_by_role("button", name="Undo").tap()
    expect(page.get_by_role("button", name="Dark pages")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Save")).to_be_in_viewport()
    context.close()


def test_the_film_plays_while_the_text_keeps_the_focus(page: Page) -> None:
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('video').readyState >= 3")
    page.keyboard.press("Alt+k")
    page.wait_for_function("() => !document.querySelector('video').paused")
    page.keyboard.press("Alt+Shift+>")
    assert page.evaluate("document.querySelector('video').playbackRate") == 1.25
    page.keyboard.press("Alt+k")
    page.wait_for_function("() => document.querySelector('video').paused")
    expect(page.locator("[data-text]")).to_be_focused()
    page.keyboard.press("Alt+p")
    page.wait_for_function("() => !document.querySelector('video').paused")
    # It stops by itself where the cue ends.
    page.wait_for_function("() => document.querySelector('video').paused")
    cue = page.evaluate("document.querySelector('.cue-open [data-out]').value")
    assert page.locator("[data-time]").text_content() == cue
    page.keyboard.type("!")
    expect(page.locator("[data-screen-cue]")).to_be_hidden()
    page.keyboard.press("Alt+,")
    expect(page.locator("[data-screen-cue]")).to_contain_text("!")
    page.keyboard.press("Control+z")


def test_a_boundary_is_moved_on_the_waveform_by_keys_and_by_hand(page: Page) -> None:
    expect(page.locator("[data-wave-note]")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    out = page.get_by_role("slider", name="Out")
    before = float(out.get_attribute("aria-valuenow") or 0)
    out.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("PageDown")
    assert float(out.get_attribute("aria-valuenow") or 0) == pytest.approx(before - 11 / 25, abs=0.002)
    expect(out).to_be_focused()
    box = out.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + 40, steps=5)
    page.mouse.up()
    moved = float(out.get_attribute("aria-valuenow") or 0)
    assert moved < before - 0.6
    # The whole way by hand is one step.
    page.keyboard.press("Control+z")
    assert float(out.get_attribute("aria-valuenow") or 0) == pytest.approx(before - 11 / 25, abs=0.002)
    page.keyboard.press("Control+z")
    assert float(out.get_attribute("aria-valuenow") or 0) == pytest.approx(before, abs=0.002)


def test_find_and_replace(page: Page) -> None:
    page.keyboard.press("f")
    page.keyboard.type("the")
    page.get_by_label("Whole words").check()
    page.get_by_role("textbox", name="Find").press("Enter")
    expect(page.locator("[data-found]")).to_have_text(re.compile(r"^\d+ of \d+$"))
    page.get_by_label("Replace with").fill("$& THE")
    page.get_by_role("button", name="Replace all").click()
    assert sum(text.count("$& THE") for text in texts(page)) >= 6
    assert "other" in " ".join(texts(page))
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    assert "THE" not in " ".join(texts(page))


def test_two_editors_at_once_lose_nothing(browser: Browser, desk: str, studio: Settings) -> None:
    hers, his = sit_down(browser, desk, studio, "Ada"), sit_down(browser, desk, studio, "Bo")
    ada, bo = open_editor(hers.new_page()), open_editor(his.new_page())
    for page, moves, words in ((ada, 3, "Ada’s ship"), (bo, 5, "Bo’s canal")):
        for _ in range(moves):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
    # Both touch the seventh.
    for page, words in ((ada, "hers"), (bo, "his")):
        page.keyboard.press("Escape")
        page.locator(".cue").nth(6).locator(".cue-text").click()
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
    saved(ada)
    bo.keyboard.press("Control+s")
    told = bo.get_by_role("dialog", name=re.compile("^Ada saved version"))
    expect(told).to_contain_text("Ada’s ship")
    expect(told).to_contain_text("Both of you changed one place")
    # She saves once more while he reads what she did.
    ada.keyboard.press("Escape")
    ada.locator(".cue").nth(1).locator(".cue-text").click()
    ada.keyboard.press("Control+a")
    ada.keyboard.type("Ada again")
    saved(ada)
    bo.get_by_role("button", name="Go on with both").click()
    expect(bo.locator(".cue-text").nth(3)).to_have_text("Ada’s ship")
    bo.keyboard.press("Control+s")
    expect(told).to_contain_text("Ada again")
    bo.get_by_role("button", name="Go on with both").click()
    expect(bo.locator(".cue-text").nth(1)).to_have_text("Ada again")
    assert texts(bo)[5:7] == ["Bo’s canal", "his"]
    saved(bo)
    ada.goto(WATCH)
    expect(ada.locator("[data-transcript]")).to_contain_text("Bo’s canal")
    open_editor(ada)
    ada.keyboard.press("v")
    expect(ada.locator("[data-comparison]")).to_contain_text("his")
    # Somebody else sits down at her machine.
    ada.get_by_role("button", name="Change the name").click()
    ada.get_by_role("textbox", name="Your name").fill("Cem")
    ada.keyboard.press("Enter")
    ada.locator("[data-versions] > li").nth(-1).get_by_role("button", name="Restore").click()
    expect(ada.locator("[data-versions] > li").first).to_contain_text(re.compile("Cem.*version 1 restored"))
    ada.keyboard.press("Escape")
    assert texts(ada)[6] == "In 2021 a single ship, the Ever Given,"
    hers.close()
    his.close()


def test_a_lost_connection_loses_nothing(context: BrowserContext) -> None:
    page = open_editor(context.new_page())
    page.keyboard.press("Enter")
    page.keyboard.type(" offline")
    context.set_offline(True)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("There is no connection to the studio.")
    page.keyboard.type(" still")
    context.set_offline(False)
    page.close(run_before_unload=False)
    again = open_editor(context.new_page())
    expect(again.locator("[data-notices]")).to_contain_text("Your unsaved changes of")
    assert texts(again)[0].endswith(" offline still")
    again.keyboard.press("Control+s")
    expect(again.locator("[data-status]")).to_contain_text("Saved as version")
    assert open_editor(again).locator(".notice").count() == 0


def test_a_translation_is_uploaded_edited_beside_the_source_and_offered_on_the_page(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "Süveyş çeviri.srt"
    file.write_text("1\n00:00:00,000 --> 00:00:02,400\nSingapur’dan kalkan <i>bir</i> gemi\n", encoding="utf-8")
    page.keyboard.press("y")
    form = page.locator("[data-upload]")
    form.get_by_label("Language code").fill("tr")
    form.get_by_label("File").set_input_files(file)
    form.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/edit?language=tr")
    page.wait_for_selector("[data-ready]")
    # What is not translated yet has its place beside the source.
    rows = page.locator(".cue")
    assert rows.count() > 5
    assert rows.nth(1).locator(".cue-source").text_content() != ""
    # Italics keep to their word while one writes before it, and when the cue is cut after it.
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Home")
    page.keyboard.type("🚢 ")
    page.keyboard.press("Control+End")
    for _ in "gemi":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Alt+s")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.type("bir seçim yapmalı.")
    saved(page)
    track = page.evaluate(f"fetch('{WATCH}/captions.tr.vtt').then(answer => answer.text())")
    assert "🚢 Singapur’dan kalkan <i>bir</i>\n" in track
    page.goto(WATCH)
    page.wait_for_function("() => document.querySelector('video').readyState >= 1")
    page.locator("[data-captions]").select_option(label="Türkçe")
    said = page.evaluate(
        "[...document.querySelector('video').textTracks]"
        ".filter(track => track.kind === 'captions' && track.mode === 'showing').map(track => track.language)"
    )
    assert said == ["tr"]
    page.wait_for_function(
        "() => [...document.querySelector('video').textTracks].find(track => track.language === 'tr').cues?.length === 3"
    )


PANELS = {"help": "?", "versions": "v", "languages": "y", "take": "d", "find": "f"}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
def test_everybody_can_use_the_editor(browser: Browser, desk: str, studio: Settings, scheme: str, width: int) -> None:
    context = sit_down(
        browser, desk, studio, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = open_editor(context.new_page())
    page.keyboard.press("Enter")
    page.keyboard.type(" far too long a line for any rule that there is, or ever was")
    expect(page.locator("[data-findings] li").first).to_be_visible()
    problems = {"editor": axe(page)}
    for name, key in PANELS.items():
        page.keyboard.press("Escape")
        page.locator(".cue-open .cue-handle").focus()
        page.keyboard.press(key)
        page.wait_for_timeout(150)
        problems[name] = axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """() => [...document.querySelectorAll('.editor button, .editor a, .editor select, .editor input, .editor textarea')]
          .filter(e => e.checkVisibility() && !e.disabled)
          .filter(e => { const b = e.getBoundingClientRect(); return b.width && (b.height < 23.5 || b.width < 23.5); })
          .filter(e => !e.closest('label.check')).map(e => e.outerHTML.slice(0, 90))"""
    )
    assert not small
    assert {name: found for name, found in problems.items() if found} == {}
    context.close()


def axe(page: Page) -> list[tuple[str, list[str]]]:
    results = Axe().run(page, options=RULES)
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in results.response["violations"]]


def test_without_javascript_the_cues_are_one_field(browser: Browser, desk: str, studio: Settings) -> None:
    context = browser.new_context(base_url=desk, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{EDIT}?key={edit_token(studio.home, SLUG)}")
    expect(page.locator("[data-editor]")).to_be_hidden()
    field = page.get_by_role("textbox", name="Cues")
    field.fill(field.input_value().replace("Ever Given", "Ever Taken"))
    page.get_by_role("textbox", name="Your name").fill("Cem")
    page.get_by_role("button", name="Save as a new version").click()
    page.goto(WATCH)
    expect(page.locator("[data-transcript]")).to_contain_text("Ever Taken")
    context.close()


def test_a_visitor_is_told_who_edits(browser: Browser, desk: str) -> None:
    context = browser.new_context(base_url=desk)
    page = context.new_page()
    page.goto(EDIT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Captions are edited by the studio.")
    page.goto(WATCH)
    expect(page.get_by_role("link", name="Edit captions")).to_have_count(0)
    context.close()
