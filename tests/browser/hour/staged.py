"""What is on the stage: words, a picture, a presentation on its second page; prepared, refused, looked at large."""

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, PHONE, WALL, Look
from tests.pictures import files

TEXT = "What we want the world to hear, in one sentence.\n\n- said by cities, in their own words\n- in three languages"
LINKS = "The campaign https://example.org/campaign\nhttps://example.net/a/very/long/address/that/leads/somewhere"
DEEDS = ("Cities move first", "17 goals, one address: yours", "What we ask of you today")


def _puts(guest: Guest, step: str, source: bytes, name: str) -> None:
    form, file = {"id": str(uuid4())}, {"file": (name, source)}
    headers = {"Accept": "application/json"}
    answer = guest.http.post(f"/b/{guest.board}/stage/{step}", data=form, files=file, headers=headers)
    assert answer.status_code == 200, answer.text


def _talk(house: House, language: str) -> tuple[Board, str]:
    board = start_board(house, language=language)
    board.guest("Quay office", "Dakar")
    return board, board.goes_to("talk", 2)


def _words(house: House, language: str) -> Board:
    board, step = _talk(house, language)
    said = {"title": "The campaign", "text": TEXT, "links": LINKS}
    board.facilitator.asks("stage.edit", step=step, base=0, **said)
    return board


def _slides(house: House, language: str) -> Board:
    board, step = _talk(house, language)
    _puts(board.facilitator, step, files.slides(*DEEDS), "campaign.pdf")
    board.facilitator.asks("stage.page", step=step, page=2)
    return board


def _picture(house: House, language: str) -> Board:
    board, step = _talk(house, language)
    _puts(board.facilitator, step, files.image(size=(900, 1200), color=(229, 36, 59)), "poster.png")
    board.facilitator.asks("stage.edit", step=step, base=0, text="Last year’s poster.", alt="A red poster")
    return board


def _looks(board: Board, who: Guest, size: tuple[int, int], act: Callable[[Page], None] | None = None) -> Look:
    def waits(page: Page) -> None:
        page.wait_for_function("() => [...document.querySelectorAll('.staged-picture')].every((each) => each.complete)")
        if act is not None:
            act(page)

    return Look(path=f"/b/{board.id}", who=who, size=size, act=waits)


def stage_with_words(house: House, language: str) -> Look:
    board = _words(house, language)
    return _looks(board, board.guest("Tram depot", "Utrecht"), PHONE)


def stage_with_a_picture(house: House, language: str) -> Look:
    board = _picture(house, language)
    return _looks(board, board.guest("Tram depot", "Utrecht"), PHONE)


def stage_with_a_page(house: House, language: str) -> Look:
    board = _slides(house, language)
    return _looks(board, board.guest("Tram depot", "Utrecht"), PHONE)


def stage_with_a_page_large(house: House, language: str) -> Look:
    def opens(page: Page) -> None:
        page.click(".step:not([hidden]) .staged-open")
        page.wait_for_selector("#enlarged[open]")

    board = _slides(house, language)
    return _looks(board, board.guest("Tram depot", "Utrecht"), PHONE, opens)


def stage_turned_by_a_facilitator(house: House, language: str) -> Look:
    board = _slides(house, language)
    return _looks(board, board.facilitator, DESK)


def stage_being_prepared(house: House, language: str) -> Look:
    def unfolds(page: Page) -> None:
        page.click("#fold-stage > summary")

    board = _slides(house, language)
    return _looks(board, board.facilitator, DESK, unfolds)


def stage_on_the_agenda_with_a_refused_file(house: House, language: str) -> Look:
    board = _slides(house, language)
    step = board.step("talk", 2)

    def is_refused(page: Page) -> None:
        page.click(f"#edit-{step} summary:has(+ #staging-{step})")
        drawing = {"name": "a.svg", "mimeType": "image/svg+xml", "buffer": files.SVG}
        page.set_input_files(f"#staging-file-{step}", drawing)
        # The page is read in a language that its address asks for: the answer is, too.
        page.eval_on_selector(f"#staging-{step} [data-upload]", "(form) => { form.action += location.search; }")
        page.click(f"#staging-{step} [data-upload] button[type=submit]")
        page.wait_for_selector(f"#staging-{step} .refusal")

    return Look(path=f"/b/{board.id}/agenda", who=board.facilitator, size=PHONE, act=is_refused)


def _screen(board: Board) -> Look:
    return Look(path=f"/b/{board.id}/screen", who=board.by_link("screen"), size=WALL)


def screen_of_a_stage_with_words(house: House, language: str) -> Look:
    return _screen(_words(house, language))


def screen_of_a_stage_with_a_page(house: House, language: str) -> Look:
    return _screen(_slides(house, language))


def screen_of_a_stage_with_a_picture(house: House, language: str) -> Look:
    return _screen(_picture(house, language))


STAGED = (
    stage_with_words,
    stage_with_a_picture,
    stage_with_a_page,
    stage_with_a_page_large,
    stage_turned_by_a_facilitator,
    stage_being_prepared,
    stage_on_the_agenda_with_a_refused_file,
    screen_of_a_stage_with_words,
    screen_of_a_stage_with_a_page,
    screen_of_a_stage_with_a_picture,
)
