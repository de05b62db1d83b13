"""Further rounds of a ballot: over all that still stands, or a run-off between those that came first."""

from dataclasses import replace

from app.board.asking import Ask, Changes, Refused
from app.board.ballots import BallotReopen, next_round
from app.board.board import Board
from app.board.candidates import by_now, counts
from app.board.counting import tally
from app.board.records import Ballot
from app.board.rule import Rule, Who

FEWEST = 2


def reopen(board: Board, command: BallotReopen, ask: Ask) -> Changes:
    """A new round over the candidates that still stand, or the best of them; the old one stays closed.

    Refused: unknown, not-now {step} while a ballot of the step is open, invalid {field} with too few candidates.
    """
    ballot = board.need(Ballot, command.ballot)
    over = tuple(ref for ref in ballot.candidates if counts(board, ref))
    if command.top:
        over = _best(board, ballot, over, command.top)
    over = tuple(dict.fromkeys(by_now(board, ref) for ref in over))
    if command.top:
        ballot = _with_fewer_dots(ballot, len(over))
    return next_round(board, ballot, over, ask)


def _best(board: Board, ballot: Ballot, over: tuple[str, ...], top: int) -> tuple[str, ...]:
    """The best `top`, and whoever has the rank of the last of them, in the ballot's order. Refused: invalid {field}."""
    if top < FEWEST:
        raise Refused("invalid", field="top")
    best = {row.ref for row in tally(board, ballot).rows if row.rank <= top}
    return tuple(ref for ref in over if ref in best)


def _with_fewer_dots(ballot: Ballot, candidates: int) -> Ballot:
    """Who can put a dot on each of them decides nothing: there is one dot less than candidates."""
    if ballot.method != "dots":
        return ballot
    dots = max(1, min(ballot.dots, candidates - 1))
    return replace(ballot, dots=dots, per_candidate=min(ballot.per_candidate, dots))


RULES = (Rule("ballot.reopen", BallotReopen, reopen, Who.FACILITATORS),)
