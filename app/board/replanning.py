"""When the session will end as things stand, and two ways back on time."""

from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from app.board.asking import NOTHING, Ask, Changes, put
from app.board.board import Board
from app.board.records import Step
from app.board.rule import Rule, Who
from app.board.timing import after


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaCatchUp:
    """Back on time: `trim` shortens the next steps by the minutes lost, `later` moves the planned end."""

    how: Literal["trim", "later"]


def projected_end(board: Board, now: float) -> float | None:
    """When the session ends, if the rest takes its minutes; None before it began or once it is closed."""
    step = board.step
    if step is None or board.now.planned_end is None or board.now.closed:
        return None
    return now + _left(board, now) + 60 * sum(later.minutes for later in after(board, step))


def _left(board: Board, now: float) -> float:
    timer = board.timer
    return max(0.0, timer.ends_at - now) if timer.ends_at is not None else timer.left or 0.0


def minutes_lost(board: Board, now: float) -> int:
    """By how many minutes, rounded up, the projected end is after the planned one; 0 when it is not."""
    projected, planned = projected_end(board, now), board.now.planned_end
    if projected is None or planned is None:
        return 0
    # Floating seconds: a thousandth of one is no minute.
    return max(0, ceil((projected - planned - 0.001) / 60))


def catch_up(board: Board, command: AgendaCatchUp, ask: Ask) -> Changes:
    """Changes nothing when no time was lost. Trimmed steps keep a minute, so some of it may stay lost."""
    step, lost = board.step, minutes_lost(board, ask.now)
    if step is None or lost == 0:
        return NOTHING
    if command.how == "later":
        return put(replace(board.now, planned_end=projected_end(board, ask.now)))
    shorter = _trimmed(after(board, step), lost)
    return put(*shorter) if shorter else NOTHING


def _trimmed(steps: list[Step], lost: int) -> list[Step]:
    """The steps that give minutes: whole ones, in proportion to their length; one at least stays."""
    giving = [step for step in steps if step.minutes > 1]
    total = sum(step.minutes for step in giving)
    lost = min(lost, total - len(giving))
    gifts = {step.id: lost * step.minutes // total for step in giving}
    for _ in range(lost - sum(gifts.values())):
        longest = max(giving, key=lambda step: step.minutes - gifts[step.id])
        gifts[longest.id] += 1
    return [replace(step, minutes=step.minutes - gifts[step.id]) for step in giving if gifts[step.id]]


RULES = (Rule("agenda.catch_up", AgendaCatchUp, catch_up, Who.FACILITATORS),)
