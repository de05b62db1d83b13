"""A template that no state draws is one that nobody has looked at."""

from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2
import pytest
from websockets.sync.client import connect

from tests.browser.hour.guests import Board, Guest, start_board
from tests.browser.hour.house import House
from tests.browser.hour.looking import Look
from tests.browser.states import STATES
from web.words import TEMPLATES, environment

pytestmark = pytest.mark.browser

LANGUAGE = "en"


class Recording(jinja2.BaseLoader):
    """Writes down every template that is asked for."""

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        self.loader = loader
        self.drawn: set[str] = set()

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The source, from where it always came."""
        self.drawn.add(template)
        return self.loader.get_source(environment, template)


@pytest.fixture
def recording() -> Iterator[Recording]:
    """The templates of one language, watched from the first on."""
    watched = environment(LANGUAGE)
    before = watched.loader
    assert before is not None
    watched.loader = recording = Recording(before)
    assert watched.cache is not None
    watched.cache.clear()
    yield recording
    watched.loader = before


def test_every_template_is_drawn_by_some_state(flipchart: House, recording: Recording) -> None:
    for state in STATES.values():
        fetch(flipchart, state(flipchart, LANGUAGE))
    board = start_board(flipchart)
    board.goes_to("write")
    refused_by_a_script(board)
    told_by_a_frame(board)
    taken_home(board)
    written = {str(path.relative_to(TEMPLATES)) for path in Path(TEMPLATES).rglob("*.html")}
    assert written - recording.drawn == set()


def fetch(house: House, look: Look) -> None:
    """The page, as it comes."""
    http = (look.who or Guest(house)).http
    headers = {"Accept-Language": LANGUAGE, "Accept": "text/html"}
    if look.form is None:
        http.get(look.path, headers=headers)
    else:
        http.post(look.path, data=dict(look.form), headers=headers)


def refused_by_a_script(board: Board) -> None:
    """The fragment that stands beside a form."""
    sent = {"do": "board.rename", "id": "11111111-2222", "title": " "}
    answer = board.facilitator.http.post(f"/b/{board.id}/commands", data=sent, headers={"HX-Request": "true"})
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
