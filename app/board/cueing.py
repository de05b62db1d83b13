"""What facilitators write down for themselves about a step: what to say, when to move on."""

from dataclasses import dataclass, replace

from app.board.asking import NOTHING, Ask, Changes, Refused, drop, put
from app.board.board import Board
from app.board.checking import checked
from app.board.records import Cue, Step
from app.board.rule import Rule, Who


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCue:
    """An empty text takes the cue away. `base` is the seq that its writer had seen."""

    step: str
    text: str
    base: int


def cue(board: Board, command: StepCue, ask: Ask) -> Changes:
    """Refused: unknown step, changed-since {text}, too-long {max}."""
    step, known = board.need(Step, command.step), board.get(Cue, command.step)
    if known is not None and known.text_seq > command.base:
        raise Refused("changed-since", text=known.text)
    text = checked(command.text, most=ask.limits.cue, empty=True)
    if known is None:
        return put(Cue(id=step.id, step=step.id, text=text, text_seq=ask.seq)) if text else NOTHING
    if text == known.text:
        return NOTHING
    return put(replace(known, text=text, text_seq=ask.seq)) if text else drop(known)


RULES = (Rule("step.cue", StepCue, cue, Who.FACILITATORS),)
