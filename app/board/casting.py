"""Votes, as voters cast them: choose, take it back, be done; and for people who are not online."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.board.asking import NOTHING, Ask, Changes, Refused, drop, put
from app.board.board import Board
from app.board.candidates import stands
from app.board.checking import checked
from app.board.choosing import Choices, Said, chosen
from app.board.records import Ballot, Cast, Person
from app.board.rule import Rule, Who, actor
from app.board.voters import proxy_of, somebody_of, voter_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotCast:
    """All choices at once, by the ballot's method; they take the place of what the voter had cast before.

    Dots {ref: dots}; approval [ref]; ranking [ref, [ref, ref]] best first; consent {ref: Stand}. A form maps each
    ref to a number: dots, 1 for approved, the rank, or 1 and -1 for what can and cannot be carried, with `reasons`.
    """

    ballot: str
    choices: Choices
    reasons: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotCastFor:
    ballot: str
    place: str
    people: int
    choices: Choices
    reasons: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRetract:
    ballot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotDone:
    ballot: str


def cast(board: Board, command: BallotCast, ask: Ask) -> Changes:
    """Refused: unknown {what}, ballot-closed, invalid {field}, too-many-on-one {max}, no-dots-left {dots}, too-long.

    Where each place has one vote, refused `empty` {field} for whoever speaks for none.
    """
    ballot = _open(board, command.ballot)
    found = chosen(board, ballot, Said(choices=command.choices, reasons=command.reasons or {}), ask)
    return put(replace(_blank(board, ballot, ask), choices=found.choices, used=found.used, reasons=found.reasons))


def _open(board: Board, ballot_id: str) -> Ballot:
    ballot = board.need(Ballot, ballot_id)
    if ballot.state != "open":
        raise Refused("ballot-closed")
    return ballot


def _blank(board: Board, ballot: Ballot, ask: Ask) -> Cast:
    """The asker's own cast, or their place's, before anything is chosen."""
    person = actor(board, ask)
    if ballot.one_per == "place" and not person.place:
        raise Refused("empty", field="place")
    voter = voter_of(ballot, person)
    return Cast(
        id=cast_id(ballot, voter),
        ballot=ballot.id,
        voter=voter,
        by=person.id,
        place=person.place,
        country=person.country,
        language=person.language,
        choices={},
        used=0,
        allowed=ballot.dots,
        at=ask.now,
    )


def cast_id(ballot: Ballot, voter: str) -> str:
    """One cast to a ballot and voter, whoever asks and however often."""
    return f"{ballot.id}.{voter}"


def cast_for(board: Board, command: BallotCastFor, ask: Ask) -> Changes:
    """Votes for people in a room or on the phone: with the dots of all of them, or of one place.

    They approve of each with as many as they are, or as said; a ranking and consent are of all of them alike.

    Refused: as `cast`; empty, too-long {max}; not-yours where the place has cast its one vote by itself.
    """
    ballot = _open(board, command.ballot)
    place = checked(command.place, most=ask.limits.place, field="place")
    if not 1 <= command.people <= ask.limits.people:
        raise Refused("invalid", field="people")
    times = command.people if ballot.one_per == "person" else 1
    found = chosen(board, ballot, Said(choices=command.choices, reasons=command.reasons or {}, people=times), ask)
    voter, there = proxy_of(board, ballot, place), somebody_of(board, place)
    earlier = board.get(Cast, cast_id(ballot, voter))
    if earlier is not None and earlier.people == 0:
        raise Refused("not-yours")
    proxy = Cast(
        id=cast_id(ballot, voter),
        ballot=ballot.id,
        voter=voter,
        by=ask.actor,
        place=place,
        country=there.country if there else "",
        choices=found.choices,
        used=found.used,
        allowed=found.allowed,
        reasons=found.reasons,
        people=command.people,
        at=ask.now,
    )
    return put(proxy)


def dots_left(board: Board, ballot: Ballot, person: Person) -> int:
    """The dots that the person, or their place, can still put.

    Dots on what no longer stands are free again. 0 where the ballot is not one of dots.
    """
    if ballot.method != "dots":
        return 0
    there = board.get(Cast, cast_id(ballot, voter_of(ballot, person)))
    put_now = sum(dots for ref, dots in there.choices.items() if stands(board, ref)) if there else 0
    return ballot.dots - put_now


def retract(board: Board, command: BallotRetract, ask: Ask) -> Changes:
    """Takes the voter's cast away. Refused: unknown, ballot-closed. Changes nothing when there is none."""
    ballot = _open(board, command.ballot)
    there = board.get(Cast, cast_id(ballot, voter_of(ballot, actor(board, ask))))
    return drop(there) if there else NOTHING


def done(board: Board, command: BallotDone, ask: Ask) -> Changes:
    """Says that the voter has finished, also without having put a dot. Refused: unknown, ballot-closed."""
    ballot = _open(board, command.ballot)
    blank = _blank(board, ballot, ask)
    return put(replace(board.get(Cast, blank.id) or blank, done=True))


RULES = (
    Rule("ballot.cast", BallotCast, cast, Who.VOTERS),
    Rule("ballot.retract", BallotRetract, retract, Who.VOTERS),
    Rule("ballot.done", BallotDone, done, Who.VOTERS),
    Rule("ballot.cast_for", BallotCastFor, cast_for, Who.FACILITATORS),
)
