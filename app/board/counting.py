"""How a ballot stands: a pure count over its casts, by people and by place; a recount is the same again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.board.audience import Audience, may_see, sees_tally
from app.board.ballots import stands
from app.board.board import Board
from app.board.records import Ballot, Cast, Note, Person
from app.board.writing import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One candidate's count.

    `people` counts proxies whole, `places` each place once; dots by place and by person
    stand only on a ballot whose secrecy allows it."""

    ref: str
    rank: int
    place_rank: int
    dots: int
    people: int
    places: int
    tied: bool = False
    by_place: Mapping[str, int]
    by_person: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """Who has voted: casts that hold dots, voters who are done, and for how many people and places."""

    casts: int
    done: int
    people: int
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Rows in order of rank; `winners` are the refs that stand first, and none while there are no dots."""

    ballot: str
    rows: tuple[Row, ...]
    turnout: Turnout
    quorum: int
    quorum_reached: bool

    @property
    def winners(self) -> tuple[str, ...]:
        """The refs of the first rank, when anybody put a dot there."""
        return tuple(row.ref for row in self.rows if row.rank == 1 and row.dots)


def tally(board: Board, ballot: Ballot) -> Tally:
    """The count over the candidates that still stand. Who may see it is for `seen_tally` to say."""
    casts = board.casts(ballot.id)
    rows = [_row(board, ballot, ref, casts) for ref in ballot.candidates if stands(board, ref)]
    present = turnout(board, ballot)
    votes = present.casts if ballot.one_per == "place" else present.people
    return Tally(
        ballot=ballot.id,
        rows=_ranked(board, ballot, rows),
        turnout=present,
        quorum=ballot.quorum,
        quorum_reached=votes >= ballot.quorum,
    )


def seen_tally(board: Board, ballot: Ballot, audience: Audience) -> Tally | None:
    """The tally that this audience may see: without rows it may not read, None while sealed."""
    if not sees_tally(board, ballot, audience):
        return None
    whole = tally(board, ballot)
    readable = [row for row in whole.rows if may_see(board, _note(board, row.ref), audience)]
    return replace(whole, rows=tuple(readable))


def _note(board: Board, ref: str) -> Note:
    return board.need(Note, ref.removeprefix("note:"))


def _row(board: Board, ballot: Ballot, ref: str, casts: list[Cast]) -> Row:
    put = [cast for cast in casts if cast.choices.get(ref)]
    by_place: dict[str, int] = {}
    by_person: dict[str, int] = {}
    for cast in put if ballot.secrecy in ("by_place", "named") else ():
        by_place[cast.place] = by_place.get(cast.place, 0) + cast.choices[ref]
    for cast in put if ballot.secrecy == "named" else ():
        name = _name(board, cast)
        by_person[name] = by_person.get(name, 0) + cast.choices[ref]
    return Row(
        ref=ref,
        rank=0,
        place_rank=0,
        dots=sum(cast.choices[ref] for cast in put),
        people=sum(cast.people or 1 for cast in put),
        places=_places(put),
        by_place=by_place,
        by_person=by_person,
    )


def _name(board: Board, cast: Cast) -> str:
    """Who stands behind a cast: a person; the place, where it has one vote or was voted for."""
    person = board.get(Person, cast.voter)
    return person.name if person else cast.place


def _places(casts: list[Cast]) -> int:
    return len({(fold(cast.place), cast.country) for cast in casts if cast.place})


def _ranked(board: Board, ballot: Ballot, rows: list[Row]) -> tuple[Row, ...]:
    """By dots; equal ones share a rank unless the earliest note wins, marked while a tie is unbroken."""
    rows = sorted(rows, key=lambda row: (-row.dots, _note(board, row.ref).seq, row.ref))
    earliest = ballot.tie_rule == "earliest"
    unbroken = ballot.tie_rule in ("runoff", "facilitator")
    counts = [row.dots for row in rows]
    by_places = sorted((row.places for row in rows), reverse=True)
    return tuple(
        replace(
            row,
            rank=1 + (at if earliest else counts.index(row.dots)),
            place_rank=1 + by_places.index(row.places),
            tied=unbroken and row.dots > 0 and counts.count(row.dots) > 1,
        )
        for at, row in enumerate(rows)
    )


def turnout(board: Board, ballot: Ballot) -> Turnout:
    """Who has voted so far; this much is no secret, also while the ballot is sealed."""
    casts = board.casts(ballot.id)
    voted = [cast for cast in casts if cast.choices]
    return Turnout(
        casts=len(voted),
        done=sum(cast.done for cast in casts),
        people=sum(cast.people or 1 for cast in voted),
        places=_places(voted),
    )
