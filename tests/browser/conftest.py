"""One Chromium for the run, one context a test."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.rig.server import Rig, app_of, served, until

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium; FLIPCHART_CHROMIUM names another."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("FLIPCHART_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def rig() -> Iterator[Rig]:
    """A server that does what the test says."""
    rig = Rig()
    with served(app_of(rig)) as rig.url:
        yield rig


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that nobody has used."""
    context = chromium.new_context(locale="en-GB", timezone_id="Europe/Paris")
    context.set_default_timeout(8_000)
    yield context
    context.close()


@pytest.fixture
def page(rig: Rig, context: BrowserContext) -> Page:
    """The rig's board, opened and connected. An error in a script fails the test that meets it."""
    page = context.new_page()
    return opened(page, rig)


def opened(page: Page, rig: Rig) -> Page:
    """Opens the rig's board and waits for its line."""
    lines = len(rig.lines)
    page.goto(f"{rig.url}/b/x")
    until(lambda: len(rig.lines) > lines)
    page.wait_for_selector("html[data-link=online]", state="attached")
    return page
