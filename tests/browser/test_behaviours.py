"""Voting, menu, stepping, clock, places, filter and what is announced."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import opened
from tests.browser.rig.drawn import keyed, morphed, note, now
from tests.browser.rig.server import Rig, until

pytestmark = pytest.mark.browser


def ballot(page: Page, rig: Rig) -> None:
    rig.draw |= {"ballot": True, "votes": '{"b1": {"choices": {"note:n1": 1}, "left": 2, "done": false}}'}
    rig.send({"refresh": True})
    expect(page.get_by_label("dots n1")).to_have_value("1")


def test_dots_keep_to_their_limits_and_are_sent_together(page: Page, rig: Rig) -> None:
    ballot(page, rig)
    expect(page.locator("#ballot-b1 [data-left]")).to_have_text("2 dots left")
    page.evaluate(
        """() => { const press = (label) => document.querySelector(`[aria-label="${label}"]`).click();
                   ['more n1', 'more n1', 'more n1', 'more n2', 'more n2'].forEach(press); }"""
    )
    expect(page.get_by_label("dots n1")).to_have_value("2")
    expect(page.locator("#ballot-b1 [data-left]")).to_have_text("0 dots left")
    expect(page.get_by_label("more n2")).to_have_attribute("aria-disabled", "true")
    until(lambda: rig.commands)
    sent = rig.commands[0]
    assert (sent["do"], sent["ballot"], sent["choices.note:n1"], sent["choices.note:n2"]) == (
        "ballot.cast",
        "b1",
        "2",
        "1",
    )
    page.wait_for_timeout(500)
    assert len(rig.commands) == 1


def test_taking_the_last_dot_away_retracts(page: Page, rig: Rig) -> None:
    ballot(page, rig)
    page.get_by_label("less n1").click()
    until(lambda: rig.commands)
    assert (rig.commands[0]["do"], "choices.note:n1" in rig.commands[0]) == ("ballot.retract", False)


def test_a_frame_does_not_undo_what_is_being_clicked(page: Page, rig: Rig) -> None:
    ballot(page, rig)
    page.route("**/commands", lambda route: None)
    page.get_by_label("more n1").click()
    rig.frame(morphed("here", '<p id="here">3 here</p>'))
    expect(page.locator("#here")).to_have_text("3 here")
    expect(page.get_by_label("dots n1")).to_have_value("2")


def test_refused_dots_go_back_to_what_the_board_has(page: Page, rig: Rig) -> None:
    ballot(page, rig)
    rig.answers = [(422, '<p class="refusal" role="alert" data-code="ballot-closed">The ballot is closed.</p>')]
    page.get_by_label("more n1").click()
    expect(page.locator("#vote-b1 [data-refusal]")).to_have_text("The ballot is closed.")
    expect(page.get_by_label("dots n1")).to_have_value("1")


def test_the_menu_offers_what_fits_the_note_and_gives_the_focus_back(page: Page, rig: Rig) -> None:
    rig.draw["mine"] = "n1"
    rig.draw["notes"] = [
        {"step": "s1", "html": note("n1", "mine")},
        {"step": "s1", "html": note("n2", "theirs", more="data-locked")},
    ]
    rig.send({"refresh": True})
    page.click("[aria-label='more n2']")
    expect(page.locator("#note-menu")).to_be_visible()
    expect(page.locator("#note-menu button:visible")).to_have_text(["Pin"])
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "more n2"
    page.click("[aria-label='more n1']")
    expect(page.locator("#note-menu button:visible")).to_have_text(["Edit", "Pin"])
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Pin"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#note-edit textarea")).to_have_value("mine")
    page.fill("#note-edit textarea", "changed")
    page.click("#note-edit button:has-text('Save')")
    expect(page.locator("#note-edit")).to_be_hidden()
    assert {name: rig.commands[0][name] for name in ("do", "note", "base", "text")} == {
        "do": "note.edit", "note": "n1", "base": "1", "text": "changed"
    }  # fmt: skip
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "more n1"


def test_a_step_change_turns_the_page_and_looking_back_is_possible(page: Page, rig: Rig) -> None:
    rig.frame(now("s2"))
    expect(page.locator("#section-s2")).to_be_visible()
    expect(page.locator("#section-s1")).to_be_hidden()
    expect(page.locator("[data-look=s2]")).to_have_attribute("aria-current", "step")
    assert page.title().startswith("Step s2 · Flip the Script")
    page.click("[data-look=s1]")
    expect(page.locator("#section-s1")).to_be_visible()
    page.click("#look-back")
    expect(page.locator("#section-s2")).to_be_visible()
    expect(page.locator("#look-back")).to_be_hidden()


def test_the_clock_follows_the_server_and_counts_past_the_end(page: Page, rig: Rig) -> None:
    rig.send({"head": 1, "now": time.time() + 3600})
    rig.frame(
        morphed(
            "timer",
            f'<p id="timer" class="clock" data-ends-at="{time.time() + 3600 + 61.5}" data-title="{{time}} left"></p>',
        )
    )
    expect(page.locator("#timer")).to_have_text("01:01")
    rig.frame(morphed("timer", f'<p id="timer" class="clock" data-ends-at="{time.time() + 3600 - 65}"></p>'))
    expect(page.locator("#timer")).to_have_text("+01:06")
    expect(page.locator("#timer")).to_have_attribute("data-state", "over")
    rig.frame(morphed("timer", '<p id="timer" class="clock" data-left="90"></p>'))
    expect(page.locator("#timer")).to_have_text("01:30")
    expect(page.locator("#timer")).to_have_attribute("data-state", "paused")


def test_news_is_announced_in_one_sentence(page: Page, rig: Rig) -> None:
    rig.frame(keyed("n1", note("n1", place="Dakar")) + keyed("n2", note("n2", place="Dakar")))
    rig.frame(keyed("n3", note("n3", place="Lyon")))
    expect(page.locator("#announcer")).to_have_text("3 new ideas, 2 from Dakar")


def test_places_are_listed_and_any_text_is_fine(page: Page, rig: Rig) -> None:
    page.locator("#place").press_sequentially("dak")
    expect(page.locator("#place-list [role=option]")).to_have_count(2)
    expect(page.locator("[data-places-status]")).to_have_text("2 places")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#place-list-0")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#place")).to_have_attribute("aria-activedescendant", "place-list-0")
    page.keyboard.press("Enter")
    assert [page.input_value(f"[name={name}]") for name in ("place", "place_id", "country")] == ["Dakar", "1", "SN"]
    page.keyboard.type(" region")
    assert [page.input_value(f"[name={name}]") for name in ("place", "place_id", "country")] == ["Dakar region", "", ""]


def test_the_filter_ignores_accents_and_case(page: Page, rig: Rig) -> None:
    rig.frame(keyed("n1", note("n1", "Économie", place="Lyon")) + keyed("n2", note("n2", "water", place="Dakar")))
    page.fill("[data-filter-text]", "eco")
    expect(page.locator("#note-n2")).to_be_hidden()
    expect(page.locator("[data-filter-count]")).to_have_text("1 of 2")
    rig.frame(keyed("n2", note("n2", "water again", place="Dakar")))
    expect(page.locator("#note-n2 .note-text")).to_have_text("water again")
    expect(page.locator("#note-n2")).to_be_hidden()
    page.fill("[data-filter-text]", "")
    expect(page.locator("#note-n2")).to_be_visible()
    page.select_option("[data-filter-place]", "Lyon")
    expect(page.locator("#note-n2")).to_be_hidden()


def test_the_counter_counts_what_a_person_counts(page: Page, rig: Rig) -> None:
    page.fill("#composer textarea", "👩‍👩‍👧 é नि")
    expect(page.locator("#composer-count")).to_have_text("5 / 20")
    page.fill("#composer textarea", "x" * 21)
    expect(page.locator("#composer-count")).to_have_attribute("data-full", "")


def test_everything_works_where_there_is_no_secure_context(page: Page, rig: Rig) -> None:
    page = page.context.new_page()
    page.add_init_script(
        "delete crypto.randomUUID; for (const name of ['locks', 'wakeLock', 'clipboard', 'serviceWorker']) "
        "Object.defineProperty(navigator, name, { value: undefined, configurable: true });"
        "delete Navigator.prototype.wakeLock;"
    )
    opened(page, rig)
    page.fill("#composer textarea", "over plain http")
    page.press("#composer textarea", "Enter")
    until(lambda: rig.commands)
    assert len(rig.commands[0]["id"]) == 36


def test_a_step_begins_at_its_top_and_keeps_the_focus_on_the_page(page: Page, rig: Rig) -> None:
    rig.draw["notes"] = [{"step": "s1", "html": note(f"n{n}", f"idea {n}", key=f"1{n:04d}")} for n in range(60)]
    rig.send({"refresh": True})
    page.focus("[aria-label='more n50']")
    assert page.evaluate("scrollY") > 0
    rig.frame(now("s2"))
    expect(page.locator("#section-s2 h1")).to_be_focused()
    assert page.evaluate("scrollY") == 0


def test_who_has_read_the_newer_text_may_save_over_it(page: Page, rig: Rig) -> None:
    rig.draw["mine"] = "n1"
    rig.draw["notes"] = [{"step": "s1", "html": note("n1", "mine")}]
    rig.send({"refresh": True})
    page.click("[aria-label='more n1']")
    page.click("#note-menu button:has-text('Edit')")
    rig.frame(keyed("n1", note("n1", "changed meanwhile").replace('data-text-seq="1"', 'data-text-seq="7"')))
    expect(page.locator("#note-n1 .note-text")).to_have_text("changed meanwhile")
    rig.answers = [(422, '<p class="refusal" role="alert" data-code="changed-since">It says: changed meanwhile</p>')]
    page.fill("#note-edit textarea", "mine after all")
    page.click("#note-edit button:has-text('Save')")
    expect(page.locator("#note-edit [data-refusal]")).to_have_text("It says: changed meanwhile")
    page.click("#note-edit button:has-text('Save')")
    expect(page.locator("#note-edit")).to_be_hidden()
    assert [(command["base"], command["text"]) for command in rig.commands] == [
        ("1", "mine after all"),
        ("7", "mine after all"),
    ]
    assert rig.commands[0]["id"] != rig.commands[1]["id"]
