"""Being called back, keys, the order of notes, and what is pasted by mistake."""

import time

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Readers, opened
from tests.browser.hour.guests import start_board
from tests.browser.hour.house import House
from tests.browser.rig.drawn import keyed, morphed, note, now
from tests.browser.rig.server import Rig, until

pytestmark = pytest.mark.browser

# What a device would have felt and heard, and a person who looks elsewhere.
ELSEWHERE = """
  document.felt = []; document.elsewhere = true;
  document.hasFocus = () => !document.elsewhere;
  navigator.vibrate = (pattern) => document.felt.push("vibration");
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) { document.felt.push("sound"); return start.call(this, at); };
"""
RETURNED = '<section id="own"><article class="note" id="own-note-n9" data-state="returned"></article></section>'


def said(words: str) -> str:
    return morphed("announcement", f'<div id="announcement"><p dir="auto">{words}</p></div>')


def felt(page: Page) -> list[str]:
    """What was felt and heard since the last time."""
    heard: list[str] = page.evaluate("document.felt.splice(0)")
    return heard


def test_who_looks_elsewhere_is_called_back_in_the_ways_they_chose(context: BrowserContext, rig: Rig) -> None:
    page = context.new_page()
    page.add_init_script(ELSEWHERE)
    opened(page, rig)
    page.click("h1 >> visible=true")
    called = [now("s2"), said("Five minutes more"), morphed("own", RETURNED)]
    for content in called:
        rig.frame(content)
        until(lambda: page.evaluate("document.felt.length") == 3)
        assert sorted(felt(page)) == ["sound", "sound", "vibration"]
        until(lambda: page.title().startswith("● "))
    rig.frame(morphed("here", '<p id="here">3 here</p>'))
    expect(page.locator("#here")).to_have_text("3 here")
    assert (felt(page), page.title()[:2]) == ([], "● ")
    page.evaluate("document.elsewhere = false; dispatchEvent(new Event('focus'))")
    assert page.title().startswith("Step s2")
    rig.frame(said("Seen at once"))
    expect(page.locator("#announcement")).to_have_text("Seen at once")
    assert (felt(page), page.title()[:4]) == ([], "Step")
    for way in ("title", "sound"):
        page.uncheck(f"[data-call={way}]")
    opened(page, rig)
    rig.frame(said("Once more"))
    until(lambda: page.evaluate("document.felt.length"))
    assert (felt(page), page.title()[:2]) == (["vibration"], "St")


