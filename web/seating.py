"""Who asks for a page of a board, known before it is made: seated and let in, or turned away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Depends, Request
from starlette.responses import Response

from app.board.audience import FACILITATORS, WAITING, Base, base_of
from app.board.records import Person
from app.realtime.room import Room
from web.gates import in_seconds
from web.house import House, InHouse
from web.pages import context_of, person_of, words_of
from web.replies import page, refused
from web.words import Words


class TurnedAway(Exception):
    """Whoever asked gets this answer, and nothing else is done."""

    def __init__(self, answer: Response) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Seated:
    """The room, the person who asks, as which audience they are shown things, and their words."""

    room: Room
    person: Person
    base: Base
    words: Words


async def _seated(board: str, asked: Request, house: InHouse) -> Seated:
    found = await _somebody(board, asked, house)
    if found.base is WAITING:
        raise TurnedAway(refused(house, asked, found.words, found.person.state))
    if wait := house.gates.pages.take(found.person.id):
        raise TurnedAway(refused(house, asked, found.words, "slow-down", seconds=in_seconds(wait)))
    return found


async def _facilitating(board: str, asked: Request, house: InHouse) -> Seated:
    found = await _somebody(board, asked, house)
    if found.base is not FACILITATORS:
        raise TurnedAway(refused(house, asked, found.words, "only-facilitators"))
    return found


async def _somebody(board: str, asked: Request, house: House) -> Seated:
    room = await house.room(board)
    if room is None:
        raise TurnedAway(refused(house, asked, house.words(asked), "not-found"))
    seat = house.seats.read(asked, board)
    person = person_of(room, seat) if seat else None
    if person is None:
        raise TurnedAway(refused(house, asked, house.words(asked), "no-seat"))
    return Seated(room, person, base_of(person), words_of(house, asked, person))


# Whoever has a seat and was let in, as often as pages may be asked for; and facilitators alone, at any pace.
InSeat = Annotated[Seated, Depends(_seated)]
Facilitating = Annotated[Seated, Depends(_facilitating)]


async def away(_: Request, no: Exception) -> Response:
    """The answer of whoever was turned away."""
    return cast(TurnedAway, no).answer


def seated_page(house: House, asked: Request, seat: Seated, template: str, context: Mapping[str, Any]) -> Response:
    """A page around the board, as that person may see it, with what the page itself is about."""
    shared = context_of(house, seat.room, seat.base, seat.words, house.address(asked))
    return page(house, asked, seat.words, template, {**shared, "person": seat.person, **context})
