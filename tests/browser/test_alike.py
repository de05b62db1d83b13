"""Notes about the same subject by keyboard alone: from a note to those near it, accepted, dismissed, and undone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Readers
from tests.browser.hour.alike import BUSES, TREES, WATER, alike_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look, opened

pytestmark = pytest.mark.browser


def test_a_facilitator_accepts_and_dismisses_without_a_mouse(readers: Readers, flipchart: House) -> None:
    board, dakar, notes, step = alike_board(flipchart, "en")
    page = readers.page("en")
    look = Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK)
    with opened(page, flipchart.url, look, "en") as watch:
        place, tree = page.locator(f"#alike-{step}"), notes[TREES[0][0]]
        expect(page.locator(f"#alike-count-{step}")).to_have_text("4")
        page.focus(f"#near-{tree}")
        page.keyboard.press("Enter")
        subject = place.locator(f".alike-subject[data-notes~='{tree}']")
        expect(subject).to_be_focused()
        expect(subject.locator("li")).to_have_count(3)
        expect(page.locator(".grouped[data-local-lit]")).to_have_count(3)
        page.keyboard.press("Tab")
        page.keyboard.type("Green streets")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Green streets")).to_be_visible()
        expect(subject).to_have_count(0)
        buses = place.locator(f".alike-subject[data-notes~='{notes[BUSES[0][0]]}']")
        expect(buses).to_contain_text("Some of them say “not”")
        buses.get_by_role("button", name="Not the same subject").press("Enter")
        expect(buses).to_have_count(0)
        expect(page.locator(f"#near-{notes[BUSES[0][0]]}")).to_be_hidden()
        water = place.locator(f".alike-subject[data-notes~='{notes[WATER[0][0]]}']")
        water.get_by_role("button", name="Merge").press("Enter")
        expect(page.locator("#note-merge[open] :checked")).to_have_count(2)
        page.keyboard.press("Escape")
        expect(water.get_by_role("button", name="Merge")).to_be_focused()
        # What somebody else does is in the list a little later, and what is being typed stays.
        name = water.locator("[name=title]")
        name.fill("Water for all")
        said = dakar.asks(
            "alike.dismiss", notes=[notes[text] for text in notes if text.endswith(("par rue", "at a time"))]
        )
        expect(page.locator(f"#alike-count-{step}")).to_have_text("1")
        expect(name).to_have_value("Water for all")
        board.facilitator.asks("board.undo", seq=said["seq"])
        expect(page.locator(f"#alike-count-{step}")).to_have_text("2")
        # What is hidden while another step is on is not there for who looks back.
        board.goes_to("vote")
        expect(page.locator(f"#section-{step}")).to_be_hidden()
        board.facilitator.asks("note.hide", note=notes[WATER[0][0]])
        expect(water).to_have_count(0)
        page.locator(f"#agenda [data-look='{step}']").press("Enter")
        expect(page.locator(f"#alike-count-{step}")).to_have_text("1")
        assert watch.complaints == []
    themes = {each["id"]: each["title"] for each in dakar.sees()["themes"]}
    grouped = {note["text"] for note in dakar.sees()["notes"] if note["theme"]}
    assert list(themes.values()) == ["Green streets"]
    assert grouped == {text for text, _ in TREES}
