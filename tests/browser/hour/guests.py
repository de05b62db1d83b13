"""People who come to a board by its addresses, as programs do: they prepare in moments what a page is to show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2

from tests.browser.hour.house import House


@dataclass
class Guest:
    """Somebody with a seat, and the cookies of their device."""

    house: House
    board: str = ""
    person: str = ""
    http: httpx2.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = self.house.visitor()

    @property
    def cookies(self) -> list[Any]:
        """What their browser would have."""
        return [{"name": each.name, "value": each.value, "url": self.house.url} for each in self.http.cookies.jar]

    def asks(self, do: str, **fields: Any) -> Mapping[str, Any]:
        """One command, which the board accepts."""
        answer = self.http.post(
            f"{self.house.url}/b/{self.board}/commands", json={"do": do, "id": str(uuid4()), **fields}
        )
        assert answer.status_code == 200, f"{do}: {answer.text}"
        found: Mapping[str, Any] = answer.json()
        return found

    def writes(self, text: str, *, step: str, **fields: Any) -> str:
        """A note; its id."""
        return str(self.asks("note.add", step=step, text=text, **fields)["made"]["note"])

    def casts(self, ballot: str, **dots: int) -> None:
        """Dots on notes, by the notes' ids."""
        self.asks("ballot.cast", ballot=ballot, choices={f"note:{note}": n for note, n in dots.items()})

    def sees(self) -> Mapping[str, Any]:
        """The board as this person may see it."""
        answer = self.http.get(f"{self.house.url}/api/boards/{self.board}")
        assert answer.status_code == 200, answer.text
        found: Mapping[str, Any] = answer.json()
        return found


@dataclass
class Board:
    """A board that a facilitator has just started, and its links."""

    house: House
    facilitator: Guest
    links: Mapping[str, str]
    language: str
    steps: list[Mapping[str, Any]]

    @property
    def id(self) -> str:
        return self.facilitator.board

    def step(self, kind: str, number: int = 1) -> str:
        """The id of the first, second … step of a kind."""
        return [str(step["id"]) for step in self.steps if step["kind"] == kind][number - 1]

    def goes_to(self, kind: str, number: int = 1) -> str:
        """The facilitator moves on; the step's id."""
        step = self.step(kind, number)
        self.facilitator.asks("agenda.go", step=step)
        return step

    def guest(self, name: str, place: str = "", **fields: Any) -> Guest:
        """Somebody who comes in by the join link."""
        guest = Guest(self.house, board=self.id)
        said = {"name": name, "place": place, "language": self.language, **fields}
        answer = guest.http.post(self.links["join_url"], json=said)
        assert answer.status_code in (201, 202), answer.text
        guest.person = answer.json()["person"]
        return guest

    def by_link(self, role: str) -> Guest:
        """Somebody who presses the button behind a facilitator's, observer's or screen link."""
        guest = Guest(self.house, board=self.id)
        answer = guest.http.post(self.links[f"{role}_url"], data={}, headers={"Accept-Language": self.language})
        assert answer.status_code == 303, answer.text
        return guest

    def ballot(self, *notes: str, **fields: Any) -> str:
        """A vote over these notes in the step that is on; its id."""
        said = {"title": "", "candidates": [f"note:{note}" for note in notes], "dots": 3, **fields}
        return str(self.facilitator.asks("ballot.open", **said)["made"]["ballot"])


def start_board(
    house: House, *, language: str = "en", title: str = "Flip the Script", template: str = "flip-the-script"
) -> Board:
    """A new board, whose facilitator reads that language."""
    facilitator = Guest(house)
    answer = facilitator.http.post(
        f"{house.url}/boards",
        json={"title": title, "template": template, "language": language, "name": "Hall of cities", "place": ""},
        headers={"Accept-Language": language, "Accept": "application/json"},
    )
    assert answer.status_code == 201, answer.text
    made = answer.json()
    facilitator.board, facilitator.person = made["board"], made["person"]
    return Board(house, facilitator, made, language, list(facilitator.sees()["steps"]))
