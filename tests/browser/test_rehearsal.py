"""A facilitator rehearses: copies the board, sends for simulated participants, moderates, has them vote, and clears."""

import re
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, expect

from app.rehearsal.company import rude_lines
from app.rehearsal.script import LANGUAGES
from tests.browser.hour.guests import start_board
from tests.browser.hour.house import house_in
from tests.browser.hour.looking import DESK
from tests.browser.hour.people import Facilitator, seated_at

pytestmark = pytest.mark.browser

RUDE = re.compile("|".join(re.escape(line.text) for language in LANGUAGES for line in rude_lines(language)))


def test_a_facilitator_rehearses_on_a_copy(chromium: Browser, tmp_path: Path) -> None:
    with house_in(tmp_path) as house:
        board = start_board(house)
        host = cast(Facilitator, seated_at(chromium, Facilitator, "rehearsing", language="en", size=DESK))
        host.opens(board.links["facilitator_url"])
        host.presses("Take the facilitator’s seat")
        host.is_live()
        goes_to_a_copy(host, board.id)
        sees_ideas_and_places_arrive(host)
        hides_the_rude_one(host)
        has_them_vote(host)
        clears_the_board(host)
        assert host.watch.complaints == []
        assert board.facilitator.sees()["notes"] == []
        host.context.close()


def goes_to_a_copy(host: Facilitator, board: str) -> None:
    host.unfolds("fold-rehearsal")
    host.presses("Rehearse on a copy")
    host.is_live()
    expect(host.page.locator(".rehearsal-mark").filter(visible=True)).to_contain_text("Nothing here counts.")
    assert not host.page.url.endswith(board)
    host.page.locator("#run .agenda-step").filter(has_text="Common messages").click()
    expect(host.page.locator("#composer")).to_be_visible()


def sees_ideas_and_places_arrive(host: Facilitator) -> None:
    host.page.get_by_label("How many people").filter(visible=True).fill("5")
    host.page.get_by_label("How busy").select_option("rush")
    host.page.get_by_label("For how many minutes").fill("1")
    host.presses("Start the rehearsal")
    host.is_live()
    expect(host.page.locator("#rehearsal [role=status]")).to_contain_text("simulated participants are here")
    notes = host.page.locator("#steps .note:visible")
    expect(notes.nth(2)).to_be_visible()
    expect(host.page.locator("#people .people li").nth(3)).to_be_attached()
    host.takes_a_picture("1-notes")


def hides_the_rude_one(host: Facilitator) -> None:
    rude = host.page.locator("#steps .note:visible").filter(has_text=RUDE).first
    expect(rude).to_be_visible()
    words = RUDE.search(rude.inner_text())
    assert words is not None
    host.in_menu(words[0], "Hide")
    expect(host.note(words[0])).to_have_attribute("data-state", "hidden")


def has_them_vote(host: Facilitator) -> None:
    host.unfolds("fold-step").get_by_role("button", name="Open a vote in this step").click()
    dialog = host.page.locator("#ballot-open")
    for nth in range(3):
        dialog.get_by_role("checkbox").nth(nth).check()
    dialog.get_by_text("Other rules").click()
    dialog.get_by_label("Results show while people vote.").check()
    dialog.get_by_role("button", name="Open the vote").click()
    expect(
        host.page.locator(".ballot .result-count:visible").filter(has_text=re.compile("[1-9]")).first
    ).to_be_visible()
    host.takes_a_picture("2-votes")


def clears_the_board(host: Facilitator) -> None:
    host.presses("Clear all but the agenda")
    expect(host.page.locator("#steps .note")).to_have_count(0)
    expect(host.page.locator(".ballot")).to_have_count(0)
    expect(host.page.locator("#rehearsal").get_by_role("button", name="Start the rehearsal")).to_be_visible()
    host.takes_a_picture("3-cleared")
