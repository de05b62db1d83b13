"""P6, P9 and P15 in a browser: lines are pulled, frames lost, tabs killed; nothing is lost, doubled or haunted."""

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.rig.server import until
from tests.faulty.faults import Faults, pulled
from tests.faulty.framing import Frame
from tests.faulty.proxy import Proxy, proxied
from tests.prove.conftest import Promise

pytestmark = [pytest.mark.browser, pytest.mark.prove]
PROMPTLY = 10_000
OFFLINE_MINUTES = 30
NOTES = 5
BARE = """() => {
    const address = new URL(document.querySelector("[data-live]").dataset.live, location);
    address.protocol = "ws:";
    window.bare = new WebSocket(address);
}"""
FORGETFUL = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } });"
    "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError') } });"
)


@dataclass
class Device:
    """Somebody's browser, behind a line that can be made bad."""

    context: BrowserContext
    board: Board
    proxy: Proxy
    guest: Guest

    def tab(self) -> Page:
        page = self.context.new_page()
        page.goto(f"{self.proxy.url}/b/{self.board.id}")
        page.wait_for_selector("html[data-link=online]", state="attached", timeout=PROMPTLY)
        page.evaluate("document.documentElement.dataset.same = 'yes'")
        return page


@pytest.fixture
def device(chromium: Browser, flipchart: House) -> Iterator[Device]:
    board = start_board(flipchart)
    board.goes_to("write")
    context = chromium.new_context(locale="en-GB", extra_http_headers={"Accept-Language": "en"})
    guest = board.guest("Quay office", "Dakar")
    with proxied(flipchart.port, seed=6) as proxy:
        context.add_cookies([{**each, "url": proxy.url} for each in guest.cookies])
        yield Device(context, board, proxy, guest)
        context.close()


def shows(page: Page, text: str, *, within: float = PROMPTLY, times: int = 1) -> None:
    expect(page.locator("#steps .note:visible").filter(has_text=text)).to_have_count(times, timeout=within)


def posts(page: Page, text: str) -> None:
    page.fill("#composer-text", text)
    page.press("#composer-text", "Enter")


def texts(board: Board) -> list[str]:
    return [str(note["text"]) for note in board.facilitator.sees()["notes"]]


def here(board: Board, guest: Guest) -> bool:
    return any(each["id"] == guest.person and each["here"] for each in board.facilitator.sees()["people"])


def test_promise_9_a_page_notices_a_lost_frame_and_repairs_itself(device: Device, promise: Promise) -> None:
    page, board, step = device.tab(), device.board, device.board.step("write")
    rosario = board.guest("Harbour desk", "Rosario")
    page.wait_for_timeout(2_000)
    lost: list[bytes] = []

    def loses(frame: Frame) -> int:
        if frame.is_control or "seq" not in json.loads(frame.payload):
            return 1
        lost.append(frame.payload)
        return 0

    device.proxy.faults.down.frames = loses
    rosario.writes("Nobody is told of this", step=step)
    until(lambda: lost)
    began = time.monotonic()
    page.wait_for_timeout(1_000)
    device.proxy.faults.down.frames = None
    shows(page, "Nobody is told of this", within=21_000)
    took = time.monotonic() - began
    expect(page.locator("html")).to_have_attribute("data-same", "yes")
    assert took <= 21
    promise(9, f"a browser's page whose last frame was lost showed it {took:.1f} s later, without a reload")


