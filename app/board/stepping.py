"""What is allowed in a step: its settings, the rights that come with its kind, and the end of a silence."""

from dataclasses import dataclass, fields, replace

from app.board.asking import NOTHING, Ask, Changes, put
from app.board.board import Board
from app.board.records import Step
from app.board.rule import Rule, Who

WRITING = ("write", "headline", "roadmap")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSettings:
    step: str
    silent: bool | None = None
    approve_first: bool | None = None
    anonymous: bool | None = None
    write: bool | None = None
    react: bool | None = None
    group: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReveal:
    step: str


def entitled(step: Step) -> Step:
    """The step with the rights of its kind, as they are before anybody sets them otherwise."""
    return replace(step, write=step.kind in WRITING, react=step.kind != "survey", group=step.kind == "group")


def settings(board: Board, command: StepSettings, ask: Ask) -> Changes:
    """Refused: unknown step. A step that falls silent anew is no longer revealed."""
    step = board.need(Step, command.step)
    asked = {f.name: getattr(command, f.name) for f in fields(command) if f.name != "step"}
    changed = replace(step, **{name: on for name, on in asked.items() if on is not None})
    if changed == step:
        return NOTHING
    return put(replace(changed, revealed=changed.revealed and step.silent and changed.silent))


def reveal(board: Board, command: StepReveal, ask: Ask) -> Changes:
    """Shows the notes of a silent step to everybody, and those that still come. Refused: unknown step."""
    step = board.need(Step, command.step)
    return put(replace(step, revealed=True)) if step.silent and not step.revealed else NOTHING


RULES = (
    Rule("step.settings", StepSettings, settings, Who.FACILITATORS),
    Rule("step.reveal", StepReveal, reveal, Who.FACILITATORS),
)
