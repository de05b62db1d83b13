"""Two people draft headlines from notes and from nothing, in several languages; and one of them without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Readers
from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look, opened

pytestmark = pytest.mark.browser


def _in_a_headline_step(house: House) -> tuple[Board, Guest, Guest, str]:
    board = start_board(house, language="en", template="brainstorm-and-vote")
    step, dakar = board.goes_to("write"), board.guest("Quay office", "Dakar")
    lyon = board.guest("Town hall", "Lyon", language="fr")
    note = dakar.writes("Global change has a postcode", step=step)
    board.goes_to("headline")
    return board, dakar, lyon, note


def test_two_people_draft_headlines(readers: Readers, flipchart: House) -> None:
    board, dakar, lyon, note = _in_a_headline_step(flipchart)
    page = readers.page("en")
    with opened(page, flipchart.url, Look(path=f"/b/{board.id}", who=dakar, size=DESK), "en") as watch:
        first = _drafts_from_a_note(page, dakar, note)
        _is_refused_and_keeps_the_words(page)
        _sees_the_other_claim_and_write(page, lyon, first)
        _writes_while_the_other_does(page, lyon, first)
        _withdraws_and_restores(page, dakar, first)
        assert watch.complaints == []


def _drafts_from_a_note(page: Page, dakar: Guest, note: str) -> str:
    page.click("[data-look] >> text=Ideas")
    page.click(f"#note-{note} [data-note-menu]")
    page.get_by_role("button", name="Draft a headline from this").click()
    text = page.get_by_label("Your headline, in one sentence").locator("visible=true")
    expect(text).to_have_value("Global change has a postcode")
    text.fill("Change has a postcode")
    expect(page.locator("#measures-headline-draft [data-format=billboard]")).to_contain_text("21 / 40")
    page.get_by_role("button", name="Propose it").click()
    expect(page.locator("#headline-draft")).to_be_hidden()
    page.click("#look-back")
    card = page.locator(".headline")
    expect(card).to_contain_text("Change has a postcode")
    card.locator(".headline-origin > summary").click()
    expect(card.get_by_role("link", name="Global change has a postcode")).to_be_visible()
    (seen,) = dakar.sees()["headlines"]
    assert seen["from"] == [f"note:{note}"]
    return str(seen["id"])


def _is_refused_and_keeps_the_words(page: Page) -> None:
    page.get_by_role("button", name="Propose a headline").click()
    text = page.locator("#headline-draft-text")
    text.fill("é" * 500)
    page.get_by_role("button", name="Propose it").click()
    expect(page.locator("#headline-draft-refusal .refusal")).to_contain_text("up to 140 characters")
    expect(text).to_have_value("é" * 500)
    text.fill("A second one")
    page.get_by_role("button", name="Propose it").click()
    expect(page.locator(".headline")).to_have_count(2)
    expect(page.get_by_role("heading", name="2 headlines")).to_be_visible()


def _sees_the_other_claim_and_write(page: Page, lyon: Guest, first: str) -> None:
    missing = page.locator(f"#version-of-{first}-fr")
    expect(missing).to_contain_text("Not written yet in French")
    lyon.asks("headline.claim", headline=first, language="fr")
    expect(missing).to_contain_text("Lyon is writing the version in French")
    lyon.asks("headline.edit", headline=first, language="fr", text="Le changement a un code postal")
    expect(missing).to_contain_text("Le changement a un code postal")
    expect(missing).not_to_contain_text("is writing")


def _writes_while_the_other_does(page: Page, lyon: Guest, first: str) -> None:
    """Somebody else's edit of the same words comes in as a refusal beside them, or is merged by the pen."""
    page.locator(f"#version-edit-{first}-en > summary").click()
    field = page.locator(f"#version-{first}-en")
    expect(field).to_be_focused()
    field.press("End")
    page.keyboard.type(", and so do you")
    lyon.asks("headline.edit", headline=first, language="es", text="El cambio tiene código postal")
    expect(page.locator(f"#version-of-{first}-es")).to_contain_text("código postal")
    expect(field).to_have_value("Change has a postcode, and so do you")
    expect(field).to_be_focused()
    page.locator(f"#version-form-{first}-en [type=submit]").click()
    expect(page.locator(f"#version-edit-{first}-en > summary")).to_contain_text("postcode, and so do you")


def _withdraws_and_restores(page: Page, dakar: Guest, first: str) -> None:
    card = page.locator(f"#headline-{first}")
    card.get_by_role("button", name="Withdraw").click()
    expect(card).to_contain_text("Withdrawn")
    expect(page.locator("#headline-cards > :last-child")).to_have_id(f"headline-{first}")
    card.get_by_role("button", name="Restore").click()
    expect(page.locator("#headline-cards > :first-child")).to_have_id(f"headline-{first}")
    assert [each["state"] for each in dakar.sees()["headlines"]] == ["shown", "shown"]


def test_headlines_are_written_without_scripts(chromium: Browser, flipchart: House) -> None:
    board, dakar, _, _ = _in_a_headline_step(flipchart)
    context = chromium.new_context(java_script_enabled=False, locale="en", viewport={"width": 390, "height": 844})
    context.add_cookies(dakar.cookies)
    page = context.new_page()
    page.goto(f"{flipchart.url}/b/{board.id}")
    page.fill("#headline-plain-text", "x" * 141)
    page.click("#headline-plain-form [type=submit]")
    expect(page.locator("#headline-plain-refusal")).to_contain_text("too long")
    expect(page.locator("#headline-plain-text")).to_have_value("x" * 141)
    page.fill("#headline-plain-text", "Street by street")
    page.click("#headline-plain-form [type=submit]")
    page.click(".version.lead summary")
    page.fill(".version.lead textarea", "Street after street")
    page.click(".version.lead [type=submit]")
    expect(page.locator(".version.lead summary")).to_contain_text("Street after street")
    expect(page.locator(".version.lead textarea")).to_have_attribute("data-pen", re.compile("/versions/"))
    expect(page.locator(".version.lead [data-pen-status]")).to_be_empty()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("button", name="Restore")).to_be_visible()
    expect(page.locator(".version-edit, .other").filter(visible=True)).to_have_count(0)
    expect(page.locator(".version.lead > .version-text")).to_be_visible()
    context.close()
