"""With scripts switched off a person joins, reads, writes, is refused without losing a word, votes, sees results."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hour.guests import Board, start_board
from tests.browser.hour.house import House
from web.refusals import refusal
from web.words import words_for

pytestmark = pytest.mark.browser

FRENCH = words_for("fr")
IDEA = "Une mairie dont les portes s’ouvrent vers la rue"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A phone that runs no scripts, in French."""
    context = chromium.new_context(
        java_script_enabled=False, locale="fr", viewport={"width": 390, "height": 844}, timezone_id="Africa/Dakar"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def board(flipchart: House) -> Board:
    """A board in its first writing step."""
    board = start_board(flipchart, language="fr")
    board.goes_to("write")
    return board


def comes_in(page: Page, board: Board) -> None:
    page.goto(board.links["join_url"])
    page.fill("#name", "Bureau du quai")
    page.fill("#place", "Dakar")
    page.click("main form[method=post] button[type=submit]")
    expect(page.locator("#board")).to_be_visible()


def picture(page: Page, name: str) -> None:
    if pictures := os.environ.get("FLIPCHART_PICTURES"):
        page.screenshot(path=f"{pictures}/plain-{name}.png", full_page=True)


def test_join_write_and_read(page: Page, board: Board) -> None:
    comes_in(page, board)
    board.guest("Harbour desk", "Rosario").writes("Que cada barrio escriba", step=board.step("write"))
    page.fill("#composer-text", IDEA)
    page.click("#composer button[type=submit]")
    expect(page.locator(".note:visible").filter(has_text=IDEA)).to_have_count(1)
    expect(page.locator(".note:visible").filter(has_text="Que cada barrio escriba")).to_have_count(1)
    picture(page, "wall")
    page.go_back()
    page.reload()
    expect(page.locator(".note:visible").filter(has_text=IDEA)).to_have_count(1)


def test_a_refused_note_keeps_its_words(page: Page, board: Board) -> None:
    comes_in(page, board)
    page.fill("#composer-text", IDEA * 10)
    page.click("#composer button[type=submit]")
    expect(page.locator("#composer-refusal")).to_have_text(refusal(FRENCH, "too-long", {"max": 280}))
    expect(page.locator("#composer-text")).to_have_value(IDEA * 10)
    picture(page, "refused")
    page.fill("#composer-text", IDEA)
    page.click("#composer button[type=submit]")
    expect(page.locator(".note:visible").filter(has_text=IDEA)).to_have_count(1)


def test_vote_be_refused_and_see_the_results(page: Page, board: Board) -> None:
    comes_in(page, board)
    step = board.step("write")
    notes = [board.facilitator.writes(f"Idée {number}", step=step) for number in range(4)]
    board.goes_to("vote")
    ballot = board.ballot(*notes, dots=3, per_candidate=2)
    page.reload()
    for note in notes:
        page.fill(f"[name='choices.note:{note}']", "1")
    page.get_by_role("button", name=FRENCH.gettext("Send my vote")).click()
    slot = page.locator(f"#cast-{ballot} [data-refusal]")
    expect(slot).to_have_text(refusal(FRENCH, "no-dots-left", {"dots": 3}))
    expect(page.locator(f"[name='choices.note:{notes[3]}']")).to_have_value("1")
    picture(page, "vote-refused")
    page.fill(f"[name='choices.note:{notes[3]}']", "0")
    page.get_by_role("button", name=FRENCH.gettext("Send my vote")).click()
    expect(slot).to_be_empty()
    expect(page.locator(f"[name='choices.note:{notes[0]}']")).to_have_value("1")
    page.get_by_role("button", name=FRENCH.gettext("I have finished")).click()
    expect(page.locator(f"#progress-{ballot}")).to_be_visible()
    board.facilitator.asks("ballot.close", ballot=ballot)
    page.reload()
    expect(page.locator(".result:visible")).to_have_count(4)
    picture(page, "results")
    page.goto(f"{board.house.url}/b/{board.id}/results")
    expect(page.get_by_text("Idée 0").first).to_be_visible()


def test_notes_are_grouped_merged_and_split(page: Page, flipchart: House) -> None:
    board = start_board(flipchart, language="fr", template="brainstorm-and-vote")
    step, lyon = board.goes_to("write"), board.guest("Mairie", "Lyon")
    notes = [lyon.writes(text, step=step) for text in ("Plus d’arbres", "Plus d’ombre", "Plus de bancs")]
    step = board.goes_to("group")
    comes_in(page, board)
    page.fill(f"#theme-new-title-{step}", "Vert")
    page.get_by_role("button", name=FRENCH.gettext("Add the theme")).click()
    for note in notes[:2]:
        page.check(f"#grouped-note-{note} input")
    page.fill(f"#group-merge-text-{step}", "x" * 281)
    page.get_by_role("button", name=FRENCH.gettext("Merge the notes")).click()
    expect(page.locator(".group-bar .refusal")).to_have_text(refusal(FRENCH, "too-long", {"max": 280}))
    for note in notes[:2]:
        page.check(f"#grouped-note-{note} input")
    page.select_option(f"#group-into-{step}", label="Vert")
    page.fill(f"#group-merge-text-{step}", "Des arbres qui donnent de l’ombre")
    page.get_by_role("button", name=FRENCH.gettext("Merge the notes")).click()
    one = page.locator(".grouped[data-joined]")
    expect(one).to_contain_text("Des arbres qui donnent de l’ombre")
    assert {theme["title"] for theme in lyon.sees()["themes"]} == {"Vert"}
    picture(page, "grouped")
    one.locator("summary").click()
    one.get_by_role("button", name=FRENCH.gettext("Split it again")).click()
    expect(page.locator(".grouped")).to_have_count(3)
    page.check(f"#grouped-note-{notes[2]} input")
    page.select_option(f"#group-into-{step}", label="Vert")
    page.get_by_role("button", name=FRENCH.gettext("Move the chosen notes")).click()
    assert lyon.sees()["notes"][2]["theme"] == lyon.sees()["themes"][0]["id"]
