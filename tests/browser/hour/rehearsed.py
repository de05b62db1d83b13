"""What is seen of a rehearsal: the copy before anybody comes, while simulated participants are here, and around it."""

from collections.abc import Iterator
from contextlib import contextmanager

from websockets.sync.client import connect

from tests.browser.hour.guests import Board, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import DESK, WALL, Look


def copy_of(board: Board) -> Board:
    """The copy to rehearse on that its facilitator has made."""
    facilitator = board.facilitator
    answer = facilitator.http.post(f"{board.house.url}/b/{board.id}/copy", json={})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    facilitator.board, facilitator.person = made["board"], made["person"]
    return Board(board.house, facilitator, made, board.language, list(facilitator.sees()["steps"]))


def _rehearsal(house: House, language: str) -> Board:
    return copy_of(start_board(house, language=language))


@contextmanager
def _simulated(board: Board) -> Iterator[None]:
    """Three who say that they are simulated, and keep their page open."""
    guests = [board.guest("Responsable de la communication", name, simulated=True) for name in ("Lomé", "Cork", "Lima")]
    step = board.goes_to("write")
    for guest in guests:
        guest.writes("Nos villes n'attendent pas 2030", step=step)
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in guests[0].cookies)
    address = f"{board.house.url.replace('http', 'ws', 1)}/b/{board.id}/live"
    with connect(address, additional_headers={"Cookie": cookies}):
        yield


def board_with_its_rehearsal(house: House, language: str) -> Look:
    board = start_board(house, language=language)
    return Look(
        path=f"/b/{board.id}",
        who=board.facilitator,
        size=DESK,
        act=lambda page: page.click("#fold-rehearsal > summary"),
    )


def rehearsal_before_anybody_comes(house: House, language: str) -> Look:
    board = _rehearsal(house, language)
    return Look(path=f"/b/{board.id}", who=board.facilitator, size=DESK)


def rehearsal_for_who_takes_part(house: House, language: str) -> Look:
    board = _rehearsal(house, language)
    with _simulated(board):
        return Look(path=f"/b/{board.id}", who=board.guest("Quay office", "Dakar"))


def rehearsal_at_the_door(house: House, language: str) -> Look:
    board = _rehearsal(house, language)
    return Look(path="/" + board.links["join_url"].split("/", 3)[3])


def rehearsal_on_the_screen(house: House, language: str) -> Look:
    board = _rehearsal(house, language)
    with _simulated(board):
        return Look(path=f"/b/{board.id}/screen", who=board.by_link("screen"), size=WALL)


def rehearsal_in_its_results(house: House, language: str) -> Look:
    board = _rehearsal(house, language)
    return Look(path=f"/b/{board.id}/results", who=board.facilitator)


REHEARSED = (
    board_with_its_rehearsal,
    rehearsal_before_anybody_comes,
    rehearsal_for_who_takes_part,
    rehearsal_at_the_door,
    rehearsal_on_the_screen,
    rehearsal_in_its_results,
)
