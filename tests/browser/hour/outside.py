"""The pages around a board: the home page, the door, the links of facilitators, observers and screens, refusals."""

from playwright.sync_api import Page

from tests.browser.hour.guests import Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, Look


def home(house: House, language: str) -> Look:
    return Look(path="/")


def home_on_a_desk(house: House, language: str) -> Look:
    return Look(path="/", size=DESK)


def home_with_a_wrong_code(house: House, language: str) -> Look:
    return Look(path="/join?code=AAAAAA")


def home_with_an_empty_title(house: House, language: str) -> Look:
    return Look(path="/boards", form={"title": " ", "template": "flip-the-script", "language": language})


def door_open(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=_path(board.links["join_url"]))


def door_with_places_to_choose_from(house: House, language: str) -> Look:
    board = start_board(house, language=language)

    def types(page: Page) -> None:
        page.locator("#place").press_sequentially("Dakar")
        page.wait_for_selector("#place-list [role=option]")

    return Look(path=_path(board.links["join_url"]), act=types)


def door_with_a_refusal(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    form = {"name": "Ligne 2", "place": " ", "language": language}
    return Look(path=_path(board.links["join_url"]), form=form)


def door_with_a_waiting_room(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    board.facilitator.asks("door.set", open="waiting")
    return Look(path=_path(board.links["join_url"]))


def door_closed(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    board.facilitator.asks("door.set", open="closed")
    return Look(path=_path(board.links["join_url"]))


def door_without_a_seat(house: House, language: str) -> Look:
    return Look(path=f"/b/{start_board(house, language=language).id}")


def door_after_the_session(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    board.facilitator.asks("board.close")
    return Look(path=_path(board.links["join_url"]))


def already_seated(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=_path(board.links["join_url"]), who=board.facilitator)


def seat_of_the_facilitator(house: House, language: str) -> Look:
    return Look(path=_path(start_board(house, language=language).links["facilitator_url"]))


def seat_of_a_cofacilitator(house: House, language: str) -> Look:
    return Look(path=_path(start_board(house, language=language).links["cohost_url"]))


def seat_of_an_observer(house: House, language: str) -> Look:
    return Look(path=_path(start_board(house, language=language).links["observer_url"]))


def seat_of_the_screen(house: House, language: str) -> Look:
    return Look(path=_path(start_board(house, language=language).links["screen_url"]))


def waiting_at_the_door(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    board.facilitator.asks("door.set", open="waiting")
    return Look(path=f"/b/{board.id}", who=board.guest("Ligne 2", "Dakar"))


def removed(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    guest = board.guest("Ligne 2", "Dakar")
    board.facilitator.asks("person.remove", person=guest.person)
    return Look(path=f"/b/{board.id}", who=guest)


def erasing_what_one_wrote(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=f"/b/{board.id}/erase", who=board.guest("Ligne 2", "Dakar"))


def stale_link(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    board.facilitator.asks("door.rotate", role="join")
    return Look(path=_path(board.links["join_url"]))


def no_such_board(house: House, language: str) -> Look:
    return Look(path="/b/zzzzzzzz")


def no_such_page(house: House, language: str) -> Look:
    return Look(path="/nowhere")


def log_for_facilitators_only(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(path=f"/b/{board.id}/log", who=board.guest("Ligne 2", "Dakar"))


def results_without_a_seat(house: House, language: str) -> Look:
    return Look(path=f"/b/{start_board(house, language=language).id}/results", who=Guest(house))


def _path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


OUTSIDE = (
    home,
    home_on_a_desk,
    home_with_a_wrong_code,
    home_with_an_empty_title,
    door_open,
    door_with_places_to_choose_from,
    door_with_a_refusal,
    door_with_a_waiting_room,
    door_closed,
    door_without_a_seat,
    door_after_the_session,
    already_seated,
    seat_of_the_facilitator,
    seat_of_a_cofacilitator,
    seat_of_an_observer,
    seat_of_the_screen,
    waiting_at_the_door,
    removed,
    erasing_what_one_wrote,
    stale_link,
    no_such_board,
    no_such_page,
    log_for_facilitators_only,
    results_without_a_seat,
)
