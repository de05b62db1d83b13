"""One Chromium for the run, one context a test; and what the run as a whole has to show for itself."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.hour.drawn import Recording, never_drawn, recorded
from tests.browser.hour.house import House, house_in
from tests.browser.hour.looking import leaves
from tests.browser.rig.server import Rig, Stand, served, until
from tests.browser.states import LANGUAGES, STATES
from tests.machine import missing

DRAWN = pytest.StashKey[set[str]]()
JUDGED = pytest.StashKey[set[str]]()
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is drawn yet, and no state judged."""
    config.stash[DRAWN], config.stash[JUDGED] = set(), set()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Writes down which state is looked at."""
    state = getattr(item, "callspec", None)
    if state is not None and "name" in state.params:
        item.config.stash[JUDGED].add(state.params["name"])


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run of all states has drawn all templates; a process beside others tells what it has of both."""
    drawn, judged = session.config.stash[DRAWN], session.config.stash[JUDGED]
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["drawn"], told["judged"] = sorted(drawn), sorted(judged)
    elif judged >= set(STATES) and never_drawn(drawn):
        print(f"\nNo state draws {', '.join(never_drawn(drawn))}.")  # noqa: T201 - read by whoever runs the tests
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a process beside this one has drawn and looked at."""
    told = getattr(node, "workeroutput", {})
    node.config.stash[DRAWN].update(told.get("drawn", ()))
    node.config.stash[JUDGED].update(told.get("judged", ()))


class Readers:
    """Contexts by language."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._open: dict[str, BrowserContext] = {}
        self._pages: dict[str, Page] = {}

    def of(self, language: str) -> BrowserContext:
        """The one whose browser asks for that language."""
        if language not in self._open:
            self._open[language] = self.new(language)
        return self._open[language]

    def page(self, language: str) -> Page:
        """That one's window, which every test that asks for it looks through."""
        if language not in self._pages or self._pages[language].is_closed():
            self._pages[language] = self.of(language).new_page()
        return self._pages[language]

    def new(self, language: str) -> BrowserContext:
        """One more, which nobody has used; whoever asks closes it."""
        made = self._browser.new_context(
            timezone_id="Europe/Paris", reduced_motion="reduce", extra_http_headers={"Accept-Language": language}
        )
        made.set_default_timeout(20_000)
        return made

    def close(self) -> None:
        """Closes them all."""
        for context in self._open.values():
            context.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium; FLIPCHART_CHROMIUM names another."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("FLIPCHART_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        missing("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def recording(request: pytest.FixtureRequest) -> Iterator[Recording]:
    """What is drawn in the first language, in the whole run of this process."""
    with recorded(LANGUAGES[0]) as recording:
        yield recording
    request.config.stash[DRAWN].update(recording.drawn)


@pytest.fixture(scope="session")
def flipchart(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A whole Flipchart that also speaks the mirrored language; its boards are as many as the tests start."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FLIPCHART_TEST_LOCALE", "1")
        with house_in(tmp_path_factory.mktemp("flipchart")) as house:
            yield house


@pytest.fixture(scope="session")
def readers(chromium: Browser) -> Iterator[Readers]:
    """A browser for each language, opened once: nothing but what it has fetched is kept from test to test."""
    readers = Readers(chromium)
    yield readers
    readers.close()


@pytest.fixture(scope="session")
def stand() -> Iterator[Stand]:
    """The server of all rigs."""
    stand = Stand()
    with served(stand) as stand.url:
        yield stand


@pytest.fixture
def rig(stand: Stand) -> Rig:
    """A server that does what the test says."""
    return stand.carries(Rig())


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that nobody has used."""
    context = _reader_of_rigs(chromium)
    yield context
    context.close()


@pytest.fixture(scope="session")
def visited(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that keeps what it has fetched from test to test, and nothing else."""
    context = _reader_of_rigs(chromium)
    yield context
    context.close()


def _reader_of_rigs(chromium: Browser) -> BrowserContext:
    made = chromium.new_context(locale="en-GB", timezone_id="Europe/Paris")
    made.set_default_timeout(8_000)
    return made


@pytest.fixture
def page(rig: Rig, visited: BrowserContext) -> Iterator[Page]:
    """The rig's board, opened and connected, in a window that was looked through before."""
    yield opened(visited.pages[0] if visited.pages else visited.new_page(), rig)
    for other in visited.pages[1:]:
        other.close()
    for page in visited.pages:
        leaves(page)


def opened(page: Page, rig: Rig) -> Page:
    """Opens the rig's board and waits for its line."""
    lines = len(rig.lines)
    page.goto(f"{rig.url}/b/x")
    until(lambda: len(rig.lines) > lines)
    page.wait_for_selector("html[data-link=online]", state="attached")
    return page
