"""A Chromium, and a served studio. Without a Chromium these tests skip and say so; SLUGLINE_REQUIRE_BROWSER=1 makes that a failure."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from core.settings import Settings
from tests.browser.small_studio import make_small_studio
from web.app import create_app
from web.commands import listen

ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker("browser")
            item.add_marker("slow")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    named = os.environ.get("SLUGLINE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=named, args=ARGUMENTS)
        except Error as error:
            reason = (
                f"no Chromium could be started ({str(error).splitlines()[0]}); install one or set SLUGLINE_CHROMIUM"
            )
            if os.environ.get("SLUGLINE_REQUIRE_BROWSER") == "1":
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)
        yield browser
        browser.close()


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The address of a studio, served by the program's own server on a free port."""
    listener = listen("127.0.0.1", 0)
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    app = create_app(settings.model_copy(update={"base_url": base}))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield base
    server.should_exit = True
    thread.join(timeout=10)
    listener.close()


@pytest.fixture(scope="session")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the small studio is served."""
    with served(make_small_studio(tmp_path_factory.mktemp("pages") / "studio")) as base:
        yield base


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(8_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may go wrong unseen: script errors and refused resources fail the test."""
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    yield page
    # A test that asks for a page that is not there expects the browser to say so.
    troubles = [trouble for trouble in troubles if "status of 404" not in trouble]
    assert not troubles, troubles
