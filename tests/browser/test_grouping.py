"""Grouping by keyboard alone: several notes at once, one by its dialog, and what everybody then sees."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import Board, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look, opened

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
        expect(page.locator(".theme-head").filter(has_text="Green")).to_be_focused()
        page.focus(f"#grouped-note-{third} [data-open]")
        page.keyboard.press("Enter")
        page.focus(f"#group-one-into-{step}")
        page.keyboard.type("Green")
        page.locator("dialog[open] [type=submit]").press("Enter")
        expect(page.get_by_text("3 notes", exact=True)).to_be_visible()
        expect(page.locator(f"#grouped-note-{third} [data-open]")).to_be_focused()
        order = "(all) => all.map((each) => each.id.replace(/^(grouped-note|theme|ungrouped)-.*/, '$1'))"
        kinds = page.locator(f"#grouping-{step} .grouped-all > *").evaluate_all(order)
        assert kinds == ["theme", "grouped-note", "grouped-note", "grouped-note", "ungrouped"], "G26"
        (theme,) = dakar.sees()["themes"]
        assert {note["theme"] for note in dakar.sees()["notes"]} == {theme["id"]}
        for note in (first, second):
            page.focus(f"#grouped-note-{note} input")
            page.keyboard.press("Space")
        page.get_by_role("button", name="Merge…").press("Enter")
        wording = page.get_by_label("Wording of the merged note")
        expect(wording).to_have_value("More trees · More shade")
        expect(wording).to_be_focused()
        page.keyboard.press("Control+a")
        page.keyboard.type("Trees that give shade " * 13)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#note-merge .refusal")).to_contain_text("too long")
        expect(wording).to_have_value("Trees that give shade " * 13)
        wording.press("Control+a")
        page.keyboard.type("Trees that give shade")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        one = page.locator(".grouped[data-joined]")
        expect(one).to_contain_text("Trees that give shade")
        expect(one.get_by_role("checkbox")).to_be_focused()
        expect(page.locator(f"#grouped-note-{first}")).to_have_count(0)
        expect(page.locator("#own")).to_contain_text("It lives on in this note:")
        one.locator("summary").press("Enter")
        expect(one.locator("li")).to_contain_text(["More trees", "More shade"])
        rewords(page, one, board)
        one.get_by_role("button", name="Split it again").press("Enter")
        expect(page.locator(f"#grouped-note-{first}")).to_be_visible()
        expect(one).to_have_count(0)


def rewords(page: Page, one: Locator, board: Board) -> None:
    """G23: whoever may group rewords a merged note; what is refused, and what changed since, is said beside."""
    merged = (one.get_attribute("id") or "").removeprefix("grouped-note-")
    edit, text = one.get_by_role("button", name="Edit"), page.locator("#note-edit-text")
    edit.press("Enter")
    expect(text).to_have_value("Trees that give shade")
    text.fill("x" * 300)
    page.locator("#note-edit [type=submit]").press("Enter")
    expect(page.locator("#note-edit .refusal")).to_contain_text("too long")
    text.fill("Trees and shade")
    board.facilitator.asks("note.edit", note=merged, text="Shade", base=board.facilitator.sees()["seq"])
    expect(one.locator("> .note-text")).to_have_text("Shade")
    page.locator("#note-edit [type=submit]").press("Enter")
    expect(page.locator("#note-edit .refusal")).to_have_attribute("data-code", "changed-since")
    expect(text).to_have_value("Trees and shade")
    page.locator("#note-edit [type=submit]").press("Enter")
    expect(one.locator("> .note-text")).to_have_text("Trees and shade")
    expect(edit).to_be_focused()


def test_notes_and_themes_are_dragged_and_what_is_refused_goes_back(readers: Readers, flipchart: House) -> None:
    board = start_board(flipchart, language="en", template="brainstorm-and-vote")
    step, dakar = board.goes_to("write"), board.guest("Quay office", "Dakar")
    first, second, third = [dakar.writes(text, step=step) for text in ("More trees", "More shade", "More benches")]
    step = board.goes_to("group")
    green, calm = [dakar.asks("theme.add", step=step, title=title)["made"]["theme"] for title in ("Green", "Calm")]
    page = readers.page("en")
    with opened(page, flipchart.url, Look(path=f"/b/{board.id}", who=dakar, size=DESK), "en"):
        page.wait_for_selector(f"#grouped-{step}[data-local-ready]")
        _drags(page, f"#grouped-note-{first}", f"#theme-{green}")
        expect(page.locator(f"#theme-{green} + #grouped-note-{first}")).to_be_visible()
        expect(page.locator(f"#theme-{green}")).to_contain_text("1 note")
        _drags(page, f"#theme-{calm}", f"#theme-{green}", below=-10)
        expect(page.locator(f"#theme-{calm} + #theme-{green}")).to_be_visible()
        expect(page.locator(f"#theme-{calm}").get_by_text("Later")).to_be_attached()
        assert [theme["title"] for theme in dakar.sees()["themes"]] == ["Calm", "Green"]
        _drags(page, f"#grouped-note-{second}", f"#grouped-note-{third}")
        expect(page.get_by_label("Wording of the merged note")).to_have_value("More benches · More shade")
        page.keyboard.press("Escape")
        _what_is_taken_away_does_not_wait(page, board, f"#grouped-note-{second}", f"#theme-{green}", third)
        _goes_back_after_a_while(page, board, f"#theme-{green}", f"#theme-{calm}")
        board.facilitator.asks("step.settings", step=step, group=False)
        expect(page.locator(".grouped-choose")).to_have_count(0)
        _drags(page, f"#theme-{green}", f"#theme-{calm}", below=-10)
        expect(page.locator(f"#theme-{calm} + #theme-{green}")).to_be_visible()
        _drags(page, f"#grouped-note-{second}", f"#theme-{green}")
        expect(page.locator(f"#theme-{green} + #grouped-note-{first}")).to_be_visible()
        assert page.locator(f"#loose-{step} > *").evaluate_all("(all) => all.map((each) => each.id)") == [
            f"ungrouped-{step}",
            f"grouped-note-{second}",
            f"grouped-note-{third}",
            *page.locator(".grouped", has_text="More water").evaluate_all("(all) => all.map((each) => each.id)"),
        ]


def _goes_back_after_a_while(page: Page, board: Board, what: str, before: str) -> None:
    """A theme is not moved on a locked board; the answer is slow, and meanwhile somebody's note comes."""
    asked: list[Route] = []
    board.facilitator.asks("board.lock", on=True)
    page.wait_for_selector("#now[data-locked=true]", state="attached")
    page.route("**/commands", lambda route: asked.append(route))
    _drags(page, what, before, below=-10)
    expect(page.locator(f"{what} + {before}")).to_be_visible()
    board.facilitator.writes("More water", step=board.step("write"))
    expect(page.locator(".grouped", has_text="More water")).to_be_visible()
    (move,) = asked
    move.continue_()
    expect(page.locator(f"{before} + {what}")).to_be_visible()
    page.unroute_all()
    board.facilitator.asks("board.lock", on=False)


