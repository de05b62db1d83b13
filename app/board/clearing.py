"""Clearing a board: what was written and voted is gone, the agenda stays, and the session stands before its start."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from app.board.asking import Ask, Changes
from app.board.board import Board
from app.board.records import (
    Action,
    Answers,
    Ballot,
    Cast,
    Claim,
    Comment,
    Dismissal,
    Headline,
    Key,
    Note,
    Now,
    Person,
    Reaction,
    Record,
    Stage,
    Step,
    Survey,
    Theme,
    Timer,
    Translation,
    Version,
    key,
)
from app.board.rule import Rule, Who

WRITTEN = (
    Answers,
    Action,
    Cast,
    Ballot,
    Reaction,
    Comment,
    Translation,
    Note,
    Theme,
    Dismissal,
    Claim,
    Version,
    Headline,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardClear:
    """`keep` says what stays; there is one such thing, and it is named so that nobody clears by mistake."""

    keep: Literal["agenda"]


def clear(board: Board, command: BoardClear, ask: Ask) -> Changes:
    """Takes away notes and all that hangs on them, ballots with their casts, and whoever was simulated.

    Agenda, cues, stage, title, door and links stay, and so do people's seats.
    """
    gone: dict[Key, Record | None] = {key(record): None for record in _leaves(board)}
    return Changes(gone | {key(record): record for record in _begins_anew(board)})


def _leaves(board: Board) -> Iterator[Record]:
    for kind in WRITTEN:
        yield from board.all(kind)
    yield from (person for person in board.people() if person.simulated)


def _begins_anew(board: Board) -> Iterator[Record]:
    yield Now(step=next((step.id for step in board.steps), ""))
    yield Timer()
    yield from unused(board)
    yield from (_as_they_came(person) for person in board.people() if not person.simulated)


def unused(board: Board) -> Iterator[Step | Stage | Survey]:
    """Steps, stages and the survey as they are before anybody was in them: nothing revealed, turned or opened."""
    yield from (replace(step, revealed=False) for step in board.steps)
    yield from (replace(stage, page=min(stage.page, 1)) for stage in board.all(Stage))
    yield from (replace(survey, state="draft", shared=False) for survey in board.all(Survey))


def _as_they_came(person: Person) -> Person:
    return replace(person, hand_at=None, muted=False, hushed=False)


RULES = (Rule("board.clear", BoardClear, clear, Who.FACILITATORS),)
