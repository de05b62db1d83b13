"""The agenda: where the session goes, and how its steps are added, edited, moved and removed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from app.board.asking import NOTHING, Ask, Changes, Refused, drop, put
from app.board.board import Board
from app.board.checking import checked_words
from app.board.ordering import between
from app.board.records import Cue, Stage, Step
from app.board.rule import Rule, Who
from app.board.stepping import entitled
from app.board.timing import begun, running

StepKind = Literal["talk", "write", "group", "headline", "vote", "roadmap", "survey"]
MOST_MINUTES = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaGo:
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaAdd:
    """`after` names a step, "" puts the new one first, None puts it last."""

    kind: StepKind
    title: Mapping[str, str]
    minutes: int
    prompt: Mapping[str, str] = field(default_factory=dict)
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaEdit:
    """Languages that are named are changed, and taken away when blank; the others stay."""

    step: str
    base: int
    title: Mapping[str, str] | None = None
    prompt: Mapping[str, str] | None = None
    minutes: int | None = None
    kind: StepKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRemove:
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaMove:
    """`after` names a step; "" puts this one first."""

    step: str
    after: str


def go(board: Board, command: AgendaGo, ask: Ask) -> Changes:
    """Starts the step's timer; the first go plans the end of the hour; a spotlight ends with its step.

    Refused: unknown step. Going where the session is already changes nothing: a double click costs no time.
    """
    step = board.need(Step, command.step)
    seconds = 60 * step.minutes
    here = begun(board, step, seconds=seconds, now=ask.now)
    if here == board.now:
        return NOTHING
    return put(replace(here, spotlight=""), running(seconds, ask.now))


def add(board: Board, command: AgendaAdd, ask: Ask) -> Changes:
    """Refused: too-many {max}, empty, too-long {max}, invalid {field}, unknown step to stand after."""
    if board.count(Step) >= ask.limits.steps:
        raise Refused("too-many", max=ask.limits.steps)
    steps = board.steps
    last = steps[-1].id if steps else ""
    step = Step(
        id=ask.make_id("step"),
        order=_order(board, steps, last if command.after is None else command.after),
        kind=command.kind,
        title=checked_words(command.title, most=ask.limits.title, field="title"),
        prompt=checked_words(command.prompt, most=ask.limits.prompt, field="prompt", empty=True),
        minutes=_minutes(command.minutes),
        text_seq=ask.seq,
    )
    return put(entitled(step), made={"step": step.id})


def _minutes(minutes: int) -> int:
    if not 0 <= minutes <= MOST_MINUTES:
        raise Refused("invalid", field="minutes")
    return minutes


def _order(board: Board, others: list[Step], after: str) -> str:
    low = board.need(Step, after).order if after else ""
    # An undone move can give two steps one order; the next one that is really higher leaves room for both.
    return between(low, next((step.order for step in others if step.order > low), ""))


def edit(board: Board, command: AgendaEdit, ask: Ask) -> Changes:
    """Refused: unknown, changed-since {text}, empty, too-long {max}, invalid {field}."""
    step = board.need(Step, command.step)
    if step.text_seq > command.base:
        raise Refused("changed-since", text=title_of(board, step))
    title = {**step.title, **(command.title or {})}
    prompt = {**step.prompt, **(command.prompt or {})}
    kind = command.kind or step.kind
    changed = replace(
        step,
        kind=kind,
        title=checked_words(title, most=ask.limits.title, field="title"),
        prompt=checked_words(prompt, most=ask.limits.prompt, field="prompt", empty=True),
        minutes=step.minutes if command.minutes is None else _minutes(command.minutes),
    )
    changed = entitled(changed) if kind != step.kind else changed
    return put(replace(changed, text_seq=ask.seq)) if changed != step else NOTHING


def title_of(board: Board, step: Step) -> str:
    """The step's title in the board's language, else in any."""
    return step.title.get(board.about.language) or next(iter(step.title.values()), "")


def remove(board: Board, command: AgendaRemove, ask: Ask) -> Changes:
    """What facilitators noted and what it showed go with it; its notes are kept, out of sight, for whoever undoes it.

    Refused: unknown; not-now {step} for the current step and for one with an open ballot.
    """
    step = board.need(Step, command.step)
    voting = any(ballot.state == "open" for ballot in board.ballots(step.id))
    if step.id == board.now.step or voting:
        raise Refused("not-now", step=step.id)
    return drop(step, *board.inside(Cue, step.id), *board.inside(Stage, step.id))


def move(board: Board, command: AgendaMove, ask: Ask) -> Changes:
    """Refused: unknown step, or unknown step to stand after."""
    step, steps = board.need(Step, command.step), board.steps
    at = steps.index(step)
    stands_after = steps[at - 1].id if at else ""
    if command.after in (step.id, stands_after):
        return NOTHING
    return put(replace(step, order=_order(board, steps[:at] + steps[at + 1 :], command.after)))


RULES = (
    Rule("agenda.go", AgendaGo, go, Who.FACILITATORS),
    Rule("agenda.add", AgendaAdd, add, Who.FACILITATORS),
    Rule("agenda.edit", AgendaEdit, edit, Who.FACILITATORS),
    Rule("agenda.remove", AgendaRemove, remove, Who.FACILITATORS),
    Rule("agenda.move", AgendaMove, move, Who.FACILITATORS),
)
