"""Words that are hidden leave the whole page: what is read out, copied into a dialog, suggested."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import Board, start_board
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
        board.goes_to("headline")
        drafts_a_headline(page, board, step, harbour)
        board.goes_to("group")
        merges_what_is_suggested(page)
        board.facilitator.asks("note.hide", note=harbour)
        expect(page.locator("#note-merge li")).to_have_count(1)
        assert not keeps(page, HARBOUR)
        expect(page.locator("#note-merge-text")).to_have_value(SQUARE)
        board.facilitator.asks("note.hide", note=square)
        expect(page.locator("#note-merge")).to_be_hidden()
        assert not keeps(page, SQUARE)
        merges_what_is_chosen(page, board, harbour, square)
        page.keyboard.press("Escape")
        board.facilitator.asks("note.hide", note=harbour)
        expect(page.locator("#note-merge li")).to_have_count(1)
        assert not keeps(page, HARBOUR)


def drafts_a_headline(page: Page, board: Board, step: str, note: str) -> None:
    """From a note that is hidden meanwhile: its words go, and what somebody wrote stays."""
    page.locator(f"#agenda [data-look='{step}']").click()
    for written in ("", "Cool harbours"):
        page.locator(f"#note-{note} [data-note-menu]").click()
        page.locator("#note-menu").get_by_role("button", name="Draft a headline from this").click()
        text = page.locator("#headline-draft-text")
        expect(text).to_have_value(HARBOUR)
        expect(page.locator("#headline-draft [data-draft-from] li")).to_have_text(HARBOUR)
        if written:
            text.fill(written)
        board.facilitator.asks("note.hide", note=note)
        expect(page.locator("#headline-draft [data-draft-from] li")).to_have_count(0)
        expect(text).to_have_value(written)
        assert not keeps(page, HARBOUR)
        page.locator("#headline-draft [data-close-dialog]").first.click()
        board.facilitator.asks("note.show", note=note)
        expect(page.locator(f"#note-{note}")).to_be_visible()


def opens_and_closes_comments(page: Page, note: str) -> None:
    page.locator(f"#note-{note} [data-open='#note-comments']").click()
    expect(page.locator("#note-comments blockquote")).to_have_text(SQUARE)
    page.locator("#note-comments [data-close-dialog]").click()


def merges_what_is_suggested(page: Page) -> None:
    page.get_by_text("About the same subject").filter(visible=True).first.click()
    expect(page.locator(".alike-subject")).to_contain_text(HARBOUR)
    page.locator("[data-alike-merge]").click()
    expect(page.locator("#note-merge-text")).to_have_value(f"{HARBOUR} · {SQUARE}")


def merges_what_is_chosen(page: Page, board: Board, *notes: str) -> None:
    for note in notes:
        board.facilitator.asks("note.show", note=note)
        page.locator(f"#grouped-note-{note} input").check()
    page.locator("form[data-chosen] [data-merge]").click()
    expect(page.locator("#note-merge-text")).to_have_value(f"{HARBOUR} · {SQUARE}")
