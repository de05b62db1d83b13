"""People add to each other's notes, see each other write, and take their seat to another device."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK

pytestmark = pytest.mark.browser

PATIENCE = 8_000


@dataclass
class Company:
    """A board with two notes of Rosario's, a page of Dakar's, and a window for whoever else comes."""

    board: Board
    dakar: Guest
    rosario: Guest
    notes: list[str]
    page: Page
    other: BrowserContext

    def opens(self, who: Guest) -> Page:
        """Somebody else's page."""
        self.other.clear_cookies()
        self.other.add_cookies(who.cookies)
        return _opened(self.other, self.board)


def _opened(context: BrowserContext, board: Board) -> Page:
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.goto(f"{board.house.url}/b/{board.id}")
    page.wait_for_selector("html[data-link=online]", state="attached")
    return page


@pytest.fixture
def company(flipchart: House, readers: Readers) -> Iterator[Company]:
    board = start_board(flipchart, language="fr")
    step = board.goes_to("write")
    dakar, rosario = board.guest("Quay office", "Dakar"), board.guest("Harbour desk", "Rosario")
    notes = [rosario.writes(text, step=step, language="es") for text in ("Más sombra", "Más agua")]
    mine, other = readers.new("fr"), readers.new("fr")
    mine.add_cookies(dakar.cookies)
    yield Company(board, dakar, rosario, notes, _opened(mine, board), other)
    mine.close()
    other.close()


def test_a_comment_is_kept_sent_once_read_by_all_and_taken_back(company: Company) -> None:
    page, (first, second) = company.page, company.notes
    rows, text = page.locator("#note-comments .comment"), page.locator("#comment-text")
    page.click(f"#talk-{first}")
    expect(page.locator("[data-comments-empty]")).to_be_visible()
    company.rosario.asks("note.comment", note=first, text="Y bancos")
    company.rosario.asks("note.comment", note=second, text="Y fuentes")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Rosario")
    # What is not sent yet stays with its note, also when the dialog was closed.
    text.fill("Il y en avait")
    page.keyboard.press("Escape")
    page.click(f"#talk-{second}")
    expect(rows).to_contain_text("Y fuentes")
    expect(text).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.locator(f"#talk-{second}")).to_be_focused()
    page.click(f"#talk-{first}")
    expect(text).to_have_value("Il y en avait")
    # Another tab takes it up, and has it no more once it is posted.
    tab = _opened(page.context, company.board)
    tab.click(f"#talk-{first}")
    expect(tab.locator("#comment-text")).to_have_value("Il y en avait")
    # The line fails, the words are kept, and are sent once when it is back.
    page.route("**/commands", lambda route: route.abort())
    text.press("Enter")
    expect(tab.locator("#comment-text")).to_have_value("")
    tab.close()
    expect(page.locator("#unsent [data-unsent-text]")).to_have_text("Il y en avait")
    page.unroute("**/commands")
    expect(rows).to_have_count(2, timeout=15_000)
    expect(page.locator(f"#talk-{first}")).to_have_attribute("data-count", "2")
    assert [each["text"] for each in company.rosario.sees()["comments"]].count("Il y en avait") == 1
    # One's own can be taken back, another's cannot; what a facilitator hides is gone while the dialog is open.
    assert [rows.nth(n).locator("form").count() for n in range(2)] == [0, 1]
    rows.nth(1).locator("button").click()
    expect(rows).to_have_count(1)
    company.board.facilitator.asks("note.hide", note=first)
    expect(page.locator("#note-comments")).to_be_hidden()
    expect(page.locator("#comments > li")).to_have_count(1)


def test_whoever_is_promoted_facilitates_at_once_and_not_for_longer(company: Company) -> None:
    """Also by mistake, and twice: a page that is no longer theirs is not left standing."""
    page, host, who = company.page, company.board.facilitator, company.dakar.person
    for _ in range(2):
        host.asks("person.promote", person=who)
        expect(page.locator("#board[data-audience=facilitators]")).to_be_attached()
        page.wait_for_selector("html[data-link=online]", state="attached")
        page.locator("[data-open='#ballot-open']").first.dispatch_event("click")
        expect(page.locator("#ballot-open [data-choose-kind]")).to_be_visible()
        host.asks("person.demote", person=who)
        expect(page.locator("#board[data-audience=everyone]")).to_be_attached()
        expect(page.locator("#panel")).to_have_count(0)


