"""What comes after: a roadmap that people agree on, and a survey that is prepared, answered and counted."""

from playwright.sync_api import Page

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look
from tests.browser.hour.writing import IDEAS, LONG

NEXT_STEPS = (
    ("Send the photographs of the old gates to the campaign", "Dakar", "2026-12-31"),
    ("Print the billboard for the market square", "Rosario", "2020-02-28"),
    (LONG, "A region whose name is long enough to need a second line on a phone", ""),
    ("Ask the council for a mandate", "", "2027-01-15"),
)


def _agreed(house: House, language: str) -> tuple[Board, Guest, Guest]:
    board = start_board(house, language=language)
    step = board.goes_to("write")
    dakar, rosario = board.guest("Quay office", "Dakar"), board.guest("Harbour desk", "Rosario")
    note = rosario.writes(IDEAS[0], step=step)
    board.goes_to("roadmap")
    for text, owner, due in NEXT_STEPS:
        dakar.asks("action.add", text=text, owner=owner, due=due)
    done = dakar.asks("action.add", note=note, owner="Rosario")["made"]["action"]
    rosario.asks("action.done", action=done)
    board.facilitator.asks("feedback.edit", contact="office@example.org", link="https://example.org/next")
    return board, dakar, rosario


def roadmap_agreed(house: House, language: str) -> Look:
    board, dakar, _ = _agreed(house, language)
    return Look(path=f"/b/{board.id}", who=dakar)


def roadmap_being_changed(house: House, language: str) -> Look:
    board, _, _ = _agreed(house, language)

    def opens(page: Page) -> None:
        page.locator(".action-more:visible > summary").first.click()
        page.wait_for_selector(".action-edit textarea:visible")

    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=opens)


def _asked(house: House, language: str) -> tuple[Board, list[Guest]]:
    board = start_board(house, language=language)
    guests = [board.guest(f"Desk {number}", "Dakar") for number in range(1, 5)]
    board.goes_to("survey")
    board.facilitator.asks("survey.open")
    return board, guests


def survey_to_answer(house: House, language: str) -> Look:
    board, guests = _asked(house, language)
    return Look(path=f"/b/{board.id}", who=guests[0])


def survey_answered_and_shared(house: House, language: str) -> Look:
    board, guests = _asked(house, language)
    for number, guest in enumerate(guests):
        said = {"ready1": 2 + number % 4, "ready2": 5 - number % 2, "ready3": number % 3, "ready4": [0, number]}
        guest.asks("survey.answer", answers={**said, "ready6": LONG if number else "More time"})
    board.facilitator.asks("survey.share")
    return Look(path=f"/b/{board.id}", who=guests[0], size=DESK)


def survey_counted_for_the_facilitator(house: House, language: str) -> Look:
    board, guests = _asked(house, language)
    for number, guest in enumerate(guests):
        guest.asks("survey.answer", answers={"ready1": 1 + number, "ready6": LONG if number else "More time"})
    return Look(path=f"/b/{board.id}/survey/results", who=board.facilitator)


def survey_editor(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=f"/b/{board.id}/survey", who=board.facilitator)


FOLLOWING = (
    roadmap_agreed,
    roadmap_being_changed,
    survey_to_answer,
    survey_answered_and_shared,
    survey_counted_for_the_facilitator,
    survey_editor,
)
