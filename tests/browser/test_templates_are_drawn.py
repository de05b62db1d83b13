"""What is drawn beside the pages that states open; the run itself asks at its end whether every template was."""

import pytest
from websockets.sync.client import connect

from tests.browser.hour.drawn import Recording
from tests.browser.hour.guests import Board, start_board
from tests.browser.hour.house import House
from tests.browser.states import LANGUAGES

pytestmark = pytest.mark.browser


def test_what_no_state_opens_is_drawn(flipchart: House, recording: Recording) -> None:
    board = start_board(flipchart, language=LANGUAGES[0])
    board.goes_to("write")
    refused_by_a_script(board)
    told_by_a_frame(board)
    taken_home(board)
    assert {"refusals/_refusal.html", "frame/_partial.html", "toolkit/index.html"} <= recording.drawn


def refused_by_a_script(board: Board) -> None:
    """The fragment that stands beside a form."""
    sent = {"do": "board.rename", "id": "11111111-2222", "title": " "}
    headers = {"HX-Request": "true", "Accept-Language": LANGUAGES[0]}
    answer = board.facilitator.http.post(f"/b/{board.id}/commands", data=sent, headers=headers)
    assert answer.status_code == 422


def told_by_a_frame(board: Board) -> None:
    """What everybody gets who is there."""
    seen = board.facilitator.sees()
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in board.facilitator.cookies)
    address = f"{board.house.url.replace('http', 'ws', 1)}/b/{board.id}/live?since={seen['seq']}&epoch={seen['epoch']}"
    with connect(address, additional_headers={"Cookie": cookies}) as line:
        board.facilitator.writes("One", step=board.step("write"))
        while "<hx-partial" not in str(line.recv(timeout=10)):
            pass


def taken_home(board: Board) -> None:
    """The page that opens without a connection."""
    board.facilitator.asks("headline.add", text="Rue par rue", language="fr")
    asked = {"form": "svg", "format": "square"}
    answer = board.facilitator.http.get(f"{board.house.url}/b/{board.id}/toolkit.zip", params=asked)
    assert answer.status_code == 200
