"""People at the door and about themselves: come in, name, place, language, a raised hand."""

from dataclasses import dataclass, replace

from app.board.asking import Ask, Changes, Refused, put
from app.board.board import Board
from app.board.checking import checked, checked_code, checked_language
from app.board.records import ROLES, Ballot, Person
from app.board.rule import FACILITATING, Rule, Who, actor, facilitates
from app.board.writing import is_blank

STRENGTH = ("observer", "participant", "cohost", "facilitator")
MOST_OF_A_COUNTRY = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonJoin:
    """Asked by the door alone: the actor is the person who comes in, with the role that the link gives.

    `simulated` people rehearse: they say so, and are let in nowhere else.
    """

    name: str
    place: str
    language: str
    place_id: str = ""
    country: str = ""
    role: str = "participant"
    simulated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRename:
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPlace:
    """One's own place, or (facilitators) another person's."""

    place: str
    place_id: str = ""
    country: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLanguage:
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """`person` lets a facilitator lower somebody's hand."""

    up: bool
    person: str = ""


def join(board: Board, command: PersonJoin, ask: Ask) -> Changes:
    """Makes the person whose id is the actor's; whoever comes again keeps the stronger role.

    Only participants must say for which place they speak.
    Refused: removed, door-closed, closed, not-a-rehearsal, too-many {max}, empty, too-long {max}, invalid {field}.
    """
    if command.role not in ROLES:
        raise Refused("invalid", field="role")
    if command.simulated and not board.about.rehearsal:
        raise Refused("not-a-rehearsal")
    known = board.get(Person, ask.actor)
    if known is None:
        return _comes_in(board, command, ask)
    if known.is_gone:
        raise Refused("removed")
    return _comes_again(board, known, command, ask)


def _comes_in(board: Board, command: PersonJoin, ask: Ask) -> Changes:
    state = _state_at(board, command.role)
    if board.now.closed and command.role == "participant":
        raise Refused("closed")
    if board.count(Person) >= ask.limits.people and command.role not in FACILITATING:
        raise Refused("too-many", max=ask.limits.people)
    person = Person(
        id=ask.actor,
        name=checked(command.name, most=ask.limits.name, field="name"),
        place=checked(command.place, most=ask.limits.place, field="place", empty=command.role != "participant"),
        place_id=checked_code(command.place_id, most=ask.limits.place, field="place_id"),
        country=checked_code(command.country, most=MOST_OF_A_COUNTRY, field="country"),
        language=checked_language(command.language),
        role=command.role,
        state=state,
        joined_at=ask.now,
        simulated=command.simulated,
    )
    return put(person, made={"person": person.id})


def _state_at(board: Board, role: str) -> str:
    """Here or waiting, by the door and the link; a facilitator's link always opens."""
    if role in FACILITATING:
        return "here"
    if board.door.open == "closed":
        raise Refused("door-closed")
    return "waiting" if board.door.open == "waiting" and role != "observer" else "here"


def _comes_again(board: Board, known: Person, command: PersonJoin, ask: Ask) -> Changes:
    stronger = STRENGTH.index(command.role) > STRENGTH.index(known.role)
    role = command.role if stronger else known.role
    must_ask = stronger or known.state == "waiting"
    person = replace(
        known,
        name=checked(command.name, most=ask.limits.name, field="name"),
        language=checked_language(command.language),
        role=role,
        state=_state_at(board, role) if must_ask else known.state,
    )
    if is_bound(board, known) or is_blank(command.place):
        return put(person)
    return put(_placed(person, command, ask))


def is_bound(board: Board, person: Person) -> bool:
    """Is the person bound to their place, because a ballot is open in which each place has one vote?"""
    voting = any(ballot.state == "open" and ballot.one_per == "place" for ballot in board.all(Ballot))
    return voting and person.place != ""


def _placed(person: Person, command: PersonJoin | PersonPlace, ask: Ask) -> Person:
    return replace(
        person,
        place=checked(command.place, most=ask.limits.place, field="place", empty=person.role != "participant"),
        place_id=checked_code(command.place_id, most=ask.limits.place, field="place_id"),
        country=checked_code(command.country, most=MOST_OF_A_COUNTRY, field="country"),
    )


def rename(board: Board, command: PersonRename, ask: Ask) -> Changes:
    """Refused: empty, too-long {max}."""
    return put(replace(actor(board, ask), name=checked(command.name, most=ask.limits.name, field="name")))


def place(board: Board, command: PersonPlace, ask: Ask) -> Changes:
    """Refused: empty, too-long {max}, unknown person, only-facilitators (another's place).

    Refused not-now {step} while each place has one vote: whoever moved about would vote for every place.
    """
    asker = actor(board, ask)
    if facilitates(asker):
        return put(_placed(board.need(Person, command.person) if command.person else asker, command, ask))
    if command.person not in ("", asker.id):
        raise Refused("only-facilitators")
    if is_bound(board, asker):
        raise Refused("not-now", step=board.now.step)
    return put(_placed(asker, command, ask))


def language(board: Board, command: PersonLanguage, ask: Ask) -> Changes:
    """Refused: invalid {field}."""
    return put(replace(actor(board, ask), language=checked_language(command.language)))


def hand(board: Board, command: Hand, ask: Ask) -> Changes:
    """Refused: only-facilitators (another's hand), unknown person, invalid {field} (to raise another's)."""
    asker = actor(board, ask)
    if command.person in ("", asker.id):
        return put(_with_hand(asker, command.up, ask.now))
    if not facilitates(asker):
        raise Refused("only-facilitators")
    if command.up:
        raise Refused("invalid", field="up")
    return put(_with_hand(board.need(Person, command.person), False, ask.now))


def _with_hand(person: Person, up: bool, now: float) -> Person:
    if up == (person.hand_at is not None):
        return person
    return replace(person, hand_at=now if up else None)


RULES = (
    Rule("person.join", PersonJoin, join, Who.DOOR),
    Rule("person.rename", PersonRename, rename, Who.SELF),
    Rule("person.place", PersonPlace, place, Who.SELF),
    Rule("person.language", PersonLanguage, language, Who.SELF),
    Rule("hand", Hand, hand, Who.SELF),
)
