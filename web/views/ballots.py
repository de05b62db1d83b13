"""Ballots as an audience sees them: candidates, rules as printed, progress, and the tally once it may be seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.board.audience import Base, may_see, sees_tally
from app.board.ballots import stands
from app.board.board import Board
from app.board.counting import Row, Tally, seen_tally, turnout
from app.board.records import Ballot, Note, Person
from app.board.voters import voter_of
from web.views.notes import NoteView, note_view

NEWEST_FIRST = 99_999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateView:
    """A note on a ballot. `count` is None while the tally is sealed; `share` is of the most dots, 0 to 100."""

    ref: str
    note: str
    view: NoteView
    count: Row | None
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many put one choice before another one, and whether that is more than the other way; None with itself."""

    votes: int | None
    won: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsView:
    """One choice of a ranking beside all of them, in the order of the result."""

    text: str
    language: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotView:
    """One round of voting. `present` and `finished` count voters who have a page open now."""

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
    closed_at: float | None
    pairs: tuple[PairsView, ...]


def ballot_view(board: Board, ballot: Ballot, base: Base, here: Mapping[str, int]) -> BallotView:
    """Draws on no audience for the ballot itself: ask `may_see` first. The tally and the notes are asked for here."""
    tally = seen_tally(board, ballot, base)
    rows = {row.ref: row for row in tally.rows} if tally else {}
    most = max((row.dots for row in rows.values()), default=0)
    order = list(rows) if ballot.state == "closed" and tally else list(ballot.candidates)
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
        open=ballot.state == "open",
        round=ballot.round,
        after_results=ballot.after_results,
        counted=sees_tally(board, ballot, base),
        winners=tally.winners if tally else (),
        rows=tuple(_candidate(board, ref, rows.get(ref), most) for ref in order if _readable(board, ref, base)),
        present=present,
        finished=finished,
        casts=turned_out.casts,
        people=turned_out.people,
        places=turned_out.places,
        closed_at=ballot.closed_at,
        pairs=_pairs(board, tally),
    )


def _pairs(board: Board, tally: Tally | None) -> tuple[PairsView, ...]:
    """The table of a ranking; none for other methods."""
    if tally is None or not tally.pairs:
        return ()
    notes = [board.need(Note, row.ref.removeprefix("note:")) for row in tally.rows]
    refs = [row.ref for row in tally.rows]
    return tuple(
        PairsView(text=note.text, language=note.language, cells=tuple(_cell(tally, ref, other) for other in refs))
        for note, ref in zip(notes, refs, strict=True)
    )


def _cell(tally: Tally, ref: str, other: str) -> Cell:
    if ref == other:
        return Cell(votes=None)
    return Cell(votes=tally.pairs[ref, other], won=tally.pairs[ref, other] > tally.pairs[other, ref])


def _readable(board: Board, ref: str, base: Base) -> bool:
    note = board.get(Note, ref.removeprefix("note:"))
    return note is not None and stands(board, ref) and may_see(board, note, base)


def _candidate(board: Board, ref: str, row: Row | None, most: int) -> CandidateView:
    note = board.need(Note, ref.removeprefix("note:"))
    share = round(100 * row.dots / most) if row and most else 0
    return CandidateView(ref=ref, note=note.id, view=note_view(board, note), count=row, share=share)


def _presence(board: Board, ballot: Ballot, here: Mapping[str, int]) -> tuple[int, int]:
    """How many voters are present, and how many of them have said that they have finished."""
    people = [person for person in (board.get(Person, id_) for id_ in here) if person is not None]
    voters = {voter_of(ballot, person) for person in people if person.state == "here" and person.role == "participant"}
    done = {cast.voter for cast in board.casts(ballot.id) if cast.done}
    return len(voters), len(voters & done)


def ballot_views(board: Board, step: str, base: Base, here: Mapping[str, int]) -> list[BallotView]:
    """The ballots of a step that this audience sees, newest first, as their keys are."""
    seen = [ballot for ballot in board.ballots(step) if may_see(board, ballot, base)]
    return sorted((ballot_view(board, ballot, base, here) for ballot in seen), key=lambda view: view.key)
