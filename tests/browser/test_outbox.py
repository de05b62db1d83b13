"""What a person sends is sent once: never twice, never zero times, and never away when it is refused."""

import asyncio

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import opened
from tests.browser.rig.drawn import keyed, note
from tests.browser.rig.server import Rig, until

pytestmark = pytest.mark.browser

REFUSED = '<p class="refusal" role="alert" data-code="too-long" data-field="text">That is too long.</p>'
SLOWLY = '<p class="refusal" role="alert" data-code="slow-down" data-seconds="1">Slow down.</p>'


def post(page: Page, text: str) -> None:
    page.fill("#composer textarea", text)
    page.press("#composer textarea", "Enter")


def stored(page: Page) -> int:
    return int(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('flipchart:x:p1:')).length"))


def test_enter_posts_and_shift_enter_does_not(page: Page, rig: Rig) -> None:
    page.fill("#composer textarea", "one")
    page.press("#composer textarea", "Shift+Enter")
    page.keyboard.type("two")
    page.press("#composer textarea", "Enter")
    until(lambda: rig.commands)
    assert rig.commands[0]["text"].replace("\r", "") == "one\ntwo"
    assert rig.commands[0]["do"] == "note.add"
    expect(page.locator("#composer textarea")).to_have_value("")


def test_a_double_click_sends_once(page: Page, rig: Rig) -> None:
    page.fill("#composer textarea", "once")
    page.dblclick("#composer button")
    page.dblclick("#rename button")
    until(lambda: len(rig.commands) >= 2)
    page.wait_for_timeout(500)
    assert [command["do"] for command in rig.commands].count("note.add") == 1


def test_a_double_click_on_a_slow_line_sends_once(page: Page, rig: Rig) -> None:
    assert rig.loop is not None
    rig.held = asyncio.Event()
    page.dblclick("#rename button")
    until(lambda: rig.commands)
    page.wait_for_timeout(300)
    rig.loop.call_soon_threadsafe(rig.held.set)
    assert len(rig.commands) == 1


@pytest.mark.parametrize(("status", "html"), [(503, ""), (500, ""), (429, SLOWLY)])
def test_an_unknown_outcome_sends_the_same_id_again(page: Page, rig: Rig, status: int, html: str) -> None:
    rig.answers = [(status, html)]
    post(page, "again")
    until(lambda: len(rig.commands) == 2)
    assert rig.commands[0] == rig.commands[1]
    until(lambda: stored(page) == 0)


def test_what_is_typed_offline_survives_a_reload_is_shown_and_is_sent_once_in_order(page: Page, rig: Rig) -> None:
    context = page.context
    page.route("**/commands", lambda route: route.abort())
    post(page, "first")
    post(page, "second")
    expect(page.locator("#unsent li")).to_have_count(2)
    expect(page.locator("#unsent")).to_contain_text("Not sent yet")
    page.close()
    page = opened(context.new_page(), rig)
    until(lambda: len(rig.commands) == 2)
    assert [command["text"] for command in rig.commands] == ["first", "second"]
    expect(page.locator("#unsent")).to_be_hidden()
    page.wait_for_timeout(500)
    assert (len(rig.commands), stored(page)) == (2, 0)


@pytest.mark.parametrize("has_locks", [True, False])
def test_two_tabs_send_each_command_once(rig: Rig, context: BrowserContext, has_locks: bool) -> None:
    if not has_locks:
        context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    one, two = context.new_page(), context.new_page()
    for page in (one, two):
        page.route("**/commands", lambda route: route.abort())
        opened(page, rig)
    post(one, "from one")
    post(two, "from two")
    for page in (one, two):
        page.unroute("**/commands")
    until(lambda: len(rig.commands) >= 2, 20)
    until(lambda: stored(one) == 0)
    one.wait_for_timeout(500)
    assert len({command["id"] for command in rig.commands}) == 2
    assert sorted(command["text"] for command in rig.commands) == ["from one", "from two"]


def test_a_refused_note_goes_back_to_the_composer_with_the_sentence(page: Page, rig: Rig) -> None:
    rig.answers = [(422, REFUSED)]
    post(page, "far too long")
    expect(page.locator("#composer-refusal")).to_have_text("That is too long.")
    expect(page.locator("#composer textarea")).to_have_value("far too long")
    expect(page.locator("#composer textarea")).to_have_attribute("aria-invalid", "true")
    assert stored(page) == 0
    post(page, "shorter")
    until(lambda: len(rig.commands) == 2)
    assert rig.commands[0]["id"] != rig.commands[1]["id"]
    expect(page.locator("#composer-refusal")).to_be_empty()


def test_a_refused_note_waits_beside_other_words(page: Page, rig: Rig) -> None:
    assert rig.loop is not None
    rig.held = asyncio.Event()
    rig.answers = [(422, REFUSED)]
    post(page, "refused")
    page.fill("#composer textarea", "other words")
    rig.loop.call_soon_threadsafe(rig.held.set)
    expect(page.locator("#unsent li")).to_contain_text("That is too long.")
    expect(page.locator("#composer textarea")).to_have_value("other words")
    page.fill("#composer textarea", "")
    page.click("#unsent [data-put-back]")
    expect(page.locator("#composer textarea")).to_have_value("refused")
    expect(page.locator("#unsent")).to_be_hidden()


def test_a_refused_note_can_be_discarded(page: Page, rig: Rig) -> None:
    assert rig.loop is not None
    rig.held = asyncio.Event()
    rig.answers = [(422, REFUSED)]
    post(page, "refused")
    page.fill("#composer textarea", "other words")
    rig.loop.call_soon_threadsafe(rig.held.set)
    page.click("#unsent [data-discard]")
    expect(page.locator("#unsent")).to_be_hidden()
    assert stored(page) == 0


def test_a_refusal_stands_in_the_form_that_asked(page: Page, rig: Rig) -> None:
    rig.answers = [(422, REFUSED.replace('"text"', '"title"'))]
    page.click("#rename button")
    expect(page.locator("#rename [data-refusal]")).to_have_text("That is too long.")
    expect(page.locator("#rename [name=title]")).to_have_attribute("aria-invalid", "true")
    page.fill("#rename [name=title]", "New")
    expect(page.locator("#rename [data-refusal]")).to_be_empty()


def test_a_refusal_without_a_place_is_a_toast(page: Page, rig: Rig) -> None:
    rig.frame(keyed("n1", note("n1")))
    rig.answers = [(422, REFUSED)]
    page.click("[aria-label='more n1']")
    page.click("#note-menu button:has-text('Pin')")
    expect(page.locator("#toasts")).to_have_text("That is too long.")


def test_a_reaction_shows_at_once_and_stands_until_it_is_mine(page: Page, rig: Rig) -> None:
    rig.frame(keyed("n1", note("n1")))
    heart = page.locator("#note-n1 [data-react]")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    until(lambda: rig.commands)
    assert {name: rig.commands[0][name] for name in ("do", "note", "emoji", "on")} == {
        "do": "note.react", "note": "n1", "emoji": "♥", "on": "true"
    }  # fmt: skip
    rig.draw["reactions"] = '{"n1": ["♥"]}'
    rig.send({"refresh": True})
    rig.frame(keyed("n1", note("n1", "drawn again")))
    expect(page.locator("#note-n1 .note-text")).to_have_text("drawn again")
    expect(heart).to_have_attribute("aria-pressed", "true")
