"""A board to rehearse on: the agenda of another one with its cues and its stage, and nothing that anybody wrote."""

from dataclasses import replace

from app.board.board import Board
from app.board.clearing import unused
from app.board.limits import Limits
from app.board.records import Campaign, Cue, Door, Now, Question, Record, Timer
from app.board.writing import clusters, tidy


def rehearsal_of(board: Board, *, title: str, now: float, limits: Limits | None = None) -> tuple[Record, ...]:
    """The records of a new board like this one, marked as a rehearsal: nobody in it, every link its own.

    It starts whenever its maker wants (no start time); a title over the limit is cut.
    """
    about = replace(
        board.about,
        title="".join(list(clusters(tidy(title)))[: (limits or Limits()).title]),
        created_at=now,
        starts_at=None,
        rehearsal=True,
    )
    first = next((step.id for step in board.steps), "")
    return (about, Now(step=first), Timer(), Door(), *unused(board), *board.all(Cue), *_asked(board))


def _asked(board: Board) -> tuple[Record, ...]:
    """The questions of its survey, how people are reached, and what the campaign looks like but for its logo."""
    campaigns = (replace(each, chosen="", public=False, logo="") for each in board.all(Campaign))
    return (*board.all(Question), *campaigns)
