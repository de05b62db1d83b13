"""Who is here: counts and places for everybody, names for facilitators."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from typing import Any

from app.board.board import Board
from app.board.records import Person
from app.board.rule import facilitates

NEWEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class HereView:
    """How many people and places are here now, and the newest of the places as (name, country code)."""

    people: int
    places: int
    countries: int
    newest: tuple[tuple[str, str], ...]
    simulated: int


def here_view(board: Board, here: Mapping[str, int]) -> HereView:
    """People with an open page; observers and screens are not counted."""
    people = [person for person in (board.get(Person, id_) for id_ in here) if person is not None]
    counted = [each for each in people if each.role != "observer" and each.state == "here"]
    places = {(each.place, each.country): each.joined_at for each in counted if each.place}
    newest = sorted(places, key=lambda place: (-places[place], place))[:NEWEST]
    return HereView(
        people=len(counted),
        places=len(places),
        countries=len({country for _, country in places if country}),
        newest=tuple(newest),
        simulated=sum(each.simulated for each in counted),
    )


class HereLater:
    """A `HereView` that is counted when some of it is drawn: few frames draw it, and there may be a thousand people."""

    def __init__(self, board: Board, here: Mapping[str, int]) -> None:
        self._board, self._here = board, here

    @cached_property
    def _view(self) -> HereView:
        return here_view(self._board, self._here)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._view, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """One person, for facilitators. A mute that came by way of an unsigned note is not shown."""

    id: str
    name: str
    place: str
    country: str
    role: str
    state: str
    muted: bool
    hand_at: float | None
    joined_at: float
    here: bool
    facilitates: bool
    simulated: bool


def person_view(person: Person, here: Mapping[str, int]) -> PersonView:
    """Draws on no audience: for facilitators only."""
    return PersonView(
        id=person.id,
        name=person.name,
        place=person.place,
        country=person.country,
        role=person.role,
        state=person.state,
        muted=person.muted,
        hand_at=person.hand_at,
        joined_at=person.joined_at,
        here=person.id in here,
        facilitates=facilitates(person),
        simulated=person.simulated,
    )


def people_views(board: Board, here: Mapping[str, int]) -> list[PersonView]:
    """Everybody who has or had a seat and a name: who is here first, then by name."""
    views = [person_view(person, here) for person in board.people() if person.state != "forgotten"]
    return sorted(views, key=lambda view: (not view.here, view.name.casefold(), view.id))


def newest_people(board: Board, here: Mapping[str, int]) -> list[PersonView]:
    """Who came last, those present first. It is drawn again while people come, so it does not grow with them."""
    seated = (person for person in board.people() if person.state == "here")
    newest = nsmallest(NEWEST, seated, key=lambda each: (each.id not in here, -each.joined_at, each.id))
    return [person_view(each, here) for each in newest]


def hands(board: Board, here: Mapping[str, int]) -> list[PersonView]:
    """Raised hands, the longest raised first."""
    raised = [person for person in board.people() if person.hand_at is not None and person.state == "here"]
    return [person_view(each, here) for each in sorted(raised, key=lambda each: each.hand_at or 0)]


def waiting(board: Board, here: Mapping[str, int]) -> list[PersonView]:
    """Who waits at the door, in the order in which they came."""
    return [person_view(each, here) for each in board.people() if each.state == "waiting"]
