"""Notes about the same subject, as whoever groups sees them: in the grouping step, and on a page of their own."""

from playwright.sync_api import Page

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look

TREES = (
    ("More trees on every street", "en"),
    ("Plus d’arbres dans chaque rue", "fr"),
    ("Más árboles en las calles", "es"),
)
BUSES = (("We need more buses", "en"), ("Il ne faut pas plus de bus", "fr"), ("نحتاج إلى المزيد من الحافلات", "ar"))
WATER = (("Clean water is a right", "en"), ("A água é um direito", "pt"))
PERHAPS = (("Le monde change rue par rue", "fr"), ("The world changes one block at a time", "en"))


def alike_board(house: House, language: str) -> tuple[Board, Guest, dict[str, str], str]:
    """A board whose notes are being grouped; somebody who may, the notes by their words, and the step."""
    board = start_board(house, language=language, template="brainstorm-and-vote")
    step = board.goes_to("write")
    dakar = board.guest("Quay office", "Dakar")
    said = (*TREES, *BUSES, *WATER, *PERHAPS)
    notes = {text: dakar.writes(text, step=step, language=tag) for text, tag in said}
    return board, dakar, notes, board.goes_to("group")


def notes_about_the_same_subject(house: House, language: str) -> Look:
    board, _, _, step = alike_board(house, language)

    def opens(page: Page) -> None:
        page.locator(f"#alike-{step} > summary").click()
        page.wait_for_selector(f"#alike-{step} .alike-subject")

    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=opens)


def page_of_notes_about_the_same_subject(house: House, language: str) -> Look:
    board, dakar, notes, step = alike_board(house, language)
    theme = board.facilitator.asks("theme.add", step=step, title="Pneumonoultramicroscopicsilicovolcanoconiosis")
    board.facilitator.asks("notes.move", notes=[notes[TREES[0][0]]], theme=theme["made"]["theme"])
    return Look(path=f"/b/{board.id}/alike?step={step}", who=dakar)


ALIKE = (notes_about_the_same_subject, page_of_notes_about_the_same_subject)
