"""P6 under a restore: pages that are open show the board as it was, and keep and send what they had unsent."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import KEY, House
from tests.browser.hour.latecomers import (
    Latecomer,
    announces_half,
    backed_up,
    finds_the_announcement_again,
    goes_on_as_the_same,
    is_offered_to_another,
    notes,
    restored,
)
from tests.browser.rig.server import until
from tests.prove.conftest import Promise

pytestmark = [pytest.mark.browser, pytest.mark.prove]
BEFORE, AFTER, UNSENT = "Written before the backup", "Written after the backup", "Not sent when it was restored"
PROMPTLY = 10_000

Opens = Callable[[Guest | None], Page]


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
    """Open the board in a browser of one's own; nobody has nothing open yet."""
    contexts: list[BrowserContext] = []

    def open_it(guest: Guest | None) -> Page:
        contexts.append(chromium.new_context(locale="en-GB", extra_http_headers={"Accept-Language": "en"}))
        page = contexts[-1].new_page()
        if guest is None:
            return page
        contexts[-1].add_cookies(guest.cookies)
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
    note = board.facilitator.writes(BEFORE, step=step)
    board.facilitator.asks("survey.open")
    quay, harbour, ferry = [board.guest(f"{each} desk", "Dakar") for each in ("Quay", "Harbour", "Ferry")]
    backed_up(tmp_path / "backup")
    board.facilitator.writes(AFTER, step=step)
    reader, writer, refused = opens(quay), opens(harbour), opens(ferry)
    phone = Latecomer(board, opens(None), "Market desk", "Came too late, on a phone", note)
    tablet = Latecomer(board, opens(None), "Station desk", "Came too late, on a tablet", note)
    for late in (phone, tablet):
        late.comes()
    desk, unkept = opens(None), opens(None)
    unkept.route("**/half-written.js", lambda route: route.abort())
    for page in (desk, unkept):
        announces_half(page, board)
    refused.route(f"**/b/{board.id}", lambda route: route.abort())
    for page in (reader, writer, refused):
        shows(page, BEFORE)
        shows(page, AFTER)
    writer.route("**/commands", lambda route: route.abort())
    writer.fill("#composer-text", UNSENT)
    writer.press("#composer-text", "Enter")
    expect(writer.locator("#unsent [data-unsent]")).to_have_count(1)
    writer.fill("#composer-text", "Half a sentence")

    began = time.monotonic()
    restored(board, tmp_path / "backup")
    for page in (reader, writer):
        shows(page, AFTER, times=0)
        shows(page, BEFORE)
    took = time.monotonic() - began
    for late in (phone, tablet):
        late.is_told()
    expect(writer.locator("#unsent [data-unsent]")).to_have_count(1)
    expect(writer.locator("#composer-text")).to_have_value("Half a sentence")
    assert texts(board) == [BEFORE]
    # The same page without its fetch of itself stays in the other life: it is that by which the others came here.
    shows(refused, AFTER)

    writer.unroute("**/commands")
    until(lambda: UNSENT in texts(board), 20)
    for page in (reader, writer):
        shows(page, UNSENT)
        expect(page.locator("html")).to_have_attribute("data-same", "yes")
    expect(writer.locator("#unsent")).to_be_hidden()
    goes_on_as_the_same(phone)
    is_offered_to_another(tablet)
    finds_the_announcement_again(desk, board)
    expect(unkept.locator("#door")).to_contain_text("The board was put back", timeout=PROMPTLY)
    expect(unkept.locator("#door [data-kept]")).to_be_hidden()
    for page in (reader, writer):
        shows(page, phone.said)
    assert sorted(texts(board)) == sorted([BEFORE, UNSENT, phone.said, tablet.said])
    shows(refused, AFTER)
    shows(refused, UNSENT, times=0)
    refused.unroute(f"**/b/{board.id}")
    shows(refused, AFTER, times=0)
    shows(refused, UNSENT)
    promise(
        6,
        f"a restore under open pages: they showed the board as it was after {took:.1f} s without a reload; what one had"
        " unsent, and half a sentence, stayed, and was sent once; two who had come in after the backup were led to the"
        " door, and their words sent once as theirs, or only offered where somebody else came in on that device;"
        " a comment and an answer that they had begun stood there again, and an announcement was offered to its writer",
        control="where nothing kept it the announcement was gone; a page that was refused its fetch of itself went on"
        " showing what the restored board does not have, and"
        " did not show what was sent to it, until it was let fetch",
    )


def shows(page: Page, text: str, *, times: int = 1) -> None:
    expect(notes(page, text)).to_have_count(times, timeout=PROMPTLY)


def texts(board: Board) -> list[str]:
    return [str(note["text"]) for note in board.facilitator.sees()["notes"]]
