"""Grouping by keyboard alone: several notes at once, one by its dialog, and what everybody then sees."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import Look, opened

pytestmark = pytest.mark.browser


def test_a_person_groups_notes_without_a_mouse(readers: Readers, flipchart: House) -> None:
    board = start_board(flipchart, language="en", template="brainstorm-and-vote")
    step, dakar = board.goes_to("write"), board.guest("Quay office", "Dakar")
    first, second, third = [dakar.writes(text, step=step) for text in ("More trees", "More shade", "More benches")]
    step = board.goes_to("group")
    page = readers.page("en")
    with opened(page, flipchart.url, Look(path=f"/b/{board.id}", who=dakar), "en"):
        page.focus(f"#theme-new-title-{step}")
        page.keyboard.type("Green")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Green")).to_be_visible()
        for note in (first, second):
            page.focus(f"#grouped-note-{note} input")
            page.keyboard.press("Space")
        expect(page.get_by_text("2 notes chosen")).to_be_visible()
        page.focus(f"#group-into-{step}")
        page.keyboard.type("Green")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(f"#group-form-{step}")).to_be_hidden()
        page.focus(f"#grouped-note-{third} [data-open]")
        page.keyboard.press("Enter")
        page.focus(f"#group-one-into-{step}")
        page.keyboard.type("Green")
        page.locator("dialog[open] [type=submit]").press("Enter")
        expect(page.get_by_text("3 notes", exact=True)).to_be_visible()
        expect(page.locator(f"#grouped-note-{third} [data-open]")).to_be_focused()
        order = "(all) => all.map((each) => each.id.replace(/^(grouped-note|theme|ungrouped)-.*/, '$1'))"
        kinds = page.locator(f"#grouped-{step} > *").evaluate_all(order)
        assert kinds == ["ungrouped", "theme", "grouped-note", "grouped-note", "grouped-note"]
    seen = dakar.sees()
    (theme,) = seen["themes"]
    assert {note["theme"] for note in seen["notes"]} == {theme["id"]}
