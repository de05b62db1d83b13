"""Which parts of a stage a change makes stale: its page alone, or all that it shows."""

from collections.abc import Iterator
from dataclasses import replace

from app.board.board import Board
from app.board.records import Record, Stage, Step


def of_stage(stage: Stage, old: Record | None, new: Record | None) -> Iterator[str]:
    """A page that is turned is a small part of its own: everybody is sent it, again and again."""
    turned = isinstance(old, Stage) and isinstance(new, Stage) and replace(old, page=new.page) == new
    yield f"page/{stage.step}" if turned else f"stage/{stage.step}"


def every(board: Board, *steps: str) -> Iterator[str]:
    """The stages from one of these steps to the other; all of them when one is gone, or none is named."""
    named = [board.get(Step, id_) for id_ in steps]
    ends = sorted((step.order, step.id) for step in named if step)
    for stage in board.all(Stage):
        step = board.get(Step, stage.step)
        if step and (len(ends) < 2 or ends[0] <= (step.order, step.id) <= ends[1]):
            yield f"stage/{stage.step}"
