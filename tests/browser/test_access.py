"""Everybody can use the pages: axe's WCAG 2.2 AA rules in both schemes, phone width, reduced motion, focus."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

PAGES = {
    "library": "/",
    "filtered": "/?tag=shipping",
    "watch": "/watch/suez-shortcut",
    "watch-alone": "/watch/hormuz",
    "article": "/articles/the-shortcut",
    "search": "/search?q=canal",
    "search-empty": "/search",
    "search-nothing": "/search?q=zanzibar",
    "lost": "/watch/suez-shortcat",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: Browser, address: str, name: str, scheme: str) -> None:
    context = browser.new_context(
        base_url=address,
        viewport={"width": 390, "height": 844} if scheme == "dark" else {"width": 1440, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        # axe is put into the page as an inline script, which the pages' own policy rightly refuses.
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(PAGES[name])
    page.wait_for_load_state("networkidle")
    results = Axe().run(page, options=RULES)
    context.close()
    found = [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in results.response["violations"]]
    assert not found


@pytest.mark.parametrize("width", [360, 768, 1920])
def test_no_page_scrolls_sideways(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} wide on {width}"
    context.close()


def test_what_a_finger_touches_is_large_enough(browser: Browser, address: str) -> None:
    """44 px, but for links inside sentences and those whose whole card can be touched (WCAG 2.2, 2.5.5)."""
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    for name in ("library", "filtered", "watch", "search"):
        page.goto(PAGES[name])
        small = page.evaluate(
            """() => [...document.querySelectorAll('a, button, summary, input')]
              .filter(e => e.checkVisibility() && !e.closest('.card-title, .cue, p, .prose, .sources, .credits, .skip'))
              .filter(e => !e.matches('.skip, .cue'))
              .filter(e => { const b = e.getBoundingClientRect(); return b.width && (b.height < 43.5 || b.width < 43.5); })
              .map(e => e.outerHTML.slice(0, 90))"""
        )
        assert not small, f"{name}: {small}"
    context.close()


def test_focus_is_seen_and_the_content_can_be_skipped_to(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    outline = page.evaluate(
        "(() => { const e = document.activeElement; const card = e.closest('.card');"
        " return getComputedStyle(card ?? e).outlineStyle; })()"
    )
    assert outline == "solid"