def test_keys_act_on_notes_and_never_on_who_types_or_has_switched_them_off(page: Page, rig: Rig) -> None:
    rig.frame("".join(keyed(f"n{n}", note(f"n{n}", key=f"1{n}")) for n in (1, 2)))
    expect(page.locator("#note-n2")).to_be_visible()
    keys = page.keyboard
    for key, focused in (("j", "note-n1"), ("j", "note-n2"), ("j", "note-n2"), ("k", "note-n1")):
        keys.press(key)
        expect(page.locator(f"#{focused}")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#note-menu")).to_be_visible()
    keys.press("Escape")
    for chord in ("Control+n", "Alt+n", "Meta+n"):
        keys.press(chord)
    expect(page.locator("#composer textarea")).not_to_be_focused()
    keys.press("n")
    keys.type("njk?p")
    expect(page.locator("#composer textarea")).to_have_value("njk?p")
    page.locator("#composer textarea").blur()
    keys.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.uncheck("[data-shortcuts-on]")
    page.click("#keys button")
    keys.press("n")
    keys.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    expect(page.locator("#composer textarea")).not_to_be_focused()


def test_notes_stand_in_the_order_that_a_reader_chose_also_those_that_come(page: Page, rig: Rig) -> None:
    def hearts(n: int) -> str:
        return f'<span class="heart">{n}</span>'

    def order() -> list[str]:
        return [text.strip() for text in page.locator("#wall-s1 .note-text").all_text_contents()]

    rig.frame("".join(keyed(f"n{n}", note(f"n{n}", f"{n}", key=f"1{n}", inside=hearts(n % 3))) for n in (1, 2, 3)))
    expect(page.locator("#note-n3")).to_be_visible()
    page.select_option("[name=order]", "newest")
    assert order() == ["3", "2", "1"]
    rig.frame(keyed("n4", note("n4", "4", key="14")) + keyed("n0", note("n0", "0", key="0", more="data-pinned")))
    expect(page.locator("#note-n4")).to_be_visible()
    assert order() == ["0", "4", "3", "2", "1"]
    page.select_option("[name=order]", "reactions")
    assert order() == ["0", "2", "1", "3", "4"]
    opened(page, rig)
    expect(page.locator("[name=order]")).to_have_value("reactions")
    page.select_option("[name=order]", "oldest")
    rig.frame(keyed("n6", note("n6", "6", key="16")) + keyed("n5", note("n5", "5", key="15")))
    expect(page.locator("#note-n5")).to_be_visible()
    assert order() == ["5", "6"]


def test_fifty_thousand_letters_without_a_space_stop_nothing(readers: Readers, flipchart: House) -> None:
    board = start_board(flipchart)
    board.goes_to("write")
    context = readers.new("en")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=flipchart.url)
    context.add_cookies(board.guest("Quay office", "Dakar").cookies)
    page = context.new_page()
    page.goto(f"{flipchart.url}/b/{board.id}")
    page.evaluate("navigator.clipboard.writeText('م'.repeat(50_000))")
    page.focus("#composer-text")
    began = time.monotonic()
    page.keyboard.press("Control+V")
    page.keyboard.press("Enter")
    expect(page.locator("#composer-refusal .refusal")).to_be_visible()
    assert len(page.input_value("#composer-text")) == 50_000
    # Broken into lines, they took a quarter of a minute.
    assert time.monotonic() - began < 5
    context.close()


def test_a_facilitator_runs_the_session_from_a_phone_with_one_thumb(readers: Readers, flipchart: House) -> None:
    board = start_board(flipchart)
    step, dakar = board.goes_to("write"), board.guest("Quay office", "Dakar")
    board.facilitator.writes("Markets", step=step)
    board.facilitator.asks("step.settings", step=step, approve_first=True)
    dakar.writes("Doors open outwards", step=step)
    dakar.asks("hand", up=True)
    context = readers.new("en")
    context.add_cookies(board.facilitator.cookies)
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{flipchart.url}/b/{board.id}?remote")
    page.wait_for_selector("html[data-link=online]", state="attached")

    def presses(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).and_(page.locator(":visible")).first.click()

    for name in ("Next step", "Back to the step before", "Pause the timer", "+1 min", "Panic: hide all notes"):
        box = page.locator("#run").get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, name
        assert box["y"] > 844 / 2, name
    presses("Lower")
    expect(page.locator("#hands")).to_be_hidden()
    presses("Publish")
    expect(page.locator(".queued")).to_have_count(0)
    page.get_by_label("Your announcement to everybody").fill("Two minutes more")
    presses("Announce")
    expect(page.locator("#announcement")).to_contain_text("Two minutes more")
    presses("Panic: hide all notes")
    presses("Show the notes again")
    presses("Pause the timer")
    presses("Start the timer")
    ends = page.locator("#timer").get_attribute("data-ends-at")
    presses("+1 min")
    expect(page.locator("#timer")).not_to_have_attribute("data-ends-at", ends or "")
    presses("Next step")
    expect(page.locator("#now")).not_to_have_attribute("data-step", step)
    presses("Back to the step before")
    expect(page.locator("#now")).to_have_attribute("data-step", step)
    board.goes_to("vote")
    presses("Open the vote")
    for text in ("Doors open outwards", "Markets"):
        page.locator("#ballot-open").get_by_role("checkbox", name=text).check()
    page.locator("#ballot-open button[type=submit]").click()
    presses("Close the vote")
    expect(page.locator("#next-act").get_by_role("button", name="Next step")).to_be_visible()
    context.close()