def test_a_note_is_read_in_ones_own_language_and_its_original_is_one_press_away(company: Company) -> None:
    page, first = company.page, company.notes[0]
    note, dialog = page.locator(f"#note-{first}"), page.locator("#note-translate")
    note.locator("[data-note-menu]").click()
    page.click("#note-menu [data-open='#note-translate']")
    assert dialog.locator("option[value=es]").is_disabled()
    expect(dialog.locator("select")).to_have_value("fr")
    page.fill("#note-translate-text", "Plus d’ombre")
    company.rosario.asks("note.translate", note=first, language="fr", text="Davantage d’ombre")
    expect(note.locator(".note-translation")).to_have_text("Davantage d’ombre")
    dialog.locator("button[type=submit]").click()
    # Somebody was quicker: their words are shown, one's own stay, and sending again is having seen it.
    expect(dialog.locator(".refusal")).to_contain_text("Davantage d’ombre")
    expect(page.locator("#note-translate-text")).to_have_value("Plus d’ombre")
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_be_hidden()
    translated = note.locator(".note-translation")
    expect(translated).to_have_text("Plus d’ombre")
    expect(translated).to_have_attribute("lang", "fr")
    original = note.locator(".note-text")
    expect(original).to_be_hidden()
    note.locator(".note-versions summary").click()
    expect(original).to_be_visible()
    expect(original).to_have_attribute("lang", "es")
    company.rosario.asks("note.react", note=first, emoji="♥", on=True)
    expect(note.locator(".heart")).to_contain_text("1")
    expect(original).to_be_visible()
    for words in ("sombra", "ombre"):
        page.fill("#filter-text", words)
        expect(page.locator("#steps .note:visible")).to_have_count(1)
    company.rosario.asks("note.edit", note=first, text="Mucha más sombra", base=10_000)
    expect(note.locator(".note-versions summary")).to_contain_text("la note a changé depuis")


def test_others_see_who_is_writing_and_one_does_not_see_it_of_oneself(company: Company) -> None:
    page, other, first = company.page, company.opens(company.rosario), company.notes[0]
    page.locator("#composer-text").press_sequentially("Des arbres")
    expect(other.locator("#typing > p")).to_have_text("Dakar écrit…")
    expect(page.locator("#typing > p.own")).to_be_hidden()
    page.select_option("#composer-attribution", "anonymous")
    expect(other.locator("#typing > p")).to_have_count(0, timeout=3_500)
    page.select_option("#composer-attribution", "place")
    expect(other.locator("#typing > p")).to_have_text("Dakar écrit…")
    page.fill("#composer-text", "")
    assert page.locator("#typing > p:visible").count() == 0
    expect(other.locator("#typing > p")).to_have_count(0)
    page.select_option("#composer-attribution", "anonymous")
    page.locator("#composer-text").press_sequentially("Sans dire qui")
    other.click(f"#talk-{first}")
    page.click(f"#talk-{first}")
    page.locator("#comment-text").press_sequentially("Oui")
    expect(other.locator("[data-comment-typing]")).to_have_text("Dakar écrit…")
    expect(other.locator("#typing > p:not([hidden])")).to_have_count(0)
    expect(page.locator("[data-comment-typing]")).to_have_text("")


def test_a_personal_link_is_made_in_the_menu_and_opens_the_same_seat_elsewhere(company: Company) -> None:
    page = company.page
    page.click("#me summary")
    page.click("[data-pass] button")
    expect(page.locator("#my-link .qr svg")).to_be_visible()
    link = page.locator("#my-link .link-text").get_attribute("href") or ""
    page.keyboard.press("Escape")
    expect(page.locator("#my-link .link-text")).to_have_count(0)
    elsewhere = company.other.new_page()
    elsewhere.goto(link)
    elsewhere.click("#seat button[type=submit]")
    expect(elsewhere.locator("#board")).to_have_attribute("data-person", company.dakar.person)
    assert link.rpartition("/")[2] not in elsewhere.url
    elsewhere.goto(link)
    assert elsewhere.locator("[data-code=stale-link], .refusal, main").count()
    expect(elsewhere.locator("#seat")).to_have_count(0)
