"""Pages on which notes have become one: what it is made of, and the dialog in which that happens."""

from playwright.sync_api import Page

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look

TREES = "More trees where children wait for the bus"
SHADE = "Shade at every stop, and a bench beneath it, so that nobody stands in the sun at noon"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze"


def _merged(house: House, language: str) -> tuple[Board, Guest]:
    """Two places' notes merged into one, in a theme beside others; and somebody whose note lives on in it."""
    board = start_board(house, language=language, template="brainstorm-and-vote")
    step = board.goes_to("write")
    dakar, lyon = board.guest("Quay office", "Dakar"), board.guest("Town hall", "Lyon")
    first, second = dakar.writes(TREES, step=step), lyon.writes(SHADE, step=step)
    third = lyon.writes(LONG, step=step, attribution="anonymous")
    others = [lyon.writes(f"{text} {LONG}", step=step) for text in ("Benches", "Water", "Lanes")]
    step = board.goes_to("group")
    theme = dakar.asks("theme.add", step=step, title="Shade and water")["made"]["theme"]
    dakar.asks("notes.move", notes=[first, second, third, others[0]], theme=theme)
    for note in (first, second):
        lyon.asks("note.react", note=note, emoji="♥")
    dakar.asks("note.merge", notes=[first, second, third], text="Trees, shade and a bench at every stop")
    return board, dakar


def a_merged_note(house: House, language: str) -> Look:
    board, dakar = _merged(house, language)
    return Look(path=f"/b/{board.id}", who=dakar, act=_unfolds)


def a_merged_note_for_the_facilitator(house: House, language: str) -> Look:
    board, _ = _merged(house, language)
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK, act=_unfolds)


def merging_notes(house: House, language: str) -> Look:
    board, dakar = _merged(house, language)
    return Look(path=f"/b/{board.id}", who=dakar, act=_merges)


def _unfolds(page: Page) -> None:
    page.locator(".grouped .note-sources > summary").first.click()
    # Right under the bar: half of a box behind it would be no target.
    page.locator(".grouped[data-joined]").evaluate("(note) => scrollBy(0, note.getBoundingClientRect().top - 190)")


def _merges(page: Page) -> None:
    for box in page.locator(".grouped-choose input").all()[-3:]:
        box.check()
    page.locator(".group-bar [data-merge]").click()
    page.wait_for_selector("#note-merge[open]")


GROUPING = (a_merged_note, a_merged_note_for_the_facilitator, merging_notes)
