"""Which ready-made steps a facilitator is offered between the last notes and the vote, and where each would stand."""

from dataclasses import dataclass

from app.board.board import Board
from app.board.templates import Planned, slid_in

BEFORE_A_VOTE = ("group", "headline")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedStep:
    """A step that is not on the agenda yet, and the id of the one that it would come after."""

    planned: Planned
    after: str


def offered_steps(board: Board) -> list[OfferedStep]:
    """Grouping and headlines, as far as the agenda has none, while nothing else comes before the next vote."""
    ids, kinds = [step.id for step in board.steps], [step.kind for step in board.steps]
    here = ids.index(board.now.step) if board.now.step in ids else -1
    vote = next((at for at in range(here + 1, len(kinds)) if kinds[at] == "vote"), -1)
    if here < 0 or vote < 0 or set(kinds[here + 1 : vote]) - set(BEFORE_A_VOTE):
        return []
    return [
        OfferedStep(planned=each, after=ids[here if each.kind == "group" else vote - 1])
        for each in slid_in()
        if each.kind in BEFORE_A_VOTE and each.kind not in kinds and (each.kind, kinds[here]) != ("group", "headline")
    ]
