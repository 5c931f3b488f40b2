"""From a spoken phrase to the moment in the film, as a reader does it."""

from playwright.sync_api import Browser, Page, expect

PAGE = "/watch/suez-shortcut"


def now(page: Page) -> float:
    return float(page.evaluate("document.querySelector('video').currentTime"))


def wait_until_past(page: Page, seconds: float) -> None:
    page.wait_for_function(
        "past => { const v = document.querySelector('video'); return !v.paused && v.currentTime > past; }", arg=seconds
    )


def test_a_spoken_phrase_leads_to_its_moment_and_the_film_plays_from_there(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search what was said").fill("Ever Given")
    page.keyboard.press("Enter")
    moment = page.locator(".moment").first
    expect(moment).to_contain_text("Ever Given")
    expect(moment.locator("mark").first).to_be_visible()
    moment.click()
    page.wait_for_url("**/watch/suez-shortcut?t=15")
    wait_until_past(page, 15.3)
    assert 15 <= now(page) < 20
    expect(page.locator(".cue[aria-current]")).to_contain_text("In 2021 a single ship")
    expect(page.locator(".chapter[aria-current]")).to_contain_text("A ditch in the desert")


def test_search_answers_while_one_types(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("Search what was said").press_sequentially("Bab el-Mandeb")
    expect(page.locator(".moment")).to_have_count(1)
    expect(page).to_have_url("**/search?q=Bab+el-Mandeb".replace("**", page.url.split("/search")[0]))
    expect(page.get_by_label("Search what was said")).to_be_focused()


def test_a_transcript_line_seeks_and_the_transcript_follows(page: Page) -> None:
    page.goto(PAGE)
    line = page.locator(".cue", has_text="to the strait called")
    line.click()
    wait_until_past(page, 22.6)
    expect(line).to_have_attribute("aria-current", "true")
    assert page.url.endswith(PAGE), "the page did not load again"
    visible = line.evaluate(
        "line => { const box = line.closest('[data-transcript]').getBoundingClientRect();"
        " const at = line.getBoundingClientRect(); return at.top >= box.top && at.bottom <= box.bottom; }"
    )
    assert visible


def test_the_transcript_goes_by_keyboard_with_one_stop_for_tab(page: Page) -> None:
    page.goto(PAGE)
    page.wait_for_function("document.querySelector('video').readyState >= 1")
    assert page.locator(".cue[tabindex='0']").count() == 1
    page.locator(".cue[tabindex='0']").focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".cue:focus")).to_contain_text("The canal has no locks")
    page.keyboard.press("Enter")
    wait_until_past(page, 10.1)
    assert now(page) < 15


def test_a_reader_who_scrolls_the_transcript_is_left_alone_until_asking_to_follow(page: Page) -> None:
    page.goto(PAGE)
    page.locator(".chapter", has_text="A choice").click()
    wait_until_past(page, 0.2)
    page.locator("[data-transcript]").dispatch_event("wheel")
    follow = page.get_by_role("button", name="Follow the film")
    expect(follow).to_be_visible()
    follow.click()
    expect(follow).to_be_hidden()


def test_a_chapter_seeks_and_shows_where_the_film_is(page: Page) -> None:
    page.goto(PAGE)
    chapter = page.locator(".chapter", has_text="The southern door")
    chapter.click()
    wait_until_past(page, 20.2)
    expect(chapter).to_have_attribute("aria-current", "true")
    done = float(chapter.evaluate("link => link.style.getPropertyValue('--done')"))
    assert 0 < done < 0.5
    assert page.locator(".chapter").first.evaluate("link => link.style.getPropertyValue('--done')") == "1.0000"


def test_captions_show_what_is_said(page: Page) -> None:
    page.goto(f"{PAGE}?t=17")
    page.wait_for_function("document.querySelector('video').readyState >= 2")
    page.locator("media-captions-button").click()
    page.wait_for_function(
        "() => [...document.querySelector('video').textTracks].some("
        "track => track.kind === 'captions' && track.mode === 'showing' && track.activeCues?.length)"
    )
    text = page.evaluate(
        "[...document.querySelector('video').textTracks].find(track => track.kind === 'captions').activeCues[0].text"
    )
    assert "closed it for six days" in text or "Ever Given" in text


def test_chapters_stand_on_the_seek_bar(page: Page) -> None:
    page.goto(PAGE)
    page.wait_for_function(
        "[...document.querySelector('video').textTracks].find(track => track.kind === 'chapters')?.cues?.length === 3"
    )


def test_the_seek_bar_shows_the_picture_under_the_pointer(page: Page) -> None:
    page.goto(PAGE)
    page.wait_for_function("() => document.querySelector('video').readyState >= 1")
    page.locator(".player").hover()
    bar = page.locator("media-time-range").bounding_box()
    assert bar is not None
    page.mouse.move(bar["x"] + bar["width"] * 0.5, bar["y"] + bar["height"] * 0.6)
    page.mouse.move(bar["x"] + bar["width"] * 0.55, bar["y"] + bar["height"] * 0.6, steps=4)
    page.wait_for_function("() => document.querySelector('media-time-range').hasAttribute('mediapreviewimage')")
    # 55 % of 30 s lies in the sixth stretch of three.
    address = page.locator("media-time-range").get_attribute("mediapreviewimage") or ""
    assert address.endswith("/media/suez-shortcut/f00d.sprites/1.jpg#xywh=1200,0,240,135")
    page.wait_for_function(
        """() => { const shown = document.querySelector('media-time-range').shadowRoot.querySelector('media-preview-thumbnail');
        const picture = shown.shadowRoot.querySelector('img');
        return picture.complete && picture.naturalWidth === 2400 && shown.getBoundingClientRect().width > 100; }"""
    )


def test_speed_and_keys_of_the_player(page: Page) -> None:
    page.goto(PAGE)
    page.wait_for_function("document.querySelector('video').readyState >= 1")
    page.locator("media-playback-rate-button").click()
    assert page.evaluate("document.querySelector('video').playbackRate") == 1.25
    page.locator("media-controller").focus()
    page.keyboard.press("k")
    wait_until_past(page, 0.1)
    page.keyboard.press("ArrowRight")
    wait_until_past(page, 10)
    page.keyboard.press("k")
    page.wait_for_function("document.querySelector('video').paused")


def test_without_javascript_everything_is_there_and_the_film_starts_at_the_moment(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Suez, the shortcut").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Suez")
    expect(page.locator("media-controller media-control-bar")).to_be_hidden()
    video = page.locator("video")
    expect(video).to_be_visible()
    assert video.get_attribute("controls") is not None
    expect(page.get_by_text("Insurers price the strait").first).to_be_visible()
    page.locator(".chapter", has_text="The southern door").click()
    assert page.url.endswith("?t=20")
    assert "#t=20" in (page.locator("video").get_attribute("src") or "")
    page.get_by_label("Search what was said").fill("danger")
    page.keyboard.press("Enter")
    expect(page.locator(".moment")).to_have_count(1)
    page.goto("/?tag=shipping")
    expect(page.locator(".grid .card")).to_have_count(3)
    context.close()


def test_the_theme_button_keeps_its_choice(page: Page) -> None:
    page.goto("/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Dark pages").click()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(PAGE)
    assert page.evaluate(ground) == dark
