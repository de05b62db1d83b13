"""Words that are hidden leave the whole page: what is read out, copied into a dialog, suggested."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look, opened

pytestmark = pytest.mark.browser

HARBOUR, SQUARE = "More shade in the old harbour", "More shade in the old square"
FIELDS = "() => [...document.querySelectorAll('textarea, input')].map((field) => field.value).join(' ')"


def keeps(page: Page, text: str) -> bool:
    """Are these words anywhere on the page, seen or not, or in one of its fields?"""
    return text in page.content() or text in page.evaluate(FIELDS)


def test_hidden_words_are_left_nowhere_on_a_page(readers: Readers, flipchart: House) -> None:
    """B3, M4: panic takes them at once, and so does hiding one note, whatever dialog somebody has open."""
    board = start_board(flipchart, language="en", template="brainstorm-and-vote")
    step, dakar, rosario = board.goes_to("write"), board.guest("Quay", "Dakar"), board.guest("Harbour", "Rosario")
    harbour, square = (rosario.writes(text, step=step) for text in (HARBOUR, SQUARE))
    with (
        readers.new("en") as context,
        opened(context.new_page(), flipchart.url, Look(path=f"/b/{board.id}", who=dakar, size=DESK), "en"),
    ):
        (page,) = context.pages
        board.facilitator.asks("spotlight", part=f"note:{harbour}")
        expect(page.locator("#announcer")).to_have_text(f"In the spotlight: {HARBOUR}")
        opens_and_closes_comments(page, square)
        page.locator(f"#note-{harbour} [data-note-menu]").click()
        page.locator("#note-menu").get_by_role("button", name="Translate").click()
        expect(page.locator("#note-translate blockquote")).to_have_text(HARBOUR)
        board.facilitator.asks("board.blank", on=True)
        page.wait_for_selector("#pause:not([hidden])", state="attached")
        assert not keeps(page, HARBOUR)
        assert not keeps(page, SQUARE)
        page.locator("#note-translate [data-close-dialog]").first.click()
        board.facilitator.asks("board.blank", on=False)
        board.goes_to("group")
        merges_what_is_suggested(page)
        board.facilitator.asks("note.hide", note=harbour)
        expect(page.locator("#note-merge li")).to_have_count(1)
        assert not keeps(page, HARBOUR)
        expect(page.locator("#note-merge-text")).to_have_value(SQUARE)
        board.facilitator.asks("note.hide", note=square)
        expect(page.locator("#note-merge")).to_be_hidden()
        assert not keeps(page, SQUARE)


def opens_and_closes_comments(page: Page, note: str) -> None:
    page.locator(f"#note-{note} [data-open='#note-comments']").click()
    expect(page.locator("#note-comments blockquote")).to_have_text(SQUARE)
    page.locator("#note-comments [data-close-dialog]").click()


def merges_what_is_suggested(page: Page) -> None:
    page.get_by_text("About the same subject").filter(visible=True).first.click()
    expect(page.locator(".alike-subject")).to_contain_text(HARBOUR)
    page.locator("[data-alike-merge]").click()
    expect(page.locator("#note-merge-text")).to_have_value(f"{HARBOUR} · {SQUARE}")