def test_promise_15_a_pulled_cable_is_noticed_and_nobody_haunts_the_board(device: Device, promise: Promise) -> None:
    board, guest = device.board, device.guest
    page, other = device.tab(), device.tab()
    until(lambda: here(board, guest))
    until(lambda: page.locator("#here").text_content() == other.locator("#here").text_content())
    assert sum(each["here"] for each in board.facilitator.sees()["people"]) == 1
    other.close()
    page.wait_for_timeout(2_500)
    assert here(board, guest), "one tab closed, the other is still there"
    page.evaluate(BARE)
    until(lambda: page.evaluate("window.bare.readyState") == 1)
    device.proxy.faults = pulled()
    began = time.monotonic()
    page.wait_for_selector("html:not([data-link=online])", state="attached", timeout=21_000)
    noticed = time.monotonic() - began
    until(lambda: not here(board, guest), 60)
    gone = time.monotonic() - began
    unnoticed = page.evaluate("window.bare.readyState") == 1
    assert noticed <= 20
    assert gone <= 45
    device.proxy.faults = Faults()
    page.wait_for_selector("html[data-link=online]", state="attached", timeout=20_000)
    until(lambda: here(board, guest))
    promise(
        15,
        f"cable pulled: the page knew after {noticed:.1f} s, the server after {gone:.1f} s, and nobody is shown who has"
        " gone; two tabs were one person",
        control=f"a bare WebSocket of the same page took the line for open {gone:.0f} s later" if unnoticed else "",
    )


def test_promise_6_what_was_written_offline_outlives_the_tab_and_is_sent_once(device: Device, promise: Promise) -> None:
    shown = offline_until_the_tab_is_killed(device)
    again = device.tab()
    for number in range(NOTES):
        shows(again, f"Offline {number}")
    expect(again.locator("#unsent")).to_be_hidden()
    assert sorted(texts(device.board)) == [f"Offline {number}" for number in range(NOTES)]
    promise(
        6,
        f"{NOTES} notes written with the cable out, the tab's process killed: each shown as not sent within"
        f" {max(shown):.1f} s, all {NOTES} on the board once the tab was opened again, none twice",
    )


def test_promise_6_a_page_that_keeps_nothing_loses_what_a_killed_tab_held(device: Device, promise: Promise) -> None:
    device.context.add_init_script(FORGETFUL)
    offline_until_the_tab_is_killed(device)
    again = device.tab()
    again.wait_for_timeout(3_000)
    lost = NOTES - len(texts(device.board))
    assert lost
    promise(6, "", control=f"where the browser keeps nothing, {lost} of {NOTES} were lost with the tab")


def offline_until_the_tab_is_killed(device: Device) -> list[float]:
    """Notes written with the cable out, and the tab's process killed: the seconds until each was shown as not sent."""
    page = device.tab()
    device.proxy.faults = pulled()
    device.context.set_offline(True)
    shown = []
    for number in range(NOTES):
        began = time.monotonic()
        posts(page, f"Offline {number}")
        expect(page.locator("#unsent [data-unsent]")).to_have_count(number + 1, timeout=2_000)
        shown.append(time.monotonic() - began)
    device.context.set_offline(False)
    # The renderer dies at once, as when a phone runs out of memory: no page gets to say anything.
    with page.expect_event("crash"), contextlib.suppress(Error):
        page.goto("chrome://crash")
    assert texts(device.board) == []
    device.proxy.faults = Faults()
    return shown


def test_promise_6_half_an_hour_offline(device: Device, promise: Promise) -> None:
    board, page = device.board, device.context.new_page()
    page.clock.install()
    page.goto(f"{device.proxy.url}/b/{board.id}")
    page.wait_for_selector("html[data-link=online]", state="attached", timeout=PROMPTLY)
    device.context.set_offline(True)
    posts(page, "Written in a tunnel")
    for _ in range(OFFLINE_MINUTES):
        page.clock.run_for(60_000)
    expect(page.locator("#unsent [data-unsent]")).to_have_count(1)
    device.context.set_offline(False)
    page.clock.run_for(20_000)
    shows(page, "Written in a tunnel")
    assert texts(board) == ["Written in a tunnel"]
    promise(6, f"a note was sent once after {OFFLINE_MINUTES} minutes offline (by the page's clock)")


def test_promise_6_without_storage_nothing_is_lost_silently(device: Device, promise: Promise) -> None:
    device.context.add_init_script(FORGETFUL)
    board, page = device.board, device.tab()
    device.context.set_offline(True)
    posts(page, "Nowhere to keep this")
    expect(page.locator("#unsent [data-unsent]")).to_have_count(1, timeout=2_000)
    device.context.set_offline(False)
    shows(page, "Nowhere to keep this", within=20_000)
    assert texts(board) == ["Nowhere to keep this"]
    promise(6, "without storage a note written offline was shown as not sent, and sent once")
