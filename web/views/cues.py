"""What facilitators have noted for a step, as it is drawn for them."""

from dataclasses import dataclass

from app.board.board import Board
from app.board.records import Cue


@dataclass(frozen=True, slots=True, kw_only=True)
class CueView:
    """A cue, and the seq that whoever changes it has seen."""

    text: str
    seq: int


def cue_view(board: Board, step: str) -> CueView:
    """The cue of a step, empty when there is none. Draws on no audience: for facilitators only."""
    cue = board.get(Cue, step)
    return CueView(text=cue.text if cue else "", seq=cue.text_seq if cue else board.seq)
