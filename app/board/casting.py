"""Votes, as voters cast them: put dots, take them back, be done; and for people who are not online."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.board.asking import NOTHING, Ask, Changes, Refused, drop, put
from app.board.ballots import stands
from app.board.board import Board
from app.board.checking import checked
from app.board.records import Ballot, Cast, Person
from app.board.rule import Rule, Who, actor
from app.board.voters import proxy_of, somebody_of, voter_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotCast:
    """All choices at once ({"note:<id>": dots}); they take the place of what the voter had cast before."""

    ballot: str
    choices: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotCastFor:
    ballot: str
    place: str
    people: int
    choices: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRetract:
    ballot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotDone:
    ballot: str


def cast(board: Board, command: BallotCast, ask: Ask) -> Changes:
    """Refused: unknown {what}, ballot-closed, invalid {field}, too-many-on-one {max}, no-dots-left {dots}.

    Where each place has one vote, refused `empty` {field} for whoever speaks for none.
    """
    ballot = _open(board, command.ballot)
    chosen = _chosen(board, ballot, command.choices, each=ballot.per_candidate, all_=ballot.dots)
    return put(replace(_blank(board, ballot, ask), choices=chosen, used=sum(chosen.values())))


def _open(board: Board, ballot_id: str) -> Ballot:
    ballot = board.need(Ballot, ballot_id)
    if ballot.state != "open":
        raise Refused("ballot-closed")
    return ballot


def _chosen(board: Board, ballot: Ballot, choices: Mapping[str, int], *, each: int, all_: int) -> dict[str, int]:
    if not choices or min(choices.values()) < 1:
        raise Refused("invalid", field="choices")
    if any(ref not in ballot.candidates or not stands(board, ref) for ref in choices):
        raise Refused("unknown", what="note")
    if max(choices.values()) > each:
        raise Refused("too-many-on-one", max=each)
    if sum(choices.values()) > all_:
        raise Refused("no-dots-left", dots=all_)
    # In the ballot's order, so that the same choices are the same record.
    return {ref: choices[ref] for ref in ballot.candidates if ref in choices}


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

    Refused: as `cast`; empty, too-long {max}; not-yours where the place has cast its one vote by itself.
    """
    ballot = _open(board, command.ballot)
    place = checked(command.place, most=ask.limits.place, field="place")
    if not 1 <= command.people <= ask.limits.people:
        raise Refused("invalid", field="people")
    times = command.people if ballot.one_per == "person" else 1
    each, all_ = ballot.per_candidate * times, ballot.dots * times
    chosen = _chosen(board, ballot, command.choices, each=each, all_=all_)
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
        choices=chosen,
        used=sum(chosen.values()),
        allowed=all_,
        people=command.people,
        at=ask.now,
    )
    return put(proxy)


def dots_left(board: Board, ballot: Ballot, person: Person) -> int:
    """The dots that the person, or their place, can still put.

    Dots on a note that no longer stands are free again.
    """
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
