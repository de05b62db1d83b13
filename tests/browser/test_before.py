"""A start as browsers see it: typed in one's own zone, told in one's own, counted down, and gone once it has begun."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Readers
from tests.browser.hour.before import starts, stays
from tests.browser.hour.guests import start_board
from tests.browser.hour.house import House

pytestmark = pytest.mark.browser


@pytest.fixture
def window(readers: Readers) -> Page:
    """Somebody in Paris who reads English."""
    page = readers.page("en")
    page.context.clear_cookies()
    return page


def test_the_zone_of_this_device_is_chosen_already_and_the_start_is_kept_in_it(window: Page, flipchart: House) -> None:
    window.goto(f"{flipchart.url}/?language=en")
    expect(window.locator("#start-zone")).to_have_value("Europe/Paris")
    day = datetime.fromtimestamp(flipchart.clock(), UTC) + timedelta(days=3)
    window.fill("#title", "Our streets")
    window.fill("#start-date", day.strftime("%Y-%m-%d"))
    window.fill("#start-time", "17:30")
    window.click("button[type=submit].wide")
    expect(window.locator(".start-when")).to_contain_text("17:30 (Paris)")
    expect(window.locator("[data-start-here]").first).to_be_hidden()


def test_the_door_counts_down_and_tells_the_time_where_one_is(window: Page, flipchart: House) -> None:
    board = starts(flipchart, "en", within=30 * 60, zone="America/Bogota")
    window.goto(f"{board.links['join_url']}?language=en")
    expect(window.locator(".start-left")).to_have_text(re.compile(r"^Starts in (30:00|29:\d\d)$"))
    expect(window.locator("[data-start-here]").first).to_contain_text("where you are")
    expect(window.locator("[data-start-here]").first).to_be_visible()
    before = window.locator(".start-left").inner_text()
    expect(window.locator(".start-left")).not_to_have_text(before)


def test_who_waits_on_the_board_sees_the_countdown_go_when_the_session_begins(window: Page, flipchart: House) -> None:
    board = starts(flipchart, "en", within=-60)
    guest = board.guest("Quay office", "Dakar", place_id="2253354")
    window.context.add_cookies(guest.cookies)
    window.goto(f"{flipchart.url}/b/{board.id}")
    expect(window.locator(".start-left")).to_have_text("We begin in a moment")
    expect(window.locator("#country-SN")).to_contain_text("Dakar")
    board.facilitator.asks("agenda.go", step=board.steps[0]["id"])
    expect(window.locator("#start")).to_be_hidden()


def test_places_appear_on_the_page_as_people_join(window: Page, flipchart: House) -> None:
    board = start_board(flipchart)
    window.context.add_cookies(board.guest("Quay office", "Dakar", place_id="2253354").cookies)
    window.goto(f"{flipchart.url}/b/{board.id}")
    expect(window.locator(".gathered-count")).to_contain_text("1 place")
    quito = stays(board.guest("Harbour desk", "Quito", place_id="3652462"))
    expect(window.locator("#country-EC")).to_contain_text("Quito")
    expect(window.locator(".gathered-newest bdi").first).to_have_text("Quito")
    expect(window.locator("#countries > li")).to_have_count(2)
    quito.close()
    expect(window.locator("#country-EC")).to_have_count(0)
