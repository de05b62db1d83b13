"""Who is gathered: the places of the people who are here, by country, as a welcome shows them; no person's name."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.board.board import Board
from app.board.records import Person

MOST_SHOWN = 32
NEWEST = 5
# The group of places that are on no list, and so in no country.
ELSEWHERE = "-"


@dataclass(frozen=True, slots=True)
class Group:
    """The places of one country that are shown, in the order in which they came; `since` is when the first did."""

    since: float
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """How many places and countries are here, the groups by country code, and the newest places as (place, code)."""

    places: int
    countries: int
    groups: Mapping[str, Group]
    newest: tuple[tuple[str, str], ...]

    @property
    def more(self) -> int:
        """How many places are here that are not shown."""
        return self.places - sum(len(group.places) for group in self.groups.values())


def is_welcome(board: Board) -> bool:
    """Is the session in its first step, and is that one in which people are welcomed?"""
    step, steps = board.step, board.steps
    return step is not None and step.kind == "talk" and step.id == steps[0].id


def gathering(board: Board, here: Mapping[str, int]) -> Gathering | None:
    """Everybody with an open page but observers; None unless this is the welcome."""
    if not is_welcome(board):
        return None
    since = _since(board, here)
    came = sorted(since, key=lambda place: (since[place], place))
    groups: dict[str, list[str]] = {}
    for place, country in came[:MOST_SHOWN]:
        groups.setdefault(country or ELSEWHERE, []).append(place)
    return Gathering(
        places=len(came),
        countries=len({country for _, country in came if country}),
        groups={
            code: Group(since[places[0], "" if code == ELSEWHERE else code], tuple(places))
            for code, places in groups.items()
        },
        newest=tuple(came[: -NEWEST - 1 : -1]),
    )


def _since(board: Board, here: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """Each place that somebody here speaks for, and when the first of them came."""
    since: dict[tuple[str, str], float] = {}
    for id_ in here:
        person = board.get(Person, id_)
        if person is not None and person.place and person.role != "observer" and person.state == "here":
            place = (person.place, person.country)
            since[place] = min(person.joined_at, since.get(place, person.joined_at))
    return since
