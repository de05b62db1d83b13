"""Lines break and tabs are closed: what was typed is kept and sent once, and nobody is disturbed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import Board, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import leaves
from tests.browser.hour.phone import IDEA, PROMPTLY, Phone, dakars, is_live, kept, posts, says_unsent, shows
from tests.browser.rig.clock import stands_still

pytestmark = pytest.mark.browser


@pytest.fixture
def board(flipchart: House) -> Board:
    """A board in its first writing step."""
    board = start_board(flipchart)
    board.goes_to("write")
    return board


@pytest.fixture(scope="module")
def used(readers: Readers) -> Iterator[BrowserContext]:
    """A browser that has fetched the scripts before."""
    context = readers.new("en")
    yield context
    context.close()


@pytest.fixture
def phone(used: BrowserContext, board: Board) -> Iterator[Phone]:
    """Dakar's; whoever has it next finds nothing of theirs."""
    used.clear_cookies()
    yield dakars(used, board)
    used.set_offline(False)
    first, *others = used.pages
    for page in others:
        page.close()
    leaves(first)


def test_a_note_written_offline_is_shown_as_unsent_within_two_seconds_and_sent_once(
    readers: Readers, board: Board
) -> None:
    context = readers.new("en")
    context.clock.install()
    phone = dakars(context, board)
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
    context.close()


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
