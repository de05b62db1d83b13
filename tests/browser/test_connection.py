"""Lines break, servers start again, tabs are closed: what was typed is kept and sent once, and nobody is disturbed."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House, house_in
from tests.browser.rig.clock import stands_still

pytestmark = pytest.mark.browser

IDEA = "A city hall whose doors open outwards"
PROMPTLY = 20_000
# Remembers what a page shows of its line; each try to come back is late in its time.
REMEMBERS = """() => {
  const chip = document.getElementById("link"), shows = () => shown.push(chip.dataset.state);
  window.shown = [];
  Math.random = () => 0.8;
  new MutationObserver(shows).observe(chip, { attributeFilter: ["data-state"] });
}"""


class Phone:
    """One person's phone: tabs may be opened and closed, the line may go and come back."""

    def __init__(self, context: BrowserContext, guest: Guest, address: str) -> None:
        self.context, self.guest, self.address = context, guest, address
        context.add_cookies(guest.cookies)

    def tab(self, *, live: bool = True) -> Page:
        """The board in one more tab."""
        page = self.context.new_page()
        page.goto(self.address)
        if live:
            is_live(page)
        return page

    def offline(self, is_it: bool = True) -> None:
        """Cuts the line, or mends it."""
        self.context.set_offline(is_it)


def is_live(page: Page) -> None:
    page.wait_for_selector("html[data-link=online]", state="attached", timeout=PROMPTLY)


def posts(page: Page, text: str = IDEA) -> None:
    page.fill("#composer-text", text)
    page.press("#composer-text", "Enter")


def shows(page: Page, text: str = IDEA, *, times: int = 1) -> None:
    expect(page.locator("#steps .note:visible").filter(has_text=text)).to_have_count(times, timeout=PROMPTLY)


def is_away(page: Page) -> None:
    page.wait_for_selector("html:not([data-link=online])", state="attached", timeout=PROMPTLY)


def says_unsent(page: Page) -> None:
    expect(page.locator("#unsent [data-unsent]")).to_have_count(1, timeout=PROMPTLY)


@pytest.fixture
def board(flipchart: House) -> Board:
    """A board in its first writing step."""
    board = start_board(flipchart)
    board.goes_to("write")
    return board


@pytest.fixture
def phone(readers: Readers, board: Board) -> Iterator[Phone]:
    """Dakar's."""
    context = readers.new("en")
    yield Phone(context, board.guest("Quay office", "Dakar"), f"{board.house.url}/b/{board.id}")
    context.close()


def kept(board: Board) -> list[str]:
    """The notes that the board has."""
    return [str(note["text"]) for note in board.facilitator.sees()["notes"]]


def test_a_note_written_offline_is_shown_as_unsent_within_two_seconds_and_sent_once(phone: Phone, board: Board) -> None:
    phone.context.clock.install()
    page = phone.tab()
    phone.offline()
    stands_still(page)
    posts(page)
    page.clock.run_for(2_000)
    says_unsent(page)
    page.clock.resume()
    expect(page.locator("#link")).to_have_attribute("data-state", "offline")
    assert kept(board) == []
    phone.offline(False)
    shows(page)
    expect(page.locator("#unsent")).to_be_hidden()
    is_live(page)
    assert kept(board) == [IDEA]


def test_a_note_written_offline_survives_the_tab(phone: Phone, board: Board) -> None:
    page = phone.tab()
    phone.offline()
    posts(page)
    says_unsent(page)
    page.close()
    phone.offline(False)
    page = phone.tab()
    shows(page)
    assert kept(board) == [IDEA]


def test_a_note_written_offline_survives_a_reload(phone: Phone, board: Board) -> None:
    page = phone.tab()
    page.route("**/commands", lambda route: route.abort())
    posts(page)
    says_unsent(page)
    page.reload()
    says_unsent(page)
    page.unroute("**/commands")
    shows(page)
    assert kept(board) == [IDEA]


def test_words_that_were_not_sent_are_there_again_when_the_tab_is(phone: Phone) -> None:
    page = phone.tab()
    page.fill("#composer-text", "Half a sent")
    page.close()
    expect(phone.tab().locator("#composer-text")).to_have_value("Half a sent")


