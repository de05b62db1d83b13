"""Where a proxy lets no socket through, a page follows by an event stream, and nobody need know."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import start_board
from tests.browser.hour.house import House
from tests.faulty.proxy import Proxy, proxied

pytestmark = pytest.mark.browser
PROMPTLY = 10_000


def follows(page: Page) -> None:
    """By the stream."""
    expect(page.locator("#link[data-state=around]")).to_be_attached(timeout=PROMPTLY)
    page.wait_for_selector("html[data-link=online]", state="attached", timeout=PROMPTLY)


def shows(page: Page, text: str) -> None:
    expect(page.locator("#steps .note:visible").filter(has_text=text)).to_have_count(1, timeout=PROMPTLY)


def streams(proxy: Proxy) -> int:
    return sum(1 for each in proxy.connections if "/live?" in each.asked and not each.is_socket)


def test_who_no_socket_comes_through_to_joins_writes_reads_comes_back_and_is_removed(
    readers: Readers, flipchart: House
) -> None:
    board = start_board(flipchart)
    step = board.goes_to("write")
    rosario = board.guest("Harbour desk", "Rosario")
    context = readers.new("fr")
    with proxied(flipchart.port) as proxy:
        proxy.faults.upgrade = "403"
        page = context.new_page()
        page.goto(board.links["join_url"].replace(flipchart.url, proxy.url))
        page.fill("input[name=name]", "Guichet du port")
        page.fill("input[name=place]", "Quelque port")
        page.get_by_role("button", name="Rejoindre le tableau").click()
        follows(page)
        page.evaluate("document.documentElement.dataset.same = 'yes'")
        expect(page.locator("#link")).to_contain_text("Connecté autrement")

        page.fill("#composer-text", "Une mairie aux portes ouvertes")
        page.press("#composer-text", "Enter")
        shows(page, "Une mairie aux portes ouvertes")
        rosario.writes("Que cada barrio escriba", step=step)
        shows(page, "Que cada barrio escriba")

        proxy.reset()
        rosario.writes("Mientras tanto", step=step)
        shows(page, "Mientras tanto")
        follows(page)
        expect(page.locator("html")).to_have_attribute("data-same", "yes")
        assert streams(proxy) == 1

        page.reload()
        follows(page)
        person = page.get_attribute("#board", "data-person")
        board.facilitator.asks("person.remove", person=person)
        expect(page.locator("#apart-title")).to_be_visible(timeout=PROMPTLY)
    context.close()
