"""How a ballot stands: a pure count over its casts, by people and by place; a recount is the same again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.board.audience import Audience, sees_names, sees_tally
from app.board.board import Board
from app.board.candidates import came, counts, may_read
from app.board.records import Ballot, Cast
from app.board.scoring import Key, Reason, Score, by_person, by_place, on_behalf, places_of, reasons, scored, weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One candidate's count.

    `people` counts proxies whole, `places` each place once; dots by place and by person stand only on a ballot
    whose secrecy allows it, with what of a place's was cast for it `on_behalf`. `dots` by method: dots; who approves;
    how many others a ranking has it ahead of; who can carry it, beside those `against`, who cannot.
    """

    ref: str
    rank: int
    place_rank: int
    dots: int
    people: int
    places: int
    tied: bool = False
    by_place: Mapping[str, int]
    by_person: Mapping[str, int]
    against: int = 0
    against_places: int = 0
    reasons: tuple[Reason, ...] = ()
    on_behalf: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """Who has voted: casts that hold dots, voters who are done, and for how many people and places.

    `proxied` counts the votes that facilitators cast for people who were not online.
    """

    casts: int
    done: int
    people: int
    places: int
    proxied: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Rows in order of rank; `winners` are the refs that stand first, and none while nobody chose.

    `pairs`, of a ranking: how many people put the first of two refs before the second.
    """

    ballot: str
    rows: tuple[Row, ...]
    turnout: Turnout
    quorum: int
    quorum_reached: bool
    method: str = "dots"
    pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def winners(self) -> tuple[str, ...]:
        """The refs of the first rank, when anybody chose them; whom nobody could carry has not won."""
        return tuple(row.ref for row in self.rows if row.rank == 1 and (row.dots or self._ranks))

    @property
    def leaders(self) -> tuple[str, ...]:
        """The winners, unless too few voted for it to count."""
        return self.winners if self.quorum_reached else ()

    @property
    def _ranks(self) -> bool:
        """In a ranking, whom nobody is ahead of has won, also when ahead of nobody: all may be equal."""
        return self.method == "ranking" and self.turnout.casts > 0


def tally(board: Board, ballot: Ballot) -> Tally:
    """The count over the candidates that stand, or were merged since. Who may see it is for `seen_tally` to say."""
    casts = board.casts(ballot.id)
    counted = scored(ballot, [ref for ref in ballot.candidates if counts(board, ref)], casts)
    rows = [(each.key, each.place_key, _row(board, ballot, ref, each, casts)) for ref, each in counted.scores.items()]
    present = turnout(board, ballot)
    votes = present.casts if ballot.one_per == "place" else present.people
    return Tally(
        ballot=ballot.id,
        rows=_ranked(board, ballot, rows),
        turnout=present,
        quorum=ballot.quorum,
        quorum_reached=votes >= ballot.quorum,
        method=ballot.method,
        pairs=counted.pairs,
    )


def seen_tally(board: Board, ballot: Ballot, audience: Audience) -> Tally | None:
    """The tally that this audience may see: without rows it may not read, or names; None while sealed."""
    if not sees_tally(board, ballot, audience):
        return None
    whole = tally(board, ballot)
    readable = [row for row in whole.rows if may_read(board, row.ref, audience)]
    if ballot.secrecy == "named" and not sees_names(audience):
        readable = [_unnamed(row) for row in readable]
    refs = {row.ref for row in readable}
    pairs = {pair: votes for pair, votes in whole.pairs.items() if refs.issuperset(pair)}
    return replace(whole, rows=tuple(readable), pairs=pairs)


def _unnamed(row: Row) -> Row:
    return replace(row, by_person={}, reasons=tuple(replace(each, who="") for each in row.reasons))


def _row(board: Board, ballot: Ballot, ref: str, score: Score, casts: list[Cast]) -> Row:
    return Row(
        ref=ref,
        rank=0,
        place_rank=0,
        dots=score.dots,
        people=score.people,
        places=score.places,
        by_place=by_place(ballot, ref, casts),
        by_person=by_person(board, ballot, ref, casts),
        against=score.against,
        against_places=score.against_places,
        reasons=reasons(board, ballot, ref, casts),
        on_behalf=on_behalf(ballot, ref, casts),
    )


def _ranked(board: Board, ballot: Ballot, rows: list[tuple[Key, Key, Row]]) -> tuple[Row, ...]:
    """By the method's key; equal ones share a rank unless the earliest wins, marked while a tie is unbroken."""
    rows = sorted(rows, key=lambda each: (each[0], came(board, each[2].ref), each[2].ref))
    earliest = ballot.tie_rule == "earliest"
    unbroken = ballot.tie_rule in ("runoff", "facilitator")
    keys = [key for key, _, _ in rows]
    by_places = sorted(place_key for _, place_key, _ in rows)
    anybody = any(cast.choices for cast in board.casts(ballot.id))
    return tuple(
        replace(
            row,
            rank=1 + (at if earliest else keys.index(key)),
            place_rank=1 + by_places.index(place_key),
            tied=unbroken and anybody and _chosen(ballot, row) and keys.count(key) > 1,
        )
        for at, (key, place_key, row) in enumerate(rows)
    )


def _chosen(ballot: Ballot, row: Row) -> bool:
    """Equal ones that nobody chose are no tie to break; in a ranking each has its place."""
    return ballot.method == "ranking" or row.dots > 0


def turnout(board: Board, ballot: Ballot) -> Turnout:
    """Who has voted so far; this much is no secret, also while the ballot is sealed."""
    casts = board.casts(ballot.id)
    voted = [cast for cast in casts if cast.choices]
    return Turnout(
        casts=len(voted),
        done=sum(cast.done for cast in casts),
        people=sum(cast.people or 1 for cast in voted),
        places=len(places_of(voted)),
        proxied=sum(weight(ballot, cast) for cast in voted if cast.people),
    )