def test_an_answer_that_is_lost_is_asked_for_again_and_counts_once(phone: Phone, board: Board) -> None:
    page, lost = phone.tab(), []

    def loses(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/commands", loses, times=1)
    posts(page)
    shows(page)
    expect(page.locator("#unsent")).to_be_hidden(timeout=PROMPTLY)
    assert lost == [204]
    assert kept(board) == [IDEA]


def test_what_others_do_meanwhile_is_there_after_a_cut_without_a_new_page(phone: Phone, board: Board) -> None:
    page = phone.tab()
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    phone.offline()
    board.guest("Harbour desk", "Rosario").writes("Que cada barrio escriba", step=board.step("write"))
    phone.offline(False)
    shows(page, "Que cada barrio escriba")
    expect(page.locator("html")).to_have_attribute("data-same", "yes")


def test_frames_disturb_neither_words_nor_caret_nor_menu(phone: Phone, board: Board) -> None:
    step = board.step("write")
    mine = phone.guest.writes("Mine", step=step)
    page, rosario = phone.tab(), board.guest("Harbour desk", "Rosario")
    page.locator("#composer-text").press_sequentially("two words")
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    rosario.writes("Meanwhile", step=step)
    shows(page, "Meanwhile")
    page.keyboard.type("more ")
    expect(page.locator("#composer-text")).to_have_value("two more words")
    page.fill("#composer-text", "")
    page.click(f"#note-{mine} [data-note-menu]")
    rosario.asks("note.react", note=mine, emoji="♥", on=True)
    expect(page.locator(f"#note-{mine} [data-react]").first).to_have_text("1")
    expect(page.locator("#note-menu")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('#note-menu') !== null")


def test_a_step_that_begins_takes_no_words_away(phone: Phone, board: Board) -> None:
    page = phone.tab()
    page.locator("#composer-text").press_sequentially("For the first question")
    board.goes_to("write", 2)
    expect(page.locator("[data-composer-step]")).to_be_visible()
    expect(page.locator("#composer-text")).to_have_value("For the first question")
    page.press("#composer-text", "Enter")
    expect(page.locator("#composer-text")).to_have_value("")
    page.locator("#now[data-step]").wait_for(state="attached")
    expect(page.locator("#steps .note[data-late]")).to_have_count(1)
    assert [note["late"] for note in board.facilitator.sees()["notes"]] == [True]


def test_two_tabs_of_one_person_show_the_same_and_send_once(phone: Phone, board: Board) -> None:
    one, two = phone.tab(), phone.tab()
    posts(one, "From one")
    posts(two, "From two")
    for page in (one, two):
        shows(page, "From one")
        shows(page, "From two")
        expect(page.locator("#steps .note.is-mine:visible")).to_have_count(2)
    assert sorted(kept(board)) == ["From one", "From two"]


def test_two_tabs_come_back_together_and_send_once(phone: Phone, board: Board) -> None:
    one, two = phone.tab(), phone.tab()
    phone.offline()
    posts(one, "From one")
    posts(two, "From two")
    # Tabs share what is unsent.
    expect(one.locator("#unsent [data-unsent]").first).to_be_visible(timeout=PROMPTLY)
    phone.offline(False)
    for page in (one, two):
        shows(page, "From one")
        shows(page, "From two")
    assert sorted(kept(board)) == ["From one", "From two"]


def test_a_double_click_posts_once(phone: Phone, board: Board) -> None:
    page = phone.tab()
    page.fill("#composer-text", IDEA)
    page.dblclick("#composer button[type=submit]")
    shows(page)
    assert kept(board) == [IDEA]


def test_back_and_forward_post_nothing_again(phone: Phone, board: Board) -> None:
    page = phone.tab()
    posts(page)
    shows(page)
    page.goto(f"{phone.address}/results")
    page.go_back()
    is_live(page)
    shows(page)
    page.reload()
    shows(page)
    assert kept(board) == [IDEA]


def test_a_server_that_starts_again_is_found_again_from_where_the_page_was(readers: Readers, tmp_path: Path) -> None:
    with house_in(tmp_path) as house:
        board = start_board(house)
        step = board.goes_to("write")
        context = readers.new("en")
        phone = Phone(context, board.guest("Quay office", "Dakar"), f"{house.url}/b/{board.id}")
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
        page = Phone(context, board.guest("Quay office", "Dakar"), f"{house.url}/b/{board.id}").tab()
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
        page = Phone(context, board.guest("Quay office", "Dakar"), f"{house.url}/b/{board.id}").tab()
        stopping = threading.Thread(target=house.closes)
        page.on("request", lambda asked: stopping.start() if asked.method == "POST" and not stopping.ident else None)
        posts(page)
        is_away(page)
        stopping.join()
        house.opens()
        shows(page)
        assert kept(board) == [IDEA]
        context.close()
