"""`storyboard --watch` in a real browser: a change is on the page within two seconds of being saved, and nothing good is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integration.sound.films import make_voice

SECONDS = 2.0
SCRIPT = """---
title: A small film
narration: voice
---

```scene title
id: one
text: The first words
```

One is short.

# Part two

```scene number
id: two
value: "{{width}}"
unit: kilometres
label: wide
```

Two is a number that somebody says.

```scene photo
id: three
file: picture.png
```

Three is a picture.
"""


@dataclass
class Watched:
    """A script that is watched by the real command, and the page on which it is shown."""

    script: Path
    address: str
    page: Page
    child: subprocess.Popen[str]

    def save(self, before: str, after: str) -> float:
        """Change the script as an editor does; gives when."""
        text = self.script.read_text()
        assert before in text
        self.script.write_text(text.replace(before, after))
        return time.monotonic()

    def picture(self, scene: str) -> str:
        """The picture that a scene shows."""
        return self.page.locator(f'[data-scene="{scene}"] img').get_attribute("src") or ""

    def wait(self, condition: Callable[[], bool], seconds: float) -> float:
        """Until something is so; gives when. Fails after some seconds."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not come"
            self.page.wait_for_timeout(20)
        return time.monotonic()


def write_studio(folder: Path) -> Path:
    from PIL import Image

    (folder / "slugline.toml").write_text('name = "Small"\n')
    (folder / "facts.toml").write_text('[width]\nvalue = "33"\n')
    (folder / "assets.toml").write_text('["picture.png"]\ncredit = "Us"\nlicence = "CC0"\n')
    (folder / "voice").mkdir()
    make_voice(folder / "voice" / "one.wav", 1.5)
    Image.linear_gradient("L").resize((960, 540)).save(folder / "picture.png")
    script = folder / "script.md"
    script.write_text(SCRIPT)
    return script


@pytest.fixture
def watched(tmp_path: Path, browser: Browser) -> Iterator[Watched]:
    script = write_studio(tmp_path)
    command = shutil.which("slugline", path=Path(sys.executable).parent) or "slugline"
    child = subprocess.Popen(
        [command, "storyboard", str(script), "--watch", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"COLUMNS": "200", "PYTHONUNBUFFERED": "1"},
        # A shell that runs the tests in the background has them ignore Ctrl-C, and their children with them.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - nothing is locked in the child
    )
    try:
        assert child.stdout
        line = child.stdout.readline()
        assert "http://127.0.0.1:" in line, line + child.stdout.read()
        address = line.split("http://", 1)[1].split("/", 1)[0]
        page = browser.new_page()
        page.goto(f"http://{address}/")
        seen = Watched(script, f"http://{address}", page, child)
        seen.wait(lambda: all(seen.picture(scene) for scene in ("one", "two", "three")), 20)
        expect(page.locator("[data-state]")).to_be_empty(timeout=20_000)
        yield seen
        page.close()
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def test_a_change_of_anything_is_on_the_page_within_two_seconds(watched: Watched) -> None:
    first = {scene: watched.picture(scene) for scene in ("one", "two", "three")}
    saved = watched.save("The first words", "Other words")
    assert watched.wait(lambda: watched.picture("one") != first["one"], 10) - saved <= SECONDS
    assert (watched.picture("two"), watched.picture("three")) == (first["two"], first["three"])

    folder = watched.script.parent
    saved = time.monotonic()
    (folder / "facts.toml").write_text('[width]\nvalue = "44"\n')
    assert watched.wait(lambda: watched.picture("two") != first["two"], 10) - saved <= SECONDS

    saved = time.monotonic()
    shutil.copy(folder / "picture.png", folder / "old.png")
    from PIL import Image

    Image.linear_gradient("L").rotate(90).resize((960, 540)).save(folder / "picture.png")
    assert watched.wait(lambda: watched.picture("three") != first["three"], 10) - saved <= SECONDS

    before = watched.picture("one")
    saved = time.monotonic()
    (folder / "templates").mkdir()
    (folder / "templates" / "theme.toml").write_text('[colours]\naccent = "#ff0000"\n')
    assert watched.wait(lambda: watched.picture("one") != before, 10) - saved <= SECONDS


def test_an_error_is_shown_at_its_scene_and_the_last_good_picture_stays(watched: Watched) -> None:
    page, good = watched.page, watched.picture("one")
    times = page.locator(".time").all_text_contents()
    card = page.locator('[data-scene="one"]')
    saved = watched.save("text: The first words", "txt: The first words")
    expect(card.locator(".findings .error").first).to_contain_text("text")
    assert time.monotonic() - saved <= SECONDS
    assert watched.picture("one") == good
    expect(card.locator(".old")).to_be_visible()
    assert page.locator(".time").all_text_contents()[:2] == times[:2]

    # A block that is no YAML at all cannot even be told to be a title.
    watched.save("txt: The first words", "text: [The first")
    expect(card.locator(".findings .error")).to_have_count(1)
    assert page.locator(".card").count() == 3
    assert watched.picture("one") == good

    watched.save("text: [The first", "text: The first words")
    expect(card.locator(".old")).to_be_hidden()
    expect(card.locator(".findings .error")).to_have_count(0)
    assert watched.picture("one") == good


def test_scenes_are_played_and_shown_large_by_keys_and_ctrl_c_ends_it(watched: Watched) -> None:
    page = watched.page
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page.locator('[data-scene="one"]')).to_be_focused()
    page.keyboard.press(" ")
    expect(page.locator('[data-scene="one"]')).to_have_class("card playing")
    address = page.locator("[data-sound]").get_attribute("src")
    watched.wait(lambda: bool(page.evaluate("document.querySelector('audio').currentTime > 0.1")), 5)
    expect(page.locator('[data-scene="one"]')).to_have_class("card", timeout=5_000)
    expect(page.locator('[data-scene="two"] .play')).to_be_hidden()

    request = urllib.request.Request(f"{watched.address}{address}", headers={"Range": "bytes=44-143"})
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 206
        assert len(answer.read()) == 100
        assert answer.headers["Content-Range"].startswith("bytes 44-143/")
    other = urllib.request.Request(f"{watched.address}/", headers={"Host": "elsewhere.example"})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(other)

    page.keyboard.press("Enter")
    expect(page.locator("dialog.large")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-large-name]")).to_contain_text("two")
    page.keyboard.press("Escape")
    expect(page.locator('[data-scene="two"]')).to_be_focused()
    watched.child.send_signal(signal.SIGINT)
    assert watched.child.wait(timeout=10) == 0
    assert watched.child.stdout
    assert watched.child.stdout.read().strip() == "no longer watching"
    expect(page.locator("[data-lost]")).to_be_visible()
