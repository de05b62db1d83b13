"""What facilitators are offered once a ballot has closed: one obvious press, and what else could come."""

from dataclasses import dataclass

from app.board.board import Board
from app.board.candidates import by_now, counts, kind_of, rounds
from app.board.chosen import can_be_chosen, chosen_ref
from app.board.counting import tally
from app.board.records import Ballot
from app.board.verdicts import is_undecided, verdict

FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class NextView:
    """`first` is what is pressed most likely: choose, runoff, again or on.

    `choose` are the refs to make the headline out of; `runoff` how many a run-off would be between, 0 for none;
    `again`: may another round be held over all? `chosen`: one of the choices is the headline already.
    """

    first: str
    choose: tuple[str, ...]
    runoff: int
    again: bool
    chosen: str


def next_view(board: Board, ballot: Ballot) -> NextView | None:
    """None while a later round, or another ballot of the step, is what goes on."""
    if any(each.state == "open" for each in board.ballots(ballot.step)) or rounds(board, ballot)[-1] != ballot:
        return None
    counted = tally(board, ballot)
    said, undecided = verdict(counted), is_undecided(ballot, counted)
    standing = sum(counts(board, ref) for ref in ballot.candidates)
    chosen = chosen_ref(board, ballot.candidates)
    free = tuple(ref for ref in counted.winners if can_be_chosen(board, by_now(board, ref)))
    tied = len(counted.winners)
    runoff = max(FEWEST, tied) if standing > FEWEST or (undecided and tied == standing >= FEWEST) else 0
    return NextView(
        first=_first(board, ballot, said, chosen=chosen, undecided=undecided, free=free),
        choose=free if said not in ("too-few",) and not chosen else (),
        runoff=runoff if counted.turnout.casts else 0,
        again=standing >= FEWEST or ballot.method in ("approval", "consent"),
        chosen=chosen,
    )


def _first(board: Board, ballot: Ballot, said: str, *, chosen: str, undecided: bool, free: tuple[str, ...]) -> str:
    if chosen or kind_of(ballot.candidates[0]) == "theme":
        return "on"
    if said in ("nobody-voted", "too-few", "none-stands", "nobody-chosen"):
        return "again" if said in ("nobody-voted", "too-few") else "on"
    if undecided:
        return "runoff" if ballot.tie_rule == "runoff" else "choose"
    return "choose" if free else "on"
