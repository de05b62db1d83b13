"""Where no socket comes through: seven tabs leave each other connections, and versions are saved by their form."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hour.guests import start_board
from tests.browser.hour.house import House
from tests.faulty.proxy import Proxy, proxied

pytestmark = [pytest.mark.browser, pytest.mark.prove]
TABS, AT_ONCE, PROMPTLY = 7, 4, 20_000
# Pages under test are all visible to themselves: this one says otherwise when it is told to.
LOOKED_AT = "Object.defineProperty(document, 'hidden', { get: () => window.away === true });"


def looks_away(page: Page, away: bool) -> None:
    page.evaluate("away => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); }", away)


def streams(proxy: Proxy) -> int:
    return sum("/live?" in each.asked and not each.is_socket for each in proxy.connections)


def shows(page: Page, text: str) -> None:
    expect(page.locator("#steps .note:visible").filter(has_text=text)).to_have_count(1, timeout=PROMPTLY)


def test_seven_tabs_follow_by_a_stream_over_six_connections(chromium: Browser, flipchart: House) -> None:
    board = start_board(flipchart)
    step = board.goes_to("write")
    rosario = board.guest("Harbour desk", "Rosario")
    context = chromium.new_context(locale="en-GB", extra_http_headers={"Accept-Language": "en"})
    context.add_init_script(LOOKED_AT)
    with proxied(flipchart.port) as proxy:
        proxy.faults.upgrade = "403"
        context.add_cookies([{**each, "url": proxy.url} for each in board.guest("Quay office", "Dakar").cookies])
        tabs: list[Page] = []
        for _ in range(TABS):
            if tabs:
                looks_away(tabs[-1], True)
            tabs.append(context.new_page())
            tabs[-1].goto(f"{proxy.url}/b/{board.id}")
            expect(tabs[-1].locator("#link[data-state=around]")).to_be_attached(timeout=PROMPTLY)
        assert streams(proxy) <= AT_ONCE
        tabs[-1].fill("#composer-text", "From the seventh tab")
        tabs[-1].press("#composer-text", "Enter")
        rosario.writes("From Rosario", step=step)
        for text in ("From the seventh tab", "From Rosario"):
            shows(tabs[-1], text)
        looks_away(tabs[-1], True)
        looks_away(tabs[0], False)
        shows(tabs[0], "From Rosario")
        assert streams(proxy) <= AT_ONCE + 1
        context.close()


def test_where_the_word_on_deflating_gets_lost_the_page_goes_round(chromium: Browser, flipchart: House) -> None:
    board = start_board(flipchart)
    step = board.goes_to("write")
    rosario = board.guest("Harbour desk", "Rosario")
    context = chromium.new_context(locale="en-GB", extra_http_headers={"Accept-Language": "en"})
    with proxied(flipchart.port) as proxy:
        proxy.faults.upgrade = "mangle"
        context.add_cookies([{**each, "url": proxy.url} for each in board.guest("Quay office", "Dakar").cookies])
        page = context.new_page()
        page.goto(f"{proxy.url}/b/{board.id}")
        rosario.writes("A frame that is deflated and that the browser takes for a broken one", step=step)
        expect(page.locator("#link[data-state=around]")).to_be_attached(timeout=PROMPTLY)
        rosario.writes("From Rosario", step=step)
        shows(page, "From Rosario")
        context.close()


def test_where_no_pen_comes_through_a_version_is_saved_by_its_form(chromium: Browser, flipchart: House) -> None:
    board = start_board(flipchart)
    step = board.facilitator.asks("agenda.add", kind="headline", title={"en": "Headlines"}, minutes=9)["made"]["step"]
    board.facilitator.asks("agenda.go", step=step)
    headline = board.facilitator.asks("headline.add", text="A city that breathes", language="en")["made"]["headline"]
    context = chromium.new_context(locale="en-GB", extra_http_headers={"Accept-Language": "en"})
    with proxied(flipchart.port) as proxy:
        proxy.faults.upgrade = "426"
        context.add_cookies([{**each, "url": proxy.url} for each in board.guest("Quay office", "Dakar").cookies])
        page = context.new_page()
        page.goto(f"{proxy.url}/b/{board.id}")
        expect(page.locator("#link[data-state=around]")).to_be_attached(timeout=PROMPTLY)
        page.locator(f"#version-edit-{headline}-en > summary").click()
        page.fill(f"#version-{headline}-en", "A city that listens")
        expect(page.locator(f"#pen-{headline}-en")).to_have_text(
            "Writing together does not get through this network. Write here, and press Save."
        )
        page.locator(f"#version-form-{headline}-en").get_by_role("button", name="Save").click()
        expect(page.locator(f"#version-edit-{headline}-en .version-text")).to_have_text("A city that listens")
        assert board.facilitator.sees()["headlines"][0]["versions"][0]["text"] == "A city that listens"
        context.close()
