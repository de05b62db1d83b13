"""Ballots, as facilitators hold them: open one over headlines, themes or notes, close it, open a new round."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from app.board.asking import NOTHING, Ask, Changes, Refused, put
from app.board.board import Board
from app.board.candidates import kind_of, rounds, stands, wordings
from app.board.checking import checked
from app.board.records import Ballot, Step
from app.board.rule import Rule, Who
from app.board.writing import count

FEWEST_CANDIDATES: Final = {"dots": 2, "ranking": 2, "approval": 1, "consent": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotOpen:
    """A vote over `candidates`, all of one kind: "headline:<id>", "theme:<id>" or "note:<id>".

    No title draws the step's; no step is the current one.
    """

    title: str
    candidates: tuple[str, ...]
    method: Literal["dots", "approval", "ranking", "consent"] = "dots"
    dots: int = 3
    per_candidate: int = 1
    one_per: Literal["person", "place"] = "person"
    sealed: bool = True
    secrecy: Literal["secret", "by_place", "named"] = "secret"
    tie_rule: Literal["shared", "earliest", "runoff", "facilitator"] = "shared"
    quorum: int = 0
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotClose:
    ballot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotReopen:
    """Another round; a run-off between the best `top`, with whoever is equal to the last of them, unless that is 0."""

    ballot: str
    top: int = 0


def open_(board: Board, command: BallotOpen, ask: Ask) -> Changes:
    """Refused: unknown {what}, not-now {step} beside an open one, invalid {field}, too-many {max}, too-long {max}."""
    step = board.need(Step, command.step or board.now.step)
    _none_open(board, step.id)
    _allowed(command, ask)
    ballot = Ballot(
        id=ask.make_id("ballot"),
        step=step.id,
        title=checked(command.title, most=ask.limits.title, field="title", empty=True),
        method=command.method,
        candidates=_candidates(board, command.candidates, command.method, ask),
        dots=command.dots if command.method == "dots" else 0,
        per_candidate=command.per_candidate if command.method == "dots" else 0,
        one_per=command.one_per,
        sealed=command.sealed,
        secrecy=command.secrecy,
        tie_rule=command.tie_rule,
        quorum=command.quorum,
        opened_at=ask.now,
        seq=ask.seq,
    )
    return put(ballot, made={"ballot": ballot.id})


def _none_open(board: Board, step: str) -> None:
    if any(ballot.state == "open" for ballot in board.ballots(step)):
        raise Refused("not-now", step=step)


def _allowed(command: BallotOpen, ask: Ask) -> None:
    ranges = {
        "dots": command.method != "dots" or 1 <= command.dots <= ask.limits.dots,
        "per_candidate": command.method != "dots" or 1 <= command.per_candidate <= command.dots,
        "quorum": 0 <= command.quorum <= ask.limits.people,
    }
    for field, holds in ranges.items():
        if not holds:
            raise Refused("invalid", field=field)


def _candidates(board: Board, asked: tuple[str, ...], method: str, ask: Ask) -> tuple[str, ...]:
    candidates = tuple(dict.fromkeys(asked))
    most = min(ask.limits.ranked, ask.limits.candidates) if method == "ranking" else ask.limits.candidates
    if len(candidates) < FEWEST_CANDIDATES[method]:
        raise Refused("invalid", field="candidates")
    if len(candidates) > most:
        raise Refused("too-many", max=most)
    for ref in candidates:
        _may_be_chosen(board, ref, ask)
    if len({kind_of(ref) for ref in candidates}) > 1:
        raise Refused("invalid", field="candidates")
    return candidates


def _may_be_chosen(board: Board, ref: str, ask: Ask) -> None:
    """Refused: unknown {what} of what does not stand, too-long {max} of a headline that fits no billboard."""
    if not stands(board, ref):
        raise Refused("unknown", what=kind_of(ref) or "note")
    if kind_of(ref) == "headline":
        most = ask.limits.headline
        if any(count(text) > most for text in wordings(board, ref).values()):
            raise Refused("too-long", max=most, field="candidates")


def close(board: Board, command: BallotClose, ask: Ask) -> Changes:
    """Nothing is cast from here on, and everybody sees the tally. Refused: unknown."""
    ballot = board.need(Ballot, command.ballot)
    return NOTHING if ballot.state == "closed" else put(replace(ballot, state="closed", closed_at=ask.now))


def next_round(board: Board, ballot: Ballot, over: tuple[str, ...], ask: Ask) -> Changes:
    """A new round of the ballot, marked as after results; the old one stays closed.

    Refused: not-now {step} while a ballot of the step is open, invalid {field} with too few candidates.
    """
    _none_open(board, ballot.step)
    again = replace(
        ballot,
        id=ask.make_id("ballot"),
        candidates=_candidates(board, over, ballot.method, ask),
        state="open",
        round=rounds(board, ballot)[-1].round + 1,
        of=ballot.of or ballot.id,
        after_results=True,
        opened_at=ask.now,
        closed_at=None,
        seq=ask.seq,
    )
    return put(again, made={"ballot": again.id})


RULES = (
    Rule("ballot.open", BallotOpen, open_, Who.FACILITATORS),
    Rule("ballot.close", BallotClose, close, Who.FACILITATORS),
)
