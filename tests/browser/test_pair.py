"""Two servers on one database: whoever is at one sees within moments what was done at the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.pair import Pair, pair_in

pytestmark = pytest.mark.browser

# The time of two servers, a page and a busy machine; how soon the other server hears is proved by itself.
SOON = 5_000


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with pair_in(tmp_path) as pair:
        yield pair


def sits(readers: Readers, guest: Guest, at: House) -> Page:
    """A page that knows the one server only."""
    context = readers.new("en")
    context.add_cookies([{**each, "url": at.url} for each in guest.cookies])
    page = context.new_page()
    page.goto(f"{at.url}/b/{guest.board}")
    page.wait_for_selector("html[data-link=online]", state="attached")
    return page


def reads(page: Page, text: str, within: float = SOON) -> None:
    expect(page.locator("#steps .note:visible").filter(has_text=text)).to_have_count(1, timeout=within)


def test_people_at_two_servers_write_see_each_other_vote_and_are_removed(readers: Readers, pair: Pair) -> None:
    board = start_board(pair)
    board.goes_to("write")
    lyon, dakar = board.guest("Quay office", "Lyon"), board.guest("Harbour desk", "Dakar")
    first, second = sits(readers, lyon, pair.houses[0]), sits(readers, dakar, pair.houses[1])
    for page, other, text in ((first, second, "A bench under each tree"), (second, first, "Every street a garden")):
        page.fill("#composer-text", text)
        page.press("#composer-text", "Enter")
        reads(other, text)
        reads(page, text)
    for page in (first, second):
        expect(page.locator("#here")).to_contain_text("2")
    notes = [str(note["id"]) for note in board.facilitator.sees()["notes"]]
    ballot = board.ballot(*notes)
    for guest, note in ((lyon, notes[0]), (dakar, notes[1])):
        guest.casts(ballot, **{note: 1})
    board.facilitator.asks("ballot.close", ballot=ballot)
    for page in (first, second):
        expect(page.locator(f"#ballot-{ballot} .tally")).to_contain_text(["1", "1"])
    for guest, page in ((dakar, second), (lyon, first)):
        board.facilitator.asks("person.remove", person=guest.person)
        expect(page.get_by_role("heading", name="You no longer have a seat here")).to_be_visible(timeout=SOON)
        page.context.close()
