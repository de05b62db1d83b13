"""P6 under a restore: pages that are open show the board as it was, and keep and send what they had unsent."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app import backing_up, operating, settings
from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import KEY, House
from tests.browser.rig.server import until
from tests.prove.conftest import Promise

pytestmark = [pytest.mark.browser, pytest.mark.prove]
BEFORE, AFTER, UNSENT = "Written before the backup", "Written after the backup", "Not sent when it was restored"
PROMPTLY = 10_000

Opens = Callable[[Guest], Page]


@pytest.fixture
def board(flipchart: House, monkeypatch: pytest.MonkeyPatch) -> Board:
    """A board to write on, whose operator has the server's settings."""
    monkeypatch.setenv("FLIPCHART_DATA", str(flipchart.data))
    monkeypatch.setenv("FLIPCHART_SECRET_KEY", KEY)
    made = start_board(flipchart)
    made.goes_to("write")
    return made


@pytest.fixture
def opens(chromium: Browser, board: Board) -> Iterator[Opens]:
    """Open the board in a browser of one's own."""
    contexts: list[BrowserContext] = []

    def open_it(guest: Guest) -> Page:
        contexts.append(chromium.new_context(locale="en-GB", extra_http_headers={"Accept-Language": "en"}))
        contexts[-1].add_cookies(guest.cookies)
        page = contexts[-1].new_page()
        page.goto(f"{board.house.url}/b/{board.id}")
        page.wait_for_selector("html[data-link=online]", state="attached", timeout=PROMPTLY)
        page.evaluate("document.documentElement.dataset.same = 'yes'")
        return page

    yield open_it
    for context in contexts:
        context.close()


def test_promise_6_what_was_unsent_outlives_a_restore_under_open_pages(
    board: Board, opens: Opens, tmp_path: Path, promise: Promise
) -> None:
    step = board.step("write")
    board.facilitator.writes(BEFORE, step=step)
    quay, harbour = [board.guest(f"{each} desk", "Dakar") for each in ("Quay", "Harbour")]
    # Commands of the operator run a loop of their own, which the browser's driver has already here.
    aside(lambda: backing_up.back_up(settings.load(), tmp_path / "backup"))
    board.facilitator.writes(AFTER, step=step)
    reader, writer = opens(quay), opens(harbour)
    for page in (reader, writer):
        shows(page, BEFORE)
        shows(page, AFTER)
    writer.route("**/commands", lambda route: route.abort())
    writer.fill("#composer-text", UNSENT)
    writer.press("#composer-text", "Enter")
    expect(writer.locator("#unsent [data-unsent]")).to_have_count(1)
    writer.fill("#composer-text", "Half a sentence")

    began = time.monotonic()
    aside(lambda: operating.restore(tmp_path / "backup", board=board.id))
    for page in (reader, writer):
        shows(page, AFTER, times=0)
        shows(page, BEFORE)
    took = time.monotonic() - began
    expect(writer.locator("#unsent [data-unsent]")).to_have_count(1)
    expect(writer.locator("#composer-text")).to_have_value("Half a sentence")
    assert texts(board) == [BEFORE]

    writer.unroute("**/commands")
    until(lambda: UNSENT in texts(board), 20)
    for page in (reader, writer):
        shows(page, UNSENT)
        expect(page.locator("html")).to_have_attribute("data-same", "yes")
    expect(writer.locator("#unsent")).to_be_hidden()
    assert sorted(texts(board)) == sorted([BEFORE, UNSENT])
    promise(
        6,
        f"a restore under open pages: they showed the board as it was after {took:.1f} s without a reload; what one had"
        " unsent, and half a sentence, stayed, and was sent once",
    )


def shows(page: Page, text: str, *, times: int = 1) -> None:
    expect(page.locator("#steps .note:visible").filter(has_text=text)).to_have_count(times, timeout=PROMPTLY)


def texts(board: Board) -> list[str]:
    return [str(note["text"]) for note in board.facilitator.sees()["notes"]]


def aside(do: Callable[[], None]) -> None:
    """In a thread of its own, as a command in another terminal."""
    with ThreadPoolExecutor(1) as other:
        other.submit(do).result()
