"""A phone under fingers and with large letters: notes are scrolled over and carried into themes, and nothing is cut."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.hour.guests import Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.judging import cut_off
from tests.browser.hour.looking import NARROWEST, PHONE

pytestmark = pytest.mark.browser
TWICE = {"standard": 32, "fixed": 26}
# What stands in the bar, and what overlaps there.
OVERLAPPING = """() => {
  const boxes = [...document.querySelectorAll('.steps, #link, #timer, #here, #me > summary')]
    .filter((e) => e.checkVisibility()).map((e) => [e.id || e.className, e.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
    .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
    .map(([other]) => `${one} and ${other}`));
}"""


@contextmanager
def _phone(chromium: Browser, address: str, who: Guest) -> Iterator[tuple[Page, CDPSession]]:
    """Somebody's page on a device that is touched, and what touches it."""
    context = chromium.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True, locale="fr"
    )
    context.set_default_timeout(20_000)
    context.add_cookies(who.cookies)
    page = context.new_page()
    try:
        page.goto(address)
        page.wait_for_selector("html[data-link=online]", state="attached")
        yield page, context.new_cdp_session(page)
    finally:
        context.close()


def _touches(cdp: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})


def _middle(page: Page, what: str) -> tuple[float, float]:
    box = page.locator(what).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_G26_a_finger_scrolls_over_notes_and_carries_one_into_a_theme(chromium: Browser, flipchart: House) -> None:
    board = start_board(flipchart, language="fr", template="brainstorm-and-vote")
    step, dakar = board.goes_to("write"), board.guest("Quai", "Dakar")
    notes = [dakar.writes(f"Plus d’arbres, {n}", step=step) for n in range(12)]
    step = board.goes_to("group")
    theme = dakar.asks("theme.add", step=step, title="Le vert")["made"]["theme"]
    with _phone(chromium, f"{flipchart.url}/b/{board.id}", dakar) as (page, cdp):
        page.wait_for_selector(f"#loose-{step}[data-local-ready]")
        page.locator(f"#theme-{theme}").evaluate("(head) => head.scrollIntoView()")
        x, y = _middle(page, f"#grouped-note-{notes[1]} .note-text")
        _touches(cdp, "touchStart", (x, y))
        page.wait_for_selector(f"#grouped-note-{notes[1]}.sortable-chosen")
        there = _middle(page, f"#theme-{theme}")
        for part in range(1, 11):
            _touches(cdp, "touchMove", (x + (there[0] - x) * part / 10, y + (there[1] - y) * part / 10))
        expect(page.locator(f"#theme-{theme}[data-local-onto]")).to_be_visible()
        _touches(cdp, "touchEnd")
        expect(page.locator(f"#theme-{theme} + #grouped-note-{notes[1]}")).to_be_visible()
        page.tap(f"#grouped-note-{notes[2]} [data-open]")
        page.locator(f"#group-one-into-{step}").select_option(theme)
        page.tap("dialog[open] [type=submit]")
        expect(page.locator(f"#grouped-{step} > .grouped")).to_have_count(2)
        before = page.evaluate("scrollY")
        x, y = _middle(page, f"#grouped-note-{notes[3]} .note-text")
        _touches(cdp, "touchStart", (x, y))
        for up in range(20, 220, 20):
            _touches(cdp, "touchMove", (x, y - up))
        _touches(cdp, "touchEnd")
        page.wait_for_function("(before) => scrollY > before + 60", arg=before)
        expect(page.locator(".sortable-chosen, .drag-place")).to_have_count(0)
        assert [note["id"] for note in dakar.sees()["notes"] if note["theme"]] == notes[1:3]
        cdp.send("Page.setFontSizes", {"fontSizes": TWICE})
        for kind in ("group", "write", "vote"):
            if kind != "group":
                board.goes_to(kind)
                page.wait_for_selector(f"#now[data-kind={kind}]", state="attached")
            if kind == "vote":
                ballot = board.ballot(*notes[4:], per_candidate=2)
                page.wait_for_selector(f"#cast-{ballot} .dots[data-ready]")
            page.wait_for_function("parseFloat(getComputedStyle(document.documentElement).fontSize) === 32")
            assert [*cut_off(page, (PHONE, NARROWEST)), *page.evaluate(OVERLAPPING)] == [], kind
