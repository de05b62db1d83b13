"""Ballots as an audience sees them: candidates, rules as printed, progress, and the tally once it may be seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.board.audience import Base, may_see, sees_tally
from app.board.board import Board
from app.board.candidates import counts, kind_of, may_read, stands
from app.board.chosen import chosen_ref
from app.board.counting import Row, seen_tally, turnout
from app.board.records import Ballot, Person
from app.board.voters import voter_of
from web.views.candidates import ChoiceView, choice_view
from web.views.nexts import NextView, next_view
from web.views.shuffling import shuffled
from web.views.tallies import OutcomeView, outcome_view

NEWEST_FIRST = 99_999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateView:
    """A choice on a ballot. `count` is None while the tally is sealed; `share` is of the most dots, 0 to 100."""

    ref: str
    id: str
    view: ChoiceView
    count: Row | None
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotView:
    """One round of voting. `present` and `finished` count voters who have a page open now.

    `fallen` counts the choices that are off the board by now; `shuffled`: each reader has an order of their own.
    """

    id: str
    key: str
    step: str
    title: str
    method: str
    dots: int
    per_candidate: int
    one_per: str
    sealed: bool
    secrecy: str
    tie_rule: str
    quorum: int
    quorum_reached: bool
    open: bool
    round: int
    after_results: bool
    counted: bool
    winners: tuple[str, ...]
    rows: tuple[CandidateView, ...]
    present: int
    finished: int
    casts: int
    people: int
    places: int
    proxied: int
    closed_at: float | None
    kind: str
    fallen: int
    shuffled: bool
    outcome: OutcomeView | None
    next: NextView | None
    chosen: str


def ballot_view(
    board: Board, ballot: Ballot, base: Base, here: Mapping[str, int], language: str, reader: str = ""
) -> BallotView:
    """Draws on no audience for the ballot itself: ask `may_see` first. The tally and the choices are asked for here.

    `reader` is whose page it is: their order of the choices; without one it is the ballot's own, as in a frame.
    """
    tally = seen_tally(board, ballot, base)
    rows = {row.ref: row for row in tally.rows} if tally else {}
    most = max((row.dots for row in rows.values()), default=0)
    is_open, own_order = ballot.state == "open", base is Base.EVERYONE and ballot.state == "open"
    order = list(ballot.candidates) if is_open or not tally else list(rows)
    if own_order and reader:
        order = shuffled(order, ballot.id, reader)
    outcome = outcome_view(board, ballot, tally, base, language) if tally and not is_open else None
    present, finished = _presence(board, ballot, here)
    turned_out = turnout(board, ballot)
    return BallotView(
        id=ballot.id,
        key=f"{NEWEST_FIRST - ballot.seq:08d}",
        step=ballot.step,
        title=ballot.title,
        method=ballot.method,
        dots=ballot.dots,
        per_candidate=ballot.per_candidate,
        one_per=ballot.one_per,
        sealed=ballot.sealed,
        secrecy=ballot.secrecy,
        tie_rule=ballot.tie_rule,
        quorum=ballot.quorum,
        quorum_reached=tally.quorum_reached if tally else False,
        open=is_open,
        round=ballot.round,
        after_results=ballot.after_results,
        counted=sees_tally(board, ballot, base),
        winners=tally.winners if tally else (),
        rows=tuple(
            _candidate(board, ref, rows.get(ref), most, base, language)
            for ref in order
            if _there(board, ballot, ref) and may_read(board, ref, base)
        ),
        present=present,
        finished=finished,
        casts=turned_out.casts,
        people=turned_out.people,
        places=turned_out.places,
        proxied=turned_out.proxied,
        closed_at=ballot.closed_at,
        kind=kind_of(ballot.candidates[0]),
        fallen=sum(not _there(board, ballot, ref) for ref in ballot.candidates),
        shuffled=own_order,
        outcome=outcome,
        next=next_view(board, ballot) if base is Base.FACILITATORS and not is_open else None,
        chosen=chosen_ref(board, ballot.candidates) if tally and not is_open else "",
    )


def _candidate(board: Board, ref: str, row: Row | None, most: int, base: Base, language: str) -> CandidateView:
    share = round(100 * row.dots / most) if row and most else 0
    view = choice_view(board, ref, base, language)
    return CandidateView(ref=ref, id=view.id, view=view, count=row, share=share)


def _there(board: Board, ballot: Ballot, ref: str) -> bool:
    """Is it among the choices: while people vote whatever stands, afterwards whatever is counted?"""
    return stands(board, ref) if ballot.state == "open" else counts(board, ref)


def _presence(board: Board, ballot: Ballot, here: Mapping[str, int]) -> tuple[int, int]:
    """How many voters are present, and how many of them have said that they have finished."""
    people = [person for person in (board.get(Person, id_) for id_ in here) if person is not None]
    voters = {voter_of(ballot, person) for person in people if person.state == "here" and person.role == "participant"}
    done = {cast.voter for cast in board.casts(ballot.id) if cast.done}
    return len(voters), len(voters & done)


def ballot_views(
    board: Board, step: str, base: Base, here: Mapping[str, int], language: str, reader: str = ""
) -> list[BallotView]:
    """The ballots of a step that this audience sees, newest first, as their keys are."""
    seen = [ballot for ballot in board.ballots(step) if may_see(board, ballot, base)]
    views = (ballot_view(board, ballot, base, here, language, reader) for ballot in seen)
    return sorted(views, key=lambda view: view.key)


def closed_ballots(board: Board, base: Base, language: str) -> list[BallotView]:
    """All that was voted on, the last that closed first."""
    closed = [each for each in board.all(Ballot) if each.state == "closed" and may_see(board, each, base)]
    ordered = sorted(closed, key=lambda each: (-(each.closed_at or 0), -each.seq))
    return [ballot_view(board, each, base, {}, language) for each in ordered]