def _what_is_taken_away_does_not_wait(page: Page, board: Board, what: str, onto: str, hidden: str) -> None:
    """While it is dragged a note is hidden, and then all are: each ends the dragging, and nothing is moved by it."""
    there, note = page.locator(what), page.locator(f"#grouped-note-{hidden}")
    _holds(page, what, onto)
    board.facilitator.asks("note.hide", note=hidden)
    expect(note).to_have_count(0)
    expect(page.locator(".sortable-chosen, .drag-place")).to_have_count(0)
    page.mouse.up()
    board.facilitator.asks("note.show", note=hidden)
    expect(note).to_be_visible()
    _holds(page, what, onto)
    board.facilitator.asks("board.blank", on=True)
    expect(page.locator("#pause")).to_be_visible()
    expect(there).to_be_hidden()
    page.mouse.up()
    board.facilitator.asks("board.blank", on=False)
    expect(there).to_be_visible()
    moved = what.removeprefix("#grouped-note-")
    assert [note["theme"] for note in board.facilitator.sees()["notes"] if note["id"] == moved] == [None]


def _drags(page: Page, what: str, onto: str, below: int = 0) -> None:
    """By the middle of the words, or the head's, and so many points below the middle of the other."""
    _holds(page, what, onto, below)
    page.mouse.up()


def _holds(page: Page, what: str, onto: str, below: int = 0) -> None:
    """The same, and does not let go."""
    page.locator(onto).evaluate("(element) => element.scrollIntoView({ block: 'center' })")
    page.locator(f"{what} :is(.note-text, h2)").first.hover()
    there = page.locator(onto).bounding_box()
    assert there is not None
    page.mouse.down()
    x, y = there["x"] + min(there["width"] / 2, 120), there["y"] + there["height"] / 2 + below
    page.mouse.move(x, y - 12, steps=6)
    page.mouse.move(x, y, steps=6)
    expect(page.locator(f"{onto}[data-local-onto], .drag-place + {onto}").first).to_be_attached()
