"""The pages of a board: for participants and facilitators, for who waits, and for the screen."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from app.board.audience import EVERYONE, SCREEN, WAITING, Base, base_of
from app.board.forgetting import FORGOTTEN
from app.board.records import Person
from app.realtime.room import Room
from web.context import NOT_REFUSED, Context, own_context, page_context
from web.house import House
from web.kept import Numbered
from web.linking import links_view
from web.replies import page
from web.seats import Seat
from web.sharing import Parts
from web.views.ballots import ballot_views
from web.views.surveys import given_again
from web.words import Words

JUST_COME = 300.0
MOST_DIGITS = 10


def person_of(room: Room, seat: Seat) -> Person | None:
    """Whose seat it is, as the board knows them now."""
    return room.board.get(Person, seat.person)


def lost_by(room: Room, seat: Seat) -> str:
    """Whom the seat names and the board does not know: it was put back to before they came in. "" for all others."""
    return seat.person if seat.person and person_of(room, seat) is None else ""


def comes_back(room: Room, seat: Seat) -> Person | None:
    """Whose seat it is, unless they asked to be forgotten: on the same device comes somebody new."""
    person = person_of(room, seat)
    return None if person is None or person.state == "forgotten" else person


def words_of(house: House, asked: HTTPConnection, person: Person | None) -> Words:
    """The words of a person: what they chose for this board, unless the address asks for another language."""
    return house.words(asked, person.language if person else "")


def context_of(house: House, room: Room, base: Base, words: Words, address: str) -> Context:
    """What the page of that audience is drawn from."""
    sight = room.telling.sight
    links = links_view(house.links, sight.board, base, address)
    if base is Base.FACILITATORS:
        house.addresses[sight.board.id] = address
    context = page_context(sight, base, words.language, house.clock(), links)
    return {**context, "command_id": Numbered(), "limits": house.settings.limits}


def board_page(
    house: House,
    asked: HTTPConnection,
    room: Room,
    seat: Seat,
    *,
    refused: Mapping[str, Any] = NOT_REFUSED,
    status: int = 200,
) -> HTMLResponse:
    """The board as its asker may see it; a card instead for who waits or was removed."""
    person = person_of(room, seat)
    words = words_of(house, asked, person)
    base = base_of(person) if person else WAITING
    if person is None or base is WAITING:
        # The menu of languages on this page is the one of pages without a seat.
        return _apart(house, asked, room, person, house.words(asked))
    as_participant = asked.query_params.get("as") == "participant" and base is Base.FACILITATORS
    shown = EVERYONE if as_participant else base
    own = own_context(room.board, person.id)
    shared = context_of(house, room, shown, words, house.address(asked))
    context = {
        **shared,
        **own,
        "kept": Parts(house.kept, room.board, room.history, shown, words.language, shared),
        "seq": room.board.seq,
        "epoch": room.board.epoch,
        "audience": shown.value,
        "as_participant": as_participant,
        "remote": "remote" in asked.query_params and shown is Base.FACILITATORS,
        "arrived_late": _arrived_late(room, person, house.clock()),
        "refused": refused,
        "choices_of": {ballot: vote["choices"] for ballot, vote in own["votes"].items()} | _refused_choices(refused),
        "reasons_of": {ballot: vote["reasons"] for ballot, vote in own["votes"].items()} | _refused_reasons(refused),
        "mine": frozenset([*own["note_ids"], *own["headline_ids"]]),
        "my_actions": frozenset(own["action_ids"]),
        "my_ticks": frozenset(own["tick_ids"]),
        "my_given": given_again(refused["fields"]) or own["given"],
        "look_back": asked.query_params.get("step", ""),
        "ballots": lambda step: ballot_views(
            room.board, step, shown, room.telling.sight.here, words.language, person.id
        ),
    }
    return page(house, asked, words, "board.html", context, status)


def _arrived_late(room: Room, person: Person, now: float) -> bool:
    """Has the person come just now, into a session that is under way?"""
    current = next((at for at, step in enumerate(room.board.steps) if step.id == room.board.now.step), 0)
    return current > 0 and now - person.joined_at < JUST_COME


def _refused_choices(refused: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """The dots of a refused vote, by ballot: they stand in the form as they were placed."""
    fields = refused["fields"]
    choices = fields.get("choices")
    if fields.get("do") != "ballot.cast" or not isinstance(choices, dict):
        return {}
    numbers = {
        ref: dots for ref, dots in choices.items() if isinstance(dots, str) and dots.removeprefix("-").isdecimal()
    }
    # Python refuses to read thousands of digits, and no ballot has so many dots.
    placed = {ref: int(dots) for ref, dots in numbers.items() if len(dots) < MOST_DIGITS}
    return {str(fields.get("ballot", "")): placed}


def _refused_reasons(refused: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The reasons of a refused vote, as they were written."""
    reasons = refused["fields"].get("reasons")
    if refused["fields"].get("do") != "ballot.cast" or not isinstance(reasons, dict):
        return {}
    return {str(refused["fields"].get("ballot", "")): {ref: str(text) for ref, text in reasons.items()}}


def _apart(house: House, asked: HTTPConnection, room: Room, person: Person | None, words: Words) -> HTMLResponse:
    state = person.state if person else "removed"
    context = {
        "state": state,
        "erased": person is not None and person.is_gone and person.name == FORGOTTEN,
        "about": room.board.about,
        "board": room.board.id,
        "person": person,
        "seq": room.board.seq,
        "epoch": room.board.epoch,
    }
    return page(house, asked, words, "door/apart.html", context, 403 if state == "removed" else 200)


def screen_page(house: House, asked: HTTPConnection, room: Room) -> HTMLResponse:
    """The projector's view."""
    words = house.words(asked, room.board.about.language)
    context = {
        **context_of(house, room, SCREEN, words, house.address(asked)),
        "seq": room.board.seq,
        "epoch": room.board.epoch,
        "audience": SCREEN.value,
    }
    return page(house, asked, words, "screen.html", context)
