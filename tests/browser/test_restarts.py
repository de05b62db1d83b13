"""A server starts again, or stops while it is asked: pages come back to where they were, and nobody is disturbed."""

import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import start_board
from tests.browser.hour.house import house_in
from tests.browser.hour.phone import IDEA, PROMPTLY, dakars, is_away, is_live, kept, posts, says_unsent, shows
from tests.browser.rig.clock import stands_still

pytestmark = pytest.mark.browser

# Remembers what a page shows of its line; each try to come back is late in its time.
REMEMBERS = """() => {
  const chip = document.getElementById("link"), shows = () => shown.push(chip.dataset.state);
  window.shown = [];
  Math.random = () => 0.8;
  new MutationObserver(shows).observe(chip, { attributeFilter: ["data-state"] });
}"""


def test_a_server_that_starts_again_is_found_again_from_where_the_page_was(readers: Readers, tmp_path: Path) -> None:
    with house_in(tmp_path) as house:
        board = start_board(house)
        step = board.goes_to("write")
        context = readers.new("en")
        phone = dakars(context, board)
        page = phone.tab()
        asked: list[str] = []
        page.on("websocket", lambda socket: asked.append(socket.url))
        page.evaluate("document.documentElement.dataset.same = 'yes'")
        phone.guest.writes("Before", step=step)
        shows(page, "Before")
        seq = page.get_attribute("#board", "data-seq")
        house.closes()
        posts(page)
        says_unsent(page)
        house.opens()
        shows(page)
        is_live(page)
        expect(page.locator("html")).to_have_attribute("data-same", "yes")
        assert f"since={seq}" in asked[-1]
        assert kept(board) == ["Before", IDEA]
        context.close()


def test_nobody_notices_a_server_that_is_back_within_two_seconds(readers: Readers, tmp_path: Path) -> None:
    """Two seconds of the page: how long a server takes to start is a matter of the machine."""
    with house_in(tmp_path) as house:
        board = start_board(house)
        board.goes_to("write")
        context = readers.new("en")
        context.clock.install()
        page = dakars(context, board).tab()
        page.wait_for_selector("#link[data-state=live]", state="attached", timeout=PROMPTLY)
        page.evaluate(REMEMBERS)
        page.fill("#composer-text", "Half a sent")
        stands_still(page)
        house.closes()
        is_away(page)
        house.opens()
        page.clock.run_for(1_900)
        is_live(page)
        page.clock.run_for(5_000)
        assert page.evaluate("shown") == []
        page.keyboard.type("ence")
        assert page.input_value("#composer-text") == "Half a sentence"
        expect(page.locator("#unsent")).to_be_hidden()
        # One that stays away is noticed then, and not before.
        house.closes()
        is_away(page)
        page.clock.run_for(1_500)
        assert page.evaluate("shown") == []
        page.clock.run_for(500)
        assert page.evaluate("shown") == ["waiting"]
        context.close()


def test_a_server_that_stops_while_it_is_asked_has_the_note_once(readers: Readers, tmp_path: Path) -> None:
    with house_in(tmp_path) as house:
        board = start_board(house)
        board.goes_to("write")
        context = readers.new("en")
        page = dakars(context, board).tab()
        stopping = threading.Thread(target=house.closes)
        page.on("request", lambda asked: stopping.start() if asked.method == "POST" and not stopping.ident else None)
        posts(page)
        is_away(page)
        stopping.join()
        house.opens()
        shows(page)
        assert kept(board) == [IDEA]
        context.close()
